"""What is known of a person, one dated entry after another, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from surefoot.training.pain import Felt
    from surefoot.training.progression import SetDone


@dataclass(frozen=True, slots=True)
class Started:
    """The programme began."""

    day: date


@dataclass(frozen=True, slots=True)
class Screened:
    """The questions were asked; ``yes`` holds the ids answered with yes."""

    day: date
    yes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The therapist set the pain-free range [rad] that counts as flexible."""

    day: date
    muscle: str
    angle: float


@dataclass(frozen=True, slots=True)
class Range:
    """The pain-free range [rad] was measured."""

    day: date
    muscle: str
    angle: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """The step reached on each ladder that was tried; ends a wait for a baseline."""

    day: date
    steps: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Pain before training: at rest first, then in an easy movement."""

    day: date
    rest: int
    moved: Felt
    painkillers: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One exercise was done.

    ``felt`` was asked right after it; ``difficulty`` is 1 to 5 or None.
    """

    day: date
    exercise: str
    sets: tuple[SetDone, ...]
    felt: Felt
    difficulty: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The session ended; pain was asked once more."""

    day: date
    felt: Felt


@dataclass(frozen=True, slots=True)
class Morning:
    """Pain the morning after a session."""

    day: date
    pain: int


@dataclass(frozen=True, slots=True)
class Retest:
    """The tests of maintenance were done."""

    day: date


@dataclass(frozen=True, slots=True)
class Word:
    """The therapist decided something; the note says why and is never empty.

    Attributes
    ----------
    day : date
        When.
    kind : str
        One of `KINDS`.
    about : str
        A ladder, a flexible muscle, a rule, or ``"programme"``.
    note : str
        Why.
    value : float
        The step for ``step`` and ``limit``, the value for ``number``; else 0.
    """

    day: date
    kind: str
    about: str
    note: str
    value: float = 0.0


KINDS: dict[str, str] = {
    "go-on": "looked at it; carry on as planned",
    "clear": "train in spite of an answer of the screen, or of a leg sign",
    "train": "today is for full training in spite of pain at rest",
    "step": "set the step of a ladder",
    "limit": "agree the highest step of a ladder",
    "enable": "allow eyes closed on a tilting board, or more than the whole way",
    "first": "begin with this one",
    "open-setting": "begin setting muscles before all three pairs are ready",
    "maintenance": "the programme is done; go on to maintenance",
    "number": "change a number of the plan for this person",
}
"""What a therapist can decide, and what it means."""

Entry = (
    Started
    | Screened
    | Target
    | Range
    | Baseline
    | CheckIn
    | Block
    | Ended
    | Morning
    | Retest
    | Word
)
