"""Knowing where the body is: reposition, low back and hip, walking a line, the ball."""

from surefoot.analysis.proprioception.ball import (
    circle_evenness,
    circles,
    motion_range,
    roundness,
)
from surefoot.analysis.proprioception.heel_to_toe import (
    HeelToToe,
    heel_to_toe,
    step_sway,
    step_times,
)
from surefoot.analysis.proprioception.lumbar_hip import (
    halfway_delay,
    lead,
    lumbar_share,
    lumbar_shares,
    relative_phase,
)
from surefoot.analysis.proprioception.reposition import (
    RepositionErrors,
    held_angle,
    reposition_errors,
)

__all__ = [
    "HeelToToe",
    "RepositionErrors",
    "circle_evenness",
    "circles",
    "halfway_delay",
    "heel_to_toe",
    "held_angle",
    "lead",
    "lumbar_share",
    "lumbar_shares",
    "motion_range",
    "relative_phase",
    "reposition_errors",
    "roundness",
    "step_sway",
    "step_times",
]
