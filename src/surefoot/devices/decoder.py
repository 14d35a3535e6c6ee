"""Turns the packets of one device into blocks in SI units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import Block, DecodeError
from surefoot.devices.columns import Columns
from surefoot.devices.combine import Combiner
from surefoot.devices.commands import settings
from surefoot.devices.framing import cutter
from surefoot.devices.lanes import RadioLane, lanes_of
from surefoot.devices.probing import Told
from surefoot.devices.settled import settled_streams
from surefoot.devices.timeline import SECOND_NS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.core import Packet, StreamInfo
    from surefoot.devices.lanes import Lane, Many
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
        Packets that did not fit the format, or held what no sensor can give.
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
        streams = settled_streams(profile, params)
        self._told = Told(profile.probes)
        lanes = lanes_of(streams, role, t0_ns, rates, self._told)
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
        self._combiners = [
            Combiner(s.combine, Columns(s, role, rates[s.id]).info)
            for s in streams
            if s.combine
        ]
        for combiner in self._combiners:
            self.infos[combiner.info.name.partition("/")[2]] = combiner.info
        self.info: StreamInfo = self.infos[streams[0].id]

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
        told = self._hears(packet)
        door = self._doors.get(packet.source)
        if door is None:
            self._ignored += not told
            return []
        try:
            blocks = door.open(packet)
        except DecodeError:
            self._refused += not told
            if told:
                return []
            raise
        if blocks is None:
            self._ignored += not told
            return []
        return self._combined(blocks)

    def decode_all(
        self, source: str, t_ns: NDArray[np.int64], payloads: NDArray[np.uint8]
    ) -> Many | None:
        """Return the samples in many packets of one length, if they allow it.

        The same as `decode` gives for one after the other, several times as fast.
        Packets of one kind do, whose samples all are good.

        Parameters
        ----------
        source : str
            Where all of them are from.
        t_ns : ndarray of int64, shape (m,)
            When they came [ns].
        payloads : ndarray of uint8, shape (m, length)
            One packet a row.

        Returns
        -------
        Many or None
            None where they must be decoded one by one; then nothing was taken.
        """
        door = self._doors.get(source)
        told = any(f"{self.role}/{p.endpoint}" == source for p in self.profile.probes)
        if door is None or told or self._combiners or not len(payloads):
            return None
        found = door.open_all(payloads, t_ns)
        if found is not None:
            self._packets += len(payloads)
            if found.blocks[0].info is self.info:
                self._samples += len(found.blocks[0])
        return found

    def cut(self) -> None:
        """Take note that the link broke and was made again.

        A packet that was half here is given up. Where neither a clock nor a counter
        tells, samples go on at the time at which they come, after a gap.
        """
        for door in self._doors.values():
            door.cut()

    def _hears(self, packet: Packet) -> bool:
        """Keep what the device tells of itself in a packet; say whether it did."""
        if not self.profile.probes:
            return False
        role, _, endpoint = packet.source.partition("/")
        return role == self.role and self._told.hear(endpoint, packet.payload)

    def _combined(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks with those made of several, the primary stream first."""
        if self._combiners and blocks:
            joined = [combiner.feed(blocks) for combiner in self._combiners]
            blocks = [block for block in joined if block is not None] + blocks
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
        self._framer = cutter([lane.stream for lane in lanes])
        self._wrong = 0

    @property
    def broken(self) -> int:
        return self._wrong + (self._framer.broken if self._framer else 0)

    def cut(self) -> None:
        if self._framer is not None:
            broken = self._framer.broken
            self._framer = cutter([lane.stream for lane in self._lanes])
            assert self._framer is not None
            self._framer.broken = broken
        for lane in self._lanes:
            lane.cut()

    def open(self, packet: Packet) -> list[Block] | None:
        """Return blocks; None if no stream asks for the packet.

        Of several frames the right ones are used; if none is, the last error is raised.
        """
        if self._framer is None:
            return self._hand(packet.payload, packet)
        frames = self._framer.feed(packet.payload)
        found: list[list[Block] | None] = []
        wrong: DecodeError | None = None
        for frame in frames:
            try:
                found.append(self._hand(frame, packet))
            except DecodeError as error:
                wrong = error
        blocks = [block for part in found if part for block in part]
        if wrong is not None:
            if not blocks:
                raise wrong
            self._wrong += 1
        if frames and all(part is None for part in found):
            return None
        return _joined(blocks)

    def open_all(
        self, payloads: NDArray[np.uint8], t_ns: NDArray[np.int64]
    ) -> Many | None:
        """Return the samples of many packets; None if each needs a look of its own."""
        if self._framer is not None and not self._framer.passes(payloads):
            return None
        for lane in self._lanes:
            if not isinstance(lane, RadioLane):
                return None
            fit = lane.fitting(payloads)
            if fit is None or fit.any():
                whole = fit is not None and fit.all()
                return lane.decode_all(payloads, t_ns) if whole else None
        return None

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
