"""What is to happen next, in a time that somebody else counts."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Agenda:
    """Calls in order of time; of two at one time, the one entered first."""

    def __init__(self) -> None:
        self.now = 0.0
        """Time of the newest call [s]."""
        self._calls: list[tuple[float, int, Callable[[], None]]] = []
        self._entered = 0

    def at(self, t: float, call: Callable[[], None]) -> None:
        """Enter a call; one that is late is made next."""
        heapq.heappush(self._calls, (max(t, self.now), self._entered, call))
        self._entered += 1

    def step(self, until: float) -> bool:
        """Make the next call, if it is due before ``until``; say whether one was."""
        if not self._calls or self._calls[0][0] >= until:
            return False
        self.now, _, call = heapq.heappop(self._calls)
        call()
        return True
