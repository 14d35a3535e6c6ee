"""Measures of the last seconds, taken again every second."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Taken = Callable[[Block], Mapping[str, float]]

WINDOW = 10.0
"""Length of the window: what the cards of sway ask for at least [s]. Our default."""
GAP = 0.2
"""A step longer than this is a gap, as in the final measures [s]."""
LEAST = 0.5
"""With less of the window known there is no value. Our default."""


class WindowMeter:
    """Measures exactly the samples of the last seconds whenever a second is over.

    Seconds are those of the sample times, counted from ``start`` where that is finite
    and from 0 otherwise. With the first sample at or after a whole second ``s`` the
    measures of ``[s - window, s)`` are due, in the order in which they are taken, each
    flagged ``PROVISIONAL``. Seconds that a gap skipped are not made up for.

    Nothing is given before the samples reach back a whole window: the cards ask for
    that length. Afterwards, where more than 0.2 s of the window are without a sample,
    the flag is ``GAP``; where less than half of it is known the value is NaN and
    flagged ``TOO_SHORT`` as well.

    No more than a window and a second of samples are kept.

    Parameters
    ----------
    take : callable
        Takes the samples of a window, at least two; returns values by name. Pure.
    units : mapping of str to str
        The unit of each name, in the order in which they are given.
    window : float
        Its length, 1 or more [s].
    start : float
        Samples before this are not used [s].
    """

    def __init__(
        self,
        take: Taken,
        units: Mapping[str, str],
        window: float = WINDOW,
        start: float = -math.inf,
    ) -> None:
        self.window = window
        self.start = start
        self._take = take
        self._units = dict(units)
        self._zero = start if math.isfinite(start) else 0.0
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._kept: list[Block] = []
        self._begun = math.nan
        self._due = math.nan

    @property
    def samples(self) -> int:
        """How many samples are kept."""
        return sum(len(block) for block in self._kept)

    def feed(self, block: Block) -> list[Measure]:
        """Take the next samples, return the measures that are now due."""
        left, told = block.between(self.start, math.inf), list[Measure]()
        while len(left):
            seconds = np.floor(left.t - self._zero)
            first = float(seconds[0])
            if math.isnan(self._begun):
                self._begun, self._due = float(left.t[0]), first + 1.0
            if first >= self._due:
                told += self._measured(self._zero + first)
                self._due = first + 1.0
            count = int(np.searchsorted(seconds, self._due))
            self._kept.append(left[:count])
            left = left[count:]
        return told

    def _measured(self, end: float) -> list[Measure]:
        begin = end - self.window
        whole = Block.concat(self._kept).between(begin, end)
        self._kept = [whole] if len(whole) else []
        if self._begun > begin + GAP:
            return []
        gap, known = _known(whole.t.tolist(), begin, end)
        short = len(whole) < 2 or known < LEAST * self.window
        values: Mapping[str, float] = {} if short else self._take(whole)
        flags = ("PROVISIONAL", *(("GAP",) if gap else ()))
        flags += ("TOO_SHORT",) if short else ()
        name = whole.info.name
        return [
            Measure(n, values.get(n, math.nan), unit, begin, end, name, flags)
            for n, unit in self._units.items()
        ]


def _known(t: list[float], begin: float, end: float) -> tuple[bool, float]:
    """Return whether there is a gap, and how much time is not in one [s]."""
    steps = [b - a for a, b in pairwise([begin, *t, end])]
    missing = [step for step in steps if step > GAP]
    return bool(missing), end - begin - sum(missing)
