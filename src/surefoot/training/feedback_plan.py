"""Which sets have a picture. The last never has.

How many pictures there are is part of a ladder: fewer are a step like any other. A rule
that compares sets without picture to sets with one is left out on purpose: by it, doing
worse with the picture would lead to a harder plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from surefoot.training.decision import ProgrammeError

if TYPE_CHECKING:
    from surefoot.training.progression_rules import Rules

NO_PICTURE = "No-picture set: eyes open, look at the mark."
NO_PICTURE_CLOSED = "No-picture set: eyes closed. Listen for the end."


@dataclass(frozen=True, slots=True)
class Feedback:
    """The feedback of one exercise, fixed while it lasts.

    Attributes
    ----------
    pictures : tuple of bool
        For each set, whether there is a picture. The last is False.
    cue_after : float
        Seconds outside the zone before a signal; silent inside.
    summary : bool
        Whether the result is told after each set.
    """

    pictures: tuple[bool, ...]
    cue_after: float
    summary: bool = True


def plan_feedback(rules: Rules, sets: int, share: float | None = None) -> Feedback:
    """Return the feedback of so many sets.

    Parameters
    ----------
    rules : Rules
        ``feedback.share`` and ``feedback.cue_after`` are used.
    sets : int
        How many sets; 1 and more.
    share : float, optional
        Share of the sets with picture, 0 to 1; ``feedback.share`` unless told.

    Raises
    ------
    ProgrammeError
        If there are no sets, or the share is not 0 to 1.
    """
    told = rules["feedback.share"] if share is None else share
    return Feedback(pictures(sets, told), rules["feedback.cue_after"])


def pictures(sets: int, share: float) -> tuple[bool, ...]:
    """Return for each set whether it has a picture: spread evenly, the last without.

    Parameters
    ----------
    sets : int
        1 and more.
    share : float
        Share of the sets with picture, 0 to 1. At 1 all but the last have one.

    Raises
    ------
    ProgrammeError
        If there are no sets, or the share is not 0 to 1.
    """
    if sets < 1 or not 0 <= share <= 1:
        msg = (
            f"feedback: expected 1 set or more and a share 0 to 1, got {sets} sets and "
            f"{share:g}: mend the plan"
        )
        raise ProgrammeError(msg)
    without = max(1, sets - round(share * sets))
    return tuple(
        floor((i + 1) * without / sets) == floor(i * without / sets)
        for i in range(sets)
    )
