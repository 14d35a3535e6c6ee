"""LDLJ-V: smoothness from the jerk, secondary and offline only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.smoothing import smooth
from surefoot.analysis.smoothness._checks import moves, refuse, vectors_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

JERK_CUTOFF = 6.0
"""Corner of the zero-phase filter that belongs to LDLJ-V [Hz], Butterworth order 4."""
JERK_RATE = 100.0
"""Rate at which LDLJ-V is taken [Hz]; at another rate it is another number."""

_JERK_TIME = 0.5
_JERK_RATE_MIN = 50.0


def dimensionless_jerk(velocity: ArrayLike, rate: float) -> float:
    """Return the dimensionless jerk of a velocity.

    ``-(T^3 / max|v|^2) * sum |d2v/dt2|^2 dt`` with ``T = n / rate`` and plain second
    differences.

    Parameters
    ----------
    velocity : array_like, shape (n,) or (n, k)
        One movement; for a vector the norm of its jerk and of its peak are taken.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    float
        Below 0; nearer to 0 is smoother; -204.8 for minimum jerk in the limit of a fast
        rate. NaN with fewer than four samples, samples that are not finite, no
        movement, or no jerk at all (a ramp).

    Raises
    ------
    SignalError
        If ``velocity`` has another shape, or the rate is not positive.

    Notes
    -----
    Hogan N, Sternad D (2009), doi:10.3200/35-09-004-RC. For a velocity the
    exponent of T is 3, whatever some documentation prints. Sampling rate, filter and
    where the movement was cut all enter: half a second of rest at each end alone makes
    it eight times larger.
    """
    v = vectors_of(velocity, rate)
    if len(v) < 4 or not moves(v):
        return math.nan
    peak = float((v * v).sum(axis=1).max())
    second = np.diff(v, n=2, axis=0)
    total = float((second * second).sum())
    if total <= len(v) * peak * (8.0 * np.finfo(np.float64).eps) ** 2:
        return math.nan
    time = len(v) / rate
    return -(time**3 / peak) * total * rate**3


def log_dimensionless_jerk(velocity: ArrayLike, rate: float) -> float:
    """Return the log dimensionless jerk of a velocity (LDLJ-V), as it is given.

    ``-ln |dimensionless_jerk|``.

    Parameters
    ----------
    velocity : array_like, shape (n,) or (n, k)
        One movement, already filtered. `phase_jerks` does that as agreed.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    float
        Higher is smoother. Minimum jerk: -5.322 in the limit; -5.131, -5.224, -5.273 at
        1 s and 50, 100, 200 Hz. NaN as `dimensionless_jerk`.

    Notes
    -----
    Balasubramanian S et al. (2012), doi:10.1109/TBME.2011.2179545. Without a low-pass a
    slow movement measures the noise of the sensor: 0.1 deg/s on each axis of a 4 s
    movement of 30 deg/s peak turns -5.3 into -15.4.
    """
    found = dimensionless_jerk(velocity, rate)
    return math.nan if math.isnan(found) else -math.log(-found)


def phase_jerks(
    gyr: NDArray[np.float64], rate: float, phases: Sequence[tuple[int, int]]
) -> list[float]:
    """Return LDLJ-V of each phase of a recording, with its filter and rate.

    The whole recording passes a zero-phase Butterworth low-pass (order 4, 6 Hz, both
    passes together -3 dB) BEFORE it is cut, and each phase is taken at 100 Hz.

    Parameters
    ----------
    gyr : ndarray, shape (n, 3)
        Angular velocity without gaps, bias removed [rad/s].
    rate : float
        Sampling rate [Hz], 50 or more.
    phases : sequence of (int, int)
        First sample, and one past the last, of each phase.

    Returns
    -------
    list of float
        As `log_dimensionless_jerk`, one a phase; NaN for a phase shorter than 0.5 s,
        and everywhere below 50 Hz or with samples not finite.

    Raises
    ------
    SignalError
        If ``gyr`` is not (n, 3), or the rate not positive.
    """
    w = vectors_of(gyr, rate)
    if w.shape[1] != 3:
        refuse("phase_jerks", "shape (n, 3)", str(w.shape))
    if rate < _JERK_RATE_MIN or not bool(np.isfinite(w).all()):
        return [math.nan] * len(phases)
    low = smooth(w, rate, JERK_CUTOFF, order=4)
    return [_phase_jerk(low[start:stop], rate) for start, stop in phases]


def _phase_jerk(velocity: NDArray[np.float64], rate: float) -> float:
    if len(velocity) < _JERK_TIME * rate:
        return math.nan
    if rate != JERK_RATE:
        from scipy.interpolate import CubicSpline  # as heavy as scipy.signal

        n = round(len(velocity) * JERK_RATE / rate)
        times = np.arange(len(velocity)) / rate
        at = np.minimum(np.arange(n) / JERK_RATE, times[-1])
        velocity = np.asarray(CubicSpline(times, velocity)(at), dtype=np.float64)
    return log_dimensionless_jerk(velocity, JERK_RATE)
