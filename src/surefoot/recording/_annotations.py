"""What holds about a recording after all that was said of it: the last word wins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from surefoot.core import Marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.recording._change import Change


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: what was said, when and by whom.

    Attributes
    ----------
    number : int
        Its own, from 1 on.
    at : str
        When (UTC, ISO 8601).
    by : str
        Who, as a code; empty if nobody told.
    change : Change
        What.
    withdrawn : bool
        Whether a later line takes it back.
    """

    number: int
    at: str
    by: str
    change: Change
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An interval not to be measured, ``start <= t < end`` in session seconds."""

    start: float
    end: float
    because: str = ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """What holds about a recording.

    Attributes
    ----------
    person : str or None
        A code, ``""`` for nobody's; None if nobody said, then the recording's holds.
    labels : tuple of str
        In the order in which they were given.
    exclusions : tuple of Exclusion
        In the order of time; none overlaps another.
    notes : tuple of str
        In the order in which they were written.
    corrections : dict of str to str
        What is true instead of what the recording says of itself.
    history : tuple of Entry
        All that was said, also what was withdrawn.
    damage : tuple of str
        What of the file could not be used, one line each.
    markers : tuple of Marker
        Set afterwards, in the order of time; not those of the recording itself.
    """

    person: str | None = None
    labels: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    notes: tuple[str, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict[str, str])
    history: tuple[Entry, ...] = ()
    damage: tuple[str, ...] = ()
    markers: tuple[Marker, ...] = ()

    def excludes(self, start: float, end: float) -> bool:
        """Return whether any of ``start <= t < end`` is not to be measured [s]."""
        return any(gone.start < end and start < gone.end for gone in self.exclusions)

    def as_json(self) -> dict[str, Any]:
        """Return all of it, JSON-ready."""
        return {
            "person": self.person,
            "labels": list(self.labels),
            "exclusions": [
                {"start": gone.start, "end": gone.end, "because": gone.because}
                for gone in self.exclusions
            ],
            "notes": list(self.notes),
            "corrections": dict(self.corrections),
            "markers": [{"t": one.t, "label": one.label} for one in self.markers],
            "history": [
                {
                    "number": entry.number,
                    "at": entry.at,
                    "by": entry.by,
                    "kind": entry.change.kind,
                    "withdrawn": entry.withdrawn,
                    **entry.change.fields,
                }
                for entry in self.history
            ],
            "damage": list(self.damage),
        }


def outcome(entries: Sequence[Entry], damage: Sequence[str]) -> Annotations:
    """Return what holds after these entries, in the order of the file."""
    gone = _withdrawn(entries)
    history = tuple(replace(e, withdrawn=e.number in gone) for e in entries)
    person: str | None = None
    labels: dict[str, None] = {}
    notes: list[str] = []
    corrections: dict[str, str] = {}
    exclusions: list[Exclusion] = []
    for entry in history:
        if entry.withdrawn:
            continue
        told = entry.change.fields
        match entry.change.kind:
            case "person":
                person = str(told["code"])
            case "label":
                labels[str(told["text"])] = None
            case "unlabel":
                labels.pop(str(told["text"]), None)
            case "note":
                notes.append(str(told["text"]))
            case "correct":
                corrections[str(told["key"])] = str(told["value"])
            case _:
                exclusions = _changed(exclusions, entry.change)
    exclusions.sort(key=lambda one: one.start)
    return Annotations(
        person,
        tuple(labels),
        tuple(exclusions),
        tuple(notes),
        corrections,
        history,
        tuple(damage),
        _markers(history),
    )


def _markers(history: Sequence[Entry]) -> tuple[Marker, ...]:
    marks = [e.change for e in history if e.change.kind == "mark" and not e.withdrawn]
    told = [one.fields for one in marks]
    found = [Marker(float(str(one["t"])), str(one["label"])) for one in told]
    return tuple(sorted(found, key=lambda one: one.t))


def _withdrawn(entries: Sequence[Entry]) -> set[int]:
    """Return the numbers that were taken back; a taking back may be, too."""
    gone: set[int] = set()
    for entry in reversed(entries):
        if entry.change.kind == "withdraw" and entry.number not in gone:
            gone.add(int(str(entry.change.fields["number"])))
    return gone


def _changed(before: list[Exclusion], change: Change) -> list[Exclusion]:
    """Return the exclusions after one more word on an interval: it cuts the others."""
    if change.kind not in {"exclude", "include"}:
        return before
    told = change.fields
    start, end = float(str(told["start"])), float(str(told["end"]))
    parts = [
        Exclusion(a, b, one.because)
        for one in before
        for a, b in (
            (one.start, min(one.end, start)),
            (max(one.start, end), one.end),
        )
        if a < b
    ]
    if change.kind == "exclude":
        parts.append(Exclusion(start, end, str(told.get("because", ""))))
    return parts
