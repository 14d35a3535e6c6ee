"""Turns the packets of one device into blocks in SI units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import Block, DecodeError
from surefoot.devices.commands import settings
from surefoot.devices.lanes import lanes_of
from surefoot.devices.timeline import SECOND_NS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.core import Packet, StreamInfo
    from surefoot.devices.lanes import Lane
    from surefoot.devices.profile import Profile


@dataclass(frozen=True, slots=True)
class Counts:
    """How the packets of one device fared so far.

    Attributes
    ----------
    packets : int
        Packets given to the decoder.
    samples : int
        Samples of the primary stream.
    lost : int
        Packets missing by the counter, or by the device clock where there is no
        counter, or by a second of silence where there is neither.
    duplicates : int
        Packets that came again and were dropped.
    refused : int
        Packets that did not fit the format.
    ignored : int
        Packets no stream asks for: answers, other endpoints, other roles.
    """

    packets: int = 0
    samples: int = 0
    lost: int = 0
    duplicates: int = 0
    refused: int = 0
    ignored: int = 0


class ProfileDecoder:
    """Decodes as a profile says.

    Parameters
    ----------
    profile : Profile
        The device.
    role : str
        ``"board"`` or ``"trunk"``: the first part of packet sources and stream names.
    t0_ns : int
        Host time that is session time zero [ns].
    params : mapping of str to float, optional
        Settings the device was started with that differ from the defaults.

    Raises
    ------
    ProfileError
        If a parameter or its value is not one the profile lists.
    """

    def __init__(
        self,
        profile: Profile,
        role: str,
        t0_ns: int,
        params: Mapping[str, float] | None = None,
    ) -> None:
        self.profile = profile
        self.role = role
        self._samples = self._packets = self._refused = self._ignored = 0
        rates = stream_rates(profile, params)
        lanes = lanes_of(profile, role, t0_ns, rates)
        self._lanes = lanes
        self._doors = {
            f"{role}/{endpoint}": _Door(
                [lane for lane in lanes if lane.endpoint == endpoint]
            )
            for endpoint in {lane.endpoint for lane in lanes}
        }
        self.infos: dict[str, StreamInfo] = {
            info.name.partition("/")[2]: info for lane in lanes for info in lane.infos
        }
        self.info: StreamInfo = self.infos[profile.primary.id]

    def decode(self, packet: Packet) -> list[Block]:
        """Return the samples in one packet, the primary stream first.

        Packets that no stream asks for give no block and are counted. A packet that
        came again gives none.

        Parameters
        ----------
        packet : Packet
            From any source; only this role's endpoints are decoded.

        Raises
        ------
        DecodeError
            If the payload does not fit the format, or holds a value that is not a
            number. Nothing is taken from it, and the decoder stays usable.
        """
        self._packets += 1
        door = self._doors.get(packet.source)
        if door is None:
            self._ignored += 1
            return []
        try:
            blocks = door.open(packet)
        except DecodeError:
            self._refused += 1
            raise
        if blocks is None:
            self._ignored += 1
            return []
        if blocks and blocks[0].info is self.info:
            self._samples += len(blocks[0])
        return blocks

    @property
    def counts(self) -> Counts:
        """How the packets fared so far."""
        broken = sum(door.broken for door in self._doors.values())
        return Counts(
            packets=self._packets,
            samples=self._samples,
            lost=sum(lane.lost for lane in self._lanes),
            duplicates=sum(lane.duplicates for lane in self._lanes),
            refused=self._refused + broken,
            ignored=self._ignored,
        )

    @property
    def residuals(self) -> tuple[float, ...]:
        """Reception minus fitted time of the newest sample, last 256 packets [s]."""
        return tuple(ns / SECOND_NS for ns in self._lanes[0].residuals)

    @property
    def delay_ms(self) -> float:
        """Median of the last 16 `residuals` [ms]; 0 before the first packet."""
        newest = sorted(list(self._lanes[0].residuals)[-16:])
        return newest[len(newest) // 2] / 1e6 if newest else 0.0


def stream_rates(
    profile: Profile, params: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return the nominal rate of every stream [Hz] under these settings.

    Parameters
    ----------
    profile : Profile
        The device.
    params : mapping of str to float, optional
        Settings that differ from the defaults.

    Raises
    ------
    ProfileError
        If a parameter or its value is not one the profile lists.
    """
    values = settings(profile, params)
    return {
        s.id: values[s.rate] if isinstance(s.rate, str) else s.rate
        for s in profile.streams
    }


class _Door:
    """One endpoint: cuts frames and hands each to the streams that ask for it."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes
        self._framer = lanes[0].framer

    @property
    def broken(self) -> int:
        return self._framer.broken if self._framer else 0

    def open(self, packet: Packet) -> list[Block] | None:
        """Return blocks; None if no stream asks for the packet."""
        if self._framer is None:
            return self._hand(packet.payload, packet)
        frames = self._framer.feed(packet.payload)
        found = [self._hand(frame, packet) for frame in frames]
        if frames and all(blocks is None for blocks in found):
            return None
        return _joined([block for blocks in found if blocks for block in blocks])

    def _hand(self, payload: bytes, packet: Packet) -> list[Block] | None:
        for lane in self._lanes:
            if lane.fits(payload):
                return lane.decode(payload, packet)
        if all(lane.too_short(payload) for lane in self._lanes):
            raise DecodeError(packet.source, payload, "a longer packet")
        return None


def _joined(blocks: list[Block]) -> list[Block]:
    """Join the blocks of each stream: several frames came in one packet."""
    streams: dict[str, list[Block]] = {}
    for block in blocks:
        streams.setdefault(block.info.name, []).append(block)
    return [Block.concat(parts) for parts in streams.values()]
