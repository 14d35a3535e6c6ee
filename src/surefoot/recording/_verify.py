"""Checks recordings, and makes whole ones of unfinished or damaged ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from surefoot.core import RecordingError
from surefoot.recording._annotating import annotations_file
from surefoot.recording._file import RecordingFile, refusal
from surefoot.recording._header import to_json
from surefoot.recording._leftovers import target_of
from surefoot.recording._lock import is_held
from surefoot.recording._reader import Recording, open_recording

if TYPE_CHECKING:
    from pathlib import Path

_COPY = ".copy"


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found.

    Attributes
    ----------
    ok : bool
        Whether the file was closed in order and every byte that matters is intact.
    lines : tuple of str
        The finding in words: the verdict first, then what is damaged and where.
    """

    ok: bool
    lines: tuple[str, ...]


def verify(path: Path) -> Report:
    """Read a whole recording and report on every checksum in it.

    Parameters
    ----------
    path : Path
        A recording or a ``.part``. A file that is none is a report too, no error.
    """
    try:
        recording = open_recording(path)
    except RecordingError as error:
        return Report(ok=False, lines=(str(error),))
    lines = [f"{path.name}: {_verdict(recording)}", *recording.damage]
    if recording.missing:
        lines.append(f"{recording.missing} packets that the session took are not in it")
    if recording.alarm:
        lines.append(f"while it was recorded: {recording.alarm}")
    return Report(ok=recording.state == "complete", lines=tuple(lines))


def recover(part: Path, to: Path | None = None) -> Path:
    """Write what can be read of an unfinished or damaged recording as a whole one.

    The copy is read again and compared before its name is returned; the original
    stays as it is. What was said about the original is said about the copy.

    Parameters
    ----------
    part : Path
        The file to read.
    to : Path, optional
        The file to write. By default the name without ``.part``, or else
        with ``.recovered`` in it, where the name is another recording's.

    Raises
    ------
    RecordingError
        If the original cannot be read or is still being written, or the copy not be
        written.
    """
    source = open_recording(part)
    if is_held(part):
        msg = f"{part}: expected a file nobody writes, got a session's: end it first"
        raise RecordingError(msg)
    target = to or target_of(part)
    _copy(source, target)
    copy = open_recording(target)
    pairs = zip_longest(source.packets(), copy.packets())
    if copy.state != "complete" or any(a != b for a, b in pairs):
        msg = f"{target}: expected a copy of {part}, got another: check the disk"
        raise RecordingError(msg)
    _bring_along(annotations_file(part), annotations_file(target))
    return target


def _bring_along(said: Path, beside: Path) -> None:
    """Copy annotations, where the names differ and nothing was said yet."""
    if said == beside or beside.exists() or not said.exists():
        return
    try:
        beside.write_bytes(said.read_bytes())
    except OSError as error:
        raise refusal(beside, error) from error


def _verdict(recording: Recording) -> str:
    total = sum(recording.counts.values())
    words = {
        "complete": "complete, every checksum holds",
        "unfinished": "not closed; up to its end every checksum holds",
        "damaged": "damaged",
    }[recording.state]
    return f"{words}; {total} packets in {recording.duration:.1f} s"


def _copy(source: Recording, target: Path) -> None:
    note = {"from": source.path.name, "state": source.state, "missing": source.missing}
    session = source.header.session | {"recovered": note | {"damage": source.damage}}
    header = replace(source.header, session=session)
    _clear(target.with_name(target.name + _COPY))
    # not ".part": that name may be the original's
    file = RecordingFile(target, header, source.counts, suffix=_COPY)
    try:
        for sequence, packet in source.numbered():
            file.put(sequence, packet)
        file.finish(None if source.results is None else to_json(source.results))
    except OSError as error:
        raise refusal(file.part, error) from error
    finally:
        file.release()
        file.part.unlink(missing_ok=True)


def _clear(copy: Path) -> None:
    """Remove the copy that an earlier recovery was killed at, unless it goes on."""
    if copy.is_file() and not is_held(copy):
        copy.unlink()
