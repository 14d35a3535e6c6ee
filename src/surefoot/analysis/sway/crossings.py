"""How often the centre of pressure turns round, and how fast it goes between."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway.trace import as_trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop, Direction

# Slope of the cubic through five samples by least squares, at the first and at the
# second of them (Savitzky & Golay).
_FIRST = np.array([-125.0, 136.0, 48.0, -88.0, 29.0]) / 84
_SECOND = np.array([-38.0, -2.0, 24.0, 26.0, -10.0]) / 84


class Crossings(NamedTuple):
    """Changes of the sign of the velocity along one axis.

    Attributes
    ----------
    crossings : float
        How many [1].
    rate : float
        How many a second [1/s].
    positive, negative, peak : float
        Mean of the peak velocity between crossings: of those to the right (forward), of
        those to the left (backward, without its sign), of all [m/s].
    """

    crossings: float
    rate: float
    positive: float
    negative: float
    peak: float


def velocity_crossings(cop: Cop, rate: float, axis: Direction) -> Crossings:
    """Return how often the velocity changes sign, and its peaks between.

    Velocity is the slope of the cubic through five samples; a velocity of exactly 0
    changes no sign. The pieces before the first and after the last crossing are cut by
    the trial and give no peak.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m]; uniform samples (resample others first).
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap"}
        Which axis.

    Returns
    -------
    Crossings
        A sine crosses twice a period, with peaks of 2 pi f A. Peaks are NaN without two
        crossings of their kind; all is NaN with fewer than five samples, with samples
        that are not finite, or with times that are not uniform. Noise makes most
        crossings of an unfiltered signal: filter first, and state the filter.

    Notes
    -----
    Quijoux et al. (2021), doi:10.14814/phy2.15067.
    """
    trace = as_trace(cop, rate)
    if trace.n < 5 or not trace.uniform:
        return Crossings(math.nan, math.nan, math.nan, math.nan, math.nan)
    v = slope(trace.along(axis), trace.rate)
    v = v[v != 0]
    turns = np.flatnonzero(np.diff(np.signbit(v))) + 1
    peaks = _peaks(np.abs(v), turns)
    right = v[turns[: len(peaks)]] > 0
    return Crossings(
        float(len(turns)),
        len(turns) / trace.duration,
        _mean(peaks[right]),
        _mean(peaks[~right]),
        _mean(peaks),
    )


def slope(x: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """Return the slope of the cubic through each sample and two to either side.

    Parameters
    ----------
    x : ndarray, shape (n,)
        At least five samples.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    ndarray, shape (n,)
        Per second. Exact for cubics; takes 0.3 % from a sine of a tenth of the rate,
        and all from one of half the rate. The two samples at each end have the slopes
        of the outermost cubics.
    """
    v = np.empty_like(x)
    v[2:-2] = (x[:-4] - x[4:] + 8 * (x[3:-1] - x[1:-3])) / 12
    head, tail = x[:5], x[:-6:-1]
    v[0], v[1] = (_FIRST * head).sum(), (_SECOND * head).sum()
    v[-1], v[-2] = -(_FIRST * tail).sum(), -(_SECOND * tail).sum()
    return v * rate


def _peaks(speed: NDArray[np.float64], turns: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the largest speed between each two crossings."""
    if len(turns) < 2:
        return np.empty(0)
    return np.maximum.reduceat(speed[: turns[-1]], turns[:-1])


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else math.nan
