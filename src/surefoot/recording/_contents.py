"""What an opened file contains: its attachments and its batches of packets."""

from __future__ import annotations

import mmap
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from surefoot.core import RecordingError
from surefoot.recording import _layout as layout
from surefoot.recording._chunk import Batch, ChunkError, batch_of, unpack
from surefoot.recording._records import (
    Hole,
    Record,
    record_at,
    records,
    summary_of,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SLICE = 1 << 20


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that could not be read, and where."""

    at: int
    why: str
    tail: bool = False
    """Nothing readable follows."""

    def __str__(self) -> str:
        return f"byte {self.at}: {self.why}"


def mapped(path: Path) -> mmap.mmap | bytes:
    """Return the bytes of a file, mapped, so that opening costs no memory.

    Raises
    ------
    RecordingError
        If it is not a file that can be read.
    """
    try:
        with path.open("rb") as stream:
            return _map(stream)
    except OSError as error:
        why = error.strerror or str(error)
        msg = f"{path}: expected a recording, got {why!r}: check the name"
        raise RecordingError(msg) from error


def attachments(
    data: mmap.mmap | bytes, end: int
) -> Iterator[tuple[str, bytes] | Damage]:
    """Yield the attachments whose checksum holds, by name, and the damaged ones."""
    for record in records(data, end):
        if isinstance(record, Record) and record.opcode == layout.ATTACHMENT:
            yield _attachment(data, record)


def batches(
    data: mmap.mmap | bytes, end: int, sources: dict[int, str], anchor: int
) -> Iterator[Batch | Damage]:
    """Yield the packets, chunk by chunk in file order, and what is damaged between."""
    known = dict(sources)
    last = -1
    for record in records(data, end):
        if isinstance(record, Hole):
            yield _hole(record, end)
        elif record.opcode == layout.CHUNK:
            found = _batch(data, record, known, anchor)
            if isinstance(found, Batch) and len(found):
                if not _follows(int(found.sequence[0]), last):
                    yield Damage(record.start, "a chunk repeats earlier packets")
                    continue
                last = int(found.sequence[-1])
            yield found


def batch_at(
    data: mmap.mmap | bytes, end: int, at: int, sources: dict[int, str], anchor: int
) -> Batch | Damage:
    """Return the packets of the chunk at a place, proven again."""
    record = record_at(data, at, end)
    if record is None or record.opcode != layout.CHUNK:
        return Damage(at, "a chunk is no longer there")
    return _batch(data, record, sources, anchor)


def ending(data: mmap.mmap | bytes, end: int) -> tuple[bool, list[Damage]]:
    """Return whether the file was finished, and what its own checksums say."""
    summary = summary_of(data, end)
    stop = _data_end(data, end)
    wrong: list[Damage] = []
    if stop is None:
        return summary is not None, wrong  # the walk has told where it broke off
    if _crc(data, 0, stop.start) != layout.U32.unpack_from(data, stop.body)[0]:
        wrong.append(Damage(0, "the checksum over all data differs"))
    if summary is None:
        wrong.append(Damage(stop.end, "the summary is cut off", tail=True))
    elif summary != stop.end or not _is_summary(data, stop.end, end):
        wrong.append(Damage(stop.end, "the summary is damaged; no packet is in it"))
    return summary is not None, wrong


def _batch(
    data: mmap.mmap | bytes, record: Record, known: dict[int, str], anchor: int
) -> Batch | Damage:
    try:
        return batch_of(unpack(data, record), known, anchor, record.start)
    except ChunkError as error:
        return Damage(record.start, f"a chunk cannot be used: {error}")


def _data_end(data: mmap.mmap | bytes, end: int) -> Record | None:
    for record in records(data, end):
        if isinstance(record, Record) and record.opcode == layout.DATA_END:
            return record
    return None


def _map(stream: BinaryIO) -> mmap.mmap | bytes:
    try:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except ValueError:
        return b""  # an empty file cannot be mapped


def _attachment(data: mmap.mmap | bytes, record: Record) -> tuple[str, bytes] | Damage:
    stop = record.end - layout.U32.size
    if _crc(data, record.body, stop) != layout.U32.unpack_from(data, stop)[0]:
        return Damage(record.start, "an attachment's checksum differs")
    fields = texts(data, record.body + 2 * layout.U64.size, stop, 2)
    if fields is None:
        return Damage(record.start, "an attachment's lengths disagree")
    name = bytes(data[fields[0]]).decode(errors="replace")
    return name, bytes(data[fields[1].stop + layout.U64.size : stop])


def _hole(hole: Hole, end: int) -> Damage:
    size = hole.end - hole.start
    if hole.end == end:
        return Damage(
            hole.start, f"the last {size} bytes are no whole record", tail=True
        )
    return Damage(hole.start, f"{size} bytes are no record")


def _follows(first: int, last: int) -> bool:
    return last < 0 or 0 < (first - last) % layout.SEQUENCE < layout.SEQUENCE // 2


def _crc(data: mmap.mmap | bytes, start: int, end: int) -> int:
    crc = 0
    for at in range(start, end, _SLICE):
        crc = zlib.crc32(data[at : min(at + _SLICE, end)], crc)
    return crc


def _is_summary(data: mmap.mmap | bytes, start: int, end: int) -> bool:
    stop = end - len(layout.MAGIC) - layout.U32.size
    return _crc(data, start, stop) == layout.U32.unpack_from(data, stop)[0]
