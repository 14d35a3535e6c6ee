"""Sway of the trunk from an inertial sensor at the lower back.

Accelerations are those of the segment frame, columns ML, AP, V (right, forward, up), in
m/s^2. Nothing is filtered: remove the tilt (`tilt_corrected`), then low-pass at
`CUTOFF`, zero phase (`surefoot.analysis.smooth`), then measure.
"""

from surefoot.analysis.trunk_sway.acceleration import (
    TrunkSway,
    trunk_jerk,
    trunk_sway,
)
from surefoot.analysis.trunk_sway.angle import SwayAngle, sway_angle
from surefoot.analysis.trunk_sway.frequency import (
    BAND,
    CUTOFF,
    TrunkSpectrum,
    trunk_spectrum,
)
from surefoot.analysis.trunk_sway.tilt_correction import tilt_corrected

__all__ = [
    "BAND",
    "CUTOFF",
    "SwayAngle",
    "TrunkSpectrum",
    "TrunkSway",
    "sway_angle",
    "tilt_corrected",
    "trunk_jerk",
    "trunk_spectrum",
    "trunk_sway",
]
