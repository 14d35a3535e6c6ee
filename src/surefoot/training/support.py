"""When a set may start: what is in reach, who is there, what is never done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, What
from surefoot.training.task import Land, Repeat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.training.task import Stage

UNSTEADY = frozenset(
    {"foam", "rocker-ml", "rocker-ap", "wobble", "dome", "ball", "step"}
)
"""Surfaces for which support must be in reach; the rule for a step is the same."""
TILTING = frozenset({"rocker-ml", "rocker-ap", "wobble", "dome"})
CLOSED = "closed"
EXAGGERATED = "110"
NOTHING = frozenset({"", "none", "no", "nothing", "0"})
"""What people say where there is no weight or band."""
NEW_UP_TO = 0.5
"""A new weight or band begins at this share of the way, or less. Our default."""

IN_REACH = "Is something firm to hold within reach?"
SECOND_PERSON = "Is a second person beside you?"
BALL = "Is the wall near, and are both feet flat on the floor?"
PLANNED = "Is your therapist here, and did the planned step go well every time?"


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was confirmed for this one set; nothing is remembered from the last.

    Attributes
    ----------
    in_reach : bool
        Something firm to hold is within reach.
    second_person : bool
        Somebody stands by.
    ball : bool
        The wall is near and both feet are flat.
    """

    in_reach: bool = False
    second_person: bool = False
    ball: bool = False


def never(position: Mapping[str, str]) -> bool:
    """Return whether this is not done by anybody: eyes closed on a ball."""
    return position.get("surface") == "ball" and position.get("vision") == CLOSED


def therapist_only(position: Mapping[str, str]) -> bool:
    """Return whether it needs the therapist's word first.

    Eyes closed on a board that tilts, and more than the whole way of a movement.
    """
    closed = position.get("vision") == CLOSED and position.get("surface") in TILTING
    return closed or position.get("range") == EXAGGERATED


def both_at_once(position: Mapping[str, str]) -> bool:
    """Return whether more than the whole way is asked for with a weight or band."""
    resistance = position.get("resistance", "").lower()
    return position.get("range") == EXAGGERATED and resistance not in NOTHING


def resistance_refused(stage: Stage, before: str, text: str) -> str:
    """Return why a weight or band may not be used in a set, or nothing.

    Parameters
    ----------
    stage : Stage
        The part of the drill that the set belongs to. Where its position tells of
        resistance it was begun with before: then it is only said what it is.
    before, text : str
        What was used in this sitting until now, and what is to be used.
    """
    if text.lower() in NOTHING or text.lower() == before.lower():
        return ""
    position = dict(stage.position)
    if both_at_once({**position, "resistance": text}):
        return "never more than the whole way together with a weight or band"
    known = position.get("resistance", "").lower() not in NOTHING
    new = bool(before) or not known
    if isinstance(stage.task, Repeat) and new and stage.task.portion > NEW_UP_TO:
        return "a new weight or band begins at half of the way"
    return ""


def questions(position: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is asked before every set at a position; may be nothing."""
    asked: list[str] = []
    surface, closed = position.get("surface"), position.get("vision") == CLOSED
    if surface in UNSTEADY or closed:
        asked.append(IN_REACH)
    if surface == "foam" and closed:
        asked.append(SECOND_PERSON)
    if surface == "ball":
        asked.append(BALL)
    return tuple(asked)


def questions_of(stage: Stage) -> tuple[str, ...]:
    """Return what is asked before every set of a part of a drill; may be nothing.

    Beside what its position asks: before a step down at an unknown time, or to an
    unknown side, whether the planned one went well and the therapist is there.
    """
    asked = questions(dict(stage.position))
    unknown = isinstance(stage.task, Land) and stage.task.cue != "told"
    return (*asked, PLANNED) if unknown else asked


def may_start(
    position: Mapping[str, str], ticks: Ticks, *, enabled: bool = False
) -> Decision:
    """Return whether a set may start.

    Parameters
    ----------
    position : mapping of str to str
        Axis and value; ``surface`` and ``vision`` decide.
    ticks : Ticks
        What was confirmed for this set.
    enabled : bool
        Whether the therapist enabled this exercise with eyes closed, or beyond the
        whole way.

    Returns
    -------
    Decision
        ``GO_ON`` or ``CLOSED``, with what is missing.
    """
    if never(position):
        reason = "Eyes stay open on the ball. Always."
        return Decision(What.CLOSED, "support", reason)
    if both_at_once(position):
        reason = "Never more than the whole way together with a weight or band."
        return Decision(What.CLOSED, "support", reason)
    if therapist_only(position) and not enabled:
        reason = "Only when your therapist has agreed to it for you."
        return Decision(What.CLOSED, "support", reason)
    confirmed = {
        IN_REACH: ticks.in_reach,
        SECOND_PERSON: ticks.second_person,
        BALL: ticks.ball,
    }
    missing = [question for question in questions(position) if not confirmed[question]]
    if missing:
        return Decision(What.CLOSED, "support", " ".join(missing))
    return Decision(What.GO_ON, "support", "All that is needed is in place.")
