"""Trunk sway in the horizontal plane, from accelerations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis import sway
from surefoot.analysis.sway.trace import Trace, ratio
from surefoot.analysis.trunk_sway._columns import columns

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TrunkSway(NamedTuple):
    """Trunk sway in the horizontal plane, from accelerations.

    Attributes
    ----------
    duration : float
        T, from the first sample to the last [s].
    jerk : float
        ``1/2 integral (da_ML/dt)^2 + (da_AP/dt)^2 dt`` [m^2/s^5]; grows with T.
    jerk_rate : float
        The same over T [m^2/s^6]; the one to compare.
    distance : float
        Mean distance from the mean acceleration [m/s^2].
    rms, rms_ml, rms_ap : float
        Root mean square about the mean; ``rms^2 = rms_ml^2 + rms_ap^2`` [m/s^2].
    range_ml, range_ap : float
        Largest less smallest [m/s^2].
    path : float
        Length of the path of the acceleration [m/s^2]; grows with T.
    mean_velocity : float
        Mean size of the integrated acceleration, a line taken out [m/s].
    mean_frequency : float
        ``path / (2 pi distance T)`` [Hz].
    area_rate : float
        Area swept about the mean, over T [m^2/s^5].
    ellipse_area : float
        95 % prediction ellipse of the acceleration [m^2/s^4].
    """

    duration: float
    jerk: float
    jerk_rate: float
    distance: float
    rms: float
    rms_ml: float
    rms_ap: float
    range_ml: float
    range_ap: float
    path: float
    mean_velocity: float
    mean_frequency: float
    area_rate: float
    ellipse_area: float


def trunk_sway(acc: NDArray[np.float64], rate: float) -> TrunkSway:
    """Return the sway of the trunk from its horizontal accelerations.

    Parameters
    ----------
    acc : ndarray, shape (n, 2)
        ML, AP, tilt-corrected and low-passed [m/s^2]; uniform samples.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    TrunkSway
        0 or more each. A still trunk has 0, and no frequency. NaN with fewer than two
        samples, or with samples that are not finite.

        Jerk and path take in the noise of the sensor, more at a higher rate or cut-off:
        compare only one sensor, rate, filter and length. Many products divide
        jerk by T, and some call that jerk: say which. A lean of the sensor that changes
        reads as acceleration. Velocity is integrated, so slow drift sways it.

    Notes
    -----
    Mancini et al. (2012), doi:10.1186/1743-0003-9-59, table 2.
    """
    acc = columns("trunk sway", acc, 2)
    trace = Trace(acc, rate)
    jerk = trunk_jerk(acc, rate)
    return TrunkSway(
        duration=trace.duration,
        jerk=jerk,
        jerk_rate=ratio(jerk, trace.duration),
        distance=sway.mean_distance(trace, rate),
        rms=sway.rms_distance(trace, rate),
        rms_ml=sway.rms_distance(trace, rate, "ml"),
        rms_ap=sway.rms_distance(trace, rate, "ap"),
        range_ml=sway.sway_range(trace, rate, "ml"),
        range_ap=sway.sway_range(trace, rate, "ap"),
        path=sway.path_length(trace, rate),
        mean_velocity=_mean_velocity(trace),
        mean_frequency=sway.mean_frequency(trace, rate),
        area_rate=sway.sway_area_rate(trace, rate),
        ellipse_area=sway.prediction_ellipse_area(trace, rate),
    )


def trunk_jerk(acc: NDArray[np.float64], rate: float) -> float:
    """Return the jerk of the trunk over the whole trial.

    ``1/2 sum((da_ML rate)^2 + (da_AP rate)^2) / rate``.

    Parameters
    ----------
    acc : ndarray, shape (n, 2)
        ML, AP, tilt-corrected and low-passed [m/s^2]; uniform samples.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    float
        0 or more [m^2/s^5]; grows with the length of the trial: give that with it, or
        divide by it. A sine of amplitude A and frequency f gives
        ``(pi f A)^2`` per second. NaN with fewer than two samples or with NaN.

    Notes
    -----
    Mancini et al. (2012), doi:10.1186/1743-0003-9-59, table 2.
    """
    acc = columns("trunk jerk", acc, 2)
    if len(acc) < 2:
        return math.nan
    change = np.diff(acc, axis=0)
    return float((change * change).sum()) * rate / 2


def _mean_velocity(trace: Trace) -> float:
    """Return the mean size of the velocity, its line of best fit taken out."""
    parts = [_less_line(_integrated(x, trace.rate)) for x in (trace.ml, trace.ap)]
    return float(np.hypot(*parts).mean())


def _integrated(x: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum((x[1:] + x[:-1]) / (2 * rate))])


def _less_line(x: NDArray[np.float64]) -> NDArray[np.float64]:
    k = np.arange(len(x)) - (len(x) - 1) / 2
    return x - x.mean() - k * float((k * x).sum() / (k * k).sum())
