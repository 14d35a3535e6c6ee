"""When a set may start: what is in reach, who is there, what is never done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, What

if TYPE_CHECKING:
    from collections.abc import Mapping

UNSTEADY = frozenset(
    {"foam", "rocker-ml", "rocker-ap", "wobble", "dome", "ball", "step"}
)
"""Surfaces for which support must be in reach; the rule for a step is the same."""
TILTING = frozenset({"rocker-ml", "rocker-ap", "wobble", "dome"})
CLOSED = "closed"
EXAGGERATED = "110"

IN_REACH = "Is something firm to hold within reach?"
SECOND_PERSON = "Is a second person beside you?"
BALL = "Is the wall near, and are both feet flat on the floor?"


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
