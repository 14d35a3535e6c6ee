"""Steps of a walk, found while they are taken."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.stream.lowpass import RESTART, Lowpass

if TYPE_CHECKING:
    from surefoot.core import Block

CUTOFF = 3.0
"""Low-pass of the acceleration [Hz]."""
RISE = 0.4
"""A step lifts the acceleration above this; our default [m/s^2]."""
FALL = 0.1
"""Below this it is over; our default [m/s^2]."""
SHORTEST = 0.4
"""Two steps are never closer than this [s]."""


class StepMeter:
    """Tells when a step lifts the acceleration of the trunk above that of gravity.

    Nobody has checked it on heel-to-toe walking, which is slow and halting: steps that
    a person keys are better. A gap of more than 1 s starts the low-pass anew.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    channel : str
        Size of the specific force less that of gravity [m/s^2].
    """

    def __init__(self, start: float = -math.inf, channel: str = "acc") -> None:
        self.start = start
        self.channel = channel
        self._lowpass = Lowpass(CUTOFF)
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._lowpass.reset()
        self._high = False
        self._last = -math.inf
        self._step = -math.inf

    def feed(self, block: Block) -> list[float]:
        """Take the next samples; return the times of the steps in them [s]."""
        part = block.between(self.start, math.inf)
        (column,) = part.info.columns(self.channel)
        info = replace(part.info, channels=(self.channel,), units=("m/s^2",))
        acc = np.ascontiguousarray(part.data[:, column : column + 1])
        slow = self._lowpass.feed(part.with_data(acc, info))
        found: list[float] = []
        for t, x in zip(slow.t.tolist(), slow.data[:, 0].tolist(), strict=True):
            broken, self._last = t - self._last > RESTART, t
            if x < FALL or broken:
                self._high = False
            elif x > RISE and not self._high:
                self._high = True
                if t - self._step >= SHORTEST:
                    self._step = t
                    found.append(t)
        return found
