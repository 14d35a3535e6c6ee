"""Packets of one format, the streams in them and their times."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Protocol

from surefoot.core import Block, DecodeError
from surefoot.devices.columns import Columns
from surefoot.devices.framing import Framer
from surefoot.devices.packet_format import PacketFormat
from surefoot.devices.rows import RowClock, RowFormat
from surefoot.devices.timeline import SECOND_NS, Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.core import Packet, StreamInfo
    from surefoot.devices.layout import Stream
    from surefoot.devices.profile import Profile


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
    def framer(self) -> Framer | None:
        """What cuts the bytes of the endpoint into packets, if anything must."""
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
    profile: Profile, role: str, t0_ns: int, rates: Mapping[str, float]
) -> list[Lane]:
    """Return the packet formats of a profile; shared packets make one lane."""
    if profile.transport == "table":
        return [RowLane(profile.primary, role, t0_ns)]
    return [
        RadioLane(
            [s for s in profile.streams if stream.id in {s.id, s.like}],
            role,
            t0_ns,
            rates[stream.id],
        )
        for stream in profile.streams
        if not stream.like
    ]


class RadioLane:
    """Streams of a radio profile that share their packets; a `Lane`."""

    def __init__(
        self, streams: Sequence[Stream], role: str, t0_ns: int, rate: float
    ) -> None:
        first = streams[0]
        self.endpoint = first.endpoint
        self.framer = Framer(first.framing) if first.framing else None
        self._format = PacketFormat(first)
        self._columns = [Columns(stream, role, rate) for stream in streams]
        self._timeline = Timeline(first.timing, rate, _counter_bits(first), t0_ns)
        self.infos = [columns.info for columns in self._columns]
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
            if values is None:
                raise DecodeError(packet.source, payload, "finite numbers")
            data.append(values)
        t = self._timeline.take(content, packet.t_ns)
        return [] if t is None else list(map(Block, self.infos, repeat(t), data))


class RowLane:
    """The stream of a table profile; a `Lane`."""

    def __init__(self, stream: Stream, role: str, t0_ns: int) -> None:
        self.endpoint = stream.endpoint
        self.framer = None
        self.lost = 0
        self.duplicates = 0
        self.residuals: Sequence[int] = ()
        self._rows = RowFormat(stream, role)
        self._clock = RowClock(float(stream.rate))
        self._t0_ns = t0_ns
        self.infos = [self._rows.info]

    def fits(self, payload: bytes) -> bool:
        """Return whether there is a row."""
        return bool(payload)

    def too_short(self, payload: bytes) -> bool:
        """Return whether there is none."""
        return not payload

    def decode(self, payload: bytes, packet: Packet) -> list[Block]:
        """Return the samples of the rows."""
        data, times = self._rows.read(payload, packet.source)
        reached = (packet.t_ns - self._t0_ns) / SECOND_NS
        t = self._clock.take(len(data), times, reached)
        if t is None:
            raise DecodeError(packet.source, payload, "a later time in every row")
        return [Block(self._rows.info, t, data)]


def _counter_bits(stream: Stream) -> int:
    widths = {field.name: 8 * field.width for field in stream.header}
    return widths.get(stream.timing.counter, 0)
