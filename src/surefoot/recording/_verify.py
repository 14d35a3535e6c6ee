"""Checks recordings, and makes whole ones of unfinished or damaged ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from surefoot.core import RecordingError
from surefoot.recording._file import RecordingFile, refusal
from surefoot.recording._header import to_json
from surefoot.recording._reader import Recording, open_recording

if TYPE_CHECKING:
    from pathlib import Path


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
        lines.append(f"{recording.missing} packets are missing between those it holds")
    return Report(ok=recording.state == "complete", lines=tuple(lines))


def recover(part: Path, to: Path | None = None) -> Path:
    """Write what can be read of an unfinished or damaged recording as a whole one.

    The copy is read again and compared before its name is returned; the original
    stays as it is.

    Parameters
    ----------
    part : Path
        The file to read.
    to : Path, optional
        The file to write. By default the name without ``.part``, or else
        with ``.recovered`` in it.

    Raises
    ------
    RecordingError
        If the original cannot be read, or the copy not be written.
    """
    source = open_recording(part)
    target = to or _name(part)
    _copy(source, target)
    copy = open_recording(target)
    pairs = zip_longest(source.packets(), copy.packets())
    if copy.state != "complete" or any(a != b for a, b in pairs):
        msg = f"{target}: expected a copy of {part}, got another: check the disk"
        raise RecordingError(msg)
    return target


def _verdict(recording: Recording) -> str:
    total = sum(recording.counts.values())
    words = {
        "complete": "complete, every checksum holds",
        "unfinished": "not closed; up to its end every checksum holds",
        "damaged": "damaged",
    }[recording.state]
    return f"{words}; {total} packets in {recording.duration:.1f} s"


def _name(part: Path) -> Path:
    if part.suffix == ".part":
        return part.with_suffix("")
    return part.with_name(f"{part.stem}.recovered{part.suffix}")


def _copy(source: Recording, target: Path) -> None:
    note = {"from": source.path.name, "state": source.state, "missing": source.missing}
    session = source.header.session | {"recovered": note | {"damage": source.damage}}
    header = replace(source.header, session=session)
    # not ".part": that name may be the original's
    file = RecordingFile(target, header, source.counts, suffix=".copy")
    try:
        for sequence, packet in source.numbered():
            file.put(sequence, packet)
        file.finish(None if source.results is None else to_json(source.results))
    except OSError as error:
        raise refusal(file.part, error) from error
    finally:
        file.release()
        file.part.unlink(missing_ok=True)
