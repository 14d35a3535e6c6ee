"""The one queue of a live session: samples, links, commands and ticks."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

from surefoot.core.control import control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from surefoot.core import JsonValue, Packet

TICK_NS = 200_000_000
_NAP_NS = 1_000_000_000  # clocks that are set while we run are no sleep


class Inbox:
    """A packet source that threads put packets into.

    What leaves it, in the order in which it leaves, is what is recorded. The ticks are
    made here: nothing after the inbox looks at a clock.

    Parameters
    ----------
    asleep : callable, optional
        Returns for how long the computer has slept, counted from any instant [ns].
    """

    def __init__(self, asleep: Callable[[], int] | None = None) -> None:
        self._asleep = asleep or _asleep_ns
        self.begin: tuple[int, int] | None = None
        """Monotonic and wall clock the session counts from [ns]; None is when it
        starts. Told, it is the same for all sessions of a group."""
        self._queue: queue.SimpleQueue[Packet | None] = queue.SimpleQueue()

    @property
    def waiting(self) -> int:
        """How many packets wait."""
        return self._queue.qsize()

    def put(self, packet: Packet) -> None:
        """Add a packet; never blocks."""
        self._queue.put(packet)

    def tell(self, source: str, **fields: JsonValue) -> None:
        """Add a control packet, stamped now."""
        self.put(control(source, time.monotonic_ns(), **fields))

    def close(self, why: str) -> None:
        """End the session after what is already in the queue."""
        self.tell("clock/end", why=why)
        self._queue.put(None)

    def packets(self) -> Iterator[Packet]:
        """Yield the start, then packets and ticks until the inbox is closed."""
        start, wall = self.begin or (time.monotonic_ns(), time.time_ns())
        yield control("clock/start", start, wall_ns=wall)
        due = start + TICK_NS
        slept = self._asleep()
        while True:
            now = time.monotonic_ns()
            if now >= due:
                # what came before the tick: a loop that is late hears no silence
                for packet in self._waiting():
                    if packet is None:
                        return
                    yield packet
                nap, slept = self._asleep() - slept, self._asleep()
                if nap > _NAP_NS:
                    yield control("clock/suspended", now, asleep_ns=nap)
                yield control("clock/tick", now)
                due = max(due + TICK_NS, now)
            try:
                packet = self._queue.get(timeout=max(0.0, (due - now) * 1e-9))
            except queue.Empty:
                continue
            if packet is None:
                return
            yield packet

    def _waiting(self) -> Iterator[Packet | None]:
        for _ in range(self._queue.qsize()):
            yield self._queue.get()


def _asleep_ns() -> int:
    """Return how far a clock that goes on in sleep is ahead of the monotonic one."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    awake_too = time.time_ns() if boot is None else time.clock_gettime_ns(boot)
    return awake_too - time.monotonic_ns()
