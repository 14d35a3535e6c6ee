"""Fits a sensor's clock to the host's, offline, from counters and reception times.

``host = offset + period * n`` with n the unwrapped sample counter: never the arrival
time itself, and never the place in the file with losses ignored (jitter of 77 ms
against 0.1 ms on a simulated BLE link). Delivery only ever adds delay:

* `huber_line` follows the usual delay. For aligning sensors with each other.
* `lower_envelope` follows the least delay. For the time since something happened.

Packets leave at the radio's own beat (15 to 50 ms). Where it is nearly a whole fraction
of the time between packets, both lines follow the beat until the two have slipped by
one interval: on the simulated link 2 ms over the first two minutes.

The live twin is `surefoot.devices.clock.ClockFit`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

PAUSE = 1.0
"""A clock that falls behind by more than this and stays there had stopped [s]."""
STAY = 3.0
"""So long it must stay behind; a radio that stalled catches up [s]."""

_TUNING = 1.345  # 95 % as good as least squares where errors are normal


@dataclass(frozen=True, slots=True)
class ClockLine:
    """Host time of a sample: ``offset + period * n``.

    Attributes
    ----------
    offset : float
        Host time of sample 0 [s].
    period : float
        Host seconds from one sample to the next.
    """

    offset: float
    period: float

    def at(self, n: ArrayLike) -> NDArray[np.float64]:
        """Return the host time of samples [s]."""
        return self.offset + self.period * np.asarray(n, dtype=np.float64)

    @property
    def rate(self) -> float:
        """Samples a host second [Hz]."""
        return 1.0 / self.period


def huber_line(n: ArrayLike, arrival: ArrayLike) -> ClockLine:
    """Return the line through reception times that late packets hardly move.

    Huber's estimate by reweighted least squares: residuals beyond 1.345 robust standard
    deviations (1.4826 times the median distance from the median) weigh less.

    Parameters
    ----------
    n : array_like, shape (m,)
        Unwrapped counter of each packet's newest sample, lost ones counted in.
    arrival : array_like, shape (m,)
        Host time of reception [s].

    Returns
    -------
    ClockLine
        NaN with fewer than two packets, one counter value, or NaN. Later than the
        truth by the usual delay (27 ms on a simulated link with 30 ms intervals), with
        0.1 ms of jitter and a rate within 1.2 ppm after ten minutes.

    Raises
    ------
    SignalError
        If the two are not of one shape (m,).

    Notes
    -----
    Huber PJ (1964), doi:10.1214/aoms/1177703732.
    """
    x, y = _pair(n, arrival)
    if not _determined(x, y):
        return ClockLine(math.nan, math.nan)
    x0, y0 = float(x.mean()), float(y.mean())
    u, v = x - x0, y - y0
    weights = np.ones(len(u))
    line = (0.0, 0.0)
    for _ in range(100):
        before, line = line, _weighted(u, v, weights)
        residual = np.abs(v - line[0] - line[1] * u)
        scale = 1.4826 * float(np.median(residual))
        if scale <= 1e-12 or _same(before, line, float(np.abs(u).max())):
            break
        weights = np.minimum(1.0, _TUNING * scale / np.maximum(residual, 1e-300))
    level, period = line
    return ClockLine(y0 + level - period * x0, period)


def lower_envelope(n: ArrayLike, arrival: ArrayLike) -> ClockLine:
    """Return the line under all reception times that touches them nearest the middle.

    The edge of the lower convex hull of (n, arrival) that spans the mean of n.

    Parameters
    ----------
    n : array_like, shape (m,)
        As `huber_line`, increasing.
    arrival : array_like, shape (m,)
        Host time of reception [s].

    Returns
    -------
    ClockLine
        NaN as `huber_line`. Later than the truth by the least delay (5 ms on the same
        simulated link), 0.1 ms of jitter, rate within 1.6 ppm after ten minutes.
        One packet that seems to come too early spoils it: drop host clock steps first.

    Raises
    ------
    SignalError
        If the two are not of one shape (m,).
    """
    x, y = _pair(n, arrival)
    if not _determined(x, y):
        return ClockLine(math.nan, math.nan)
    x0, y0 = float(x.mean()), float(y.mean())
    hull = _lower_hull(list(zip((x - x0).tolist(), (y - y0).tolist(), strict=True)))
    for (a, b), (c, d) in pairwise(hull):
        if a <= 0.0 <= c:
            period = (d - b) / (c - a)
            return ClockLine(y0 + b - period * (a + x0), period)
    return ClockLine(math.nan, math.nan)


def pauses(
    n: ArrayLike, arrival: ArrayLike, period: float, limit: float = PAUSE
) -> list[int]:
    """Return the packets before which the sensor's clock had stopped, or begun anew.

    A packet later than the one before by more than ``limit`` counts only if all packets
    of the next 3 s stay behind by as much: a stalled radio catches up, a stopped clock
    does not. A counter that steps back began anew.

    Parameters
    ----------
    n : array_like, shape (m,)
        As `huber_line`.
    arrival : array_like, shape (m,)
        Host time of reception [s].
    period : float
        Nominal seconds from one sample to the next.
    limit : float
        [s]

    Returns
    -------
    list of int
        Places in ``n``, increasing.

    Raises
    ------
    SignalError
        If the two are not of one shape (m,), or the period is not positive.
    """
    x, y = _pair(n, arrival)
    if not 0 < period < math.inf:
        msg = f"pauses: expected a positive period [s], got {period}: give the nominal"
        raise SignalError(msg)
    delay = y - period * x
    late = np.diff(delay) > limit
    anew = np.diff(x) < 0
    found = np.flatnonzero(late | anew) + 1
    return [i for i in found.tolist() if anew[i - 1] or _stays(y, delay, i, limit)]


def fit_clock(
    n: ArrayLike,
    arrival: ArrayLike,
    period: float,
    method: Literal["huber", "envelope"] = "huber",
) -> list[tuple[slice, ClockLine]]:
    """Return one line for each run of packets between two pauses.

    Parameters
    ----------
    n, arrival : array_like, shape (m,)
        As `huber_line`.
    period : float
        Nominal seconds from one sample to the next; for finding pauses only.
    method : {"huber", "envelope"}
        Which line.

    Returns
    -------
    list of (slice, ClockLine)
        In order, together all packets; empty when there are none. A line more than 2 %
        off the nominal period is not a clock: it is NaN.

    Raises
    ------
    SignalError
        As `pauses`.
    """
    x, y = _pair(n, arrival)
    line = huber_line if method == "huber" else lower_envelope
    edges = [0, *pauses(x, y, period), len(x)]
    runs = [slice(a, b) for a, b in pairwise(edges) if b > a]
    return [(run, _plausible(line(x[run], y[run]), period)) for run in runs]


def _plausible(line: ClockLine, period: float) -> ClockLine:
    near = abs(line.period / period - 1.0) <= 0.02
    return line if near else ClockLine(math.nan, math.nan)


def _stays(
    y: NDArray[np.float64], delay: NDArray[np.float64], i: int, limit: float
) -> bool:
    until = int(np.searchsorted(y, float(y[i]) + STAY, side="right"))
    since = int(np.searchsorted(y, float(y[i - 1]) - STAY))
    after: NDArray[np.float64] = delay[i:until]
    before: NDArray[np.float64] = delay[since:i]
    return float(after.min()) - float(before.min()) > limit


def _weighted(
    u: NDArray[np.float64], v: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    total = float(weights.sum())
    mu, mv = float((weights * u).sum()) / total, float((weights * v).sum()) / total
    du = u - mu
    period = float((weights * du * (v - mv)).sum() / (weights * du * du).sum())
    return mv - period * mu, period


def _same(a: tuple[float, float], b: tuple[float, float], reach: float) -> bool:
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) * reach < 1e-9


def _lower_hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) > 1 and _above(hull[-2], hull[-1], x, y):
            hull.pop()
        hull.append((x, y))
    return hull


def _above(
    first: tuple[float, float], second: tuple[float, float], x: float, y: float
) -> bool:
    """Return whether the second point lies on or above the line to the third."""
    (a, b), (c, d) = first, second
    return (c - a) * (y - b) <= (d - b) * (x - a)


def _determined(x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    return len(x) > 1 and bool(np.isfinite(x + y).all()) and bool(np.ptp(x) > 0)


def _pair(
    n: ArrayLike, arrival: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.asarray(n, dtype=np.float64), np.asarray(arrival, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        msg = (
            f"clock: expected counters and times of one shape (m,), got {x.shape} and "
            f"{y.shape}: give one pair a packet"
        )
        raise SignalError(msg)
    return x, y
