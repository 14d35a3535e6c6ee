"""How the load is shared between feet or cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def load_share(forces: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return which share of the load each cell or side bore, on average.

    Parameters
    ----------
    forces : ndarray, shape (n, c)
        Vertical force of each cell or side; one unit.

    Returns
    -------
    ndarray, shape (c,)
        Mean of each one's share of the sum; they add up to 1. NaN when empty, with
        samples that are not finite, or where the sum is not positive. A cell without
        its zero taken shifts all of them.

    Raises
    ------
    SignalError
        Not two dimensions.
    """
    forces = _cells(forces)
    total: NDArray[np.float64] = forces.sum(axis=1, keepdims=True)
    if len(forces) == 0 or not (total > 0).all():
        return np.full(int(forces.shape[1]), math.nan)
    shares: NDArray[np.float64] = forces / total
    return np.asarray(shares.mean(axis=0), dtype=np.float64)


def weight_distribution(forces: NDArray[np.float64]) -> float:
    """Return how unevenly four cells are loaded (WDI).

    ``sqrt(sum((share - 1/4)^2) / 4)`` of the mean shares.

    Parameters
    ----------
    forces : ndarray, shape (n, 4)
        Vertical force of the four quadrants; one unit.

    Returns
    -------
    float
        0 when even, 0.433 with all on one quadrant [1]. NaN as `load_share`. The
        original is in percent.

    Raises
    ------
    SignalError
        Wrong shape.
    """
    away = load_share(forces) - 0.25
    if len(away) != 4:
        msg = f"weight distribution: expected four cells, got {len(away)}"
        raise SignalError(msg + ": give one column a quadrant")
    return float(np.sqrt((away * away).sum() / 4))


def _cells(forces: NDArray[np.float64]) -> NDArray[np.float64]:
    forces = np.asarray(forces, dtype=np.float64)
    if forces.ndim != 2:
        msg = f"load share: expected shape (n, c), got {forces.shape}: a column a cell"
        raise SignalError(msg)
    return forces
