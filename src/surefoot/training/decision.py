"""A decision, with its reason in words and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import degrees
from typing import Literal, cast, get_args

from surefoot.core import SurefootError

Basis = Literal["S", "S2", "D", "BK"]
BASES = cast("tuple[Basis, ...]", get_args(Basis))
"""Read in the source; in a secondary source; our default; from memory."""

_BASIS = {
    "": "told or measured",
    "S": "read in the source",
    "S2": "read in a secondary source",
    "D": "our default",
    "BK": "unverified default",
}


class ProgrammeError(SurefootError):
    """A plan, or an entry of somebody's history, is not usable."""


class What(StrEnum):
    """What was decided."""

    HELP_NOW = "get medical help now"
    NO_TRAINING = "do not train today"
    ASK = "ask your therapist"
    BASELINE = "baseline"
    REST = "rest today"
    GENTLE = "comfortable flexibility only"
    TRAIN = "train"
    MAINTAIN = "maintenance"
    END_SESSION = "end the session"
    END_DRILL = "end this exercise today"
    GO_ON = "go on"
    GOOD = "good session"
    UP = "step up"
    STAY = "stay"
    DOWN = "step down"
    OPEN = "open"
    CLOSED = "not yet"
    NOTE = "noted"


@dataclass(frozen=True, slots=True)
class Number:
    """One number behind a decision.

    Attributes
    ----------
    name : str
        Dotted for a rule (``"pain.rise"``), a word for what was told or measured.
    value : float
        In the unit named; NaN for an answer that was not given.
    unit : str
        As it is read after the value: ``"of 10"``.
    grade : {"", "S", "S2", "D", "BK"}
        How well it is founded; empty for what was told or measured.
    source : str
        Where it is from; empty for what was told or measured.
    """

    name: str
    value: float
    unit: str = ""
    grade: Basis | Literal[""] = ""
    source: str = ""

    @property
    def basis(self) -> str:
        """How well it is founded, in words: ``"our default"``."""
        return _BASIS[self.grade]

    def __str__(self) -> str:
        """Return it as it is read, angles in degrees: ``"rest pain 3 of 10"``."""
        told, unit = self.value, self.unit
        if unit == "rad":
            told, unit = round(degrees(told), 1), "degrees"
        value = f"{self.name} {told:g} {unit}".rstrip()
        return f"{value} ({self.basis})" if self.grade else value


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, about what, and why.

    Attributes
    ----------
    what : What
        The decision.
    about : str
        An exercise, a pair, ``"session"`` or ``"programme"``.
    reason : str
        Short sentences that people read.
    numbers : tuple of Number
        What was told or measured, and the rules it was held against.
    """

    what: What
    about: str
    reason: str
    numbers: tuple[Number, ...] = ()

    def __str__(self) -> str:
        """Return one line: what, about what, why, and the numbers."""
        numbers = f" [{'; '.join(map(str, self.numbers))}]" if self.numbers else ""
        return f"{self.about}: {self.what}. {self.reason}{numbers}"
