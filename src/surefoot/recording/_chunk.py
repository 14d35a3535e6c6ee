"""Turns one chunk into packets, or says why it cannot."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zstandard

from surefoot.core import Packet
from surefoot.recording import _layout as layout

if TYPE_CHECKING:
    from mmap import mmap

    from surefoot.recording._records import Record


class ChunkError(Exception):
    """A chunk is not what was written; its text says why."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The packets of one chunk, in file order, with their global sequence numbers."""

    sequences: list[int]
    packets: list[Packet]
    unnamed: int
    """Packets whose source nothing in the file tells."""


_LENGTHS = "its lengths disagree"
_PACKING = "it cannot be unpacked"
_CHECKSUM = "its checksum differs"
_RECORDS = "its records do not fit"


def unpack(data: mmap | bytes, record: Record) -> bytes:
    """Return the raw records of a chunk, proven by its checksum.

    Raises
    ------
    ChunkError
        If a length, the compression or the checksum is wrong.
    """
    _, _, size, crc, *_ = layout.CHUNK_HEAD.unpack_from(data, record.body)
    packed = data[record.body + layout.CHUNK_HEAD.size : record.end]
    try:
        # the frame's own word is read first: it decides how much is allocated
        if zstandard.frame_content_size(packed) != size:
            raise ChunkError(_LENGTHS)
        raw = zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    except zstandard.ZstdError:
        raise ChunkError(_PACKING) from None
    if len(raw) != size or zlib.crc32(raw) != crc:
        raise ChunkError(_CHECKSUM)
    return raw


def batch_of(raw: bytes, sources: dict[int, str], anchor: int) -> Batch:
    """Return the packets in a chunk; learns the sources it defines.

    Raises
    ------
    ChunkError
        If the records do not fit the chunk.
    """
    batch = Batch([], [], 0)
    try:
        unnamed = _read(raw, sources, anchor, batch)
    except (struct.error, UnicodeDecodeError):
        raise ChunkError(_RECORDS) from None
    return Batch(batch.sequences, batch.packets, unnamed)


def _read(raw: bytes, sources: dict[int, str], anchor: int, into: Batch) -> int:
    """Append the packets to a batch, return how many have no known source."""
    head, width = layout.MESSAGE_HEAD.unpack_from, layout.MESSAGE_HEAD.size
    prefix, half, unnamed = layout.RECORD.size, layout.HALF, 0
    message, number, keep = layout.MESSAGE, into.sequences.append, into.packets.append
    at, end = 0, len(raw)
    while at < end:
        opcode, length, channel, sequence, log, _ = head(raw, at)
        stop = at + prefix + length
        if stop > end:
            raise ChunkError(_RECORDS)
        if opcode == message and channel in sources:
            t_ns = log - anchor
            if not -half <= t_ns < half:
                t_ns = layout.from_log(log, anchor)
            number(sequence)
            keep(Packet(sources[channel], t_ns, raw[at + width : stop]))
        elif opcode == message:
            unnamed += 1
        elif opcode == layout.CHANNEL:
            _learn(raw[at + prefix : stop], sources)
        at = stop
    return unnamed


def _learn(body: bytes, sources: dict[int, str]) -> None:
    channel, _, length = layout.CHANNEL_HEAD.unpack_from(body)
    topic = body[layout.CHANNEL_HEAD.size : layout.CHANNEL_HEAD.size + length]
    sources[channel] = topic.decode().removeprefix("/")
