"""Turns samples into the bytes a device would send: the way back of the decoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.devices.columns import Columns
from surefoot.devices.decoder import stream_rates
from surefoot.devices.packet_builder import PacketBuilder
from surefoot.devices.rows import RowFormat
from surefoot.devices.timeline import SECOND_NS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Stream
    from surefoot.devices.profile import Profile


class ProfileEncoder:
    """Encodes one stream as a profile says.

    Parameters
    ----------
    profile : Profile
        The device.
    stream_id : str, optional
        The stream; the primary one by default.
    params : mapping of str to float, optional
        Settings that differ from the defaults.

    Raises
    ------
    ProfileError
        If a parameter or its value is not one the profile lists.
    KeyError
        If the profile has no such stream.
    """

    def __init__(
        self,
        profile: Profile,
        stream_id: str | None = None,
        params: Mapping[str, float] | None = None,
    ) -> None:
        streams = {stream.id: stream for stream in profile.streams}
        self.stream: Stream = streams[stream_id or profile.primary.id]
        self.rate: float = stream_rates(profile, params)[self.stream.id]
        self.source_endpoint = self.stream.endpoint
        repeat = self.stream.repeat
        self.samples_per_packet: int = (
            repeat if isinstance(repeat, int) else profile.virtual_samples
        )
        self._bytes = None if self.stream.columns else _Bytes(self.stream, self.rate)
        self._rows = RowFormat(self.stream, "") if self.stream.columns else None

    def encode(
        self,
        channels: Mapping[str, NDArray[np.float64]],
        tick_ns: int,
        counter: int,
    ) -> bytes:
        """Return the bytes of one packet.

        Values are rounded to the device's resolution and held within its range, as a
        real sensor saturates.

        Parameters
        ----------
        channels : mapping of str to ndarray, shape (n, 3)
            SI values by channel, ``"acc"`` [m/s^2], ``"gyr"`` [rad/s]; channels the
            stream does not have are left out.
        tick_ns : int
            Device time of the first sample [ns]; wrapped to the width of its clock.
        counter : int
            Packet counter; wrapped to its width.

        Raises
        ------
        KeyError
            If a channel of the stream is missing.
        """
        if self._bytes is not None:
            return self._bytes.build(channels, tick_ns, counter)
        assert self._rows is not None
        n = len(next(iter(channels.values())))
        return self._rows.build(
            channels, tick_ns / SECOND_NS + np.arange(n) / self.rate
        )


class _Bytes:
    """Packets of a radio profile."""

    def __init__(self, stream: Stream, rate: float) -> None:
        self._stream = stream
        self._rate = rate
        self._packets = PacketBuilder(stream)
        self._columns = Columns(stream, "", rate)

    def build(
        self, channels: Mapping[str, NDArray[np.float64]], tick_ns: int, counter: int
    ) -> bytes:
        fields = self._columns.raw(channels)
        n = len(next(iter(fields.values())))
        timing = self._stream.timing
        times = tick_ns + np.arange(n) * round(SECOND_NS / self._rate)
        ticks = [round(int(t) * timing.tick_hz / SECOND_NS) for t in times]
        if timing.stamp == "each":
            modulus = 1 << timing.bits
            fields[timing.field] = np.array([[t % modulus] for t in ticks], float)
        tick = ticks[-1] if timing.stamp == "last" else ticks[0]
        return self._packets.build(fields, tick, counter)
