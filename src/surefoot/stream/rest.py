"""A still board, found while it is being rested on an edge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.gaps import segments
from surefoot.analysis.orientation import ACC, GYR, columns, has_gyr
from surefoot.core import Block

if TYPE_CHECKING:
    from numpy.typing import NDArray

Vector = tuple[float, float, float]

CELL = 0.25
"""Stillness is judged over stretches of this length [s]."""
ACC_SD = 0.15
"""Most movement in a still cell, and from cell to cell, per axis [m/s^2]."""
GYR_SD = math.radians(2.0)
"""Most turning in a still cell about its mean, per axis [rad/s]."""
GYR_MEAN = math.radians(5.0)
"""Most turning on average: the largest bias that is believed [rad/s]."""
GRAVITY = (8.8, 10.8)
"""What a still accelerometer may feel in all [m/s^2]."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A stretch of stillness.

    Attributes
    ----------
    t0, t1 : float
        Its interval [s].
    acc : tuple of 3 float
        Mean acceleration: up in the sensor frame, times g [m/s^2].
    gyr : tuple of 3 float or None
        Mean of the gyroscope: its bias [rad/s]. None when there is none.
    acc_sd, gyr_sd : float
        Largest standard deviation of an axis over the whole stretch [m/s^2], [rad/s];
        0 where there is no gyroscope.
    """

    t0: float
    t1: float
    acc: Vector
    gyr: Vector | None
    acc_sd: float
    gyr_sd: float


class RestWindow:
    """Waits for ``need`` seconds of stillness, for at most ``limit`` seconds.

    Samples fall into cells of 0.25 s counted from ``start``. A cell is still when its
    samples hardly vary, the gyroscope's mean may be a bias, and gravity is felt; a run
    of still cells, none of which moved away from the first, makes the rest.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    need : float
        Stillness needed [s], rounded up to whole cells.
    limit : float
        When it is given up [s].
    """

    def __init__(self, start: float, need: float = 1.5, limit: float = 12.0) -> None:
        self.start = start
        self.need = need
        self.limit = limit
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.rest: Rest | None = None
        """The rest, once found."""
        self.refusal = ""
        """Why there is none, once given up; one phrase for people."""
        self._why = "no samples came"
        self._cell = 0
        self._pending: list[Block] = []
        self._run: list[Block] = []

    @property
    def done(self) -> bool:
        """Whether it was found or given up."""
        return self.rest is not None or bool(self.refusal)

    @property
    def still(self) -> float:
        """How long the board has been still now [s]."""
        return CELL * len(self._run)

    def feed(self, block: Block) -> Rest | None:
        """Take the next raw samples; return the rest when it is found in them."""
        found_before = self.rest is not None
        block = block.between(self.start, math.inf)
        cells = np.floor((block.t - self.start) / CELL)
        for part in segments(cells, 0.0):
            if not self.done:
                self._enter(int(cells[part.start]))
                self._pending.append(block[part])
        return None if found_before else self.rest

    def expire(self, t: float) -> str:
        """Give up at a tick of the clock, when no samples come to tell the time.

        Returns
        -------
        str
            The refusal; empty while there is still time, or when a rest was found.
        """
        if not self.done and t >= self.start + self.limit:
            self.refusal = self._why
        return self.refusal

    def _enter(self, cell: int) -> None:
        # a sample of this cell came: all cells before it are whole
        if cell == self._cell:
            return
        self._close()
        if cell > self._cell + 1:
            self._run.clear()
        self._cell = cell
        if self.rest is None:
            self.expire(self.start + cell * CELL)

    def _close(self) -> None:
        if not self._pending:
            return
        whole = Block.concat(self._pending)
        self._pending = []
        why = _unrest(whole)
        if why:
            self._why = why
            self._run.clear()
            return
        if self._run and _moved(self._run[0], whole):
            self._why = _MOVING
            self._run.clear()
        self._run.append(whole)
        if self.still >= self.need:
            self.rest = _rest(self._run, self.start + (self._cell + 1) * CELL)


_MOVING = "the board kept moving"


def _unrest(cell: Block) -> str:
    """Say why a cell is not still; empty when it is."""
    if len(cell) < max(2.0, 0.6 * CELL * cell.info.rate):
        return "too many samples were lost"
    acc = columns(cell, ACC)
    if float(acc.std(axis=0).max()) > ACC_SD or _turning(cell):
        return _MOVING
    felt = float(np.sqrt((acc.mean(axis=0) ** 2).sum()))
    if not GRAVITY[0] <= felt <= GRAVITY[1]:
        return f"the sensor feels {felt:.1f} m/s^2 instead of 9.8: calibrate it"
    return ""


def _turning(cell: Block) -> bool:
    if not has_gyr(cell.info):
        return False
    gyr = columns(cell, GYR)
    mean = float(np.sqrt((gyr.mean(axis=0) ** 2).sum()))
    return float(gyr.std(axis=0).max()) > GYR_SD or mean > GYR_MEAN


def _moved(first: Block, cell: Block) -> bool:
    apart = columns(first, ACC).mean(axis=0) - columns(cell, ACC).mean(axis=0)
    return float(np.abs(apart).max()) > ACC_SD


def _rest(cells: list[Block], end: float) -> Rest:
    whole = Block.concat(cells)
    acc, acc_sd = _mean_sd(columns(whole, ACC))
    gyr, gyr_sd = None, 0.0
    if has_gyr(whole.info):
        gyr, gyr_sd = _mean_sd(columns(whole, GYR))
    return Rest(end - CELL * len(cells), end, acc, gyr, acc_sd, gyr_sd)


def _mean_sd(values: NDArray[np.float64]) -> tuple[Vector, float]:
    x, y, z = values.mean(axis=0).tolist()
    return (x, y, z), float(values.std(axis=0).max())
