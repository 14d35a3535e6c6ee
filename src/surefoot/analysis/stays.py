"""How a board was used: stays in the zone, time on the edges, one side and the other.

All take ``tilt`` of shape (n, 2), columns ml and ap in rad about LEVEL, and the rate in
Hz, as `surefoot.analysis.tilt`. A sample stands for the time until the next one; a step
of more than 0.2 s is a gap: no time, and no stay goes on over it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from surefoot.analysis.target import deviation
from surefoot.analysis.tilt import holds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.target import Axis

DWELL = 1.0
"""How long a stay lasts that counts as the first stable one; our default [s]."""

DEADBAND = math.radians(0.5)
"""A tilt smaller than this is on neither side; our default [rad]."""


class Stays(NamedTuple):
    """Stays within the zone.

    Attributes
    ----------
    exits : int
        How often the zone was left.
    longest : float
        The longest stay [s]; 0 when never inside.
    first : float
        When the first stay began that lasted for the dwell time, from the first
        sample on [s]; NaN when none did.
    """

    exits: int
    longest: float
    first: float


class Sides(NamedTuple):
    """How time and tilt are shared between the two sides of one axis.

    Attributes
    ----------
    low, high : float
        Share of the time on the left and right (back and front) side; 0 to 1 [1]. What
        is left of 1 was within the deadband.
    symmetry : float
        ``(high - low) / (high + low)`` of the times; -1 to 1 [1].
    weighted : float
        The same of the tilt summed over time: how far counts too; -1 to 1 [1].
    """

    low: float
    high: float
    symmetry: float
    weighted: float


def zone_stays(
    tilt: NDArray[np.float64],
    rate: float,
    zone: float,
    axis: Axis = "both",
    *,
    t: NDArray[np.float64] | None = None,
    dwell: float = DWELL,
) -> Stays:
    """Return how often the zone was left, the longest stay, and the first long one.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz].
    zone : float
        Largest deviation that counts as inside [rad], itself included.
    axis : {"ml", "ap", "both"}
        As in `Target`.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].
    dwell : float
        How long the first stay has to last [s].

    Returns
    -------
    Stays
        Nothing, 0 and NaN when empty; a NaN sample is not inside. A stay that the end
        of the trial or a gap cuts is as long as was seen, and is no exit. At the
        border noise makes exits of one sample: count them of a filtered tilt only, and
        compare equal filters, zones and lengths.
    """
    inside = deviation(tilt, axis) <= zone
    hold = holds(len(tilt), rate, t, None)
    going_on = hold > 0
    stays = _runs(inside, going_on)
    lasting = np.array([hold[a:b].sum() for a, b in stays])
    left = [b < len(tilt) and bool(going_on[b - 1]) for _, b in stays]
    long = np.flatnonzero(lasting >= dwell - 1e-9)
    times = np.arange(len(tilt)) / rate if t is None else t - t[:1]
    return Stays(
        exits=sum(left),
        longest=float(lasting.max(initial=0.0)),
        first=float(times[stays[long[0]][0]]) if len(long) else math.nan,
    )


def time_beyond(
    tilt: NDArray[np.float64],
    rate: float,
    levels: tuple[float, float],
    axis: Axis = "both",
    t: NDArray[np.float64] | None = None,
) -> float:
    """Return for how long the board lay on an edge, with hysteresis.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz].
    levels : (float, float)
        Deviation at which it begins, and at or below which it ends [rad], as
        `Target.levels` gives them.
    axis : {"ml", "ap", "both"}
        As in `Target`.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [s]; 0 when empty, NaN with NaN samples. `edge_contacts` says how
        often; its pauses for bouncing are not taken off here.
    """
    away = deviation(tilt, axis)
    if bool(np.isnan(away).any()):
        return math.nan
    begin, end = levels
    # what the last sample that decided said; before any, the board was inside
    decided = np.where(away >= begin, 1, np.where(away <= end, -1, 0))
    at = np.maximum.accumulate(np.where(decided != 0, np.arange(len(away)), -1))
    on = (at >= 0) & (decided[np.maximum(at, 0)] > 0)
    return float(holds(len(tilt), rate, t, None)[on].sum())


def sides(
    tilt: NDArray[np.float64],
    rate: float,
    axis: Literal["ml", "ap"] = "ml",
    *,
    t: NDArray[np.float64] | None = None,
    deadband: float = DEADBAND,
) -> Sides:
    """Return how time and tilt are shared between left and right, or back and front.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap"}
        Which axis.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].
    deadband : float
        A tilt of at most this is on neither side [rad].

    Returns
    -------
    Sides
        Symmetry 0 when both sides have the same, 1 all to the right (front), -1 all to
        the left (back); NaN when on neither side. All NaN when no time counts or with
        NaN samples. An error of level decides it: half a degree is much for somebody
        who stays within two. Turned feet and a turned sensor mix the axes.
    """
    x = tilt[:, 0 if axis == "ml" else 1]
    hold = holds(len(tilt), rate, t, None)
    time = float(hold.sum())
    if not time > 0 or bool(np.isnan(x).any()):
        return Sides(math.nan, math.nan, math.nan, math.nan)
    beyond = np.where(np.abs(x) > deadband, x, 0.0)
    low, high = float(hold[beyond < 0].sum()), float(hold[beyond > 0].sum())
    right = float((hold * np.maximum(beyond, 0.0)).sum())
    left = float((hold * np.maximum(-beyond, 0.0)).sum())
    return Sides(low / time, high / time, _balance(low, high), _balance(left, right))


def _balance(low: float, high: float) -> float:
    return (high - low) / (high + low) if low + high > 0 else math.nan


def _runs(
    inside: NDArray[np.bool_], going_on: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Return the runs of samples inside, cut at gaps, as (first, one past the last)."""
    joined = inside[1:] & inside[:-1] & going_on[:-1]
    starts = np.flatnonzero(inside & ~np.append(False, joined)[: len(inside)])
    ends = np.flatnonzero(inside & ~np.append(joined, False)[-len(inside) :]) + 1
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
