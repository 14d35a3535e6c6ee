"""What every measure of this package refuses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def one_axis(who: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the samples of one axis in a row, or raise `SignalError`."""
    x = np.ascontiguousarray(x, dtype=np.float64)
    if x.ndim != 1:
        msg = f"{who}: expected one axis of shape (n,), got {x.shape}: give a column"
        raise SignalError(msg)
    return x


def in_plane(who: str, cop: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return positions ML, AP, or raise `SignalError`."""
    cop = np.asarray(cop, dtype=np.float64)
    if cop.ndim != 2 or cop.shape[1] != 2:
        msg = f"{who}: expected shape (n, 2), got {cop.shape}: give ML, AP in m"
        raise SignalError(msg)
    return cop


def positive(who: str, what: str, value: float) -> float:
    """Return a number above 0, or raise `SignalError`."""
    if not (math.isfinite(value) and value > 0):
        msg = f"{who}: expected {what} above 0, got {value}: see its unit"
        raise SignalError(msg)
    return value


def usable(x: NDArray[np.float64], least: int) -> bool:
    """Return whether there are so many samples, all finite."""
    return len(x) >= least and bool(np.isfinite(x).all())
