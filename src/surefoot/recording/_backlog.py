"""What waits for the disk: numbered in the order of the session, bounded in bytes."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from surefoot.core.control import is_control
from surefoot.recording._layout import HALF, MAX_PAYLOAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from surefoot.core import Packet

LIMIT = 64_000_000
"""Our default: six sensors at 100 packets a second fill it in about six minutes."""

OVERHEAD = 256
"""What a waiting packet costs beside its payload [bytes], rounded up."""

_LOOK = 0.05  # s between looks at whether it is still worth waiting


class Backlog:
    """Packets that wait for the disk; any thread puts, one takes.

    What finds no room is numbered and left out, so that the gap in the numbers of the
    recording marks it. What people, links and clocks say is little and matters most:
    it may fill the room twice over.

    Parameters
    ----------
    limit : int
        How much may wait [bytes].
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.taken = 0
        """Packets numbered so far."""
        self.unfit = 0
        """Packets no file could hold."""
        self.crowded = 0
        """Packets there was no room for."""
        self.example = ""
        """The first packet no file could hold, in words."""
        self._held = 0
        self._waiting: deque[tuple[int, Packet]] = deque()
        self._open = True
        self._lock = threading.Condition()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def left_out(self) -> int:
        """Packets that were numbered and will not be written."""
        return self.unfit + self.crowded

    def put(self, packet: Packet, worth_waiting: Callable[[], bool]) -> None:
        """Give a packet its number and keep it until it is taken.

        Parameters
        ----------
        packet : Packet
            The next one.
        worth_waiting : callable
            Asked where there is no room: whether the taker is at work, so that there
            will be some in a moment.
        """
        size = len(packet.payload)
        fits = size <= MAX_PAYLOAD and -HALF <= packet.t_ns < HALF
        with self._lock:
            while fits and not self._has_room(packet) and worth_waiting():
                self._lock.wait(_LOOK)
            number = self.taken
            self.taken += 1
            if not self._open:
                return
            if not fits:
                self.example = self.example or _told(packet)
                self.unfit += 1
            elif self._has_room(packet):
                self._held += size + OVERHEAD
                self._waiting.append((number, packet))
            else:
                self.crowded += 1

    def take(self, most: int) -> Iterator[tuple[int, Packet]]:
        """Yield what waits now, at most so many."""
        size = 0
        try:
            for _ in range(min(most, len(self._waiting))):
                number, packet = self._waiting.popleft()
                size += len(packet.payload) + OVERHEAD
                yield number, packet
        finally:
            # only now: what a stalled disk holds up in the taker's hands is held too
            with self._lock:
                self._held = max(0, self._held - size)
                self._lock.notify_all()

    def shut(self) -> None:
        """Give what comes from now on its number and keep none of it."""
        with self._lock:
            self._open = False
            self._lock.notify_all()

    def clear(self) -> None:
        """Forget what waits."""
        with self._lock:
            self._open = False
            self._waiting.clear()
            self._held = 0
            self._lock.notify_all()

    def _has_room(self, packet: Packet) -> bool:
        if not self._open or self._held + len(packet.payload) + OVERHEAD <= self.limit:
            return True
        return is_control(packet) and self._held <= 2 * self.limit


def _told(packet: Packet) -> str:
    size = len(packet.payload)
    return f"{packet.source}, {size} bytes at {packet.t_ns} ns"
