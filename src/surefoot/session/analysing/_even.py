"""Whether samples are evenly spaced, and what is done where they are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.gaps import segments
from surefoot.analysis.resampling import WINDOW, swarii

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLACK = 0.2
"""How far a declared time may be from an even grid, in periods. Our default."""
FILLED_MAX = 2
"""So many missing samples in a row are bridged by a line, at 50 Hz or more."""
FILLED_RATE = 50.0
RESAMPLED_RATE = 25.0
"""Grid of uneven samples [Hz]."""
BRIDGED_MAX = 1.0
"""A longer gap is not bridged [s]. Our default."""


_SPARSE = 20
_STEADY = 2.5  # periods; a longer step is a gap in words
_MENDED_MAX = 0.05


@dataclass(frozen=True, slots=True)
class Series:
    """Samples and how they lie in time.

    Attributes
    ----------
    t : ndarray, shape (n,)
        Sample times [s].
    data : ndarray, shape (n, c)
        The samples.
    rate : float
        The rate that the times tell [Hz].
    even : bool
        Whether each sample is one period after the last.
    regular : bool
        Whether each is a whole number of periods after the last.
    filled : int
        How many samples were put in by a line.
    longest : float
        Longest step in time [s].
    longest_at : float
        When it began [s].
    """

    t: NDArray[np.float64]
    data: NDArray[np.float64]
    rate: float
    even: bool
    regular: bool
    filled: int
    longest: float
    longest_at: float

    @property
    def duration(self) -> float:
        """From the first sample to the last [s]."""
        return float(self.t[-1] - self.t[0]) if len(self.t) else 0.0

    @property
    def gap(self) -> str:
        """The longest gap in words, or that the times are uneven."""
        if self.longest * self.rate < _STEADY:
            return "its times are uneven"
        return f"{self.longest:.2f} s without a sample at {self.longest_at:.1f} s"


def series(
    t: NDArray[np.float64],
    data: NDArray[np.float64],
    nominal: float,
    slack: float = SLACK,
) -> Series:
    """Return samples on their grid, with one or two missing ones put back by a line.

    Parameters
    ----------
    t : ndarray, shape (n,)
        Increasing times [s].
    data : ndarray, shape (n, c)
        Samples.
    nominal : float
        Declared rate [Hz], used where there are too few samples to tell.
    slack : float
        How far a time may be from the grid, in periods; infinite where the sensor is
        known to sample evenly and its times are not exact: then only missing samples
        count, a step of one and a half periods being one.
    """
    if len(t) < 3:
        some = len(t) > 0
        return Series(t, data, nominal, some, some, 0, *_longest(t))
    step = float(np.median(np.diff(t)))
    counts = np.maximum(np.rint(np.diff(t) / step), 1.0)
    place = np.concatenate([[0.0], np.cumsum(counts)])
    rate = place[-1] / float(t[-1] - t[0])
    if place[-1] > _SPARSE * len(t):  # the grid would be far larger than the samples
        return Series(t, data, rate, False, False, 0, *_longest(t))
    if np.abs((t - t[0]) * rate - place).max() > slack:
        return Series(t, data, rate, False, False, 0, *_longest(t))
    if counts.max() == 1.0:
        return Series(t, data, rate, True, True, 0, *_longest(t))
    grid = _grid(place, FILLED_MAX if rate >= FILLED_RATE else 0)
    values = np.empty((len(grid), data.shape[1]))
    for i in range(data.shape[1]):
        values[:, i] = np.interp(grid, place, data[:, i])
    times = np.interp(grid, place, t)
    filled = len(grid) - len(t)
    if filled > _MENDED_MAX * len(grid):  # no grid, but samples here and there
        return Series(t, data, rate, False, False, 0, *_longest(t))
    even = len(grid) == place[-1] + 1
    return Series(times, values, rate, even, True, filled, *_longest(t))


def pieces(found: Series) -> list[slice]:
    """Return the stretches of regular samples in which none is missing."""
    return segments(found.t, 1.5 / found.rate) if found.regular else []


def resampled(uneven: Series, window: float = WINDOW) -> Series | None:
    """Return uneven samples on a grid of 25 Hz; None where a gap is too long."""
    if len(uneven.t) < 2 or uneven.longest > BRIDGED_MAX:
        return None
    rate = RESAMPLED_RATE
    found = swarii(uneven.t, uneven.data, rate, window)
    filled = int(found.filled.sum())
    longest = (uneven.longest, uneven.longest_at)
    return Series(found.t, found.data, rate, True, True, filled, *longest)


def _grid(place: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    """Return the places to have a sample: all but those in gaps longer than that."""
    wanted = np.ones(int(place[-1]) + 1, dtype=np.bool_)
    for i in np.flatnonzero(np.diff(place) > most + 1):
        wanted[int(place[i]) + 1 : int(place[i + 1])] = False
    return np.flatnonzero(wanted).astype(np.float64)


def _longest(t: NDArray[np.float64]) -> tuple[float, float]:
    if len(t) < 2:
        return 0.0, 0.0
    steps = np.diff(t)
    at = int(np.argmax(steps))
    return float(steps[at]), float(t[at])
