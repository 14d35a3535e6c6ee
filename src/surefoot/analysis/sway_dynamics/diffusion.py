"""Stabilogram diffusion: how far the CoP has gone after a while."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway_dynamics._checks import in_plane, positive, usable
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.target import Axis

SHORT = (0.0, 1.0)
"""Time lags of the short-term line, the first one not included [s]."""

LONG = (2.0, 10.0)
"""Time lags of the long-term line, both ends included [s]."""

_ROUNDING = 1e-9  # of a time lag [s]
_NO_MOVE = 1e-12  # a displacement this small against the sway is rounding


class Diffusion(NamedTuple):
    """The two lines through a stabilogram diffusion plot.

    Attributes
    ----------
    short, long : float
        Diffusion coefficients: half the slope of the line in the linear plot [m^2/s].
    critical_time : float
        Where the two lines meet [s].
    critical_displacement : float
        Mean square displacement there [m^2].
    short_exponent, long_exponent : float
        Scaling exponents H: half the slope in the log-log plot [1].
    """

    short: float
    long: float
    critical_time: float
    critical_displacement: float
    short_exponent: float
    long_exponent: float


_UNKNOWN = Diffusion(*[math.nan] * 6)


def stabilogram_diffusion(
    cop: NDArray[np.float64],
    rate: float,
    axis: Axis = "both",
    *,
    short: tuple[float, float] = SHORT,
    long: tuple[float, float] = LONG,
) -> Diffusion:
    """Return diffusion coefficients, critical point and scaling exponents.

    Lines of least squares through the mean square displacement ``msd(lag)``: in the
    linear plot ``D = slope / 2`` and the critical point is where they meet; in the
    log-log plot ``H = slope / 2``.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m]; uniform samples.
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the displacement in the plane.
    short, long : (float, float)
        Time lags of the two lines, after the first and up to the second, and from the
        first up to the second [s]. The literature has no standard; these are ours.

    Returns
    -------
    Diffusion
        A random walk of step s at every sample has ``D = s^2 rate / 2`` and H = 0.5 on
        both sides; H above 0.5 goes on as it went, below 0.5 turns back. ``long``
        nears 0 in steady standing and may be negative. Parallel lines have no critical
        point. H is NaN where the CoP is back to the spot at some lag (a pure
        rhythm). All is NaN with samples that are not finite, without movement, and in
        less than twice the longest lag (20 s).

        One trial gives a noisy value, the long line most (the source averaged ten of
        30 s). Windows decide much: published codes differ by a factor of three in the
        critical time of one signal.

    Notes
    -----
    Collins & De Luca (1993), Exp Brain Res 95:308-318, doi:10.1007/BF00229788 (DOI not
    verified).
    """
    points = in_plane("stabilogram diffusion", cop)
    lags = round(long[1] * positive("stabilogram diffusion", "a rate", rate))
    if not usable(points, 2 * lags) or not np.ptp(points, axis=0).any():
        return _UNKNOWN
    if axis != "both":
        points = points[:, [0 if axis == "ml" else 1]]
    msd = mean_square_displacement(points, rate, long[1])
    lag = np.arange(1, len(msd) + 1) / rate
    near = (lag > short[0] - _ROUNDING) & (lag <= short[1] + _ROUNDING)
    far = (lag >= long[0] - _ROUNDING) & (lag <= long[1] + _ROUNDING)
    if near.sum() < 2 or far.sum() < 2:
        return _UNKNOWN
    floor = _NO_MOVE * float(points.var(axis=0).sum())
    return Diffusion(
        *_crossing(_line(lag[near], msd[near]), _line(lag[far], msd[far])),
        _exponent(lag[near], msd[near], floor),
        _exponent(lag[far], msd[far], floor),
    )


def mean_square_displacement(
    x: NDArray[np.float64], rate: float, longest: float = LONG[1]
) -> NDArray[np.float64]:
    """Return the mean square displacement for every time lag.

    ``msd(k) = mean over i of |x(i + k) - x(i)|^2``, by FFT in n log n steps.

    Parameters
    ----------
    x : ndarray, shape (n,) or (n, c)
        Positions; displacements of several columns add in squares.
    rate : float
        Sampling rate [Hz].
    longest : float
        Longest time lag [s]; at most n - 1 samples.

    Returns
    -------
    ndarray, shape (k,)
        For lags of 1, 2, ... samples, unit of x squared, 0 or more. NaN with samples
        that are not finite; empty with fewer than two. Rounding leaves about 1e-14 of
        the variance: a displacement below that is noise.

    Raises
    ------
    SignalError
        More than two dimensions, or a rate or lag that is not positive.
    """
    columns = np.atleast_2d(np.asarray(x, dtype=np.float64).T)
    if columns.ndim != 2:
        msg = f"mean square displacement: expected (n,) or (n, c), got {np.shape(x)}"
        raise SignalError(msg + ": give one column per axis")
    for what, value in (("a rate", rate), ("a longest lag", longest)):
        positive("mean square displacement", what, value)
    n = columns.shape[1]
    lags = max(min(round(longest * rate), n - 1), 0)
    if not np.isfinite(columns).all():
        return np.full(lags, math.nan)
    if lags == 0:
        return np.empty(0)
    columns = columns - columns.mean(axis=1, keepdims=True)
    squares = (columns * columns).sum(axis=0)
    gone = np.cumsum(squares + squares[::-1])[:lags]  # neither start nor end of a lag
    both = 2 * squares.sum() - gone
    apart = both - 2 * _products(columns, lags)
    return np.maximum(apart, 0.0) / (n - np.arange(1, lags + 1))


def _products(columns: NDArray[np.float64], lags: int) -> NDArray[np.float64]:
    """Return ``sum(x(i + k) x(i))`` over samples and columns for k = 1 ... lags."""
    from scipy.fft import next_fast_len  # heavy; most commands need none

    size = next_fast_len(columns.shape[1] + lags, real=True)
    lines = np.fft.rfft(columns, size, axis=1)
    power = (lines.real * lines.real + lines.imag * lines.imag).sum(axis=0)
    return np.fft.irfft(power, size)[1 : lags + 1]


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Return slope and intercept of the line of least squares."""
    away = x - x.mean()
    slope = float((away * y).sum() / (away * away).sum())
    return slope, float(y.mean()) - slope * float(x.mean())


def _crossing(
    near: tuple[float, float], far: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return both diffusion coefficients, and time and height where the lines meet."""
    fall = near[0] - far[0]
    time = (far[1] - near[1]) / fall if fall != 0 else math.nan
    return near[0] / 2, far[0] / 2, time, near[0] * time + near[1]


def _exponent(
    lag: NDArray[np.float64], msd: NDArray[np.float64], floor: float
) -> float:
    if not (msd > floor).all():
        return math.nan
    return _line(np.log(lag), np.log(msd))[0] / 2
