"""An entry as one JSON object, and back; what is wrong is refused with its key."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, cast

from surefoot.training.decision import ProgrammeError
from surefoot.training.pain import Felt
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Entry,
    Morning,
    Range,
    Retest,
    Screened,
    Started,
    Target,
    Word,
)
from surefoot.training.progression import SetDone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAMES: dict[type[Entry], str] = {
    Started: "started",
    Screened: "screened",
    Target: "target",
    Range: "range",
    Baseline: "baseline",
    CheckIn: "check-in",
    Block: "block",
    Ended: "ended",
    Morning: "morning",
    Retest: "retest",
    Word: "word",
}


def as_object(entry: Entry) -> dict[str, object]:
    """Return an entry as plain values: ``{"entry": "morning", "day": ..., "pain": 2}``.

    Angles are in rad, days as ISO dates.
    """
    told = asdict(entry) | {"day": entry.day.isoformat()}
    if isinstance(entry, Baseline):
        told["steps"] = dict(entry.steps)
    return {"entry": _NAMES[type(entry)], **told}


def entry_of(told: Mapping[str, object], where: str) -> Entry:
    """Return the entry told by plain values.

    Parameters
    ----------
    told : mapping
        As `as_object` gives it; other keys are refused.
    where : str
        File and line, for errors.

    Raises
    ------
    ProgrammeError
        Naming where, the key, what was expected and what came.
    """
    reader = _Reader(where, told)
    kind = reader.text("entry")
    if kind not in _READ:
        reader.refuse("entry", f"one of {', '.join(_READ)}")
    entry = _READ[kind](reader)
    for key in told:
        if key not in as_object(entry):
            reader.refuse(key, "no such key")
    return entry


class _Reader:
    """Plain values, each refused where it is not what it must be."""

    def __init__(self, where: str, told: Mapping[str, object]) -> None:
        self.where = where
        self.told = told

    def refuse(self, key: str, expected: str) -> None:
        got = repr(self.told.get(key, "nothing"))
        msg = f"{self.where}: {key}: expected {expected}, got {got}: mend that line"
        raise ProgrammeError(msg)

    def text(self, key: str) -> str:
        value = self.told.get(key)
        if not isinstance(value, str):
            self.refuse(key, "a text")
        return cast("str", value)

    def number(self, key: str) -> float:
        value = self.told.get(key)
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits or not isfinite(cast("float", value)):
            self.refuse(key, "a number")
        return float(cast("float", value))

    def whole(self, key: str) -> int:
        value = self.number(key)
        if value != int(value):
            self.refuse(key, "a whole number")
        return int(value)

    def yes(self, key: str) -> bool:
        value = self.told.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key, "true or false")
        return value is True

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text("day"))
        except ValueError:
            self.refuse("day", "a date, for example 2026-03-01")
            raise

    def inner(self, key: str) -> _Reader:
        value = self.told.get(key)
        if not isinstance(value, dict):
            self.refuse(key, "an object")
        return _Reader(f"{self.where}: {key}", cast("dict[str, object]", value))

    def listed(self, key: str) -> list[object]:
        value = self.told.get(key)
        if not isinstance(value, (list, tuple)):
            self.refuse(key, "a list")
        return list(cast("list[object]", value))

    def felt(self, key: str) -> Felt:
        told = self.inner(key)
        signs = (told.yes(sign) for sign in ("sharp", "stretch", "leg"))
        return Felt(told.whole("pain"), *signs)

    def sets(self) -> tuple[SetDone, ...]:
        parts = self.listed("sets")
        return tuple(_Reader(self.where, {"set": part}).set_done() for part in parts)

    def set_done(self) -> SetDone:
        told = self.inner("set")
        kept = None if told.told.get("kept") is None else told.number("kept")
        touches, grabs = told.whole("touches"), told.whole("grabs")
        picture, seconds = told.yes("picture"), told.number("seconds")
        return SetDone(kept, picture, touches, grabs, seconds)


def _angle(told: _Reader) -> tuple[str, float]:
    return told.text("muscle"), told.number("angle")


def _baseline(told: _Reader) -> Entry:
    steps = told.inner("steps")
    return Baseline(told.day(), tuple((name, steps.whole(name)) for name in steps.told))


def _screened(told: _Reader) -> Entry:
    yes = told.listed("yes")
    return Screened(told.day(), tuple(str(answer) for answer in yes))


def _check_in(told: _Reader) -> Entry:
    moved, rest = told.felt("moved"), told.whole("rest")
    return CheckIn(told.day(), rest, moved, told.yes("painkillers"))


def _block(told: _Reader) -> Entry:
    hard = None if told.told.get("difficulty") is None else told.whole("difficulty")
    name, felt = told.text("exercise"), told.felt("felt")
    return Block(told.day(), name, told.sets(), felt, hard)


def _word(told: _Reader) -> Entry:
    kind, about, note = (told.text(key) for key in ("kind", "about", "note"))
    return Word(told.day(), kind, about, note, told.number("value"))


_READ: dict[str, Callable[[_Reader], Entry]] = {
    "started": lambda told: Started(told.day()),
    "screened": _screened,
    "target": lambda told: Target(told.day(), *_angle(told)),
    "range": lambda told: Range(told.day(), *_angle(told)),
    "baseline": _baseline,
    "check-in": _check_in,
    "block": _block,
    "ended": lambda told: Ended(told.day(), told.felt("felt")),
    "morning": lambda told: Morning(told.day(), told.whole("pain")),
    "retest": lambda told: Retest(told.day()),
    "word": _word,
}
