"""Recordings that a crash or a power cut left unfinished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import platformdirs

from surefoot.core import RecordingError
from surefoot.recording._lock import is_held
from surefoot.recording._reader import open_recording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Leftover:
    """A ``.part`` that nobody writes any more and nobody has recovered yet.

    Attributes
    ----------
    path : Path
        The ``.part``.
    target : Path
        What `recover` writes unless told otherwise.
    started : str
        When it was begun (UTC, ISO 8601); empty if it does not say.
    size : int
        Its size [bytes].
    trouble : str
        Why nothing can be recovered, one line; empty if something can.
    """

    path: Path
    target: Path
    started: str
    size: int
    trouble: str = ""

    def __str__(self) -> str:
        if self.trouble:
            return self.trouble
        return f"{self.path}: begun {self.started}, {self.size / 1e6:.1f} MB"


def recordings_folder() -> Path:
    """Return where recordings go that nobody named a place for; it may not exist."""
    return platformdirs.user_data_path("surefoot") / "recordings"


def leftovers(folder: Path) -> tuple[Leftover, ...]:
    """Return the unfinished recordings in a folder, oldest name first.

    What is being written now, and what was recovered before, is none. Only the start
    of each file is read: it is fast enough for every start of the program.

    Parameters
    ----------
    folder : Path
        Where to look; not below it. One that does not exist holds none.
    """
    found = (leftover(path) for path in sorted(folder.glob("*.mcap.part")))
    return tuple(one for one in found if one is not None)


def leftover(path: Path) -> Leftover | None:
    """Return what a ``.part`` is, or None if it is in use or was recovered before."""
    size = 0
    try:
        size = path.stat().st_size
        if is_held(path):
            return None
        session = open_recording(path).header.session
    except OSError as error:
        why = error.strerror or str(error)
        trouble = f"{path}: expected a file that can be read, got {why!r}: look at it"
        return Leftover(path, target_of(path), "", size, trouble)
    except RecordingError as error:
        return Leftover(path, target_of(path), "", size, str(error))
    target = target_of(path)
    made = {_id_of(place) for place in (path.with_suffix(""), target)}
    if session.get("id") in made:
        return None
    return Leftover(path, target, str(session.get("started", "")), size)


def offer(found: Sequence[Leftover]) -> str:
    """Return one line that offers to recover these, or nothing if there is nothing."""
    names = [one.path.stem for one in found if not one.trouble]
    if not names:
        return ""
    some = ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")
    several = f"{len(names)} recordings were" if len(names) > 1 else "A recording was"
    return f"{several} not closed ({some}): `surefoot recover` makes them whole"


def target_of(part: Path) -> Path:
    """Return the name a recovered copy gets; another file's is never taken.

    It is the name without ``.part``, or else with ``.recovered`` in it.
    """
    if part.suffix != ".part":
        return part.with_name(f"{part.stem}.recovered{part.suffix}")
    plain = part.with_suffix("")
    if plain.exists() and _id_of(plain) != _id_of(part):
        return plain.with_name(f"{plain.stem}.recovered{plain.suffix}")
    return plain


def _id_of(path: Path) -> str | None:
    try:
        found = open_recording(path).header.session.get("id")
    except RecordingError:
        return None
    return found if isinstance(found, str) else None
