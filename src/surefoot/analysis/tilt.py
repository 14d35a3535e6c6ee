"""How a board was tilted: pure functions of its tilt about LEVEL.

All take ``tilt`` of shape (n, 2), columns ml and ap in rad (right edge down, front edge
down positive, zero = the calibrated level), and the rate in Hz. They filter nothing.
None of them subtracts a mean: a board held still on its edge is not balanced.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.contacts import EdgeTrigger
from surefoot.analysis.target import HOLD, Axis, deviation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.target import Target


class StabilityIndices(NamedTuple):
    """Overall, medial-lateral and anterior-posterior index [rad]."""

    overall: float
    ml: float
    ap: float


def tilt_rms(
    tilt: NDArray[np.float64],
    rate: float,  # noqa: ARG001  every measure takes it, this one does not need it
    axis: Axis = "both",
) -> float:
    """Return the root mean square of the deviation from level.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz]; not used.
    axis : {"ml", "ap", "both"}
        ``"both"``: radial, ``rms^2 = rms_ml^2 + rms_ap^2``.

    Returns
    -------
    float
        0 or more [rad]; a sine of amplitude A about level gives A / sqrt 2. NaN when
        empty or when a sample is NaN. Every sample weighs the same, so a gap weighs
        nothing. Biased upwards by an error of the level (added in squares).
    """
    if len(tilt) == 0:
        return math.nan
    away = deviation(tilt, axis)
    return float(np.sqrt(np.mean(away * away)))


def stability_indices(tilt: NDArray[np.float64], rate: float) -> StabilityIndices:
    """Return the indices of Arnold & Schmitz about level, in rad.

    ``OSI = sqrt(sum(X^2 + Y^2) / n)``, ``MLSI = sqrt(sum(X^2) / n)``, ``APSI``
    likewise; ``OSI^2 = MLSI^2 + APSI^2``. The original is in degrees.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    StabilityIndices
        0 or more; NaN when empty or with NaN samples.

    Notes
    -----
    The formula of Arnold BL, Schmitz RJ (1998), J Athl Train 33:323-327 (no DOI). A
    device's own numbers also depend on its filter and platform: do not mix them.
    """
    return StabilityIndices(
        tilt_rms(tilt, rate), tilt_rms(tilt, rate, "ml"), tilt_rms(tilt, rate, "ap")
    )


def mean_speed(
    tilt: NDArray[np.float64], rate: float, t: NDArray[np.float64] | None = None
) -> float:
    """Return the length of the tilt path over the time it took.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s]. Steps longer than 0.2 s count
        neither as path nor as time.

    Returns
    -------
    float
        0 or more [rad/s]; the radius times the angular frequency on a circle. NaN with
        fewer than two samples or with NaN samples. Noise adds path, more at a higher
        rate: compare only values from one sensor, rate and filter.
    """
    if len(tilt) < 2:
        return math.nan
    steps = np.diff(tilt, axis=0)
    length = np.sqrt(steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1])
    dt = np.full(len(length), 1.0 / rate) if t is None else np.diff(t)
    counted = dt <= HOLD
    time = float(dt[counted].sum())
    return float(length[counted].sum()) / time if time > 0 else math.nan


def time_in_zone(
    tilt: NDArray[np.float64],
    rate: float,
    zone: float,
    axis: Axis = "both",
    *,
    t: NDArray[np.float64] | None = None,
    end: float | None = None,
) -> float:
    """Return the share of the time spent within the zone.

    Each sample stands for the time until the next (sample and hold); a step longer than
    0.2 s is not counted, neither as inside nor as outside.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz]; the last sample stands for one period, or until ``end``.
    zone : float
        Largest deviation that counts as inside [rad], itself included.
    axis : {"ml", "ap", "both"}
        As in `Target`.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].
    end : float, optional
        End of the trial, with ``t`` [s].

    Returns
    -------
    float
        0 to 1; NaN when no time counts or with NaN samples.
    """
    away = deviation(tilt, axis)
    hold = holds(len(tilt), rate, t, end)
    time = float(hold.sum())
    if time <= 0 or bool(np.isnan(away).any()):
        return math.nan
    return float(hold[away <= zone].sum()) / time


def edge_contacts(
    tilt: NDArray[np.float64],
    rate: float,
    target: Target,
    t: NDArray[np.float64] | None = None,
) -> int:
    """Return how often an edge of the board came down.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz].
    target : Target
        Edges, margin, hysteresis and debounce time; the zone is not used.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    int
        Contacts begun, 0 when empty or when the edges are not known. A board that
        starts on its edge counts one. NaN samples touch nothing.
    """
    trigger = EdgeTrigger(target)
    times = np.arange(len(tilt)) / rate if t is None else t
    rows = zip(times.tolist(), tilt.tolist(), strict=True)
    return sum(trigger.step(time, ml, ap) != "" for time, (ml, ap) in rows)


def percentile(
    tilt: NDArray[np.float64],
    rate: float,  # noqa: ARG001
    share: float,
    axis: Axis = "both",
) -> float:
    """Return the deviation from level that so many percent of the samples stay within.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz]; not used.
    share : float
        0 to 100; 100 is the largest deviation.
    axis : {"ml", "ap", "both"}
        As in `Target`.

    Returns
    -------
    float
        0 or more [rad], interpolated between samples; NaN when empty or with NaN.
    """
    if len(tilt) == 0:
        return math.nan
    return float(np.percentile(deviation(tilt, axis), share))


def holds(
    n: int, rate: float, t: NDArray[np.float64] | None, end: float | None
) -> NDArray[np.float64]:
    """Return for how long each sample stands: until the next one, 0 before a gap [s].

    Parameters
    ----------
    n : int
        How many samples there are.
    rate : float
        Sampling rate [Hz]; the last sample stands for one period, or until ``end``.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].
    end : float, optional
        End of the trial, with ``t`` [s].

    Returns
    -------
    ndarray, shape (n,)
        0 or more, 0 where the next sample is more than 0.2 s away; empty when empty.
    """
    if t is None:
        return np.full(n, 1.0 / rate)
    if n == 0:
        return np.empty(0)
    last = 1.0 / rate if end is None else end - float(t[-1])
    hold = np.append(np.diff(t), max(last, 0.0))
    hold[hold > HOLD] = 0.0
    return hold
