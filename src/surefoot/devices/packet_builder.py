"""Builds the bytes of one stream's packets: the way back of `packet_format`."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.devices._template import CHECKSUMS
from surefoot.devices.layout import Framing
from surefoot.devices.packet_format import header_places
from surefoot.devices.scalars import held, is_odd, layout, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Field, Stream


class PacketBuilder:
    """Builds packets of one stream.

    Parameters
    ----------
    stream : Stream
        From a checked profile.
    """

    def __init__(self, stream: Stream) -> None:
        timing = stream.timing
        self._stream = stream
        self._places = header_places(stream.header)
        self._tick = "" if timing.stamp == "each" else timing.field
        self._repeat = stream.repeat if stream.repeat in self._places else ""

    def build(
        self, fields: Mapping[str, NDArray[np.float64]], tick: int, count: int
    ) -> bytes:
        """Return the bytes of a packet.

        Parameters
        ----------
        fields : mapping of str to ndarray, shape (n, count)
            Raw numbers by field, oldest first; rounded and held within the range of
            their type. Fields that are not given are zero.
        tick : int
            Device clock, any size; wrapped here.
        count : int
            Packet counter, any size; wrapped here.
        """
        n = len(next(iter(fields.values())))
        stream = self._stream
        record = (
            np.zeros(1, layout(stream.sample, planar=n))
            if stream.planar
            else np.zeros(n, layout(stream.sample))
        )
        for field in stream.sample:
            if field.name in fields:
                self._put(record, field, fields[field.name])
        packet = self._head(n, tick, count) + record.tobytes()
        framing = stream.framing
        if not isinstance(framing, Framing):
            return packet.ljust(stream.min_len, b"\0")
        if not framing.checksum:
            return packet.ljust(framing.length, b"\0")
        packet = packet.ljust(framing.length - 1, b"\0")
        return packet + bytes([CHECKSUMS[framing.checksum](packet)])

    def _head(self, n: int, tick: int, count: int) -> bytes:
        head = bytearray(self._stream.header_size)
        self._constants(head)
        self._fill(head, str(self._repeat), n)
        self._clock(head, tick % (1 << self._stream.timing.bits))
        self._fill(head, self._stream.timing.counter, count)
        return bytes(head)

    def _clock(self, head: bytearray, tick: int) -> None:
        if any(f.kind == "f" and f.name == self._tick for f in self._stream.header):
            start, _, order = self._places[self._tick]
            struct.pack_into("<f" if order == "little" else ">f", head, start, tick)
        else:
            self._fill(head, self._tick, tick)

    def _fill(self, head: bytearray, name: str, value: int) -> None:
        if name:
            start, end, order = self._places[name]
            wrapped = value % (1 << 8 * (end - start))
            head[start:end] = wrapped.to_bytes(end - start, order)

    def _constants(self, head: bytearray) -> None:
        select = self._stream.select
        framing = self._stream.framing
        for word in framing.sync if isinstance(framing, Framing) else ():
            if all(s.at >= len(word) or word[s.at] & s.mask == s.eq for s in select):
                head[: len(word)] = word
                break
        for s in select:
            head[s.at] = (head[s.at] & ~s.mask & 0xFF) | s.eq

    def _put(
        self, record: NDArray[Any], field: Field, values: NDArray[np.float64]
    ) -> None:
        ordered = values[::-1] if self._stream.newest_first else values
        numbers: NDArray[Any] = held(ordered, field)
        if is_odd(field):
            numbers = split(numbers, field)
        place = record[field.name]
        place[...] = numbers.reshape(place.shape)
