"""Nobody on a board with load cells any more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.target import HOLD

if TYPE_CHECKING:
    from surefoot.core import Block

SHARE = 0.3
"""Below this share of the load at the beginning nobody stands there. Our default."""
LEAST = 50.0
"""A load below this is nobody, whatever there was at the beginning [N]. Our default."""
SETTLING = 1.0
"""The load at the beginning is the mean of so long [s]."""


class Unloaded:
    """Knows when a board has borne next to nothing for ``need`` seconds.

    Next to nothing is less than 0.3 of the mean load of the first second, or than 50 N.
    A hop is shorter than ``need``. Leaning on a rail takes some of the load and is no
    stepping off. A gap of more than 0.2 s begins the time anew.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    need : float
        How long nothing must be borne [s].
    channel : str
        Of the stream; the load [N].
    """

    def __init__(self, start: float, need: float = 0.7, channel: str = "load") -> None:
        self.start = start
        self.need = need
        self.channel = channel
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.known: float | None = None
        """Sample time at which it was known [s]."""
        self.since: float | None = None
        """Sample time at which the load was gone [s]."""
        self._last = -math.inf
        self._sum = 0.0
        self._count = 0

    def feed(self, block: Block) -> float | None:
        """Take the next loads; return the time at which it became known, once."""
        (column,) = block.info.columns(self.channel)
        loads = block.data[:, column].tolist()
        for t, load in zip(block.t.tolist(), loads, strict=True):
            if self.known is None and t >= self.start and self._step(t, load):
                self.known = t
                return t
        return None

    def _step(self, t: float, load: float) -> bool:
        broken = t - self._last > HOLD
        self._last = t
        if t < self.start + SETTLING:
            self._sum += load
            self._count += 1
        if load >= max(SHARE * self._sum / max(self._count, 1), LEAST):
            self.since = None
            return False
        if self.since is None or broken:
            self.since = t
        return t - self.since >= self.need
