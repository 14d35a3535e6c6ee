"""The file of annotations: only ever added to, one line for each thing that is said.

Every line carries its time, the recording it is about and a checksum. A line that is
damaged, torn or about another recording is left out and said.
"""

from __future__ import annotations

import os
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from surefoot.core import RecordingError
from surefoot.recording._annotations import Annotations, Entry, outcome
from surefoot.recording._change import Change, change_of
from surefoot.recording._header import object_of, to_json
from surefoot.recording._lock import alone
from surefoot.recording._reader import open_recording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

SUFFIX = ".annotations.jsonl"
_LARGEST = 1 << 26  # bytes; our default, more than anybody types


def annotations_of(path: Path) -> Annotations:
    """Return what was said about a recording after it was made.

    Parameters
    ----------
    path : Path
        The recording, or its ``.part``.

    Returns
    -------
    Annotations
        Empty if nothing was said. What is damaged is left out and told.

    Raises
    ------
    RecordingError
        If the recording cannot be read, or the file beside it not opened.
    """
    about = _id_of(path)
    beside = annotations_file(path)
    try:
        if not beside.exists():
            return Annotations()
        with beside.open("rb") as stream:
            text = stream.read(_LARGEST + 1)
    except OSError as error:
        raise _trouble(beside, error) from error
    if len(text) > _LARGEST:
        msg = f"{beside}: expected at most {_LARGEST} bytes, got more: look at it"
        raise RecordingError(msg)
    return _read(text, about)


def annotate(path: Path, *changes: Change, by: str = "") -> Annotations:
    """Say something about a recording; the recording itself stays as it is.

    What is said is on the disk when this returns, all of it or, if the disk fails,
    some of it from the first on. Several programs may do it at once.

    Parameters
    ----------
    path : Path
        The recording, or its ``.part``.
    *changes : Change
        What is said, in this order.
    by : str
        Who says it: a code.

    Returns
    -------
    Annotations
        What holds now.

    Raises
    ------
    RecordingError
        If the recording cannot be read, the file beside it not be written, or a line
        is to be withdrawn that is not there.
    """
    about = _id_of(path)
    if by:
        Change.person(by)  # the same rule: a code, never a name
    beside = annotations_file(path)
    before = {entry.number for entry in annotations_of(path).history}
    for change in changes:
        number = change.fields.get("number")
        if change.kind == "withdraw" and number not in before:
            msg = f"withdraw: expected one of its lines, got {number}: see `annotate`"
            raise RecordingError(msg)
    try:
        with beside.open("a+b") as stream, alone(stream):
            _append(stream, changes, {"recording": about, "by": by})
    except OSError as error:
        raise _trouble(beside, error) from error
    return annotations_of(path)


def annotations_file(path: Path) -> Path:
    """Return the file beside a recording; a ``.part`` and what it becomes share it."""
    return path.with_name(
        path.name.removesuffix(".part").removesuffix(".mcap") + SUFFIX
    )


def _append(
    stream: BinaryIO, changes: Sequence[Change], common: dict[str, str]
) -> None:
    stream.seek(0)
    before = stream.read()
    number = _next_number(before)
    # so that a torn line takes no other with it
    text = b"" if before.endswith(b"\n") or not before else b"\n"
    for change in changes:
        text += _line(change, common | {"number": number})
        number += 1
    stream.write(text)
    stream.flush()
    os.fsync(stream.fileno())


def _next_number(text: bytes) -> int:
    """Return a number that no line has, whatever is damaged."""
    lines = text.split(b"\n")
    told = (object_of(line) or {} for line in lines)
    numbers = [n for n in (one.get("number") for one in told) if isinstance(n, int)]
    return max([*numbers, sum(map(bool, lines))]) + 1


def _line(change: Change, common: dict[str, Any]) -> bytes:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = common | {"at": now, "kind": change.kind, "fields": change.fields}
    return to_json(told | {"crc": _crc(told)}) + b"\n"


def _crc(told: dict[str, Any]) -> str:
    try:
        return f"{zlib.crc32(to_json(told)):08x}"
    except (ValueError, RecursionError):
        return ""  # half a character, or nested too deep: nothing of ours


def _read(text: bytes, about: str) -> Annotations:
    entries: list[Entry] = []
    damage: list[str] = []
    last = 0
    for place, line in enumerate(text.split(b"\n"), 1):
        if not line:
            continue  # the end, or a tear that was mended
        found = _entry(line, about, last)
        if isinstance(found, Entry):
            entries.append(found)
            last = found.number
        else:
            damage.append(f"line {place} of the annotations: {found}: it is left out")
    return outcome(entries, damage)


def _entry(line: bytes, about: str, last: int) -> Entry | str:
    """Return what a line says, or why it cannot be used."""
    told = object_of(line)
    if told is None:
        return "it is cut off or damaged"
    crc, number = told.pop("crc", ""), told.get("number")
    if not crc or crc != _crc(told) or not isinstance(number, int):
        return "its checksum differs"
    if told.get("recording") != about:
        return "it is about another recording"
    if number <= last:
        return "it repeats an earlier one"
    change = change_of(told.get("kind"), told.get("fields"))
    if change is None:
        return "a newer version wrote it, or another program"
    return Entry(number, str(told.get("at", "")), str(told.get("by", "")), change)


def _id_of(path: Path) -> str:
    return str(open_recording(path).header.session.get("id", ""))


def _trouble(path: Path, error: OSError) -> RecordingError:
    why = error.strerror or str(error)
    return RecordingError(
        f"{path}: expected a file beside the recording that can be written, got "
        f"{why!r}: see whether its folder may be written to"
    )
