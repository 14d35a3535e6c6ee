"""What the trainee is told while the trial runs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.contacts import EdgeTrigger
from surefoot.analysis.target import HOLD, lean
from surefoot.core import Event

if TYPE_CHECKING:
    from surefoot.analysis.target import Target
    from surefoot.core import Block

REPEAT = 1.0
"""A cue is given again after so long outside [s]."""
SPACING = 0.3
"""Never two cues closer than this [s]."""
_SLACK = 1e-6  # sample times are sums of rounded periods


class ZoneCue:
    """Tells when the board has been outside the zone too long, and when it is back.

    Events, stamped with the time of the sample at which they are known:

    * ``cue`` (``side``: the side that is low; ``deg``: how far) once outside without a
      break for ``after`` seconds, and every second while it stays outside;
    * ``in-zone`` on the return, when there was a cue;
    * ``edge-contact`` (``side``, ``deg``) when an edge comes down.

    A gap of more than 0.2 s breaks the stay outside: nobody knows where it was.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    target : Target
        Zone, axis and edges.
    after : float
        Time outside before the first cue [s].
    end : float
        Samples from here on are not used [s]; `until` may set it later.
    unit : {"rad", "m"}
        Of the dot and the zone; events tell ``mm`` instead of ``deg`` where it is m.
    """

    def __init__(
        self,
        start: float,
        target: Target,
        after: float = 0.4,
        end: float = math.inf,
        unit: str = "rad",
    ) -> None:
        self.start = start
        self.target = target
        self.after = after
        self.unit = unit
        self._planned_end = end
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.end = self._planned_end
        self.side = ""
        """The side of the cue that stands now; empty inside."""
        self._trigger = EdgeTrigger(self.target)
        self._last = -math.inf
        self._left: float | None = None
        self._cued = -math.inf

    def until(self, end: float) -> None:
        """Use no sample from this time on [s]: the trial ended early."""
        self.end = end

    def feed(self, block: Block) -> list[Event]:
        """Take the next tilt, return what happened in it."""
        events: list[Event] = []
        for t, (ml, ap) in zip(block.t.tolist(), block.data.tolist(), strict=True):
            if self.start <= t < self.end:
                events += self._step(t, ml, ap)
        return events

    def _step(self, t: float, ml: float, ap: float) -> list[Event]:
        touched = self._trigger.step(t, ml, ap)
        events: list[Event] = []
        if touched:
            tilted, _ = lean(ml, ap, self.target.axis)
            events.append(self._event(t, "edge-contact", touched, tilted))
        x, y = self.target.at
        away, side = lean(ml - x, ap - y, self.target.axis)
        broken = t - self._last > HOLD
        self._last = t
        if away <= self.target.zone:
            return events + self._returned(t)
        if self._left is None or broken:
            self._left = t
        if self._due(t):
            self._cued = t
            self.side = side
            events.append(self._event(t, "cue", side, away))
        return events

    def _returned(self, t: float) -> list[Event]:
        self._left = None
        told, self.side = self.side, ""
        return [Event(t, "in-zone")] if told else []

    def _due(self, t: float) -> bool:
        assert self._left is not None
        spacing = REPEAT if self.side else SPACING
        t += _SLACK
        return t - self._left >= self.after and t - self._cued >= spacing

    def _event(self, t: float, name: str, side: str, away: float) -> Event:
        if self.unit == "m":
            return Event(t, name, {"side": side, "mm": round(1000 * away, 1)})
        return Event(t, name, {"side": side, "deg": round(math.degrees(away), 2)})
