"""One thing somebody says about a recording after it was made."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from surefoot.core import RecordingError

if TYPE_CHECKING:
    from surefoot.core import JsonValue

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_KINDS = frozenset(
    {
        "person",
        "label",
        "unlabel",
        "exclude",
        "include",
        "note",
        "correct",
        "mark",
        "withdraw",
    }
)
_LONGEST = {"label": 64, "because": 200, "note": 10_000, "value": 200}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing somebody says about a recording; made by the methods below.

    Attributes
    ----------
    kind : str
        ``person``, ``label``, ``unlabel``, ``exclude``, ``include``, ``note``,
        ``correct``, ``mark`` or ``withdraw``.
    fields : dict
        What it says, JSON-ready.

    Raises
    ------
    RecordingError
        By the methods, if what is said cannot be meant so.
    """

    kind: str
    fields: dict[str, JsonValue]

    @classmethod
    def person(cls, code: str) -> Self:
        """Say whose recording it is: a code, never a name; empty for nobody's."""
        fits = not code or _CODE.fullmatch(code)
        _require(fits, "person", "a code of letters, digits and hyphens", code)
        return cls("person", {"code": code})

    @classmethod
    def label(cls, text: str) -> Self:
        """Give it a label."""
        return cls("label", {"text": _line("label", text)})

    @classmethod
    def unlabel(cls, text: str) -> Self:
        """Take a label away."""
        return cls("unlabel", {"text": _line("label", text)})

    @classmethod
    def exclude(cls, start: float, end: float, because: str = "") -> Self:
        """Leave an interval out of what is measured, in session seconds."""
        fields = _interval("exclude", start, end)
        why = _line("because", because) if because else ""
        return cls("exclude", fields | {"because": why})

    @classmethod
    def include(cls, start: float, end: float) -> Self:
        """Take an interval in again, in session seconds."""
        return cls("include", _interval("include", start, end))

    @classmethod
    def note(cls, text: str) -> Self:
        """Write a note down; it may have several lines."""
        told = text.strip()
        most = _LONGEST["note"]
        _require(0 < len(told) <= most, "note", f"1 to {most} characters", len(told))
        return cls("note", {"text": told})

    @classmethod
    def correct(cls, key: str, value: str) -> Self:
        """Say what is true instead of what the recording says, such as its drill."""
        _require(_KEY.fullmatch(key), "correction", "a key such as drill", key)
        return cls("correct", {"key": key, "value": _line("value", value)})

    @classmethod
    def mark(cls, t: float, label: str) -> Self:
        """Set a marker at an instant, in session seconds."""
        fits = t >= 0 and math.isfinite(t)
        _require(fits, "mark", "seconds from 0 on", f"{t:g}")
        return cls("mark", {"t": float(t), "label": _line("label", label)})

    @classmethod
    def withdraw(cls, number: int) -> Self:
        """Take back what an earlier line says; the line itself stays."""
        _require(number > 0, "withdraw", "the number of an earlier line", number)
        return cls("withdraw", {"number": number})


def change_of(kind: object, fields: object) -> Change | None:
    """Return the change that a line of a file tells, or None if there is no such."""
    if not isinstance(fields, dict) or kind not in _KINDS:
        return None
    told = cast("dict[str, Any]", fields)
    try:
        made = cast("Change", getattr(Change, str(kind))(**told))
    except (TypeError, RecordingError, AttributeError):
        return None
    return made if set(made.fields) == set(told) else None


def _line(what: str, text: str) -> str:
    told, most = text.strip(), _LONGEST[what]
    fits = 0 < len(told) <= most and told.isprintable()
    _require(fits, what, f"one line of 1 to {most} characters", text)
    return told


def _interval(what: str, start: float, end: float) -> dict[str, JsonValue]:
    fits = 0 <= start < end and math.isfinite(end)
    got = f"{start:g} to {end:g}"
    _require(fits, what, "seconds from 0 on, the later one last", got)
    return {"start": float(start), "end": float(end)}


def _require(fits: object, what: str, expected: str, got: object) -> None:
    if not fits:
        msg = f"{what}: expected {expected}, got {got!r}: say it again"
        raise RecordingError(msg)
