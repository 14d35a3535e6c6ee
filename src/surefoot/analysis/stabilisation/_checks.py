"""What every measure of stabilisation needs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAIL = 1.0
"""The final value is the mean over the last so many seconds."""


def usable(signal: NDArray[np.float64], rate: float, least: float = TAIL) -> bool:
    """Return whether the samples are finite and long enough; refuse their shape."""
    if signal.ndim != 1 or not 0 < rate < math.inf:
        msg = (
            "stabilisation: expected shape (n,) and a positive rate, got "
            f"{signal.shape} and {rate}: give one component at a time"
        )
        raise SignalError(msg)
    return len(signal) >= max(least * rate, 2) and bool(np.isfinite(signal).all())


def final_value(signal: NDArray[np.float64], rate: float) -> float:
    """Return where a signal ended."""
    return float(signal[-max(round(TAIL * rate), 1) :].mean())


def after_last(outside: NDArray[np.bool_], rate: float) -> float:
    """Return the time of the sample after the last one outside."""
    last = np.flatnonzero(outside)
    return float(last[-1] + 1) / rate if len(last) else 0.0
