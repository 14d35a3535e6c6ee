"""How much a segment leans, from where up is in its sensor."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def lean_rms(up: NDArray[np.float64]) -> float:
    """Return the RMS angle between a segment and its own mean direction.

    Parameters
    ----------
    up : ndarray, shape (n, 3)
        Up in the sensor frame, unit vectors.

    Returns
    -------
    float
        0 or more [rad]; NaN when empty. The heading of the sensor does not enter, so
        it may sit turned on the belt. A slow drift of posture is part of the value.
    """
    if len(up) == 0:
        return math.nan
    mean = up.sum(axis=0)
    mean /= np.sqrt((mean * mean).sum())
    across = up - (up * mean).sum(axis=1)[:, np.newaxis] * mean
    away = np.arcsin(np.minimum(1.0, np.sqrt((across * across).sum(axis=1))))
    return float(np.sqrt((away * away).mean()))
