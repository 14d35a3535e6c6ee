"""Times to stabilisation, one name for each definition."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.stabilisation._checks import after_last, final_value, usable

if TYPE_CHECKING:
    from numpy.typing import NDArray


def sequential_time(
    signal: NDArray[np.float64], rate: float, share: float = 0.25
) -> float:
    """Return the time to stabilisation by sequential estimation.

    The running mean ``c_k = mean(x_0 .. x_k)`` is compared with the mean of the whole;
    stable is from where it stays within ``share`` standard deviations (ddof 0) of it.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on.
    rate : float
        Sampling rate [Hz].
    share : float
        Width of the band, in standard deviations of the whole signal.

    Returns
    -------
    float
        0 to ``(n - 1) / rate`` [s]; 0 for a constant. NaN when shorter than 1 s or with
        samples that are not finite. Does not depend on offset or scale. The running
        mean remembers the impact, so a longer recording gives a longer time.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.

    Notes
    -----
    Colby SM, Hintermeister RA, Torry MR, Steadman JR (1999),
    J Orthop Sports Phys Ther 29:444-451, doi:10.2519/jospt.1999.29.8.444 (DOI not
    verified). The source leaves ddof open.
    """
    if not usable(signal, rate):
        return math.nan
    x = signal - signal[0]  # a constant offset must not cost digits
    running = np.cumsum(x) / np.arange(1, len(x) + 1)
    away = np.abs(running - running[-1])
    return after_last(away > share * float(x.std()), rate)


def polynomial_time(
    signal: NDArray[np.float64], rate: float, window: float = 1.0
) -> float:
    """Return the time to stabilisation by an unbounded third-order polynomial.

    The signal is taken about its final value and rectified; a cubic is fitted from its
    peak to the end; stable is where the cubic first falls to the range of variation:
    the smallest range of the signal over ``window`` seconds in its second half.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on.
    rate : float
        Sampling rate [Hz].
    window : float
        Length over which the range of variation is taken [s].

    Returns
    -------
    float
        Since contact [s]; NaN when the cubic never comes down so far, when shorter than
        twice the window, or with samples that are not finite. Smooths over everything
        that happens on the way; a quieter stance at the end gives a longer time.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.

    Notes
    -----
    After Ross SE, Guskiewicz KM (2003), doi:10.1123/att.8.3.37 (not verified), and Ross
    SE, Guskiewicz KM, Yu B (2005), J Athl Train 40:298-304 (no DOI). They took the
    range from the last 10 s of a 20 s trial; ours is relative to the trial's own
    length.
    """
    width = max(round(window * rate), 2)
    if not usable(signal, rate) or len(signal) < 2 * width:
        return math.nan
    away = np.abs(signal - final_value(signal, rate))
    peak = int(np.argmax(away))
    if len(away) - peak < 8:
        return math.nan
    time = np.arange(len(away) - peak) / (len(away) - peak - 1)
    fitted = np.polynomial.Polynomial.fit(time, away[peak:], 3)(time)
    down = np.flatnonzero(fitted <= range_of_variation(signal, rate, window))
    return (peak + int(down[0])) / rate if len(down) else math.nan


def range_of_variation(
    signal: NDArray[np.float64], rate: float, window: float = 1.0
) -> float:
    """Return the smallest range over a window in the second half of a signal.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on.
    rate : float
        Sampling rate [Hz].
    window : float
        Length [s].

    Returns
    -------
    float
        0 or more, in the signal's unit; NaN when the second half is shorter than the
        window, or with samples that are not finite.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.
    """
    width = max(round(window * rate), 2)
    if not usable(signal, rate) or len(signal) < 2 * width:
        return math.nan
    late = signal[len(signal) // 2 :]
    windows = np.lib.stride_tricks.sliding_window_view(late, width)
    return float((windows.max(axis=1) - windows.min(axis=1)).min())


def band_time(
    signal: NDArray[np.float64], rate: float, band: float, dwell: float = 1.0
) -> float:
    """Return the time to stabilisation by a fixed band.

    The start of the first stay of at least ``dwell`` seconds with ``|x| <= band``.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on, zero where it should come to rest: force less body weight, or
        an angular rate.
    rate : float
        Sampling rate [Hz].
    band : float
        Largest deviation, in the signal's unit. Of a force usually 5 % of body weight.
    dwell : float
        How long it must stay [s]; 0.5 and 1 s are in use.

    Returns
    -------
    float
        Since contact [s]; NaN when it never stays so long, when shorter than ``dwell``,
        or with samples that are not finite. Grows with noise that reaches the band.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.

    Notes
    -----
    Flanagan EP, Ebben WP, Jensen RL (2008), J Strength Cond Res 22:1677-1682,
    doi:10.1519/JSC.0b013e318182034b (DOI not verified), for the vertical force.
    A fixed band does not move with the recording's own scatter and was found the better
    choice by Hayek et al. (2022), J Biomech 111269.
    """
    if not usable(signal, rate, least=dwell):
        return math.nan
    outside = np.flatnonzero(~(np.abs(signal) <= band))
    edges = np.concatenate([[-1], outside, [len(signal)]])
    stays = np.diff(edges) - 1
    long = np.flatnonzero(stays >= max(dwell * rate, 1.0))
    return float(edges[long[0]] + 1) / rate if len(long) else math.nan


def settling_time(
    signal: NDArray[np.float64], rate: float, share: float = 0.1
) -> float:
    """Return when a signal was last further than a share of its peak from its end.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        From contact on.
    rate : float
        Sampling rate [Hz].
    share : float
        Of the largest distance from the final value.

    Returns
    -------
    float
        0 up [s]; 0 for a constant. NaN when shorter than 1 s or with samples that are
        not finite. Control engineering's definition; for a damped oscillation about
        ``-ln(share) / (damping ratio * natural frequency)``. Quiet sway above the share
        gives the length of the recording: look at it.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.
    """
    if not usable(signal, rate):
        return math.nan
    away = np.abs(signal - final_value(signal, rate))
    return after_last(away > share * away.max(), rate)
