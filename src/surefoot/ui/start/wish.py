"""What somebody chose in the start window, for whoever carries it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from surefoot.session.opening import Seating

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = "Written into the programme."
NOTHING_DONE = "Nothing was done; nothing is written down."


def recorded(name: str) -> str:
    """Return what is said of a recording that was kept."""
    return f"Recording kept: {name}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted next.

    Attributes
    ----------
    do : {"drill", "record", "replay"}
        An exercise, a recording without one, or a recording shown again.
    seating : Seating
        The sensors; of no meaning for a recording that is shown.
    drill : str
        The drill's name.
    person : str
        A code; empty for nobody in particular.
    exercise : str
        Of the programme, when it was due: what comes of it is written there.
    path : Path or None
        The recording that is shown.
    """

    do: Literal["drill", "record", "replay"]
    seating: Seating = field(default_factory=Seating)
    drill: str = ""
    person: str = ""
    exercise: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a wish, for the start window to go on from.

    Attributes
    ----------
    wish : Wish
        What was wanted.
    said : tuple of str
        What was kept and decided, one line each.
    trouble : str
        Why it could not be done; empty if it could.
    path : Path or None
        The recording that was kept.
    """

    wish: Wish
    said: tuple[str, ...] = ()
    trouble: str = ""
    path: Path | None = None
