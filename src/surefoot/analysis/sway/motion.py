"""How the centre of pressure moved: path, speed, swept area, mean frequency.

Arguments as in `surefoot.analysis.sway.position`. Time is that from the first sample
to the last, ``T = (n - 1) / rate``. All of these grow with noise, rate and the cut-off
of the low-pass (without any, by 76 % over 10 Hz on one unfiltered plate): compare only
values with the same sensor, rate and filter.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.sway.ellipse import prieto_ellipse_area
from surefoot.analysis.sway.position import mean_distance
from surefoot.analysis.sway.trace import as_trace, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop, Direction, Trace
    from surefoot.analysis.target import Axis


def path_length(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the length of the path of the CoP (TOTEX).

    ``sum(hypot(dx, dy))``, or ``sum(|dx|)`` of one axis.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the path in the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s]; the path over a gap is not known
        and not counted.

    Returns
    -------
    float
        0 or more [m], at least the range; 2 pi R a turn on a circle. Proportional to
        the length of the trial; noise adds path at every sample.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130.
    """
    trace = as_trace(cop, rate, t)
    return float(_lengths(trace, axis).sum())


def mean_velocity(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the length of the path over the time it took (MVELO).

    ``path_length / T``, ``T = (n - 1) / rate``.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the path in the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s]; gaps are neither path nor time.

    Returns
    -------
    float
        0 or more [m/s]; 2 pi R f on a circle. Depends little on the length of the
        trial, much on noise, rate and filter.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130. Codes that divide by ``n / rate`` read
    1 / n less.
    """
    trace = as_trace(cop, rate, t)
    return ratio(path_length(trace, rate, axis), trace.duration)


def rms_velocity(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the root mean square of the velocity, ``sqrt(mean((dx / dt)^2))``.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the speed in the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m/s], never below the mean velocity; 2 pi R f on a circle. Noise
        counts in squares.
    """
    trace = as_trace(cop, rate, t)
    lengths = _lengths(trace, axis)
    squares = float((lengths * lengths / trace.dt).sum())
    return math.sqrt(ratio(squares, trace.duration))


def velocity_deviation(
    cop: Cop, rate: float, axis: Direction, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the standard deviation of the velocity along one axis, ddof 0.

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
        0 or more [m/s]; the RMS velocity less the net shift from first to last sample.
    """
    return as_trace(cop, rate, t).velocity_deviation[0 if axis == "ml" else 1]


def sway_area_rate(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the area swept about the mean CoP per second (AREA-SW).

    ``sum(|x_i y_(i+1) - x_(i+1) y_i|) / (2 T)``.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s]; gaps are neither area nor time.

    Returns
    -------
    float
        0 or more [m^2/s]; pi R^2 f on a circle, 0 on a line through the mean. Areas
        swept twice count twice. Grows with distance as well as with speed.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130.
    """
    trace = as_trace(cop, rate, t)
    return ratio(float(trace.triangles.sum()), 2 * trace.duration)


def mean_frequency(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return how often the CoP would go round a circle of its mean distance (MFREQ).

    ``MVELO / (2 pi MDIST)``; of one axis ``MVELO / (4 sqrt(2) MDIST)``, which is a sine
    of the same RMS taken for normally distributed.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or the plane.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [Hz]; f on a circle, but 1.11 f for a sine along one axis. NaN without
        any movement. Grows with all that adds path.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130. Not the mean of the spectrum.
    """
    trace = as_trace(cop, rate, t)
    turn = 2 * math.pi if axis == "both" else 4 * math.sqrt(2)
    velocity = mean_velocity(trace, rate, axis)
    return ratio(velocity, turn * mean_distance(trace, rate, axis))


def length_per_area(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the length of the path over the area of Prieto's ellipse (LFS).

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
        0 or more [1/m]; NaN on a line. Has a length in it: a small still sway and a
        large slow one may read alike, and mm^-1 is 1000 times less.

    Notes
    -----
    Quijoux et al. (2021), doi:10.14814/phy2.15067.
    """
    trace = as_trace(cop, rate, t)
    return ratio(path_length(trace, rate), prieto_ellipse_area(trace, rate))


def _lengths(trace: Trace, axis: Axis) -> NDArray[np.float64]:
    return trace.path if axis == "both" else np.abs(trace.steps_along(axis))
