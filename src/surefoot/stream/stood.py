"""Somebody standing still on a force board: where the weight is at the beginning."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEED = 2.0
"""Stillness needed [s]; our default, as the others."""
LOAD_SD = 0.03
"""Most the load may vary, as a share of it."""
PLACE_SD = 0.015
"""Most the centre of pressure may wander [m]."""


class Stood:
    """Waits for two seconds of quiet standing, for at most ``limit`` seconds.

    Judged over stretches of half the time needed, counted from ``start``: two still
    ones in a row make it.

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
        """When it was known [s]."""
        self.centre = (0.0, 0.0)
        """Mean centre of pressure (ml, ap) [m]."""
        self._cell = 0
        self._pending: list[Block] = []
        self._still: list[NDArray[np.float64]] = []
        self._why = "nobody stands on the board"

    def feed(self, cop: Block) -> bool:
        """Take centre of pressure and load; return whether it was found now."""
        part = cop.between(self.start, math.inf)
        cells = np.floor((part.t - self.start) / (NEED / 2)).astype(np.int64)
        for i in range(len(part)):
            if self.end is not None or self.refusal:
                return False
            if int(cells[i]) != self._cell and self._close(int(cells[i])):
                return True
            self._pending.append(part[i : i + 1])
        return False

    def expire(self, t: float) -> str:
        """Give up when the time is over; return why, or nothing."""
        if self.end is None and t >= self.start + self.limit:
            self.refusal = self._why
        return self.refusal

    def _close(self, cell: int) -> bool:
        whole = Block.concat(self._pending).data if self._pending else np.empty((0, 3))
        self._pending = []
        follows = cell == self._cell + 1
        self._cell = cell
        if not self._quiet(whole):
            self._still.clear()
        else:
            self._still.append(whole)
        if not follows:
            self._still.clear()
        t = self.start + cell * NEED / 2
        if len(self._still) >= 2:
            mean = np.concatenate(self._still).mean(axis=0)
            self.centre, self.end = (float(mean[0]), float(mean[1])), t
            return True
        self.expire(t)
        return False

    def _quiet(self, whole: NDArray[np.float64]) -> bool:
        if len(whole) < 5:
            self._why = "nobody stands on the board"
            return False
        load = whole[:, 2]
        self._why = "the weight kept moving"
        steady = float(load.std()) <= LOAD_SD * float(load.mean())
        return steady and float(whole[:, :2].std(axis=0).max()) <= PLACE_SD
