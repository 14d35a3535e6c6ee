"""The one queue of a live session: samples, links, commands and ticks."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

from surefoot.core.control import control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.core import JsonValue, Packet

TICK_NS = 200_000_000


class Inbox:
    """A packet source that threads put packets into.

    What leaves it, in the order in which it leaves, is what is recorded. The ticks are
    made here: nothing after the inbox looks at a clock.
    """

    def __init__(self) -> None:
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
        start = time.monotonic_ns()
        yield control("clock/start", start, wall_ns=time.time_ns())
        due = start + TICK_NS
        while True:
            now = time.monotonic_ns()
            if now >= due:
                # what came before the tick: a loop that is late hears no silence
                for packet in self._waiting():
                    if packet is None:
                        return
                    yield packet
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
