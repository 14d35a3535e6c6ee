"""Range, hold and gentleness of a stretch.

``angle`` of shape (n,) is one angle in rad: the inclination of a segment, or the angle
between two (`between`). All functions filter nothing; low-pass at 6 Hz first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

GENTLE = math.radians(10.0)
"""A stretch slower than this is gentle [rad/s]. Our default."""


class Range(NamedTuple):
    """Where a motion went.

    Attributes
    ----------
    low, high : float
        Smallest and largest angle [rad].
    extent : float
        Their difference, the range of motion [rad].
    """

    low: float
    high: float
    extent: float


class Hold(NamedTuple):
    """The longest stay near the end of the range.

    Attributes
    ----------
    start : float
        Since the first sample [s].
    duration : float
        [s]
    creep : float
        Slope of the angle during it, positive further into the stretch [rad/s].
    """

    start: float
    duration: float
    creep: float


def between(
    upper: NDArray[np.float64], lower: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the angle between two segments in one plane: ``upper - lower``.

    Parameters
    ----------
    upper, lower : ndarray, shape (n,)
        Inclinations of the two segments in the same plane and at the same times [rad].

    Returns
    -------
    ndarray, shape (n,)
        [rad]. The errors of both sensors add; less than 5 degrees of change is noise.

    Raises
    ------
    SignalError
        If the shapes differ.
    """
    if upper.ndim != 1 or upper.shape != lower.shape:
        msg = (
            f"between: expected two angles of one shape (n,), got {upper.shape} and "
            f"{lower.shape}: bring them to one clock first"
        )
        raise SignalError(msg)
    return upper - lower


def range_of_motion(angle: NDArray[np.float64]) -> Range:
    """Return where a motion went, and how far.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        [rad]

    Returns
    -------
    Range
        In rad, extent 0 or more; NaN when empty or with NaN. Two single samples
        decide, so noise widens it. Passive, assisted or warmed-up ranges differ.

    Raises
    ------
    SignalError
        If ``angle`` is not one-dimensional.
    """
    _check(angle)
    if len(angle) == 0:
        return Range(math.nan, math.nan, math.nan)
    low, high = float(angle.min()), float(angle.max())
    return Range(low, high, high - low)


def hold(
    angle: NDArray[np.float64], rate: float, neutral: float = 0.0, share: float = 0.9
) -> Hold:
    """Return the longest time spent near the end of the range.

    Near the end: at least ``share`` of the largest excursion from neutral, on the side
    of that excursion, without a break.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        [rad]
    rate : float
        Sampling rate [Hz].
    neutral : float
        The angle before the stretch [rad].
    share : float
        0 to 1.

    Returns
    -------
    Hold
        Each sample stands for one period. NaN when empty, with NaN samples, or when the
        angle never left neutral. A single jerk further than the hold shortens it.

    Raises
    ------
    SignalError
        If ``angle`` is not one-dimensional, or the rate not positive.
    """
    _check(angle, rate)
    away = angle - neutral
    furthest = float(away[np.argmax(np.abs(away))]) if len(away) else math.nan
    if not abs(furthest) > 0:
        return Hold(math.nan, math.nan, math.nan)
    reach = away * math.copysign(1.0, furthest)
    outside = np.flatnonzero(reach < share * abs(furthest))
    edges = np.concatenate([[-1], outside, [len(angle)]])
    longest = int(np.argmax(np.diff(edges)))
    start, stop = int(edges[longest]) + 1, int(edges[longest + 1])
    creep = _slope(reach[start:stop]) * rate
    return Hold(start / rate, (stop - start) / rate, creep)


def peak_rate(angle: NDArray[np.float64], rate: float) -> float:
    """Return the largest speed of a stretch.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        Low-passed [rad].
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    float
        Largest central difference in size, 0 or more [rad/s]. NaN with fewer than three
        samples or with NaN. Noise raises it, in proportion to the rate; a gyroscope's
        own norm is better where there is one.

    Raises
    ------
    SignalError
        If ``angle`` is not one-dimensional, or the rate not positive.
    """
    _check(angle, rate)
    if len(angle) < 3:
        return math.nan
    return float(np.abs(angle[2:] - angle[:-2]).max()) * rate / 2.0


def gentle_share(
    angle: NDArray[np.float64], rate: float, limit: float = GENTLE
) -> float:
    """Return the share of the time that was slower than a limit.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        Low-passed [rad].
    rate : float
        Sampling rate [Hz].
    limit : float
        [rad/s]

    Returns
    -------
    float
        0 to 1; rest counts as gentle. NaN as `peak_rate`.

    Raises
    ------
    SignalError
        If ``angle`` is not one-dimensional, or the rate not positive.
    """
    if math.isnan(peak_rate(angle, rate)):
        return math.nan
    return float((np.abs(angle[2:] - angle[:-2]) * rate / 2.0 <= limit).mean())


def _slope(values: NDArray[np.float64]) -> float:
    """Return the least-squares slope per sample; 0 for fewer than two."""
    if len(values) < 2:
        return 0.0
    place = np.arange(len(values)) - (len(values) - 1) / 2.0
    return float((place * values).sum() / (place * place).sum())


def _check(angle: NDArray[np.float64], rate: float = 1.0) -> None:
    if angle.ndim != 1 or not rate > 0:
        msg = (
            f"stretch: expected an angle (n,) and a positive rate, got {angle.shape} "
            f"and {rate}: give one angle at a time"
        )
        raise SignalError(msg)
