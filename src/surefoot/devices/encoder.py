"""Turns samples into the bytes a device would send: the way back of the decoder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.devices.columns import Columns
from surefoot.devices.decoder import stream_rates
from surefoot.devices.formats import builder_of
from surefoot.devices.probing import Told, probe_packet
from surefoot.devices.rows import RowFormat
from surefoot.devices.settled import settled_streams
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
        If the profile has no such stream, or not under these settings.
    """

    def __init__(
        self,
        profile: Profile,
        stream_id: str | None = None,
        params: Mapping[str, float] | None = None,
    ) -> None:
        active = settled_streams(profile, params)
        streams = {stream.id: stream for stream in active}
        self.stream: Stream = streams[stream_id or active[0].id]
        self.rate: float = stream_rates(profile, params)[self.stream.id]
        self.source_endpoint = self.stream.endpoint
        repeat = self.stream.repeat
        self.samples_per_packet: int = (
            repeat
            if isinstance(repeat, int) and self.stream.codec != "delta"
            else profile.virtual_samples
        )
        told = Told(
            [replace(p, default=p.virtual or p.default) for p in profile.probes]
        )
        table = bool(self.stream.columns)
        self._bytes = None if table else _Bytes(self.stream, self.rate, told)
        self._rows = RowFormat(self.stream, "") if self.stream.columns else None

    @property
    def channels(self) -> dict[str, int]:
        """What `encode` is to be given, and how many columns of each."""
        stream = self.stream
        skipped = {"-", stream.time_column}
        columns = {c.name: 1 for c in stream.columns if c.name not in skipped}
        counts = {field.name: field.count for field in stream.sample}
        return columns or {c.name: counts[c.field] for c in stream.channels}

    @property
    def channel_names(self) -> tuple[str, ...]:
        """What `encode` is to be given."""
        return tuple(self.channels)

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


def encoders_of(
    profile: Profile, params: Mapping[str, float] | None = None
) -> list[ProfileEncoder]:
    """Return what makes the packets of the primary stream.

    One encoder; where the stream is made of several, one for each of these, in the
    format that comes first.

    Parameters
    ----------
    profile : Profile
        The device.
    params : mapping of str to float, optional
        Settings that differ from the defaults.
    """
    primary = profile.active(params)[0]
    tracks = primary.combine.tracks if primary.combine else ((primary.id,),)
    return [ProfileEncoder(profile, track[0], params) for track in tracks]


def told_by(profile: Profile) -> list[tuple[str, bytes]]:
    """Return endpoint and payload of what a virtual device tells once, at the start."""
    return [
        (probe.endpoint, probe_packet(probe))
        for probe in profile.probes
        if probe.virtual
    ]


class _Bytes:
    """Packets of a radio profile."""

    def __init__(self, stream: Stream, rate: float, told: Told) -> None:
        self._stream = stream
        self._rate = rate
        self._packets = builder_of(stream)
        self._columns = Columns(stream, "", rate, told)

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
