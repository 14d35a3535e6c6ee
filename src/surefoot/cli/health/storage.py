"""Where recordings and the archive go: room, permission, and whether it answers."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING

from surefoot.cli.health.finding import Finding
from surefoot.core import SurefootError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOM = 2e9
"""Less free space than this should be looked at [bytes]; our default."""
LEAST = 1e8
"""With less, a session is not begun by a careful person [bytes]; our default."""


def data_folder() -> Iterator[Finding]:
    """Tell whether recordings can be written, and how much room there is."""
    from surefoot.recording import leftovers, offer, recordings_folder

    folder = recordings_folder()
    there = _nearest(folder)
    try:
        _try_to_write(there)
        free = shutil.disk_usage(there).free
    except OSError as error:
        todo = f"make {there} writable, or give every recording a place with --to"
        why = f"{folder}: cannot be written ({error.strerror or error})"
        yield Finding("recordings", "missing", why, todo, needed=True)
        return
    room = f"{folder}, {free / 1e9:.1f} GB free"
    if free < LEAST:
        todo = "make room on that disk, or give recordings another place with --to"
        yield Finding("recordings", "missing", room, todo, needed=True)
    elif free < ROOM:
        yield Finding("recordings", "look", room, "make room before long sessions")
    else:
        yield Finding("recordings", "ok", room)
    left = offer(leftovers(folder))
    if left:
        yield Finding("unfinished recordings", "look", left, "surefoot recover")


def archive() -> Iterator[Finding]:
    """Tell whether the archive answers; a file is only read, and none is made."""
    from surefoot.archive.reach import reach

    try:
        told, place = reach()
        if place is not None:
            _try_to_write(_nearest(place))
    except (SurefootError, OSError) as error:
        todo = "see docs/archive.md; SUREFOOT_ARCHIVE names another place"
        why = str(error).removeprefix("archive ")
        yield Finding("archive", "missing", why, todo)
    else:
        yield Finding("archive", "ok", told)


def _try_to_write(place: Path) -> None:
    with tempfile.TemporaryFile(dir=place):
        pass


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    for place in (folder, *folder.parents):
        if place.is_dir():
            return place
    return folder
