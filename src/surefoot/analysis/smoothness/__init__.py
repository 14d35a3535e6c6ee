"""How smooth a movement was: from its speed, one movement at a time.

All functions take ONE movement (a phase out, or a phase back), never a whole set and
never a signed velocity where a speed is asked for. They filter nothing, except where
the name of the measure includes its filter (`phase_jerks`). The page ``smoothness.md``
says what was measured about them and why nothing here takes an accelerometer.
"""

from surefoot.analysis.smoothness.jerk import (
    JERK_CUTOFF,
    JERK_RATE,
    dimensionless_jerk,
    log_dimensionless_jerk,
    phase_jerks,
)
from surefoot.analysis.smoothness.spectral import (
    CUTOFF,
    THRESHOLD,
    SpectralArc,
    spectral_arc,
    spectral_arc_length,
)
from surefoot.analysis.smoothness.speed import (
    GAP_MAX,
    LOSS_MAX,
    angular_speed,
    path_ratio,
    pause_count,
    pause_share,
    refusal,
    speed_metric,
    velocity_peaks,
)

__all__ = [
    "CUTOFF",
    "GAP_MAX",
    "JERK_CUTOFF",
    "JERK_RATE",
    "LOSS_MAX",
    "THRESHOLD",
    "SpectralArc",
    "angular_speed",
    "dimensionless_jerk",
    "log_dimensionless_jerk",
    "path_ratio",
    "pause_count",
    "pause_share",
    "phase_jerks",
    "refusal",
    "spectral_arc",
    "spectral_arc_length",
    "speed_metric",
    "velocity_peaks",
]
