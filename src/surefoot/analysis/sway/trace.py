"""A centre of pressure with what its measures share, each worked out once."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from surefoot.analysis.sway._outline import diameter, outline
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Direction = Literal["ml", "ap"]
GAP = 0.2
"""A step in time longer than this is a gap: no path, no area, no time [s]."""

_NOTHING = np.full((2, 2), math.nan)


class Trace:
    """A centre of pressure (CoP); give it to a measure in place of the array.

    Measures of one trial share their means, steps and hull through it, which is what
    makes `core_set` cheap. Nothing is filtered and nothing is resampled.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure, columns ML and AP (right and forward positive) [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times, strictly increasing, where they are not uniform [s]. Speeds are
        then taken over the actual steps, steps longer than 0.2 s count neither as
        path nor as time, and each sample weighs half the time to its neighbours. At a
        gap and at the ends the nearer neighbour counts on both sides, so that uniform
        times give what no times give.

    Attributes
    ----------
    known : bool
        Whether there is something to measure.
    n : int
        How many samples came.
    rate : float
        Sampling rate [Hz].

    Raises
    ------
    SignalError
        Wrong shape, a rate that is not positive, times that do not increase.

    Notes
    -----
    With fewer than two samples, or with one that is not finite, there is nothing to
    measure: the samples become NaN, and so does every measure.
    """

    def __init__(
        self,
        cop: NDArray[np.float64],
        rate: float,
        t: NDArray[np.float64] | None = None,
    ) -> None:
        cop = np.asarray(cop, dtype=np.float64)
        _check(cop, rate, t)
        known = len(cop) >= 2 and bool(np.isfinite(cop).all())
        self.known = known
        self.n = len(cop)
        self.rate = rate
        self._t = t if known else None
        # contiguous: sums must not depend on how the caller stored the samples
        self._columns = np.ascontiguousarray(cop.T if known else _NOTHING)

    @cached_property
    def uniform(self) -> bool:
        """Whether the samples are known, each one period after the last to a tenth."""
        if self._t is None:
            return self.known
        return bool(np.abs(np.diff(self._t) * self.rate - 1).max() < 0.1)

    @cached_property
    def mean(self) -> tuple[float, float]:
        """Where the centre of pressure was, on average [m]."""
        ml, ap = self._columns
        return self.average(ml), self.average(ap)

    @cached_property
    def ml(self) -> NDArray[np.float64]:
        """ML about its mean, shape (n,) [m]."""
        return self._columns[0] - self.mean[0]

    @cached_property
    def ap(self) -> NDArray[np.float64]:
        """AP about its mean, shape (n,) [m]."""
        return self._columns[1] - self.mean[1]

    @cached_property
    def radius(self) -> NDArray[np.float64]:
        """Distance from the mean CoP, shape (n,) [m]."""
        return np.sqrt(self.ml * self.ml + self.ap * self.ap)

    @cached_property
    def covariance(self) -> tuple[float, float, float]:
        """Variance ML, variance AP and covariance, divided by n [m^2]."""
        ml, ap = self.ml, self.ap
        return self.average(ml * ml), self.average(ap * ap), self.average(ml * ap)

    @cached_property
    def dt(self) -> NDArray[np.float64]:
        """Time of each step that counts [s]."""
        if self._t is None:
            return np.full(len(self.ml) - 1, 1.0 / self.rate)
        return np.diff(self._t)[self._counted]

    @cached_property
    def duration(self) -> float:
        """Time from the first sample to the last, ``(n - 1) / rate``, less gaps [s]."""
        if self._t is None:
            return (self.n - 1) / self.rate
        return float(self.dt.sum())

    @cached_property
    def steps(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Steps ML and AP that count [m]."""
        ml, ap = np.diff(self.ml), np.diff(self.ap)
        if self._t is None:
            return ml, ap
        return ml[self._counted], ap[self._counted]

    @cached_property
    def path(self) -> NDArray[np.float64]:
        """Length of each step that counts [m]."""
        ml, ap = self.steps
        return np.sqrt(ml * ml + ap * ap)

    @cached_property
    def triangles(self) -> NDArray[np.float64]:
        """Twice the area that each counted step sweeps about the mean CoP [m^2]."""
        ml, ap = self.ml, self.ap
        swept = np.abs(ml[:-1] * ap[1:] - ml[1:] * ap[:-1])
        return swept if self._t is None else swept[self._counted]

    @cached_property
    def hull(self) -> NDArray[np.float64]:
        """Corners of the convex hull, counter-clockwise, shape (k, 2) [m]."""
        return outline(np.column_stack([self.ml, self.ap]))

    @cached_property
    def diameter(self) -> float:
        """Largest distance between two positions [m]."""
        return diameter(self.hull)

    @cached_property
    def velocity_deviation(self) -> tuple[float, float]:
        """Standard deviation of the velocity ML and AP, ddof 0 [m/s]."""
        ml, ap = (self._deviation(steps) for steps in self.steps)
        return ml, ap

    def along(self, axis: Direction) -> NDArray[np.float64]:
        """Return one axis about its mean [m]."""
        return self.ml if axis == "ml" else self.ap

    def steps_along(self, axis: Direction) -> NDArray[np.float64]:
        """Return the counted steps of one axis [m]."""
        return self.steps[0 if axis == "ml" else 1]

    def average(self, values: NDArray[np.float64]) -> float:
        """Return the mean of one value per sample, each over its own time."""
        if self._weights is None:
            return float(values.mean())
        return float((values * self._weights).sum())

    def _deviation(self, steps: NDArray[np.float64]) -> float:
        time = self.duration
        off = steps - self.dt * ratio(float(steps.sum()), time)
        return math.sqrt(ratio(float((off * off / self.dt).sum()), time))

    @cached_property
    def _counted(self) -> NDArray[np.bool_]:
        assert self._t is not None
        return np.diff(self._t) <= GAP

    @cached_property
    def _weights(self) -> NDArray[np.float64] | None:
        if self._t is None:
            return None
        step = np.where(self._counted, np.diff(self._t), math.nan)
        before, after = np.append(math.nan, step), np.append(step, math.nan)
        before = np.where(np.isnan(before), after, before)
        after = np.where(np.isnan(after), before, after)
        time = (before + after) / 2
        time[np.isnan(time)] = 1.0 / self.rate  # alone between two gaps
        return time / time.sum()


Cop: TypeAlias = "NDArray[np.float64] | Trace"


def as_trace(cop: Cop, rate: float, t: NDArray[np.float64] | None = None) -> Trace:
    """Return the trace of these samples; a trace is returned as it is.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m]. A trace keeps its own rate and times.
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    Trace
        See there for what is refused.
    """
    return cop if isinstance(cop, Trace) else Trace(cop, rate, t)


def ratio(above: float, below: float) -> float:
    """Return the quotient, NaN where it is not defined (0 or NaN below)."""
    return above / below if below != 0 else math.nan


def _check(
    cop: NDArray[np.float64], rate: float, t: NDArray[np.float64] | None
) -> None:
    if cop.ndim != 2 or cop.shape[1] != 2:
        msg = f"sway: expected cop of shape (n, 2), got {cop.shape}: give ML, AP in m"
        raise SignalError(msg)
    if not (math.isfinite(rate) and rate > 0):
        msg = f"sway: expected a rate above 0 Hz, got {rate}: give samples per second"
        raise SignalError(msg)
    if t is not None and (t.shape != cop.shape[:1] or not (np.diff(t) > 0).all()):
        msg = (
            f"sway: expected {len(cop)} increasing times, got {t.shape} or a step of 0 "
            "or less: drop repeated samples first"
        )
        raise SignalError(msg)
