"""When a packet sent by radio reaches the host: in bursts, late, sometimes again."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from surefoot.virtual.noise import generator

if TYPE_CHECKING:
    import numpy as np


@dataclass(slots=True, eq=False)
class Adapter:
    """What the connections of one adapter share: its time on the air.

    Up to ``links`` connections each get an event every interval, and an event of
    ``interval / links`` carries as many packets as there is time for: then nobody
    notices the others. More connections take turns, so all wait longer.

    Attributes
    ----------
    links : int
        Connections that fit beside each other (our default: above as many sensors the
        radio warns).
    open : set of str
        The connections that there are.
    """

    links: int = 4
    open: set[str] = field(default_factory=set[str])

    def interval(self, interval: float) -> float:
        """Return the time between two events of one connection [s]."""
        return interval * max(1.0, len(self.open) / self.links)

    def room(self, interval: float, size: int) -> int:
        """Return how many packets of ``size`` bytes an event carries, one at least."""
        return max(1, int(interval / self.links / on_air(size)))


def on_air(size: int) -> float:
    """Return for how long a notification and its acknowledgement take the air [s].

    On LE 1M with a long enough data length: 8 us a byte, 17 bytes of the protocols
    around it, 80 us for the empty answer, and 150 us of silence before and after it
    (as goodix-ble-wiki-en.readthedocs.io, BLE throughput, adds it up).

    Parameters
    ----------
    size : int
        Bytes of the notification.
    """
    return (8 * (size + 17) + 80 + 2 * 150) * 1e-6


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
    adapter : Adapter or None
        Whom it shares the air with; nobody unless told.
    """

    interval: float = 0.03
    retransmit: float = 0.05
    jitter: float = 0.0015
    stall: float = 0.002
    twice: float = 0.0
    adapter: Adapter | None = None


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
        self._event, self._carried, self._interval = -1, 0, 0.0
        self._rng = generator(seed, "air", role)
        self._phase = float(self._rng.uniform(0, air.interval))
        self._last = float("-inf")

    def arrivals(
        self, ready: float, twice: float | None = None, size: int = 80
    ) -> list[float]:
        """Return when a packet ready at this time is delivered: once, or twice."""
        air, rng, adapter = self.air, self._rng, self.air.adapter
        interval = adapter.interval(air.interval) if adapter else air.interval
        events = ceil((ready - self._phase) / interval)
        while rng.random() < air.retransmit:
            events += 1
        if adapter:
            room = adapter.room(air.interval, size)
            events = self._with_room(events, interval, room)
        late = float(rng.exponential(air.jitter)) + _stall(rng, air.stall)
        at = max(self._phase + events * interval + 0.001 + late, self._last)
        again = rng.random() < (air.twice if twice is None else twice)
        times = [at, at + 0.0004] if again else [at]
        self._last = times[-1]
        return times

    def _with_room(self, event: int, interval: float, room: int) -> int:
        """Return the event, from this one on, that still has room for a packet."""
        if interval != self._interval:  # others came or went: events are counted anew
            self._event, self._carried, self._interval = event, 0, interval
        full = self._carried >= room
        event = max(event, self._event + full)
        self._carried = self._carried + 1 if event == self._event else 1
        self._event = event
        return event


def _stall(rng: np.random.Generator, share: float) -> float:
    return 0.03 if rng.random() < share else 0.0
