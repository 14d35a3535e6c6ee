"""Peaks, pauses and way of one movement, from its speed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.smoothness._checks import moves, profile_of, refuse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LOSS_MAX = 0.02
"""With more samples lost, no smoothness is given."""
GAP_MAX = 0.1
"""With a longer gap, no smoothness is given [s]."""


def angular_speed(gyr: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the norm of an angular velocity.

    Parameters
    ----------
    gyr : ndarray, shape (n, 3)
        Angular velocity, bias removed [rad/s].

    Returns
    -------
    ndarray, shape (n,)
        0 or more [rad/s]; the same however the sensor is turned.

    Raises
    ------
    SignalError
        If ``gyr`` is not (n, 3).
    """
    if gyr.ndim != 2 or gyr.shape[1] != 3:
        refuse("angular_speed", "shape (n, 3)", str(gyr.shape))
    return np.sqrt((gyr * gyr).sum(axis=1))


def velocity_peaks(speed: ArrayLike, rate: float, *, prominence: float = 0.05) -> float:
    """Return how many peaks the speed of one movement has.

    Parameters
    ----------
    speed : array_like, shape (n,)
        Speed of one movement, low-passed at 6 Hz: unfiltered, noise is counted (34
        peaks instead of 1 at 5 % noise).
    rate : float
        Sampling rate [Hz].
    prominence : float
        How far a peak must stand out, as a share of the largest speed.

    Returns
    -------
    float
        A count; 1 is the smoothest. NaN when empty, without movement, or not finite.

    Raises
    ------
    SignalError
        If ``speed`` is not one-dimensional, or the rate not positive.
    """
    v = profile_of(speed, rate)
    if not moves(v):
        return math.nan
    from scipy import signal  # takes a third of a second; most commands need none

    found, _ = signal.find_peaks(v, prominence=prominence * float(np.abs(v).max()))
    return float(len(found))


def pause_share(speed: ArrayLike, rate: float, *, level: float = 0.1) -> float:
    """Return the share of a movement spent nearly still.

    Parameters
    ----------
    speed : array_like, shape (n,)
        Speed of one movement, cut at its ends.
    rate : float
        Sampling rate [Hz].
    level : float
        Nearly still: slower than this share of the largest speed.

    Returns
    -------
    float
        0 to 1; about 0.14 for a whole minimum-jerk movement (its two ends). NaN when
        empty, without movement, or not finite.

    Raises
    ------
    SignalError
        If ``speed`` is not one-dimensional, or the rate not positive.
    """
    v = profile_of(speed, rate)
    return float((v < level * v.max()).mean()) if moves(v) else math.nan


def pause_count(
    speed: ArrayLike, rate: float, *, level: float = 0.1, least: float = 0.1
) -> float:
    """Return how often a movement stopped on its way.

    Parameters
    ----------
    speed : array_like, shape (n,)
        Speed of one movement, low-passed.
    rate : float
        Sampling rate [Hz].
    level : float
        Stopped: slower than this share of the largest speed.
    least : float
        Shorter stops do not count [s].

    Returns
    -------
    float
        A count; stops at the ends of the movement are not on its way. NaN when empty,
        without movement, or not finite.

    Raises
    ------
    SignalError
        If ``speed`` is not one-dimensional, or the rate not positive.
    """
    v = profile_of(speed, rate)
    if not moves(v):
        return math.nan
    moving = np.flatnonzero(v >= level * v.max())
    still = np.diff(moving) - 1
    return float((still >= max(least * rate, 1.0)).sum())


def path_ratio(speed: ArrayLike, rate: float, extent: float) -> float:
    """Return the way travelled over the way needed.

    ``integral of speed dt / extent`` by the trapezoidal rule.

    Parameters
    ----------
    speed : array_like, shape (n,)
        Speed of one movement [rad/s].
    rate : float
        Sampling rate [Hz].
    extent : float
        Distance between start and end of the movement, its range [rad].

    Returns
    -------
    float
        1 for a movement about one axis without turning back; above 1.3 it wandered.
        Noise adds way. NaN when empty, not finite, or the extent is not positive.

    Raises
    ------
    SignalError
        If ``speed`` is not one-dimensional, or the rate not positive.
    """
    v = profile_of(speed, rate)
    if len(v) < 2 or not extent > 0:
        return math.nan
    return float((v[1:] + v[:-1]).sum()) / (2.0 * rate * extent)


def speed_metric(speed: ArrayLike, rate: float) -> float:
    """Return the mean speed over the largest speed.

    Parameters
    ----------
    speed : array_like, shape (n,)
        Speed of one movement.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    float
        0 to 1; 0.533 for minimum jerk. Submovements raise it and pauses lower it, so it
        describes and does not judge. NaN when empty, without movement, or not finite.

    Raises
    ------
    SignalError
        If ``speed`` is not one-dimensional, or the rate not positive.
    """
    v = profile_of(speed, rate)
    return float(v.mean() / v.max()) if moves(v) else math.nan


def refusal(lost: float, longest_gap: float, peak: float, floor: float) -> str:
    """Return why no smoothness is given, or nothing.

    Parameters
    ----------
    lost : float
        Share of the samples of the phase that are missing.
    longest_gap : float
        Longest time without a sample in the phase [s].
    peak, floor : float
        Largest speed, and the least that the drill takes for a movement [rad/s].

    Returns
    -------
    str
        One clause for people; empty when smoothness can be given.
    """
    if lost > LOSS_MAX:
        return f"{lost:.0%} of the samples are missing (at most {LOSS_MAX:.0%})"
    if longest_gap > GAP_MAX:
        return f"a gap of {longest_gap:.2f} s (at most {GAP_MAX:g} s)"
    if not peak >= floor:
        return "the movement was slower than the drill asks for"
    return ""
