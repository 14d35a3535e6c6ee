"""When a packet sent by radio reaches the host: in bursts, late, sometimes again."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from surefoot.virtual.noise import generator

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Air:
    """How good a connection is.

    Attributes
    ----------
    interval : float
        Between two connection events [s]; all packets wait for the next one.
    retransmit : float
        Share of packets that need another event, 0 to 1.
    jitter : float
        Mean time the host takes to deliver [s].
    stall : float
        Share of packets behind which the host was busy for 30 ms.
    twice : float
        Share of packets that are delivered twice.
    """

    interval: float = 0.03
    retransmit: float = 0.05
    jitter: float = 0.0015
    stall: float = 0.002
    twice: float = 0.0


class AirTime:
    """Delivery times on one connection; never out of order.

    Parameters
    ----------
    air : Air
        How good the connection is.
    seed : int
        Of everything random about it.
    role : str
        Whose connection.
    """

    def __init__(self, air: Air, seed: int, role: str) -> None:
        self.air = air
        self._rng = generator(seed, "air", role)
        self._phase = float(self._rng.uniform(0, air.interval))
        self._last = float("-inf")

    def arrivals(self, ready: float, twice: float | None = None) -> list[float]:
        """Return when a packet ready at this time is delivered: once, or twice."""
        air, rng = self.air, self._rng
        events = ceil((ready - self._phase) / air.interval)
        while rng.random() < air.retransmit:
            events += 1
        late = float(rng.exponential(air.jitter)) + _stall(rng, air.stall)
        at = max(self._phase + events * air.interval + 0.001 + late, self._last)
        again = rng.random() < (air.twice if twice is None else twice)
        times = [at, at + 0.0004] if again else [at]
        self._last = times[-1]
        return times


def _stall(rng: np.random.Generator, share: float) -> float:
    return 0.03 if rng.random() < share else 0.0
