"""Samples on an even grid, for programs that know no other; labelled as such."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP = 2.5
"""Steps longer than so many periods are gaps, and stay gaps. Our default."""


def evenly(block: Block, rate: float) -> Block:
    """Return samples at ``t[0] + k / rate``, on the line between their neighbours.

    Parameters
    ----------
    block : Block
        Irregular samples.
    rate : float
        Of the grid [Hz].

    Returns
    -------
    Block
        From the first sample to the last. NaN inside steps longer than `GAP` periods
        of the grid or of the usual step, whichever is longer: nothing is made up
        there. A line between samples takes from fast movement, the more the nearer to
        half the rate, and a rate below that of the sensor folds faster movement in. A
        block of one sample comes back as it is, an empty one empty.
    """
    t, data = block.t, block.data
    info = replace(block.info, rate=rate)
    if len(t) < 2:
        return Block(info, t, data)
    # a last sample that rounding puts just past the grid is still on it
    n = math.floor(float(t[-1] - t[0]) * rate + 1e-6) + 1
    grid: NDArray[np.float64] = float(t[0]) + np.arange(n) / rate
    values = np.empty((n, data.shape[1]))
    for i, column in enumerate(data.T):
        values[:, i] = np.interp(grid, t, column)
    steps = np.diff(t)
    longest = GAP * max(1.0 / rate, float(np.median(steps)))
    for i in np.flatnonzero(steps > longest):
        values[(grid > t[i]) & (grid < t[i + 1])] = np.nan
    return Block(info, grid, values)
