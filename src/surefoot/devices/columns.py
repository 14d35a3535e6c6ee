"""What the raw numbers of a packet mean: columns in SI units, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import StreamInfo
from surefoot.devices.limits import limits
from surefoot.devices.probing import Told, through
from surefoot.devices.units import si

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.formats import Format
    from surefoot.devices.layout import Channel, Stream
    from surefoot.devices.packet_format import Content

_SUFFIXES = {1: ("",), 3: ("_x", "_y", "_z"), 4: ("_w", "_x", "_y", "_z")}


class Columns:
    """The columns of one stream.

    Parameters
    ----------
    stream : Stream
        From a checked profile.
    role : str
        Role of the sensor, for the name of the stream.
    rate : float
        Nominal rate [Hz].
    told : Told, optional
        What the device told of itself.
    """

    def __init__(
        self, stream: Stream, role: str, rate: float, told: Told | None = None
    ) -> None:
        counts = {field.name: field.count for field in stream.sample}
        floats = {field.name for field in stream.sample if field.kind == "f"}
        self._told = told or Told(())
        self._channels = stream.channels
        self._spans = _spans(stream.channels, counts)
        self._fields = tuple(channel.field for channel in stream.channels)
        self._order = _order(stream.channels, counts)
        factors, offsets = _lines(stream.channels, counts)
        self._factor = factors
        self._offset = offsets if offsets.any() else None
        self._may_be_nan = not floats.isdisjoint(self._fields)
        self._bends = [
            (channel, span)
            for channel, span in zip(self._channels, self._spans, strict=True)
            if channel.curve or (channel.scale_by and not channel.scales)
        ]
        self._low, self._high = _ends(stream.channels, counts)
        self._may_be_far = bool(self._bends) or not _within(
            stream, self._factor, self._offset, self._low, self._high
        )
        self.info = _info(stream, role, rate, counts)

    def read(self, packets: Format, content: Content) -> NDArray[np.float64] | str:
        """Return the samples in SI units, shape (n, columns).

        Returns in words what was expected where a sensor cannot have given this: a
        value that is no number (asked of the raw bytes, for arithmetic on a signalling
        NaN warns) or is beyond the range of its channel, or samples that come before
        the device told how to read them.
        """
        raw = packets.gather(content, self._fields)
        if self._may_be_nan and not np.isfinite(raw).all():
            return "finite numbers"
        if self._order is not None:
            raw = raw[:, self._order]
        out = raw * self._factor
        for channel, span in self._bends:
            if not self._bend(channel, raw, out, span):
                return "its calibration first, as the device tells it at the start"
        if self._offset is not None:
            out += self._offset
        if self._may_be_far and not ((out >= self._low) & (out <= self._high)).all():
            return f"values the sensor can give ({self._beyond(out)})"
        return out

    def _bend(
        self,
        channel: Channel,
        raw: NDArray[Any],
        out: NDArray[np.float64],
        span: slice,
    ) -> bool:
        """Apply what the device told to one channel; False if it has not yet."""
        if channel.curve:
            points = self._told.points(channel.curve)
            if points is None:
                return False
            readings = raw[:, span].astype(float)
            drawn = through(readings, points, channel.curve.values)
            out[:, span] = drawn * self._factor[span]
        else:
            number = self._told.number(channel.scale_by)
            if number is None:
                return False
            with np.errstate(over="ignore"):
                out[:, span] *= number
        return True

    def _beyond(self, out: NDArray[np.float64]) -> str:
        """Word the first value that is beyond its range."""
        bad = ~((out >= self._low) & (out <= self._high))
        column = int(np.flatnonzero(bad.any(axis=0))[0])
        value = out[int(np.flatnonzero(bad[:, column])[0]), column]
        name, unit = self.info.channels[column], self.info.units[column]
        low, high = self._low[column], self._high[column]
        return f"{name} from {low:g} to {high:g} {unit}, not {value:g}"

    def raw(
        self, channels: Mapping[str, NDArray[np.float64]]
    ) -> dict[str, NDArray[np.float64]]:
        """Return the raw numbers by field that decode to these values.

        Parameters
        ----------
        channels : mapping of str to ndarray, shape (n, count)
            SI values by channel name; all channels of the stream.
        """
        fields: dict[str, NDArray[np.float64]] = {}
        for channel, span in zip(self._channels, self._spans, strict=True):
            values = np.asarray(channels[channel.name], float)
            values = values.reshape(len(values), -1)
            if self._offset is not None:
                values = values - self._offset[span]
            scaled = self._unbent(channel, values / self._factor[span])
            order = [position for position, _ in channel.axes]
            fields[channel.field] = scaled[:, np.argsort(order)] if order else scaled
        return fields

    def _unbent(
        self, channel: Channel, values: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        if channel.curve:
            points = self._told.points(channel.curve)
            assert points is not None  # profiles without are refused
            return through(values, np.asarray(channel.curve.values), points.tolist())
        if channel.scale_by and not channel.scales:
            return values / (self._told.number(channel.scale_by) or 1.0)
        return values


def _ends(
    channels: tuple[Channel, ...], counts: Mapping[str, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lowest and the highest value of every column."""
    ends = [limits(c) for c in channels for _ in range(counts[c.field])]
    low, high = zip(*ends, strict=True)
    return np.array(low), np.array(high)


def _within(
    stream: Stream,
    factor: NDArray[np.float64],
    offset: NDArray[np.float64] | None,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> bool:
    """Return whether no raw number can be beyond its range."""
    bits: list[float] = []
    fields = {field.name: field for field in stream.sample}
    for channel in stream.channels:
        field = fields[channel.field]
        small = field.kind != "f" and stream.codec == "bytes"
        own = 8.0 * field.width - (field.kind == "i")
        bits += [own if small else np.inf] * field.count
    size = np.exp2(np.minimum(bits, 600)) * np.abs(factor)
    shift = 0.0 if offset is None else np.abs(offset)
    return bool(np.all(size + shift <= np.minimum(-low, high)))


def _spans(channels: tuple[Channel, ...], counts: Mapping[str, int]) -> list[slice]:
    spans: list[slice] = []
    start = 0
    for channel in channels:
        spans.append(slice(start, start + counts[channel.field]))
        start += counts[channel.field]
    return spans


def _order(
    channels: tuple[Channel, ...], counts: Mapping[str, int]
) -> list[int] | None:
    """Return where each column comes from, or None if they stand as they come."""
    order: list[int] = []
    for channel in channels:
        own = [at for at, _ in channel.axes] or range(counts[channel.field])
        start = len(order)
        order += [start + at for at in own]
    return None if order == sorted(order) else order


def _lines(
    channels: tuple[Channel, ...], counts: Mapping[str, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return factor and offset of every column, signs included."""
    factors: list[float] = []
    offsets: list[float] = []
    for channel in channels:
        signs = [sign for _, sign in channel.axes] or [1] * counts[channel.field]
        factor = si(channel.unit)[1]
        factors += [sign * channel.scale * factor for sign in signs]
        offsets += [sign * channel.offset * factor for sign in signs]
    return np.array(factors), np.array(offsets)


def _info(
    stream: Stream, role: str, rate: float, counts: Mapping[str, int]
) -> StreamInfo:
    names: list[str] = []
    units: list[str] = []
    for channel in stream.channels:
        count = counts[channel.field]
        suffixes = _SUFFIXES.get(count) or tuple(f"_{i}" for i in range(count))
        names += [channel.name + suffix for suffix in suffixes]
        units += [si(channel.unit)[0]] * count
    return StreamInfo(f"{role}/{stream.id}", tuple(names), tuple(units), rate)
