"""What every measure of smoothness asks of its input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def profile_of(speed: ArrayLike, rate: float) -> NDArray[np.float64]:
    """Return a speed as an array, or refuse its shape or its rate."""
    v = np.asarray(speed, dtype=np.float64)
    if v.ndim != 1:
        refuse("speed", "shape (n,), the norm of a velocity", str(v.shape))
    _check_rate(rate)
    return v


def vectors_of(velocity: ArrayLike, rate: float) -> NDArray[np.float64]:
    """Return a velocity as rows, or refuse its shape or its rate."""
    v = np.asarray(velocity, dtype=np.float64)
    if v.ndim not in {1, 2}:
        refuse("velocity", "shape (n,) or (n, k)", str(v.shape))
    _check_rate(rate)
    return v.reshape(len(v), -1) if v.size else v.reshape(0, 3)


def _check_rate(rate: float) -> None:
    if not 0 < rate < math.inf:
        refuse("rate", "a positive number [Hz]", repr(rate))


def moves(v: NDArray[np.float64]) -> bool:
    """Return whether all samples are finite and at least one is not zero."""
    return len(v) > 0 and bool(np.isfinite(v).all()) and bool((v != 0.0).any())


def refuse(who: str, expected: str, got: str) -> NoReturn:
    """Say how a function was called wrongly."""
    msg = f"{who}: expected {expected}, got {got}: mend the call"
    raise SignalError(msg)
