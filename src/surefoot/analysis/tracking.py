"""How well a moving target was followed: error, time on target, lag.

All take ``position`` and ``target`` of one shape, (n,) or (n, 2), in one unit (tilt in
rad, centre of pressure in m), uniform samples at the same instants. They filter
nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 1.0
"""Longest lag that is looked for, either way; our default [s]."""


class Lag(NamedTuple):
    """How far a person was behind the target.

    Attributes
    ----------
    time : float
        Lag, positive when behind, negative when ahead of it [s].
    correlation : float
        Of position and target shifted by that lag; -1 to 1 [1].
    """

    time: float
    correlation: float


_UNKNOWN = Lag(math.nan, math.nan)


def tracking_error(position: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    """Return the root mean square distance from the target.

    Parameters
    ----------
    position, target : ndarray, shape (n,) or (n, 2)
        Where the person was, and where the target was.

    Returns
    -------
    float
        0 or more, unit of the position; NaN when empty or with NaN samples. Somebody
        who follows exactly but late has an error too, ``A sqrt(2 (1 - cos(2 pi f
        lag)))`` of a sine of RMS A: read it beside `tracking_lag`. Somebody who stands
        still at the mean of the target has the target's own RMS.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,) or (n, c).
    """
    here, there = _columns(position, target)
    away = here - there
    n = away.shape[1]
    return math.sqrt(float((away * away).sum()) / n) if n else math.nan


def time_on_target(
    position: NDArray[np.float64], target: NDArray[np.float64], tolerance: float
) -> float:
    """Return the share of the samples within a distance of the target.

    Parameters
    ----------
    position, target : ndarray, shape (n,) or (n, 2)
        Where the person was, and where the target was.
    tolerance : float
        Largest distance that counts as on it, itself included; unit of the position.

    Returns
    -------
    float
        0 to 1; NaN when empty or with NaN samples. The tolerance decides most: never
        compare different ones.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,) or (n, c).
    """
    here, there = _columns(position, target)
    away = here - there
    square = (away * away).sum(axis=0)
    if len(square) == 0 or bool(np.isnan(square).any()):
        return math.nan
    return float((square <= tolerance * tolerance).mean())


def tracking_lag(
    position: NDArray[np.float64],
    target: NDArray[np.float64],
    rate: float,
    longest: float = LONGEST,
) -> Lag:
    """Return by how much the person was behind the target.

    The lag of the largest correlation between position and target, each about its mean
    over the samples that overlap (several columns count together), refined by the
    parabola through its neighbours.

    Parameters
    ----------
    position, target : ndarray, shape (n,) or (n, 2)
        Where the person was, and where the target was.
    rate : float
        Sampling rate [Hz].
    longest : float
        Longest lag looked for, either way [s]. Less than half the period of a target
        that repeats: otherwise late by a quarter and early by three look the same.

    Returns
    -------
    Lag
        NaN where target or position does not move, in less than four times the longest
        lag, with NaN samples, and where the largest correlation is at the longest lag
        or is not positive (the target was not followed). A person who foresees a
        regular target has a small or negative lag: it is no reaction time. Two low
        passes that differ shift it: filter both alike.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,) or (n, c), or rate or lag not above 0.
    """
    here, there = _columns(position, target)
    if not (rate > 0 and longest > 0):
        msg = f"tracking: expected rate and lag above 0, got {rate} and {longest}"
        raise SignalError(msg + ": give Hz and s")
    reach = round(longest * rate)
    known = bool(np.isfinite(here).all() and np.isfinite(there).all())
    if reach < 1 or here.shape[1] < 4 * reach or not known:
        return _UNKNOWN
    shifts = range(-reach, reach + 1)
    likeness = np.array([_likeness(here, there, k) for k in shifts])
    best = int(np.argmax(np.nan_to_num(likeness, nan=-1.0)))
    if not likeness[best] > 0 or best in {0, len(likeness) - 1}:
        return _UNKNOWN
    before, peak, after = likeness[best - 1 : best + 2].tolist()
    bend = before - 2 * peak + after
    part = (before - after) / (2 * bend) if bend < 0 else 0.0
    return Lag((best - reach + part) / rate, float(peak))


def _likeness(here: NDArray[np.float64], there: NDArray[np.float64], k: int) -> float:
    """Return the correlation of the position with the target k samples before."""
    n = here.shape[1]
    x = here[:, max(k, 0) : n + min(k, 0)]
    y = there[:, max(-k, 0) : n - max(k, 0)]
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    size = math.sqrt(float((x * x).sum()) * float((y * y).sum()))
    # rounding of a mean is no movement
    least = 1e-12 * n * float(np.abs(here).max()) * float(np.abs(there).max())
    return float((x * y).sum()) / size if size > least else math.nan


def _columns(
    position: NDArray[np.float64], target: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    here = np.asarray(position, dtype=np.float64)
    there = np.asarray(target, dtype=np.float64)
    if here.shape != there.shape or here.ndim not in {1, 2}:
        msg = f"tracking: expected two of one shape, got {here.shape} and {there.shape}"
        raise SignalError(msg + ": give the target at the times of the position")
    return np.atleast_2d(here.T.copy()), np.atleast_2d(there.T.copy())
