"""Packets of one format, the streams in them and their times."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Protocol

import numpy as np

from surefoot.core import Block, DecodeError
from surefoot.devices.columns import Columns
from surefoot.devices.formats import format_of
from surefoot.devices.limits import most_of
from surefoot.devices.packet_format import PacketFormat
from surefoot.devices.rows import RowClock, RowFormat
from surefoot.devices.timeline import SECOND_NS, Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from surefoot.core import Packet, StreamInfo
    from surefoot.devices.layout import Stream
    from surefoot.devices.probing import Told


class Lane(Protocol):
    """Packets of one format, the streams in them and their times."""

    @property
    def endpoint(self) -> str:
        """The endpoint the packets come from."""
        ...

    @property
    def infos(self) -> Sequence[StreamInfo]:
        """The streams in the packets."""
        ...

    @property
    def stream(self) -> Stream:
        """What the packets look like."""
        ...

    @property
    def lost(self) -> int:
        """Packets missing so far."""
        ...

    @property
    def duplicates(self) -> int:
        """Packets that came again."""
        ...

    @property
    def residuals(self) -> Sequence[int]:
        """Reception minus fitted time of the newest sample, last packets [ns]."""
        ...

    def cut(self) -> None:
        """Take note that the link broke."""
        ...

    def fits(self, payload: bytes) -> bool:
        """Return whether the packet is of this format."""
        ...

    def too_short(self, payload: bytes) -> bool:
        """Return whether the packet ends before its format can be told."""
        ...

    def decode(self, payload: bytes, packet: Packet) -> list[Block]:
        """Return the samples; none if the packet came again."""
        ...


def lanes_of(
    streams: Sequence[Stream],
    role: str,
    t0_ns: int,
    rates: Mapping[str, float],
    told: Told,
) -> list[Lane]:
    """Return the packet formats of streams; shared packets make one lane."""
    if streams[0].columns:
        return [RowLane(streams[0], role, t0_ns)]
    return [
        RadioLane(
            [s for s in streams if stream.id in {s.id, s.like}],
            role,
            Timeline(stream.timing, rates[stream.id], _counter_bits(stream), t0_ns),
            rates[stream.id],
            told,
        )
        for stream in streams
        if not stream.like and not stream.combine
    ]


class RadioLane:
    """Streams of a device that share their packets; a `Lane`."""

    def __init__(
        self,
        streams: Sequence[Stream],
        role: str,
        timeline: Timeline,
        rate: float,
        told: Told,
    ) -> None:
        first = streams[0]
        self.endpoint = first.endpoint
        self.stream = first
        self._format = format_of(first)
        self._columns = [Columns(stream, role, rate, told) for stream in streams]
        self._timeline = timeline
        self.infos = [columns.info for columns in self._columns]
        self.cut = timeline.cut
        self.fits = self._format.fits
        self.too_short = self._format.too_short

    @property
    def lost(self) -> int:
        """Packets missing so far."""
        return self._timeline.lost

    @property
    def duplicates(self) -> int:
        """Packets that came again."""
        return self._timeline.duplicates

    @property
    def residuals(self) -> Sequence[int]:
        """Reception minus fitted time of the newest sample [ns]."""
        return self._timeline.residuals

    def decode(self, payload: bytes, packet: Packet) -> list[Block]:
        """Return the samples; none if the packet came again."""
        content = self._format.read(payload, packet.source)
        data: list[NDArray[np.float64]] = []
        for columns in self._columns:
            values = columns.read(self._format, content)
            if isinstance(values, str):
                raise DecodeError(packet.source, payload, values)
            data.append(values)
        t = self._timeline.take(content, packet.t_ns)
        return [] if t is None else list(map(Block, self.infos, repeat(t), data))

    def fitting(self, payloads: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
        """Return which packets, a row each, are of this format; None if not known."""
        packets = self._format
        return packets.fitting(payloads) if isinstance(packets, PacketFormat) else None

    def decode_all(
        self, payloads: NDArray[np.uint8], t_ns: NDArray[np.int64]
    ) -> Many | None:
        """Return the samples of packets of this format, a row each.

        None where they must be decoded one by one; then nothing was taken.
        """
        packets = self._format
        if not isinstance(packets, PacketFormat):
            return None
        try:
            read = packets.read_all(payloads)
        except DecodeError:
            return None
        if read is None:
            return None
        contents, whole = read
        data = [columns.read(packets, whole) for columns in self._columns]
        if any(isinstance(values, str) for values in data):
            return None
        n = contents[0].n
        t, new = self._timeline.take_all(contents, t_ns.tolist(), n)
        kept = slice(None) if new.all() else np.repeat(new, n)
        blocks = tuple(
            Block(info, t.reshape(-1), values[kept])
            for info, values in zip(self.infos, data, strict=True)
            if not isinstance(values, str)
        )
        return Many(blocks, t_ns[new], n)


@dataclass(frozen=True, slots=True)
class Many:
    """What many packets held.

    Attributes
    ----------
    blocks : tuple of Block
        One a stream, in the order in which one packet gives them.
    t_ns : ndarray of int64, shape (m,)
        When the packets came that are in them [ns].
    n : int
        Samples of each of those packets.
    """

    blocks: tuple[Block, ...]
    t_ns: NDArray[np.int64]
    n: int


class RowLane:
    """The stream of a table profile; a `Lane`."""

    def __init__(self, stream: Stream, role: str, t0_ns: int) -> None:
        self.endpoint = stream.endpoint
        self.stream = stream
        self.lost = 0
        self.duplicates = 0
        self.residuals: Sequence[int] = ()
        self._rows = RowFormat(stream, role)
        self._clock = RowClock(float(stream.rate))
        self._t0_ns = t0_ns
        self.infos = [self._rows.info]
        self._most = np.array([most_of(unit) for unit in self._rows.info.units])

    def cut(self) -> None:
        """Do nothing: rows have declared times."""

    def fits(self, payload: bytes) -> bool:
        """Return whether there is a row."""
        return bool(payload)

    def too_short(self, payload: bytes) -> bool:
        """Return whether there is none."""
        return not payload

    def decode(self, payload: bytes, packet: Packet) -> list[Block]:
        """Return the samples of the rows."""
        data, times = self._rows.read(payload, packet.source)
        if not (np.abs(data) <= self._most).all():
            raise DecodeError(packet.source, payload, "values a sensor can give")
        reached = (packet.t_ns - self._t0_ns) / SECOND_NS
        t = self._clock.take(len(data), times, reached)
        if t is None:
            raise DecodeError(packet.source, payload, "a later time in every row")
        return [Block(self._rows.info, t, data)]


def _counter_bits(stream: Stream) -> int:
    widths = {field.name: 8 * field.width for field in stream.header}
    return stream.timing.counter_bits or widths.get(stream.timing.counter, 0)
