"""Pure functions on arrays: tilt, alignment, calibration, orientation, quality."""

from surefoot.analysis.alignment import (
    BoardFit,
    board_rotation,
    principal_axis,
    rotation_from_up,
)
from surefoot.analysis.calibration import Calibration, parse_calibration
from surefoot.analysis.complementary import Complementary
from surefoot.analysis.contacts import EdgeTrigger
from surefoot.analysis.gaps import segments
from surefoot.analysis.orientation import offline_tilt, offline_up
from surefoot.analysis.quality import Quality, quality_of
from surefoot.analysis.rotation import rotate, tilt_from_up, up_from_quaternion
from surefoot.analysis.smoothing import smooth
from surefoot.analysis.target import Axis, Target, deviation, lean
from surefoot.analysis.tilt import (
    StabilityIndices,
    edge_contacts,
    mean_speed,
    percentile,
    stability_indices,
    tilt_rms,
    time_in_zone,
)
from surefoot.analysis.tilt_measures import tilt_measures
from surefoot.analysis.trunk import lean_rms

__all__ = [
    "Axis",
    "BoardFit",
    "Calibration",
    "Complementary",
    "EdgeTrigger",
    "Quality",
    "StabilityIndices",
    "Target",
    "board_rotation",
    "deviation",
    "edge_contacts",
    "lean",
    "lean_rms",
    "mean_speed",
    "offline_tilt",
    "offline_up",
    "parse_calibration",
    "percentile",
    "principal_axis",
    "quality_of",
    "rotate",
    "rotation_from_up",
    "segments",
    "smooth",
    "stability_indices",
    "tilt_from_up",
    "tilt_measures",
    "tilt_rms",
    "time_in_zone",
    "up_from_quaternion",
]
