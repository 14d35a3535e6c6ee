"""The sensors of a recording that the session itself does not decide by."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import Block, DecodeError
from surefoot.core.control import fields, is_control
from surefoot.devices import ProfileDecoder
from surefoot.stream import Calibrate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surefoot.core import Packet
    from surefoot.session.setup import Sensor


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
        self._delays: dict[str, list[float]] = {}
        self._t0_ns: int | None = None
        self._devices = {
            role: told.device or told.profile.name for role, told in sensors.items()
        }

    def take(self, packet: Packet) -> None:
        """Take the next packet."""
        if self._t0_ns is None:
            self._t0_ns = packet.t_ns
        if is_control(packet):
            self._told(packet)
        else:
            self._feed(packet, self._t0_ns)

    def found(self) -> Aside:
        """Return what came of it."""
        return Aside(self._streams(), self._sensors_told(), self._jitter())

    def _told(self, packet: Packet) -> None:
        """Take note of what a link says its sensor is called."""
        if packet.role != "link" or packet.endpoint not in self.wanted:
            return
        with suppress(DecodeError):
            about = fields(packet)
            device = about.get("device")
            if isinstance(device, str):
                self._devices[packet.endpoint] = device
            if "gap" in about and packet.endpoint in self._decoders:
                self._decoders[packet.endpoint].cut()  # as live

    def _feed(self, packet: Packet, t0_ns: int) -> None:
        role = packet.role
        if role not in self.wanted:
            return
        decoder = self._decoders.get(role)
        if decoder is None:
            decoder = self._decoders[role] = decoder_of(
                self._sensors[role], role, t0_ns
            )
        try:
            blocks = decoder.decode(packet)
        except DecodeError:  # counted by the decoder
            return
        for block in blocks:
            if not len(block) or (role in self._moving and block.info is decoder.info):
                continue
            self._keep(block)
            arrived = (packet.t_ns - t0_ns) * 1e-9
            self._delays.setdefault(role, []).append(arrived - float(block.t[-1]))

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
        return {role: float(np.std(late)) for role, late in self._delays.items()}

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


def keeping(kept: dict[str, list[Block]]) -> Callable[[Block], None]:
    """Return what keeps samples, and not what a chart makes of the same samples."""

    def keep(block: Block) -> None:
        if not len(block):
            return
        blocks = kept.setdefault(block.info.name, [])
        if not blocks or block.t[0] > blocks[-1].t[-1]:
            blocks.append(block)

    return keep
