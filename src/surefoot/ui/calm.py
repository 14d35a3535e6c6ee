"""A state that is shown may not change faster than a person can take it calmly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

HOLD = 0.35  # s; at most 1.4 there-and-backs a second, well below 3 flashes a second


@dataclass(slots=True)
class Calm(Generic[T]):
    """Shows the newest state, but each one for a while at least.

    A single change shows at once. Only a change that follows the last one within
    ``hold`` seconds waits; so a dot trembling on the ring does not make the ring
    flash. Time is session time; when it steps back, as a seek does, the newest state
    shows at once.

    Parameters
    ----------
    shown : T
        The state shown first.
    hold : float
        Seconds.
    """

    shown: T
    hold: float = HOLD
    since: float = float("-inf")

    def feed(self, t: float, state: T) -> T:
        """Take the state at time ``t`` [s], return the one to show."""
        held = 0.0 <= t - self.since < self.hold
        if state != self.shown and not held:
            self.shown = state
            self.since = t
        return self.shown


@dataclass(slots=True)
class Linger:
    """Says yes at once, and keeps saying it for a while after the last yes.

    A warning that comes and goes several times a second would flash, and movement
    between two warnings cannot be trusted; so it stays. Stepping back in time ends it.

    Parameters
    ----------
    hold : float
        Seconds.
    """

    hold: float = 0.5
    last: float = float("-inf")

    def feed(self, t: float, holds: bool) -> bool:
        """Take what is so at time ``t`` [s], return what to show."""
        if holds:
            self.last = t
        return holds or 0.0 <= t - self.last < self.hold
