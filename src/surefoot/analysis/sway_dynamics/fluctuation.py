"""Detrended fluctuation analysis: how fluctuation grows with the window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.sway_dynamics._checks import one_axis, positive, usable
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST = 0.3
"""Shortest window of the default scales [s]."""

COUNT = 20
"""How many default scales there are, before rounding makes some equal."""

_LEAST = 4  # samples of a window: a line takes two of them
_SPAN = 4.0  # longest over shortest window, below which a slope means nothing


def dfa(
    x: NDArray[np.float64], rate: float, scales: NDArray[np.int64] | None = None
) -> float:
    """Return the scaling exponent alpha of detrended fluctuation analysis.

    The slope of ``log F(s)`` over ``log s``; see `fluctuation` for F, `dfa_scales` for
    the windows s.

    Parameters
    ----------
    x : ndarray, shape (n,)
        One axis of position, or of velocity; uniform samples.
    rate : float
        Sampling rate [Hz].
    scales : ndarray of int, optional
        Windows in samples; `dfa_scales` by default.

    Returns
    -------
    float
        About 0.5 for white noise, 1 for pink noise, 1.5 for a random walk; up to 2 for
        what a line cannot follow. NaN without movement, with samples that are not
        finite, and where the windows span less than a factor of 4 (less than 12 s).

        The windows decide: one real signal moves by 0.15 with the shortest of them, a
        rhythm by 0.26. A low-pass raises alpha in windows shorter than its own time.
        Compare only equal rate, filter, duration and windows.

    Notes
    -----
    Peng et al. (1994), doi:10.1103/PhysRevE.49.1685; for the CoP and its velocity
    Delignieres et al. (2011), doi:10.1371/journal.pcbi.1001089.
    """
    x = one_axis("dfa", x)
    positive("dfa", "a rate", rate)
    windows = dfa_scales(len(x), rate) if scales is None else np.asarray(scales)
    if len(windows) < 2 or windows[-1] < _SPAN * windows[0]:
        return math.nan
    grown = fluctuation(x, windows)
    if not (grown > 0).all():
        return math.nan
    at = np.log(windows)
    away = at - at.mean()
    return float((away * np.log(grown)).sum() / (away * away).sum())


def dfa_scales(n: int, rate: float) -> NDArray[np.int64]:
    """Return the default windows: 20 from 0.3 s to a tenth of the samples.

    Evenly spaced in their logarithm, rounded to samples, equal ones once.

    Parameters
    ----------
    n : int
        Number of samples.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    ndarray of int
        Rising, at least 4 samples each; empty when too few samples for one.
    """
    first = max(SHORTEST * positive("dfa scales", "a rate", rate), _LEAST)
    if n / 10 < first:
        return np.empty(0, dtype=np.int64)
    return np.unique(np.rint(np.geomspace(first, n / 10, COUNT)).astype(np.int64))


def fluctuation(
    x: NDArray[np.float64], scales: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the fluctuation F of the summed signal in windows of each length.

    With ``y = cumsum(x - mean(x))`` cut into windows of s samples from the start (what
    is left over is not used), F(s) is the RMS of y about the line of least squares of
    each window.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Uniform samples.
    scales : ndarray of int, shape (k,)
        Windows in samples, 3 or more each.

    Returns
    -------
    ndarray, shape (k,)
        Unit of x, 0 or more. NaN for a window longer than the signal, and everywhere
        with samples that are not finite.

    Raises
    ------
    SignalError
        More than one axis, or a window of fewer than 3 samples.
    """
    x = one_axis("fluctuation", x)
    if len(scales) and min(scales) < 3:
        msg = f"fluctuation: expected windows of 3 samples or more, got {min(scales)}"
        raise SignalError(msg + ": a line needs that many")
    if not usable(x, 1):
        return np.full(len(scales), math.nan)
    away = x - x.mean()
    if not np.ptp(x) > 0:  # else the rounding of the mean would be summed
        away = np.zeros_like(x)
    summed = np.cumsum(away)
    return np.array([_about_lines(summed, int(s)) for s in scales], dtype=np.float64)


def _about_lines(y: NDArray[np.float64], window: int) -> float:
    pieces = y[: len(y) // window * window].reshape(-1, window)
    if len(pieces) == 0:
        return math.nan
    k = np.arange(window) - (window - 1) / 2
    rise = (pieces * k).sum(axis=1, keepdims=True) / (k * k).sum()
    off = pieces - pieces.mean(axis=1, keepdims=True)
    off -= rise * k
    return math.sqrt(float((off * off).mean()))
