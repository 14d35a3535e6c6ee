"""Where the centre of pressure was: distances, ranges, direction.

All about the mean CoP of the trial. All take ``cop`` of shape (n, 2), columns ML and AP
in m (or a `Trace`), the rate in Hz and, for irregular samples, their times. They filter
nothing, and give NaN with fewer than two samples or with one that is not finite.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.sway.trace import as_trace, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop, Direction, Trace
    from surefoot.analysis.target import Axis


def mean_position(
    cop: Cop, rate: float, axis: Direction, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return where the CoP was on average, on the axes of the board.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap"}
        Which axis.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        Any sign [m]: right and forward are positive. Depends on where the feet stood
        and on the board's own zero; no measure of steadiness.
    """
    return as_trace(cop, rate, t).mean[0 if axis == "ml" else 1]


def mean_distance(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the mean distance from the mean CoP (MDIST).

    ``mean(hypot(x, y))``, or ``mean(|x|)`` of one axis.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the distance in the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m]; the radius on a circle. Grows with the length of the trial and
        with slow drift; hardly depends on rate and filter.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130.
    """
    trace = as_trace(cop, rate, t)
    return trace.average(_away(trace, axis))


def rms_distance(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the root mean square distance from the mean CoP (RDIST, RMS).

    ``sqrt(mean(x^2 + y^2))``; of one axis the standard deviation with ddof 0.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the distance in the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m], never below the mean distance; A / sqrt 2 for a sine. Grows with
        the length of the trial. Codes with ddof 1 read 1 / (2 n) more.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130.
    """
    trace = as_trace(cop, rate, t)
    ml, ap, _ = trace.covariance
    return math.sqrt({"ml": ml, "ap": ap, "both": ml + ap}[axis])


def planar_deviation(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return ``sqrt(rms_ml^2 + rms_ap^2)``: another name of the RMS distance.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        As `rms_distance` [m]; kept because the literature reports both.

    Notes
    -----
    Quijoux et al. (2021), doi:10.14814/phy2.15067.
    """
    return rms_distance(cop, rate, t=t)


def max_distance(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the largest distance from the mean CoP.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the distance in the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m]. One sample decides: a spike, and the length of the trial.
    """
    return float(_away(as_trace(cop, rate, t), axis).max())


def sway_range(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the largest distance between two positions of the CoP (RANGE).

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis (largest less smallest), or any two points of the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m]; the diameter on a circle. In the plane from the larger of both
        axes to the root of their squares. Two samples decide; grows with the length.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130. Not the range of the distance from the
    mean, which some codes give under this name: that one is 0 on a circle.
    """
    trace = as_trace(cop, rate, t)
    return trace.diameter if axis == "both" else float(np.ptp(trace.along(axis)))


def range_ratio(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the range ML over the range AP.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [1]; 1 on a circle, NaN without any AP movement. Four samples decide.

    Notes
    -----
    Quijoux et al. (2021), doi:10.14814/phy2.15067.
    """
    trace = as_trace(cop, rate, t)
    return ratio(sway_range(trace, rate, "ml"), sway_range(trace, rate, "ap"))


def direction_coefficient(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the correlation of ML and AP.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        -1 to 1 [1]: 1 on a line to front right, 0 on an upright ellipse. NaN without
        movement in one of the axes. Turned feet change it.

    Notes
    -----
    Quijoux et al. (2021), doi:10.14814/phy2.15067.
    """
    ml, ap, both = as_trace(cop, rate, t).covariance
    return ratio(both, math.sqrt(ml) * math.sqrt(ap))


def _away(trace: Trace, axis: Axis) -> NDArray[np.float64]:
    return trace.radius if axis == "both" else np.abs(trace.along(axis))
