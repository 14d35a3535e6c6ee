"""How old the picture is: from a movement to what is shown of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.core import JsonValue

SLOW = 250.0
"""From here on it is said [ms]."""
TOO_SLOW = 400.0
"""From here on a live picture does more harm than good: the result is shown [ms]."""
EVERY = 2.0
"""How often it is told [s]."""
_DELAYS = 20  # newest packets whose delay is looked at
_BINS = 2000  # of 1 ms; later ones count in the last


@dataclass(slots=True)
class PaintTimes:
    """Collects how long it takes from the arrival of a packet to its painting.

    Threads may add and read at once.
    """

    _counts: list[int] = field(default_factory=lambda: [0] * (_BINS + 1))
    _newest: list[float] = field(default_factory=list[float])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, ms: float) -> None:
        """Add one picture [ms]."""
        with self._lock:
            self._counts[min(_BINS, max(0, round(ms)))] += 1
            self._newest.append(ms)

    def taken(self) -> float | None:
        """Return the median since the last call [ms]; None without any."""
        with self._lock:
            newest, self._newest = self._newest, []
        return float(np.median(newest)) if newest else None

    def summary(self) -> dict[str, float]:
        """Return n, p50, p95 and p99 of all [ms]; only n when there were none."""
        with self._lock:
            counts = np.array(self._counts)
        total = int(counts.sum())
        found: dict[str, float] = {"n": total}
        if total:
            reached = np.cumsum(counts) / total
            for percent in (50, 95, 99):
                found[f"p{percent}"] = float(np.searchsorted(reached, percent / 100))
        return found


@dataclass(slots=True)
class Lag:
    """What a session knows of how late its picture is, from what was recorded of it.

    Attributes
    ----------
    ms : float or None
        Delay of the link, above its least, plus arrival to painting [ms].
    hides : bool
        Whether no live picture is shown because it would come too late.
    """

    ms: float | None = None
    hides: bool = False

    def told(
        self,
        paint: JsonValue,
        delays: Sequence[tuple[float, float]],
        t: float,
        *,
        run: bool,
    ) -> list[Event]:
        """Take note of how long painting takes.

        Parameters
        ----------
        paint : JSON value
            From arrival to painting [ms]; what is no number is not used.
        delays : sequence of (float, float)
            Sample time and delay of each packet of the board [s].
        t : float
            Now [s].
        run : bool
            Whether a run is under way: then a picture may go, but does not come back.
        """
        if isinstance(paint, bool) or not isinstance(paint, (int, float)):
            return []
        late = [delay for _, delay in delays[-_DELAYS:]]
        before = grade(self.ms or 0.0)
        middle = float(np.median(late)) if late else 0.0
        self.ms = max(0.0, float(paint)) + 1e3 * max(0.0, middle)
        now = grade(self.ms)
        self.hides = now == "too slow" or (self.hides and run)
        told = {"ms": round(self.ms), "grade": now}
        return [Event(t, "latency", told)] if now != before else []


def grade(ms: float) -> str:
    """Return ``"good"``, ``"slow"`` or ``"too slow"``."""
    return "too slow" if ms > TOO_SLOW else "slow" if ms > SLOW else "good"
