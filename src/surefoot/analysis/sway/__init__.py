"""Centre-of-pressure sway: how far, how large, how fast, how folded, how frequent.

Every function takes ``cop`` of shape (n, 2), columns ML and AP in m, and the rate in
Hz, filters nothing, and gives NaN where a number is not defined. `core_set` gives all.
"""

from surefoot.analysis.sway.core import CORE_UNITS, core_set
from surefoot.analysis.sway.crossings import Crossings, velocity_crossings
from surefoot.analysis.sway.ellipse import (
    Ellipse,
    prediction_ellipse,
    prediction_ellipse_area,
    prieto_circle_area,
    prieto_ellipse,
    prieto_ellipse_area,
    sway_direction,
)
from surefoot.analysis.sway.frequency import (
    Spectrum,
    power_density,
    spectrum,
    time_constant,
)
from surefoot.analysis.sway.hull import hull_area, hull_perimeter, hull_ratio
from surefoot.analysis.sway.motion import (
    length_per_area,
    mean_frequency,
    mean_velocity,
    path_length,
    rms_velocity,
    sway_area_rate,
    velocity_deviation,
)
from surefoot.analysis.sway.position import (
    direction_coefficient,
    max_distance,
    mean_distance,
    mean_position,
    planar_deviation,
    range_ratio,
    rms_distance,
    sway_range,
)
from surefoot.analysis.sway.romberg import romberg_index, romberg_ratio
from surefoot.analysis.sway.shape import fractal_dimension, phase_plane
from surefoot.analysis.sway.trace import Trace

__all__ = [
    "CORE_UNITS",
    "Crossings",
    "Ellipse",
    "Spectrum",
    "Trace",
    "core_set",
    "direction_coefficient",
    "fractal_dimension",
    "hull_area",
    "hull_perimeter",
    "hull_ratio",
    "length_per_area",
    "max_distance",
    "mean_distance",
    "mean_frequency",
    "mean_position",
    "mean_velocity",
    "path_length",
    "phase_plane",
    "planar_deviation",
    "power_density",
    "prediction_ellipse",
    "prediction_ellipse_area",
    "prieto_circle_area",
    "prieto_ellipse",
    "prieto_ellipse_area",
    "range_ratio",
    "rms_distance",
    "rms_velocity",
    "romberg_index",
    "romberg_ratio",
    "spectrum",
    "sway_area_rate",
    "sway_direction",
    "sway_range",
    "time_constant",
    "velocity_crossings",
    "velocity_deviation",
]
