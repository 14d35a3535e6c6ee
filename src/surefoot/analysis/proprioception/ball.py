"""The pelvis of a person who sits on a ball and moves on purpose.

All take ``tilt`` of shape (n, 2): inclination of the pelvis, ml and ap in rad, and the
rate in Hz where time matters. They filter nothing. Path and speed are those of
`surefoot.analysis.tilt`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def motion_range(tilt: NDArray[np.float64]) -> tuple[float, float]:
    """Return how far the pelvis went, side to side and front to back.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].

    Returns
    -------
    ml, ap : float
        Largest less smallest, 0 or more [rad]; NaN when empty or with NaN. One sample
        decides.

    Raises
    ------
    SignalError
        If ``tilt`` is not (n, 2).
    """
    _check(tilt)
    if len(tilt) == 0:
        return math.nan, math.nan
    ml, ap = np.ptp(tilt, axis=0).tolist()
    return ml, ap


def circles(tilt: NDArray[np.float64]) -> float:
    """Return how many circles the pelvis went round the middle of its motion.

    The angle swept about the mean tilt, divided by a full turn.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].

    Returns
    -------
    float
        Positive clockwise as the person sees it: forward, right, back, left. Near 0 for
        a straight line to and fro. NaN with fewer than three samples or with NaN.

    Raises
    ------
    SignalError
        If ``tilt`` is not (n, 2).

    Notes
    -----
    A path that leaves the middle outside is not counted; more than half a turn between
    two samples is counted the wrong way.
    """
    _check(tilt)
    if len(tilt) < 3:
        return math.nan
    z = (tilt - tilt.mean(axis=0)) @ np.array([1.0, 1.0j])
    return -float(np.angle(z[1:] * z[:-1].conj()).sum()) / (2.0 * math.pi)


def roundness(tilt: NDArray[np.float64]) -> float:
    """Return how round the motion was: its short axis over its long one.

    The square root of the ratio of the two eigenvalues of the covariance.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].

    Returns
    -------
    float
        0 (a line) to 1 (as wide as long: a circle, or no direction at all). NaN with
        fewer than three samples, without motion, or with NaN.

    Raises
    ------
    SignalError
        If ``tilt`` is not (n, 2).
    """
    _check(tilt)
    if len(tilt) < 3 or not bool(np.isfinite(tilt).all()):
        return math.nan
    small, large = np.linalg.eigvalsh(np.cov(tilt.T, ddof=0)).tolist()
    return math.sqrt(max(small, 0.0) / large) if large > 0 else math.nan


def circle_evenness(tilt: NDArray[np.float64]) -> float:
    """Return how unevenly a circle was drawn: scatter of its radius over the mean.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad], about its mean.

    Returns
    -------
    float
        0 for a circle; 0.58 for a to and fro at even speed
        (a triangle wave). NaN with fewer than three samples, without
        motion, or with NaN. An ellipse is not even.

    Raises
    ------
    SignalError
        If ``tilt`` is not (n, 2).
    """
    _check(tilt)
    if len(tilt) < 3:
        return math.nan
    away = tilt - tilt.mean(axis=0)
    radius = np.sqrt((away * away).sum(axis=1))
    mean = float(radius.mean())
    return float(radius.std()) / mean if mean > 0 else math.nan


def _check(tilt: NDArray[np.float64]) -> None:
    if tilt.ndim != 2 or tilt.shape[1] != 2:
        msg = f"ball: expected tilt of shape (n, 2), got {tilt.shape}: give ml and ap"
        raise SignalError(msg)
