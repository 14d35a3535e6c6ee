"""The first swing after contact, and contact itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.stabilisation._checks import final_value, usable
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

STANDARD_GRAVITY = 9.80665


class Peak(NamedTuple):
    """Where a signal was furthest from where it ended.

    Attributes
    ----------
    time : float
        Since contact [s].
    value : float
        Signed distance from the final value, in the signal's unit.
    """

    time: float
    value: float


def first_peak(signal: NDArray[np.float64], rate: float, share: float = 0.1) -> Peak:
    """Return the first swing of a signal away from where it ends.

    The largest distance from the final value before the signal first comes back to it,
    counted from where it first leaves ``share`` of its largest distance.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on.
    rate : float
        Sampling rate [Hz].
    share : float
        Smaller swings are not one, as a share of the largest distance.

    Returns
    -------
    Peak
        NaN for a constant, when shorter than 1 s, or with samples that are not finite.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.
    """
    if not usable(signal, rate):
        return Peak(math.nan, math.nan)
    away = signal - final_value(signal, rate)
    span = _first_swing(away, share)
    if span.stop == span.start:
        return Peak(math.nan, math.nan)
    at = span.start + int(np.argmax(np.abs(away[span])))
    return Peak(at / rate, float(away[at]))


def overshoot(signal: NDArray[np.float64], rate: float, share: float = 0.1) -> float:
    """Return how far a signal went past its end, as a share of the first swing.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on.
    rate : float
        Sampling rate [Hz].
    share : float
        As `first_peak`.

    Returns
    -------
    float
        0 up; ``exp(-pi z / sqrt(1 - z^2))`` for an oscillation of damping ratio z. NaN
        as `first_peak`. Noise of the stance afterwards counts as overshoot.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.
    """
    peak = first_peak(signal, rate, share)
    if math.isnan(peak.value):
        return math.nan
    away = (signal - final_value(signal, rate)) / peak.value
    after = away[_first_swing(away, share).stop :]
    return max(0.0, -float(after.min())) if len(after) else 0.0


def contact(acc: NDArray[np.float64], rate: float, jump: float = 3.0) -> float:
    """Return when a foot came down, or the ground moved.

    The first sample whose acceleration differs from gravity by more than ``jump`` in
    size.

    Parameters
    ----------
    acc : ndarray, shape (n, 3)
        Accelerometer, any mounting [m/s^2]. Standing before, so that the step itself is
        the first that moves it.
    rate : float
        Sampling rate [Hz].
    jump : float
        [m/s^2]

    Returns
    -------
    float
        Since the first sample [s]; NaN when nothing happened. Not finite samples are
        nothing. Late by up to a period, and by the way from foot to sensor.

    Raises
    ------
    SignalError
        If ``acc`` is not (n, 3), or the rate not positive.
    """
    if acc.ndim != 2 or acc.shape[1] != 3 or not rate > 0:
        msg = f"contact: expected (n, 3) and a rate, got {acc.shape}, {rate}: mend it"
        raise SignalError(msg)
    size = np.sqrt((acc * acc).sum(axis=1))
    hit = np.flatnonzero(np.abs(size - STANDARD_GRAVITY) > jump)
    return float(hit[0]) / rate if len(hit) else math.nan


def _first_swing(away: NDArray[np.float64], share: float) -> slice:
    """Return the samples from the first large one to the return through zero."""
    size = np.abs(away)
    large = np.flatnonzero(size > share * size.max())
    if len(large) == 0:
        return slice(0, 0)
    start = int(large[0])
    other = np.flatnonzero(away[start:] * away[start] <= 0)
    return slice(start, start + int(other[0]) if len(other) else len(away))
