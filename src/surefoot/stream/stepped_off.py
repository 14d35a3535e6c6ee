"""Nobody on the board any more: it lies still on an edge."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.target import HOLD, lean

if TYPE_CHECKING:
    from surefoot.analysis.target import Target
    from surefoot.core import Block

NEAR = math.radians(1.5)
"""So close to the edge counts as on it."""
STILL = math.radians(0.5)
"""It lies still while it stays this close to where it came to rest."""


class SteppedOff:
    """Knows when the board has lain still on one edge for ``need`` seconds.

    Still means that neither component moved half a degree from where the stay began:
    more than the noise of a lying board, less than a standing person's. (Somebody who
    presses the edge down without moving at all looks the same.) A gap of more than
    0.2 s begins the stay anew.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    target : Target
        Axis and edges; without edges it never knows.
    need : float
        How long it must lie still [s].
    """

    def __init__(self, start: float, target: Target, need: float = 1.5) -> None:
        self.start = start
        self.target = target
        self.need = need
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.known: float | None = None
        """Sample time at which it was known [s]."""
        self.since: float | None = None
        """Sample time at which the stay on the edge began [s]."""
        self._rest = (0.0, 0.0)
        self._last = -math.inf

    def feed(self, block: Block) -> float | None:
        """Take the next tilt; return the time at which it became known, once."""
        for t, (ml, ap) in zip(block.t.tolist(), block.data.tolist(), strict=True):
            if self.known is None and t >= self.start and self._step(t, ml, ap):
                self.known = t
                return t
        return None

    def _step(self, t: float, ml: float, ap: float) -> bool:
        broken = t - self._last > HOLD
        self._last = t
        if not self._on_edge(ml, ap):
            self.since = None
            return False
        moved = max(abs(ml - self._rest[0]), abs(ap - self._rest[1]))
        if self.since is None or broken or moved > STILL:
            self.since = t
            self._rest = (ml, ap)
        return t - self.since >= self.need

    def _on_edge(self, ml: float, ap: float) -> bool:
        edges = self.target.edges
        if edges is None:
            return False
        away, side = lean(ml, ap, self.target.axis)
        low, high = abs(edges[0]), abs(edges[1])
        edge = low if side in {"left", "back"} else high
        if self.target.axis == "both":
            edge = min(low, high)
        return away >= edge - NEAR
