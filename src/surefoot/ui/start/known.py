"""Who and what is known on this computer: people, recordings, sensors. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import platformdirs

from surefoot.core import SurefootError
from surefoot.recording import (
    annotations_file,
    annotations_of,
    leftovers,
    open_recording,
    recordings_folder,
)
from surefoot.resources import folder
from surefoot.session.opening import Seating

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from surefoot.recording import Leftover, Recording

MOST = 300
"""So many recordings are listed, the newest."""
_ENDS = (".jsonl", ".toml")
_TITLE = re.compile(r'^title = "([^"\\]+)"$', re.MULTILINE)
_NUMBERED = re.compile(r"P-(\d+)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording as the start window lists it.

    Attributes
    ----------
    path : Path
        The file.
    started : datetime or None
        In local time; None where it does not say.
    person, what, state : str
        A code or empty; the drill's title; how whole it is, or why it cannot be read.
    virtual, usable : bool
        Whether it is of virtual sensors; whether it can be shown.
    """

    path: Path
    started: datetime | None
    person: str
    what: str
    state: str
    virtual: bool = False
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Someone:
    """A person known by a code; ``last`` is when something was last kept of them."""

    code: str
    last: datetime


def recordings(place: Path | None = None) -> list[Kept]:
    """Return the recordings of a folder, the newest first.

    Parameters
    ----------
    place : Path, optional
        Where recordings go that nobody named a place for, unless told.
    """
    files = sorted((place or recordings_folder()).glob("*.mcap"), key=_when)
    return [kept(path) for path in reversed(files[-MOST:])]


def samples() -> list[Kept]:
    """Return the recordings that ship as samples."""
    return [kept(p) for p in sorted(folder("recordings").glob("*.mcap"))]


def unfinished() -> tuple[Leftover, ...]:
    """Return the recordings that a crash left and that can be made whole."""
    return tuple(one for one in leftovers(recordings_folder()) if not one.trouble)


def kept(path: Path) -> Kept:
    """Return what a recording says about itself; one that cannot be read says why."""
    try:
        found = open_recording(path)
        beside = annotations_file(path).exists()
        said = annotations_of(path).person if beside else None
    except (SurefootError, OSError) as error:
        return Kept(path, None, "", "", str(error), usable=False)
    about = found.header.session
    person = str(about.get("person", "") or "") if said is None else said
    return Kept(
        path,
        _started(about),
        person,
        _title(found, str(about.get("drill", "") or "")),
        _state(found),
        about.get("virtual") is True,
    )


def everybody(listed: Iterable[Kept] = ()) -> list[Someone]:
    """Return everybody who is known, the latest first.

    Parameters
    ----------
    listed : iterable of Kept
        Recordings, whose people are known too.
    """
    last: dict[str, float] = {}
    data = platformdirs.user_data_path("surefoot")
    for place in ("programmes", "people"):
        for path in (data / place).glob("*"):
            if path.suffix in _ENDS:
                last[path.stem] = max(last.get(path.stem, 0.0), _when(path))
    for one in listed:
        if one.person:
            last[one.person] = max(last.get(one.person, 0.0), _when(one.path))
    found = sorted(last.items(), key=lambda told: -told[1])
    return [Someone(code, datetime.fromtimestamp(t).astimezone()) for code, t in found]


def next_code(people: Iterable[Someone]) -> str:
    """Return a code nobody has yet: ``"P-001"`` and on."""
    numbers = [_NUMBERED.fullmatch(one.code) for one in people]
    most = max((int(found[1]) for found in numbers if found), default=0)
    return f"P-{most + 1:03d}"


def remembered() -> tuple[dict[str, str], str]:
    """Return the sensors of the last time by role, and why there are none, if so."""
    from surefoot.devices.ble import known_sensors

    try:
        return (Seating().told() if known_sensors() else {}), ""
    except (SurefootError, OSError) as error:
        return {}, str(error)


def _title(found: Recording, name: str) -> str:
    """Return what was done, as the drill in the recording calls it."""
    told = _TITLE.search(found.header.drill)
    return told[1] if told else name or "Recording without an exercise"


def _state(found: Recording) -> str:
    if found.alarm:
        return "some packets are missing"
    if found.results is None:
        return "not closed in order"
    if not found.header.drill:
        return "complete"
    events: list[dict[str, Any]] = found.results.get("events", [])
    runs = sum(event.get("name") == "run-end" for event in events)
    if runs == 1:
        return "one run, complete"
    return f"{runs} runs, complete" if runs else "no run, complete"


def _started(about: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(about.get("started", ""))).astimezone()
    except ValueError:
        return None


def _when(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # gone since
        return 0.0
