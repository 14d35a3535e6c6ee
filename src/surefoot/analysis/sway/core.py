"""The core set: every quick measure of one trial at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.analysis.sway import ellipse, hull, motion, position, shape
from surefoot.analysis.sway.crossings import velocity_crossings
from surefoot.analysis.sway.frequency import spectrum, time_constant
from surefoot.analysis.sway.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Direction

_PLANE: dict[str, tuple[Callable[[Trace, float], float], str]] = {
    "mean_distance": (position.mean_distance, "m"),
    "rms_distance": (position.rms_distance, "m"),
    "max_distance": (position.max_distance, "m"),
    "sway_range": (position.sway_range, "m"),
    "range_ratio": (position.range_ratio, "1"),
    "planar_deviation": (position.planar_deviation, "m"),
    "direction_coefficient": (position.direction_coefficient, "1"),
    "sway_direction": (ellipse.sway_direction, "rad"),
    "prediction_ellipse_area": (ellipse.prediction_ellipse_area, "m^2"),
    "prieto_ellipse_area": (ellipse.prieto_ellipse_area, "m^2"),
    "prieto_circle_area": (ellipse.prieto_circle_area, "m^2"),
    "hull_area": (hull.hull_area, "m^2"),
    "hull_perimeter": (hull.hull_perimeter, "m"),
    "hull_ratio": (hull.hull_ratio, "1"),
    "path_length": (motion.path_length, "m"),
    "mean_velocity": (motion.mean_velocity, "m/s"),
    "rms_velocity": (motion.rms_velocity, "m/s"),
    "sway_area_rate": (motion.sway_area_rate, "m^2/s"),
    "mean_frequency": (motion.mean_frequency, "Hz"),
    "length_per_area": (motion.length_per_area, "1/m"),
    "phase_plane": (shape.phase_plane, "m"),
}
_ALONG: dict[str, tuple[Callable[[Trace, float, Direction], float], str]] = {
    "mean_position": (position.mean_position, "m"),
    "mean_distance": (position.mean_distance, "m"),
    "rms_distance": (position.rms_distance, "m"),
    "max_distance": (position.max_distance, "m"),
    "sway_range": (position.sway_range, "m"),
    "path_length": (motion.path_length, "m"),
    "mean_velocity": (motion.mean_velocity, "m/s"),
    "rms_velocity": (motion.rms_velocity, "m/s"),
    "velocity_deviation": (motion.velocity_deviation, "m/s"),
    "mean_frequency": (motion.mean_frequency, "Hz"),
    "phase_plane": (shape.phase_plane, "m"),
    "time_constant": (time_constant, "s"),
}
_EXTENTS: dict[str, shape.Extent] = {
    "fractal_dimension": "ellipse",
    "fractal_dimension_circle": "circle",
    "fractal_dimension_range": "range",
}
_AXES: tuple[Direction, Direction] = ("ml", "ap")
_SPECTRUM = {
    "spectral_power": ("power", "m^2"),
    "spectral_power_low": ("low", "m^2"),
    "spectral_power_mid": ("mid", "m^2"),
    "spectral_power_high": ("high", "m^2"),
    "spectral_quotient": ("quotient", "1"),
    "power_frequency_50": ("pf50", "Hz"),
    "power_frequency_80": ("pf80", "Hz"),
    "power_frequency_95": ("pf95", "Hz"),
    "peak_frequency": ("peak", "Hz"),
    "spectral_mean_frequency": ("mean", "Hz"),
    "centroid_frequency": ("centroid", "Hz"),
    "frequency_dispersion": ("dispersion", "1"),
}
_CROSSINGS = {
    "velocity_crossings": ("crossings", "1"),
    "velocity_crossing_rate": ("rate", "1/s"),
    "peak_velocity_positive": ("positive", "m/s"),
    "peak_velocity_negative": ("negative", "m/s"),
    "peak_velocity": ("peak", "m/s"),
}

CORE_UNITS: dict[str, str] = (
    {name: unit for name, (_, unit) in _PLANE.items()}
    | dict.fromkeys(_EXTENTS, "1")
    | {
        f"{name}_{axis}": unit
        for axis in _AXES
        for name, (_, unit) in (_ALONG | _CROSSINGS | _SPECTRUM).items()
    }
)
"""Every measure of the core set with its unit, in the order in which they are given."""


def core_set(
    cop: NDArray[np.float64], rate: float, t: NDArray[np.float64] | None = None
) -> dict[str, float]:
    """Return the core measures of a trial, work that they share done once.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m], filtered as the pipeline says: nothing is
        filtered here.
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s]. Spectrum, time constant and
        crossings then are NaN, unless the times are uniform to a tenth of a period:
        resample first (`surefoot.analysis.resampling.swarii`).

    Returns
    -------
    dict of str to float
        The names of `CORE_UNITS`; each value is what the function of that name gives,
        with its range, bias and source. A number that is not defined is NaN.
    """
    trace = Trace(cop, rate, t)
    values = {name: measure(trace, rate) for name, (measure, _) in _PLANE.items()}
    for name, extent in _EXTENTS.items():
        values[name] = shape.fractal_dimension(trace, rate, extent)
    for axis in _AXES:
        values |= _along(trace, axis)
    return values


def _along(trace: Trace, axis: Direction) -> dict[str, float]:
    values = {
        f"{name}_{axis}": measure(trace, trace.rate, axis)
        for name, (measure, _) in _ALONG.items()
    }
    crossings = velocity_crossings(trace, trace.rate, axis)
    for name, (field, _) in _CROSSINGS.items():
        values[f"{name}_{axis}"] = getattr(crossings, field)
    lines = spectrum(trace, trace.rate, axis)
    for name, (field, _) in _SPECTRUM.items():
        values[f"{name}_{axis}"] = getattr(lines, field)
    return values
