"""How fast a disturbed body comes to rest: after a step down, a push, a kerb.

All functions take ``signal`` of shape (n,): one component (trunk tilt, angular rate,
acceleration, force less body weight) from the instant of contact on, and the rate in
Hz. They filter nothing. Times are counted from the first sample.

Published definitions of the time to stabilisation disagree widely on the same landings
(eighteen were compared by Fransz et al. 2015, doi:10.1016/j.gaitpost.2014.08.018, and
the length of the recording alone moved them by 100 % on average), so each has its own
name here, and none is *the* time. Compare one definition, one signal, one length.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

STANDARD_GRAVITY = 9.80665
TAIL = 1.0
"""The final value is the mean over the last so many seconds."""


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
    doi:10.2519/jospt.1999.29.8.444. The source leaves ddof open.
    """
    if not _usable(signal, rate):
        return math.nan
    x = signal - signal[0]  # a constant offset must not cost digits
    running = np.cumsum(x) / np.arange(1, len(x) + 1)
    away = np.abs(running - running[-1])
    return _after_last(away > share * float(x.std()), rate)


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
    After Ross SE, Guskiewicz KM (2003), doi:10.1123/att.8.3.37, and Ross SE,
    Guskiewicz KM, Yu B (2005), J Athl Train 40:298-304 (no DOI). They took the range
    from the last 10 s of a 20 s trial; ours is relative to the trial's own length.
    """
    width = max(round(window * rate), 2)
    if not _usable(signal, rate) or len(signal) < 2 * width:
        return math.nan
    away = np.abs(signal - _final(signal, rate))
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
    if not _usable(signal, rate) or len(signal) < 2 * width:
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
    Flanagan EP, Ebben WP, Jensen RL (2008), doi:10.1519/JSC.0b013e318182034b, for the
    vertical force. A fixed band does not move with the recording's own scatter and was
    found the better choice by Hayek et al. (2022), J Biomech 111269.
    """
    if not _usable(signal, rate, least=dwell):
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
        not finite. The definition of control engineering; for a damped oscillation about
        ``-ln(share) / (damping ratio * natural frequency)``. Quiet sway above the share
        gives the length of the recording: look at it.

    Raises
    ------
    SignalError
        If ``signal`` is not one-dimensional, or the rate not positive.
    """
    if not _usable(signal, rate):
        return math.nan
    away = np.abs(signal - _final(signal, rate))
    return _after_last(away > share * away.max(), rate)


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
    if not _usable(signal, rate):
        return Peak(math.nan, math.nan)
    away = signal - _final(signal, rate)
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
    away = (signal - _final(signal, rate)) / peak.value
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


def _usable(signal: NDArray[np.float64], rate: float, least: float = TAIL) -> bool:
    if signal.ndim != 1 or not 0 < rate < math.inf:
        msg = (
            "stabilisation: expected shape (n,) and a positive rate, got "
            f"{signal.shape} and {rate}: give one component at a time"
        )
        raise SignalError(msg)
    return len(signal) >= max(least * rate, 2) and bool(np.isfinite(signal).all())


def _final(signal: NDArray[np.float64], rate: float) -> float:
    return float(signal[-max(round(TAIL * rate), 1) :].mean())


def _after_last(outside: NDArray[np.bool_], rate: float) -> float:
    """Return the time of the sample after the last one outside."""
    last = np.flatnonzero(outside)
    return float(last[-1] + 1) / rate if len(last) else 0.0


def _first_swing(away: NDArray[np.float64], share: float) -> slice:
    """Return the samples from the first large one to the return through zero."""
    size = np.abs(away)
    large = np.flatnonzero(size > share * size.max())
    if len(large) == 0:
        return slice(0, 0)
    start = int(large[0])
    other = np.flatnonzero(away[start:] * away[start] <= 0)
    return slice(start, start + int(other[0]) if len(other) else len(away))
