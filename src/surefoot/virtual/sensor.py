"""A sensor that does not exist: samples the world and packs real bytes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.devices import Profile, load_profile
from surefoot.devices.encoder import encoders_of, told_by
from surefoot.virtual.noise import generator
from surefoot.virtual.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.virtual.world import World

_READY = 0.002
"""From the newest sample to a packet that can be sent [s]."""


@dataclass(frozen=True, slots=True)
class Firmware:
    """How one unit differs from the next.

    Attributes
    ----------
    profile : str
        Id or path of the device profile whose bytes it speaks.
    params : mapping of str to float
        Settings that differ from the profile's defaults.
    drift_ppm : float
        By how much its clock is fast.
    loss : float
        Share of packets it drops before they reach the air, 0 to 1.
    first_counter : int
        Number of the first packet; near the end of its range it wraps soon.
    first_tick_ns : int
        Device clock at the first sample [ns].
    """

    profile: str | Profile = "surefoot-sketch"
    params: Mapping[str, float] | None = None
    drift_ppm: float = 25.0
    loss: float = 0.0
    first_counter: int = 0
    first_tick_ns: int = 0


class VirtualSensor:
    """One virtual sensor: packets, one after the other, when their time has come.

    Parameters
    ----------
    firmware : Firmware
        What unit it is.
    role : str
        Where it sits: ``"board"`` or ``"trunk"``.
    world : World
        What it measures.
    """

    def __init__(self, firmware: Firmware, role: str, world: World) -> None:
        found = firmware.profile
        self.profile = found if isinstance(found, Profile) else load_profile(found)
        self.role = role
        self.loss = firmware.loss
        self.sent = 0
        """Packets made."""
        self.lost = 0
        """Packets that never reached the air."""
        self._firmware = firmware
        self._world = world
        self._encoders = encoders_of(self.profile, firmware.params)
        first = self._encoders[0]
        self._n = first.samples_per_packet
        self.rate = first.rate
        """Nominal sampling rate [Hz]."""
        self.endpoint = first.source_endpoint
        """Key of the characteristic of the newest packet."""
        self._made: deque[tuple[str, bytes]] = deque()
        self._rng = generator(world.seed, "loss", role)
        self._counter = firmware.first_counter
        self._origin = 0.0
        self._tick_ns = firmware.first_tick_ns
        self._samples = 0
        self._begun = False
        self._told = False

    @property
    def params(self) -> Mapping[str, float] | None:
        """Settings that differ from the profile's defaults."""
        return self._firmware.params

    @property
    def endpoints(self) -> frozenset[str]:
        """Keys of all characteristics that carry its packets."""
        return frozenset(encoder.source_endpoint for encoder in self._encoders)

    @property
    def ready(self) -> float:
        """Time in the world at which the next packet can be sent [s]."""
        first = self._samples - self._n if self._made else self._samples
        newest = first + self._n - 1
        return self._origin + newest / (self.rate * self._fast) + _READY

    def packet(self) -> bytes | None:
        """Make the next packet; None if it was lost before it reached the air."""
        if not self._made:
            self._measure()
        self.endpoint, payload = self._made.popleft()
        if self.loss > 0 and self._rng.random() < self.loss:
            self.lost += 1
            return None
        self.sent += 1
        return payload

    def _measure(self) -> None:
        """Make the packets of all streams for the next samples."""
        t = self._times()
        tick = self._tick_ns + round(self._samples * 1e9 / self.rate)
        if not self._told:
            self._made.extend(told_by(self.profile))
            self._told = True
        wanted = {name: n for e in self._encoders for name, n in e.channels.items()}
        values = quantities(self._world, self.role, t, wanted)
        for encoder in self._encoders:
            payload = encoder.encode(values, tick_ns=tick, counter=self._counter)
            self._made.append((encoder.source_endpoint, payload))
        self._counter += 1
        self._samples += self._n

    def begin(self, start: float) -> None:
        """Take the first sample at ``start``; after the first time, reset as well."""
        if self._begun:
            self._counter = 0
            self._tick_ns = 0
            self._made.clear()
            self._told = False
        self._begun = True
        self._samples = 0
        self._origin = start

    def skip(self, until: float) -> None:
        """Go on at a later time: the clock ran meanwhile, no packet was made."""
        self._made.clear()
        self._told = False
        gone = (until - self._origin) * self.rate * self._fast
        whole = max(0, int(gone) - self._samples)
        self._samples += whole

    @property
    def _fast(self) -> float:
        return 1 + self._firmware.drift_ppm * 1e-6

    def _times(self) -> NDArray[np.float64]:
        index = np.arange(self._samples, self._samples + self._n)
        return self._origin + index / (self.rate * self._fast)
