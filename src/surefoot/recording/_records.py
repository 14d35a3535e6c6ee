"""Walks the records of a file that may be torn or damaged; allocates nothing large.

The walk trusts no length alone: a record must also agree with itself. Where it does
not, the walk goes on at the next place that looks like a record of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from surefoot.recording import _layout as layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the data section: its opcode and where its parts are."""

    opcode: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Bytes that are no record."""

    start: int
    end: int


def records(data: mmap | bytes, end: int) -> Iterator[Record | Hole]:
    """Yield the records before ``end``, up to the end of the data section."""
    at = len(layout.MAGIC)
    if data[:at] != layout.MAGIC:
        yield Hole(0, at)
    while at < end:
        found = record_at(data, at, end)
        if found is None:
            after = _next_record(data, at + 1, end)
            yield Hole(at, after)
            at = after
            continue
        yield found
        if found.opcode == layout.DATA_END:
            return
        at = found.end


def record_at(data: mmap | bytes, at: int, end: int) -> Record | None:
    """Return the record at a place, or None if what is there is none."""
    body = at + layout.RECORD.size
    if body > end:
        return None
    opcode, length = layout.RECORD.unpack_from(data, at)
    stop = body + length
    if stop > end or not _is_sane(data, opcode, body, stop):
        return None
    return Record(opcode, at, body, stop)


def summary_of(data: mmap | bytes, end: int) -> int | None:
    """Return where the summary starts, if a footer stands at the end of the file."""
    at = end - len(layout.MAGIC) - layout.FOOTER_BODY.size
    if at < layout.RECORD.size or data[end - len(layout.MAGIC) : end] != layout.MAGIC:
        return None
    head = layout.RECORD.unpack_from(data, at - layout.RECORD.size)
    if head != (layout.FOOTER, layout.FOOTER_BODY.size):
        return None
    start, _, _ = layout.FOOTER_BODY.unpack_from(data, at)
    return start if start < end else None


def texts(data: mmap | bytes, at: int, end: int, count: int) -> list[slice] | None:
    """Return where `count` length-prefixed fields lie, or None if they do not fit."""
    found: list[slice] = []
    for _ in range(count):
        start = at + layout.U32.size
        if start > end:
            return None
        at = start + layout.U32.unpack_from(data, at)[0]
        found.append(slice(start, at))
    return found if at <= end else None


def _is_sane(data: mmap | bytes, opcode: int, body: int, stop: int) -> bool:
    if opcode == layout.CHUNK:
        return _is_chunk(data, body, stop)
    if opcode == layout.ATTACHMENT:
        return _is_attachment(data, body, stop)
    if opcode == layout.HEADER:
        return _is_full(data, body, stop, 2) and body < 2 * layout.RECORD.size
    if opcode == layout.METADATA:
        return _is_full(data, body, stop, 2)
    return opcode == layout.DATA_END and stop - body == layout.U32.size


def _is_full(data: mmap | bytes, body: int, stop: int, count: int) -> bool:
    fields = texts(data, body, stop, count)
    return fields is not None and fields[-1].stop == stop


def _is_chunk(data: mmap | bytes, body: int, stop: int) -> bool:
    inside = body + layout.CHUNK_HEAD.size
    if inside > stop:
        return False
    _, _, raw, _, width, name, packed = layout.CHUNK_HEAD.unpack_from(data, body)
    fits = raw <= layout.MAX_CHUNK and inside + packed == stop
    return fits and packed <= 2 * layout.MAX_CHUNK and (width, name) == (4, b"zstd")


def _is_attachment(data: mmap | bytes, body: int, stop: int) -> bool:
    fields = texts(data, body + 2 * layout.U64.size, stop, 2)
    if fields is None or fields[-1].stop + layout.U64.size > stop:
        return False
    length = layout.U64.unpack_from(data, fields[-1].stop)[0]
    rest = stop - fields[-1].stop - layout.U64.size - layout.U32.size
    return length == rest and length <= layout.MAX_ATTACHMENT


_CHUNK_MARK: Final = layout.U32.pack(4) + b"zstd"
_CHUNK_OFFSET: Final = layout.RECORD.size + 28
_NAME_OFFSET: Final = layout.RECORD.size + 16
_MARKS: Final = re.compile(
    b"|".join(
        re.escape(mark)
        for mark in (
            _CHUNK_MARK,
            *(layout.U32.pack(len(n)) + n.encode() for n in layout.NAMES),
        )
    )
)


def _next_record(data: mmap | bytes, start: int, end: int) -> int:
    """Return where the next sane chunk, attachment or end is, else ``end``."""
    stop = _data_end(data, start, end)
    for mark in _MARKS.finditer(data, start, stop):
        offset = _CHUNK_OFFSET if mark.group() == _CHUNK_MARK else _NAME_OFFSET
        at = mark.start() - offset
        if at >= start and record_at(data, at, end) is not None:
            return at
    return stop


def _data_end(data: mmap | bytes, start: int, end: int) -> int:
    """Return where the footer says the data section ends, else ``end``."""
    summary = summary_of(data, end)
    if summary is None:
        return end
    at = summary - layout.RECORD.size - layout.U32.size
    found = record_at(data, at, end) if at >= start else None
    return at if found and found.opcode == layout.DATA_END else end
