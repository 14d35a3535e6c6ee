"""The axis the board was rocked about, gathered while it is tipped over."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.orientation import GYR, columns, has_gyr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from surefoot.core import Block

_PAIRS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


class RockAxis:
    """Sums ``w w^T`` of a gyroscope, from ``start`` until it is asked.

    Parameters
    ----------
    start : float
        Samples before this are not used [s].
    end : float
        Samples from here on are not used [s]; `until` may set it later.
    """

    def __init__(self, start: float = -math.inf, end: float = math.inf) -> None:
        self.start = start
        self._planned_end = end
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.end = self._planned_end
        self.samples = 0
        self._sums = np.zeros(9)

    def until(self, end: float) -> None:
        """Use no sample from this time on [s]."""
        self.end = end

    def feed(self, block: Block) -> None:
        """Take the next raw samples; those without a gyroscope say nothing."""
        block = block.between(self.start, self.end)
        if len(block) == 0 or not has_gyr(block.info):
            return
        w = columns(block, GYR)
        terms = np.empty((len(w) + 1, 9))
        terms[0] = self._sums
        terms[1:, :3] = w
        for column, (i, j) in enumerate(_PAIRS, start=3):
            terms[1:, column] = w[:, i] * w[:, j]
        self._sums = np.cumsum(terms, axis=0)[-1].copy()
        self.samples += len(w)

    def moment(self, bias: ArrayLike | None = None) -> NDArray[np.float64] | None:
        """Return the sum of ``(w - b)(w - b)^T`` [rad^2/s^2], shape (3, 3).

        None when no gyroscope was heard.

        Parameters
        ----------
        bias : array_like, shape (3,), optional
            Of the gyroscope, from the rests before and after [rad/s].
        """
        if self.samples == 0:
            return None
        b = np.zeros(3) if bias is None else np.asarray(bias, dtype=np.float64)
        total = self._sums[:3]
        raw = np.empty((3, 3))
        for column, (i, j) in enumerate(_PAIRS, start=3):
            raw[i, j] = raw[j, i] = self._sums[column]
        cross = np.outer(total, b)
        return raw - cross - cross.T + self.samples * np.outer(b, b)
