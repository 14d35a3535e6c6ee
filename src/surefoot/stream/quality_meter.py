"""How much of a stream arrives, while it does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.quality import (
    Quality,
    missing_at_end,
    missing_between,
    summary,
)

if TYPE_CHECKING:
    from surefoot.core import Block


class QualityMeter:
    """Counts samples received and missing in ``[start, end)``.

    Equals `surefoot.analysis.quality_of` on the same samples.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    rate : float
        Nominal sampling rate [Hz].
    end : float
        Samples from here on are not used [s]; `until` may set it later.
    """

    def __init__(self, start: float, rate: float, end: float = math.inf) -> None:
        self.start = start
        self.rate = rate
        self._planned_end = end
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.end = self._planned_end
        self.received = 0
        self.missing = 0
        self.longest_gap = 0.0
        self._last: float | None = None

    def until(self, end: float) -> None:
        """Use no sample from this time on [s]: the trial ended early."""
        self.end = end

    def feed(self, block: Block) -> None:
        """Take the next samples of any stream; only their times matter."""
        t = block.between(self.start, self.end).t
        if len(t) == 0:
            return
        if self._last is None:
            first = float(t[0]) - self.start
            self.missing = missing_at_end(first, self.rate)
            self.longest_gap = first
            steps = np.diff(t)
        else:
            steps = np.diff(t, prepend=self._last)
        self.received += len(t)
        self.missing += missing_between(steps, self.rate)
        self.longest_gap = max(self.longest_gap, float(steps.max(initial=0.0)))
        self._last = float(t[-1])

    def summary(self, end: float) -> Quality:
        """Return what arrived until this end [s]."""
        if self._last is None:
            time = max(end - self.start, 0.0)
            return summary(0, missing_at_end(time, self.rate) + 1, time)
        rest = max(end - self._last, 0.0)
        missing = self.missing + missing_at_end(rest, self.rate)
        return summary(self.received, missing, max(self.longest_gap, rest))
