"""For how long a part of the body has been still."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.stream.lowpass import Lowpass
from surefoot.stream.window_meter import GAP

if TYPE_CHECKING:
    from surefoot.core import Block

SLOW = math.radians(4.0)
"""Slower than this is still; our default [rad/s]."""
BLIP = 0.2
"""A movement shorter than this does not end a stay; our default [s]."""
CHANNELS = ("angle", "speed", "still")


class Stillness:
    """Turns angle and speed of turning into angle, speed and time still so far.

    Speed is the larger one of the speed of turning and of the change of the angle, each
    low-passed at 6 Hz. A stay begins when it is below 4 degrees/s; it ends when it is
    above for 0.2 s, with a gap of more than 0.2 s, or when the angle has wandered.

    Parameters
    ----------
    wander : float
        A stay begins anew when the angle is further than this from where it began
        [rad]; infinite lets it creep.
    angle, turn : str
        Channels of the stream [rad], [rad/s].
    """

    def __init__(
        self, wander: float = math.inf, angle: str = "angle", turn: str = "turn"
    ) -> None:
        self.wander = wander
        self._channels = (angle, turn)
        self._lowpass = Lowpass(6.0)
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._lowpass.reset()
        self._last = -math.inf
        self._was = 0.0
        self._since = math.inf
        self._anchor = 0.0
        self._moving: float | None = None

    def feed(self, block: Block) -> Block:
        """Return angle [rad], speed [rad/s] and time still so far [s]."""
        info = replace(block.info, channels=CHANNELS, units=("rad", "rad/s", "s"))
        if not len(block):
            return block.with_data(np.empty((0, 3)), info)
        picked = block.data[:, block.info.columns(*self._channels)]
        rates = self._rates(block.t.tolist(), picked[:, 0].tolist())
        both = np.column_stack([rates, picked[:, 1]])
        two = replace(block.info, channels=("rate", "turn"), units=("rad/s",) * 2)
        slow = self._lowpass.feed(block.with_data(both, two)).data
        speed = np.maximum(np.abs(slow[:, 0]), slow[:, 1])
        rows = zip(block.t.tolist(), picked[:, 0].tolist(), speed.tolist(), strict=True)
        still = [self._step(*row) for row in rows]
        return block.with_data(np.column_stack([picked[:, 0], speed, still]), info)

    def _rates(self, times: list[float], angles: list[float]) -> list[float]:
        rates: list[float] = []
        last, was = self._last, self._was
        for t, angle in zip(times, angles, strict=True):
            rates.append((angle - was) / (t - last) if t - last <= GAP else 0.0)
            last, was = t, angle
        self._was = was
        return rates

    def _step(self, t: float, angle: float, speed: float) -> float:
        broken = t - self._last > GAP
        self._last = t
        if speed > SLOW:
            self._moving = t if self._moving is None or broken else self._moving
        else:
            self._moving = None
        gone = self._moving is not None and t - self._moving >= BLIP
        if gone:
            self._since = math.inf
        elif broken or self._since > t or abs(angle - self._anchor) > self.wander:
            self._since = t if self._moving is None else math.inf
            self._anchor = angle
        return max(t - self._since, 0.0)
