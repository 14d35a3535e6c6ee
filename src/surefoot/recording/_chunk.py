"""Turns one chunk into packets, or says why it cannot."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import zstandard

from surefoot.core import Packet
from surefoot.recording import _layout as layout

if TYPE_CHECKING:
    from mmap import mmap

    from numpy.typing import NDArray

    from surefoot.recording._records import Record


class ChunkError(Exception):
    """A chunk is not what was written; its text says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The packets of one chunk, side by side, in file order.

    Attributes
    ----------
    at : int
        Where the chunk is in the file [bytes].
    sequence : ndarray of int64, shape (n,)
        Global numbers, modulo 2**32.
    channel : ndarray of int64, shape (n,)
        Which of ``names`` each packet is of.
    t_ns : ndarray of int64, shape (n,)
        Reception times [ns].
    start, end : ndarray of int64, shape (n,)
        Where each payload is in ``raw``.
    raw : bytes
        The chunk, unpacked.
    names : dict of int to str
        The source of each channel.
    unnamed : int
        Packets left out because nothing in the file tells their source.
    """

    at: int
    sequence: NDArray[np.int64]
    channel: NDArray[np.int64]
    t_ns: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    raw: bytes
    names: dict[int, str]
    unnamed: int = 0

    def __len__(self) -> int:
        return len(self.t_ns)

    def __getitem__(self, item: slice) -> Batch:
        """Return some packets that follow each other."""
        return replace(
            self,
            sequence=self.sequence[item],
            channel=self.channel[item],
            t_ns=self.t_ns[item],
            start=self.start[item],
            end=self.end[item],
        )

    def packets(self) -> list[Packet]:
        """Return the packets one by one."""
        names, raw = self.names, self.raw
        columns = (self.channel, self.t_ns, self.start, self.end)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [Packet(names[channel], t, raw[a:b]) for channel, t, a, b in rows]

    def counts(self) -> dict[str, int]:
        """Return how many there are of each source, in order of appearance."""
        found: Counter[int] = Counter(self.channel.tolist())
        return {self.names[channel]: n for channel, n in found.items()}

    def of(self, source: str) -> Batch:
        """Return the packets of one source."""
        channels = [key for key, name in self.names.items() if name == source]
        return self.where(np.isin(self.channel, channels))

    def where(self, wanted: NDArray[np.bool_]) -> Batch:
        """Return some of the packets; ``wanted`` has shape (n,)."""
        if wanted.all():
            return self
        return replace(
            self,
            sequence=self.sequence[wanted],
            channel=self.channel[wanted],
            t_ns=self.t_ns[wanted],
            start=self.start[wanted],
            end=self.end[wanted],
        )

    def matrix(self) -> NDArray[np.uint8] | None:
        """Return the payloads as rows of bytes, or None if their lengths differ.

        Returns
        -------
        ndarray of uint8, shape (n, length), or None
            None also if there is no packet. Copied: it may be viewed as any layout.
        """
        lengths = self.end - self.start
        if not len(lengths) or (lengths != lengths[0]).any():
            return None
        flat = np.frombuffer(self.raw, np.uint8)
        return flat[self.start[:, None] + np.arange(lengths[0])]


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


def batch_of(raw: bytes, sources: dict[int, str], anchor: int, at: int = 0) -> Batch:
    """Return the packets in a chunk; learns the sources it defines.

    Parameters
    ----------
    raw : bytes
        The chunk, unpacked.
    sources : dict of int to str
        The source of each channel known so far.
    anchor : int
        Wall minus monotonic clock [ns].
    at : int
        Where the chunk is in the file [bytes].

    Raises
    ------
    ChunkError
        If the records do not fit the chunk.
    """
    try:
        begin = np.array(_messages(raw, sources), np.int64)
    except (struct.error, UnicodeDecodeError):
        raise ChunkError(_RECORDS) from None
    heads = _heads(raw, begin)
    channel = heads["channel"].astype(np.int64)
    # unsigned, so that it wraps: exact for every signed 64-bit time
    t_ns = (heads["log"].astype(np.uint64) - np.uint64(anchor % layout.WRAP)).view(
        np.int64
    )
    sequence = heads["sequence"].astype(np.int64)
    start = begin + layout.MESSAGE_HEAD.size
    end = begin + layout.RECORD.size + heads["length"].astype(np.int64)
    whole = Batch(at, sequence, channel, t_ns, start, end, raw, sources)
    if set(channel.tolist()) <= sources.keys():
        return whole
    kept = whole.where(np.isin(channel, list(sources)))
    return replace(kept, unnamed=len(whole) - len(kept))


def _messages(raw: bytes, sources: dict[int, str]) -> array[int]:
    """Return where each message is; learns the channels between."""
    head, prefix, least = layout.RECORD.unpack_from, layout.RECORD.size, _LEAST
    message, channel, size = layout.MESSAGE, layout.CHANNEL, len(raw)
    found = array("q")
    keep = found.append
    at = 0
    while at < size:
        opcode, length = head(raw, at)
        stop = at + prefix + length
        if stop > size:
            raise ChunkError(_RECORDS)
        if opcode == message:
            if length < least:
                raise ChunkError(_RECORDS)
            keep(at)
        elif opcode == channel:
            _learn(raw[at + prefix : stop], sources)
        at = stop
    return found


_HEAD = np.dtype(
    [
        ("opcode", "u1"),
        ("length", "<u8"),
        ("channel", "<u2"),
        ("sequence", "<u4"),
        ("log", "<u8"),
        ("publish", "<u8"),
    ]
)
"""`layout.MESSAGE_HEAD`, for many at once."""
_LEAST = _HEAD.itemsize - layout.RECORD.size


def _heads(raw: bytes, begin: NDArray[np.int64]) -> NDArray[Any]:
    flat = np.frombuffer(raw, np.uint8)
    return flat[begin[:, None] + np.arange(_HEAD.itemsize)].view(_HEAD)[:, 0]


def _learn(body: bytes, sources: dict[int, str]) -> None:
    channel, _, length = layout.CHANNEL_HEAD.unpack_from(body)
    topic = body[layout.CHANNEL_HEAD.size : layout.CHANNEL_HEAD.size + length]
    sources[channel] = topic.decode().removeprefix("/")
