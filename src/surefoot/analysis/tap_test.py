"""Sensors shaken or knocked together: how far their clocks are apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.gaps import segments
from surefoot.core import CalibrationError, SignalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Signal = tuple[NDArray[np.float64], NDArray[np.float64]]

LOUD = 3.0
"""What counts as a knock: so far from rest [m/s^2]. Like all here, our default."""
APART = 0.4
"""Knocks closer than this are one [s]."""
REACH = 0.2
"""Clocks further apart than this are not aligned [s]."""
AROUND = 0.25
"""What is compared around a knock, to either side [s]."""
LEAST = 3
"""Knocks needed."""
STEP = 0.001
"""Grid on which the signals are compared [s]."""


@dataclass(frozen=True, slots=True)
class TapFit:
    """How far each clock is behind the first one.

    Attributes
    ----------
    delays : tuple of float
        To be taken from a sensor's times to fit the first one's [s]; 0 for the first.
    residuals : tuple of float
        Standard deviation from knock to knock [s]; 0 for the first.
    taps : int
        Knocks that all of them felt.
    """

    delays: tuple[float, ...]
    residuals: tuple[float, ...]
    taps: int


def align_taps(signals: Sequence[Signal]) -> TapFit:
    """Return how far the clocks of sensors are apart that felt the same knocks.

    Held together, they are knocked on a table or shaken, three times or more. Around
    each knock the length of the acceleration is correlated with that of the first
    sensor, on a grid of 1 ms, the peak refined by a parabola.

    Parameters
    ----------
    signals : sequence of (t, acc)
        For each sensor its times, shape (n,) [s], and accelerations, shape (n, 3)
        [m/s^2]; two or more sensors.

    Returns
    -------
    TapFit
        A tap is shorter than a sample: its delays are good to a few tenths of a
        period at best, which the residuals show. Shaking is better than knocking.

    Raises
    ------
    SignalError
        If there are fewer than two sensors, or arrays that do not fit.
    CalibrationError
        If fewer than three knocks were felt by all.
    """
    if len(signals) < 2:
        msg = f"tap test: expected two sensors or more, got {len(signals)}: add one"
        raise SignalError(msg)
    felt = [_felt(t, acc) for t, acc in signals]
    lags = np.array([_lags(felt, at) for at in _knocks(*felt[0])])
    lags = lags.reshape(-1, len(felt))
    lags = lags[np.isfinite(lags).all(axis=1)]
    if len(lags) < LEAST:
        msg = (
            f"tap test: expected {LEAST} knocks felt by all sensors, got {len(lags)}: "
            "hold them together and shake them three times, a second apart"
        )
        raise CalibrationError(msg)
    middle = np.median(lags, axis=0)
    spread = lags.std(axis=0, ddof=1)
    return TapFit(tuple(middle.tolist()), tuple(spread.tolist()), len(lags))


def _felt(t: NDArray[np.float64], acc: NDArray[np.float64]) -> Signal:
    if acc.shape != (len(t), 3) or len(t) < 10:
        msg = f"tap test: expected times and (n, 3), got {acc.shape}: record longer"
        raise SignalError(msg)
    size = np.sqrt((acc * acc).sum(axis=1))
    return t, np.abs(size - np.median(size))


def _knocks(t: NDArray[np.float64], size: NDArray[np.float64]) -> list[float]:
    """Return the instant of the strongest sample of each knock."""
    loud = np.flatnonzero(size > LOUD)
    parts = segments(t[loud], APART)
    return [float(t[loud[part]][np.argmax(size[loud[part]])]) for part in parts]


def _lags(felt: Sequence[Signal], at: float) -> list[float]:
    grid = np.arange(at - AROUND, at + AROUND, STEP)
    own = np.interp(grid, *felt[0])
    return [0.0, *(_lag(own, grid, signal) for signal in felt[1:])]


def _lag(own: NDArray[np.float64], grid: NDArray[np.float64], other: Signal) -> float:
    """Return how much later the other felt it; NaN when it did not."""
    t, size = other
    reach = round(REACH / STEP)
    wide = np.arange(grid[0] - REACH, grid[-1] + REACH + 1.5 * STEP, STEP)
    heard = np.interp(wide, t, size)[: len(own) + 2 * reach]
    if t[0] > wide[0] or t[-1] < wide[-1] or float(heard.max()) <= LOUD:
        return math.nan
    match = np.correlate(heard, own, "valid")
    best = int(np.argmax(match))
    if best in {0, len(match) - 1}:
        return math.nan
    before, peak, after = match[best - 1 : best + 2].tolist()
    curve = before - 2 * peak + after
    shift = 0.5 * (before - after) / curve if curve < 0 else 0.0
    return (best + shift - reach) * STEP
