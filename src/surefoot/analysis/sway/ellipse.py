"""How large the area of sway was, and how it lay: ellipses and a circle.

Arguments as in `surefoot.analysis.sway.position`. An area grows with the length of the
trial (sixfold from 10 s to 60 s in one recording): compare equal lengths only.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from surefoot.analysis.sway.position import mean_distance, rms_distance
from surefoot.analysis.sway.trace import as_trace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop

ROUND = 1.05
"""An ellipse whose variances are nearer than this ratio has no direction."""

_F_PRIETO = 3.0  # the tabulated F of 2 and infinitely many degrees of freedom
_Z_PRIETO = 1.645


class Ellipse(NamedTuple):
    """An ellipse about the mean CoP.

    Attributes
    ----------
    area : float
        ``pi * major * minor`` [m^2].
    major, minor : float
        Semi-axes [m].
    angle : float
        Of the major axis, from right (ML) towards forward, 0 to below pi [rad]; NaN
        when the ellipse is nearly a circle.
    """

    area: float
    major: float
    minor: float
    angle: float


def prediction_ellipse(
    cop: Cop,
    rate: float,
    share: float = 0.95,
    *,
    t: NDArray[np.float64] | None = None,
) -> Ellipse:
    """Return the ellipse that a further sample falls into with this probability.

    ``area = pi k sqrt(det C)`` with the sample covariance C (ddof 1) and
    ``k = 2 (n - 1)(n + 1) / (n (n - 2)) F(share; 2, n - 2)``.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    share : float
        Probability, between 0 and 1.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    Ellipse
        Area 0 or more [m^2], 0 on a line; NaN with fewer than three samples. It assumes
        independent normal samples, which sway is not: 95 % is a convention. Grows
        with the length of the trial; a low-pass from 2.5 Hz upwards moves it by
        about 1 %.

    Notes
    -----
    Not the confidence ellipse, which is that of the mean and shrinks as 1 / n. The
    chi-square form is 0.08 % smaller at 6000 samples, 5 % at 100.

    Schubert & Kirchner (2014), doi:10.1016/j.gaitpost.2013.09.001; Chew (1966), JASA
    61:605-617.
    """
    trace = as_trace(cop, rate, t)
    n = trace.n
    if n < 3:
        return Ellipse(math.nan, math.nan, math.nan, math.nan)
    free = n - 2
    # the quantile of F has this closed form when its first parameter is 2
    quantile = free / 2 * math.expm1(-2 / free * math.log1p(-share))
    sample = n / (n - 1)  # from ddof 0 to ddof 1
    factor = 2 * (n - 1) * (n + 1) / (n * free) * quantile * sample
    return _ellipse(trace.covariance, factor)


def prediction_ellipse_area(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the area of the 95 % prediction ellipse (PEA).

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
        0 or more [m^2]; about 3 pi R^2 on a circle. See `prediction_ellipse` for the
        formula, what biases it and the source.
    """
    return prediction_ellipse(cop, rate, t=t).area


def sway_direction(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the direction of the largest variance.

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
        0 to below pi [rad], from right (ML) towards forward: pi / 2 is to and fro. NaN
        when the variances differ by less than 5 %, for a circle has no direction.
        An axis, not an arrow: 0 and pi are the same. Turned feet turn it.

    Notes
    -----
    Codes that give 0 to 90 degrees from AP lose the side to which it leans.
    """
    return prediction_ellipse(cop, rate, t=t).angle


def prieto_ellipse(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> Ellipse:
    """Return the ellipse of the literature of 1996, for comparison with it (AREA-CE).

    ``area = 2 pi F sqrt(det C)`` with F = 3.00 and the covariance with ddof 0.

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
    Ellipse
        Area 0 or more [m^2]; 0.04 % above the prediction ellipse at 6000 samples,
        0.5 % below it at 1000. Biased as that one.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130, who call it a confidence ellipse. The
    semi-axes need ``(s1^2 + s2^2)^2``; a print without the outer square goes round.
    """
    return _ellipse(as_trace(cop, rate, t).covariance, 2 * _F_PRIETO)


def prieto_ellipse_area(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the area of `prieto_ellipse` (AREA-CE).

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
        0 or more [m^2]; 3 pi R^2 on a circle.
    """
    return prieto_ellipse(cop, rate, t=t).area


def prieto_circle_area(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the area of Prieto's circle (AREA-CC).

    ``pi (MDIST + 1.645 s)^2``, ``s = sqrt(RDIST^2 - MDIST^2)``: it takes the distance
    from the mean for normally distributed.

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
        0 or more [m^2]; pi R^2 on a circle. Grows with the length of the trial, and
        over-states a narrow ellipse.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130.
    """
    reach = prieto_radius(cop, rate, t=t)
    return math.pi * reach * reach


def prieto_radius(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the radius of Prieto's circle.

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
        0 or more [m]; see `prieto_circle_area`.
    """
    trace = as_trace(cop, rate, t)
    mean, rms = mean_distance(trace, rate), rms_distance(trace, rate)
    spread = (rms - mean) * (rms + mean)
    # on a circle rounding may leave a little less than nothing
    return mean + _Z_PRIETO * math.sqrt(0.0 if spread < 0 else spread)


def _ellipse(covariance: tuple[float, float, float], factor: float) -> Ellipse:
    ml, ap, both = covariance
    apart = math.hypot(ml - ap, 2 * both)
    large = (ml + ap + apart) / 2
    # by the determinant: large and small may differ by many orders
    determinant = ml * ap - both * both
    determinant = 0.0 if determinant < 0 else determinant
    small = determinant / large if large > 0 else large
    minor = math.sqrt(factor * small)
    area = math.pi * factor * math.sqrt(determinant)
    angle = _angle(ml - ap, 2 * both) if large > ROUND * small else math.nan
    return Ellipse(area, math.sqrt(factor * large), minor, angle)


def _angle(apart: float, both: float) -> float:
    angle = math.atan2(both, apart) / 2
    # a hair below 0 would become pi itself
    return angle if angle >= 0 else (angle + math.pi) % math.pi
