"""The sensors of a recording that the session itself does not decide by."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from surefoot.core import Block, DecodeError
from surefoot.core.control import fields, is_control
from surefoot.devices import ProfileDecoder
from surefoot.stream import Calibrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from surefoot.core import Packet
    from surefoot.recording import Batch
    from surefoot.session.setup import Sensor


_MANY = 8
"""Fewer packets in a row from one source are as fast one by one. Our default."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What came of those sensors.

    Attributes
    ----------
    streams : mapping of str to Block
        Their samples, calibrated.
    sensors : list of dict
        How each fared.
    jitter : mapping of str to float
        How far the arrival of samples scattered [s], by role.
    """

    streams: Mapping[str, Block]
    sensors: list[dict[str, Any]]
    jitter: Mapping[str, float]


class _Keep(Protocol):
    def __call__(self, block: Block, each: int = 0) -> None: ...


class Beside:
    """Decodes what the engine has no use for: other roles, other streams.

    Parameters
    ----------
    sensors : mapping of str to Sensor
        What to decode, by role.
    moving : mapping of str to Sensor
        Those whose movement the engine decodes itself.
    """

    def __init__(
        self, sensors: Mapping[str, Sensor], moving: Mapping[str, Sensor]
    ) -> None:
        self.wanted = frozenset(sensors)
        self._sensors = sensors
        self._moving = moving
        self._decoders: dict[str, ProfileDecoder] = {}
        self._kept: dict[str, list[Block]] = {}
        self._keep = keeping(self._kept)
        self._delays: dict[str, list[NDArray[np.float64]]] = {}
        self._t0_ns: int | None = None
        self._devices = {
            role: told.device or told.profile.name for role, told in sensors.items()
        }

    def take(self, batch: Batch) -> None:
        """Take the packets of the next chunk; no role depends on another."""
        if not len(batch):
            return
        if self._t0_ns is None:
            self._t0_ns = int(batch.t_ns[0])
        for role, channels in _channels(batch).items():
            if role in self.wanted:
                self._hear(role, batch.where(np.isin(batch.channel, channels)))

    def found(self) -> Aside:
        """Return what came of it."""
        return Aside(self._streams(), self._sensors_told(), self._jitter())

    def _hear(self, role: str, batch: Batch) -> None:
        """Take the packets of one role and of its link, many at once."""
        edges = (np.flatnonzero(np.diff(batch.channel)) + 1).tolist()
        if _MANY * len(edges) > len(batch):
            self._one_by_one(role, batch)
            return
        for start, end in pairwise([0, *edges, len(batch)]):
            part = batch[start:end]
            if not self._fed(role, part):
                self._one_by_one(role, part)

    def _one_by_one(self, role: str, batch: Batch) -> None:
        for packet in batch.packets():
            if is_control(packet):
                self._told(packet)
            else:
                self._feed(role, packet)

    def _told(self, packet: Packet) -> None:
        """Take note of what a link says its sensor is called."""
        with suppress(DecodeError):
            about = fields(packet)
            device = about.get("device")
            if isinstance(device, str):
                self._devices[packet.endpoint] = device
            if "gap" in about and packet.endpoint in self._decoders:
                self._decoders[packet.endpoint].cut()  # as live

    def _decoder(self, role: str) -> ProfileDecoder:
        if role not in self._decoders:
            made = decoder_of(self._sensors[role], role, self._t0_ns or 0)
            self._decoders[role] = made
        return self._decoders[role]

    def _feed(self, role: str, packet: Packet) -> None:
        try:
            blocks = self._decoder(role).decode(packet)
        except DecodeError:  # counted by the decoder
            return
        for block in self._new(role, blocks):
            self._keep(block)
            self._late(role, np.array([packet.t_ns]), block.t[-1:])

    def _fed(self, role: str, batch: Batch) -> bool:
        """Decode packets of one source together; return whether they allow it."""
        source = batch.names[int(batch.channel[0])]
        payloads = batch.matrix() if len(batch) >= _MANY else None
        if payloads is None or source.startswith("link/"):
            return False
        found = self._decoder(role).decode_all(source, batch.t_ns, payloads)
        if found is None:
            return False
        blocks = self._new(role, found.blocks)
        for block in blocks:
            self._keep(block, found.n)
        if blocks:
            newest = blocks[0].t[found.n - 1 :: found.n]
            streams = len(blocks)  # each of a packet's blocks counts
            t_ns = np.repeat(found.t_ns, streams)
            self._late(role, t_ns, np.repeat(newest, streams))
        return True

    def _new(self, role: str, blocks: Iterable[Block]) -> list[Block]:
        """Return what the engine does not decode itself."""
        mine = self._decoders[role].info if role in self._moving else None
        return [block for block in blocks if len(block) and block.info is not mine]

    def _late(
        self, role: str, t_ns: NDArray[np.int64], newest: NDArray[np.float64]
    ) -> None:
        """Keep how late the newest sample of each packet was [s]."""
        arrived = (t_ns - (self._t0_ns or 0)) * 1e-9
        self._delays.setdefault(role, []).append(arrived - newest)

    def _streams(self) -> dict[str, Block]:
        """Return all samples, calibrated."""
        return {
            name: Calibrate(self._sensors[blocks[0].info.role].calibration).feed(
                Block.concat(blocks)
            )
            for name, blocks in self._kept.items()
        }

    def _jitter(self) -> dict[str, float]:
        """Return how far the arrival of samples scattered [s], by role."""
        return {
            role: float(np.std(np.concatenate(late)))
            for role, late in self._delays.items()
        }

    def _sensors_told(self) -> list[dict[str, Any]]:
        """Return how the sensors fared that only this decoded."""
        return [
            {
                "role": role,
                "device": self._devices[role],
                "samples": decoder.counts.samples,
                "packets_lost": decoder.counts.lost,
                "duplicates": decoder.counts.duplicates,
                "refused": decoder.counts.refused,
            }
            for role in self._sensors
            if (decoder := self._decoders.get(role)) and role not in self._moving
        ]


def decoder_of(told: Sensor, role: str, t0_ns: int) -> ProfileDecoder:
    """Return a decoder of a sensor's packets."""
    return ProfileDecoder(told.profile, role, t0_ns, told.params)


def _channels(batch: Batch) -> dict[str, list[int]]:
    """Return the channels of each role and of its link, in order of appearance."""
    found: dict[str, list[int]] = {}
    for source in batch.counts():
        first, _, second = source.partition("/")
        role = second if first == "link" else first
        found.setdefault(role, []).extend(
            channel for channel, name in batch.names.items() if name == source
        )
    return found


def keeping(kept: dict[str, list[Block]]) -> _Keep:
    """Return what keeps samples, and not what a chart makes of the same samples.

    Where a block is of several packets, it is told how many samples each has.
    """

    def keep(block: Block, each: int = 0) -> None:
        if not len(block):
            return
        blocks = kept.setdefault(block.info.name, [])
        if not blocks or block.t[0] > blocks[-1].t[-1]:
            blocks.append(block)
        elif (
            each and len(block) > each
        ):  # begins before what is known: packet by packet
            for start in range(0, len(block), each):
                keep(block[start : start + each])

    return keep
