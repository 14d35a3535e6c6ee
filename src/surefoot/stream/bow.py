"""A lean forward and back, found while it is done: it tells where the front is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.orientation import GYR, columns
from surefoot.stream.body import speed_of_turning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Block

MOVES = math.radians(12.0)
"""Faster is a movement [rad/s]; our default, as the others."""
RESTS = math.radians(8.0)
"""Slower is none."""
REST = 0.8
"""So long without one ends the lean [s]."""


class Bow:
    """Waits for a movement and the rest after it, for at most ``limit`` seconds.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    limit : float
        When it is given up [s].
    """

    def __init__(self, start: float, limit: float = 15.0) -> None:
        self.start = start
        self.limit = limit
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.refusal = ""
        """Why there is none, once given up."""
        self.end: float | None = None
        """When it was known to be over [s]."""
        self._since: float | None = None
        self._parts: list[NDArray[np.float64]] = []

    @property
    def turning(self) -> NDArray[np.float64]:
        """Angular velocity during the movement, (n, 3) [rad/s]."""
        return np.concatenate(self._parts) if self._parts else np.empty((0, 3))

    def feed(self, clean: Block) -> bool:
        """Take the next samples; return whether the movement is over now."""
        part = clean.between(self.start, math.inf)
        if not len(part) or self.end is not None or self.refusal:
            return False
        speed, gyr = speed_of_turning(part), columns(part, GYR)
        for i, t in enumerate(part.t.tolist()):
            if t >= self.start + self.limit:
                self.expire(t)
                return False
            if self._ended(t, float(speed[i])):
                self.end = t
                return True
            if self._since is not None:
                self._parts.append(gyr[i : i + 1].copy())
        return False

    def expire(self, t: float) -> str:
        """Give up when the time is over; return why, or nothing."""
        if self.end is None and t >= self.start + self.limit:
            nothing = "no movement" if self._since is None else "it did not end"
            self.refusal = nothing
        return self.refusal

    def _ended(self, t: float, speed: float) -> bool:
        moving = speed > (MOVES if self._since is None else RESTS)
        if moving:
            self._since = t
        return self._since is not None and t - self._since >= REST
