"""What the raw numbers of a packet mean: columns in SI units, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import StreamInfo
from surefoot.devices.units import si

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Channel, Stream
    from surefoot.devices.packet_format import Content, PacketFormat

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
    """

    def __init__(self, stream: Stream, role: str, rate: float) -> None:
        counts = {field.name: field.count for field in stream.sample}
        floats = {field.name for field in stream.sample if field.kind == "f"}
        self._channels = stream.channels
        self._spans = _spans(stream.channels, counts)
        self._fields = tuple(channel.field for channel in stream.channels)
        self._order = _order(stream.channels, counts)
        factors, offsets = _lines(stream.channels, counts)
        self._factor = factors
        self._offset = offsets if offsets.any() else None
        self._may_be_nan = not floats.isdisjoint(self._fields)
        self.info = _info(stream, role, rate, counts)

    def read(
        self, packets: PacketFormat, content: Content
    ) -> NDArray[np.float64] | None:
        """Return the samples in SI units, shape (n, columns).

        Returns None if one of them is not a number; that is asked of the raw bytes,
        for arithmetic on a signalling NaN warns.
        """
        raw = packets.gather(content, self._fields)
        if self._may_be_nan and not np.isfinite(raw).all():
            return None
        if self._order is not None:
            raw = raw[:, self._order]
        out = raw * self._factor
        if self._offset is not None:
            out += self._offset
        return out

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
            scaled = values / self._factor[span]
            order = [position for position, _ in channel.axes]
            fields[channel.field] = scaled[:, np.argsort(order)] if order else scaled
        return fields


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
