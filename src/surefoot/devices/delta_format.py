"""Packets of a first sample and differences of few bits; as Polar packs them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import DecodeError
from surefoot.devices.packet_builder import PacketBuilder
from surefoot.devices.packet_format import Content, PacketFormat
from surefoot.devices.scalars import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Stream

_MOST_BITS = 32
_DENSEST = 255


class DeltaFormat:
    """Packets whose samples follow a reference; a `Format`.

    After the header stands the reference sample, then blocks of ``bits u8, count u8``
    and ``count`` signed differences of ``bits`` bits for each number of the sample,
    lowest bit first, padded to whole bytes. Of floats, the differences are of the bit
    patterns.

    Parameters
    ----------
    stream : Stream
        From a checked profile.
    """

    def __init__(self, stream: Stream) -> None:
        beginning = replace(stream, min_len=1)
        self._plain = PacketFormat(beginning)
        self._head = PacketBuilder(beginning)
        self._shortest = stream.min_len
        (self._field,) = stream.sample
        self._size = stream.header_size + stream.sample_size
        self._start = stream.header_size
        order = "<" if self._field.order == "little" else ">"
        kind = "u" if self._field.kind == "f" else self._field.kind
        self._reference = np.dtype(f"{order}{kind}{self._field.width}")
        self._newest_first = stream.newest_first
        self.fits = self._plain.fits
        self.too_short = self._plain.too_short

    def read(self, payload: bytes, source: str) -> Content:
        """Return what is in the packet.

        Raises
        ------
        DecodeError
            If a block is longer than the packet, or tells of no bits or no samples.
        """
        if len(payload) < self._shortest:
            raise DecodeError(source, payload, f"at least {self._shortest} bytes")
        head = self._plain.read(payload[: self._size], source)
        count = self._field.count
        reference = np.frombuffer(payload, self._reference, count, self._start)
        steps = [np.zeros((1, count), np.int64)]
        at = self._size
        while at < len(payload):
            bits, n = (payload[at : at + 2] + b"\0")[:2]
            end = at + 2 + (bits * n * count + 7) // 8
            if not 1 <= bits <= _MOST_BITS or n == 0 or end > len(payload):
                raise DecodeError(source, payload, "blocks of differences")
            steps.append(_unpacked(payload[at + 2 : end], bits, n, count))
            at = end
        values = reference.astype(np.int64) + np.cumsum(np.concatenate(steps), axis=0)
        return head._replace(n=len(values), record=values)

    def gather(self, content: Content, fields: tuple[str, ...]) -> NDArray[Any]:
        """Return raw numbers, one row a sample, oldest first."""
        assert set(fields) == {self._field.name}
        found: NDArray[Any] = content.record
        if self._field.kind == "f":
            found = (found & 0xFFFFFFFF).astype(np.uint32).view(np.float32)
        return found[::-1] if self._newest_first else found

    def build(
        self, fields: Mapping[str, NDArray[np.float64]], tick: int, count: int
    ) -> bytes:
        """Return the bytes of a packet; raw numbers are rounded and held in range."""
        values = fields[self._field.name]
        ordered = values[::-1] if self._newest_first else values
        numbers = held(ordered, self._field)
        head = self._head.build({self._field.name: numbers[:1]}, tick, count)
        if self._field.kind == "f":
            whole = numbers.astype(np.float32).view(np.uint32).astype(np.int64)
        else:
            whole = numbers.astype(np.int64)
        return head + _packed(np.diff(whole, axis=0))


def _unpacked(data: bytes, bits: int, n: int, count: int) -> NDArray[np.int64]:
    single = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
    rows = single[: bits * n * count].reshape(n, count, bits).astype(np.int64)
    found = np.sum(rows << np.arange(bits, dtype=np.int64), axis=-1)
    half = 1 << (bits - 1)
    return (found ^ half) - half


def _packed(steps: NDArray[np.int64]) -> bytes:
    blocks: list[bytes] = []
    for start in range(0, len(steps), _DENSEST):
        part = steps[start : start + _DENSEST]
        largest = int(np.max(np.where(part < 0, ~part, part)))
        bits = largest.bit_length() + 1
        if bits > _MOST_BITS:  # floats far apart: their bit patterns wrap round
            part, bits = (part + (1 << 31)) % (1 << 32) - (1 << 31), _MOST_BITS
        places = np.arange(bits, dtype=np.int64)
        single = ((part[..., None] >> places) & 1).astype(np.uint8).ravel()
        packed = np.packbits(single, bitorder="little").tobytes()
        blocks.append(bytes([bits, len(part)]) + packed)
    return b"".join(blocks)
