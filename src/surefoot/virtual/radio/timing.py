"""Packets of a sensor at rest with the true times of their samples: to judge clocks.

Simulated, in no time: a crystal that is off, connection events, retransmissions,
stalls of the host, losses.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import Packet
from surefoot.devices import ProfileEncoder
from surefoot.virtual.noise import generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from surefoot.devices import Profile

_PACKING = 0.002  # s from the newest sample to a packet that can be sent
_DELIVERY = 0.001  # s from the air to the program, at least
_STALLS_EVERY = 120.0  # s

START_NS = 5_000_000_000_000
"""Host time at which the packets begin [ns]."""


class Timed(NamedTuple):
    """One packet that arrived."""

    packet: Packet
    n: int
    """Number of its newest sample, lost ones counted in."""
    true: NDArray[np.float64]
    """When its samples were taken, host time since the start [s]."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How hard it is to tell the time.

    Attributes
    ----------
    ppm : float
        By how much the sensor's crystal is fast, in millionths.
    interval : float
        Between two connection events [s].
    retransmit : float
        Share of packets that need another event.
    jitter : float
        Mean time the host takes on top [s].
    loss : float
        Share of packets that never come.
    stall : tuple of float
        Shortest and longest time for which the host stands still, every two minutes
        [s].
    """

    ppm: float = 60.0
    interval: float = 0.03
    retransmit: float = 0.08
    jitter: float = 0.0015
    loss: float = 0.005
    stall: tuple[float, float] = (0.2, 0.6)

    @property
    def least_delay(self) -> float:
        """The least time from sample to reception [s]: what no clock fit can see."""
        return _PACKING + _DELIVERY


def timed_packets(
    profile: Profile, seconds: float, timing: Timing, seed: int = 0
) -> Iterator[Timed]:
    """Yield the packets of a sensor, in the order in which they arrive.

    Parameters
    ----------
    profile : Profile
        Its model; packets are of role ``"board"``.
    seconds : float
        How long.
    timing : Timing
        How hard it is.
    seed : int
        Of everything random.
    """
    rng = generator(seed, "timing", profile.id)
    encoder = ProfileEncoder(profile)
    size, rate = encoder.samples_per_packet, encoder.rate
    period = 1 / (rate * (1 + timing.ppm * 1e-6))
    still = {"acc": np.tile([0.0, 0.0, 9.81], (size, 1)), "gyr": np.zeros((size, 3))}
    phase, last = float(rng.uniform(0, timing.interval)), 0.0
    stalls = [
        (
            float(t + rng.uniform(0, _STALLS_EVERY / 2)),
            float(rng.uniform(*timing.stall)),
        )
        for t in np.arange(_STALLS_EVERY / 4, seconds, _STALLS_EVERY)
    ]
    source = f"board/{profile.primary.endpoint}"
    for counter in range(int(seconds / period / size)):
        first = counter * size
        payload = encoder.encode(
            still, tick_ns=round(first * 1e9 / rate), counter=counter
        )
        true = np.arange(first, first + size, dtype=np.float64) * period
        events = ceil((float(true[-1]) + _PACKING - phase) / timing.interval)
        while rng.random() < timing.retransmit:
            events += 1
        at = phase + events * timing.interval + _DELIVERY
        at += float(rng.exponential(timing.jitter))
        for begin, length in stalls:
            if begin <= at < begin + length:
                at = begin + length
        last = max(at, last)
        if rng.random() >= timing.loss:
            t_ns = START_NS + round(last * 1e9)
            yield Timed(Packet(source, t_ns, payload), first + size - 1, true)
