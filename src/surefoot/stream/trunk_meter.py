"""Sway of the trunk over the last seconds, from its accelerations."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.alignment import rotation_from_up
from surefoot.analysis.orientation import ACC, columns
from surefoot.analysis.rotation import rotate
from surefoot.analysis.trunk_sway import tilt_corrected, trunk_sway
from surefoot.stream.lowpass import Lowpass
from surefoot.stream.window_meter import GAP, WINDOW, WindowMeter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Block, Measure

CUTOFF, ORDER = 3.5, 4
"""Low-pass as for the final values, but causal [Hz]."""

TRUNK_UNITS = {
    "trunk_jerk": "m^2/s^5",
    "trunk_jerk_rate": "m^2/s^6",
    "trunk_mean_distance": "m/s^2",
    "trunk_path": "m/s^2",
}
"""What `TrunkMeter` gives, with units, in this order."""
_MISSING = 1.5  # periods; a longer step has a missing sample in it


class TrunkMeter:
    """Measures how the trunk was accelerated in the last seconds, every second.

    Jerk, jerk per second, mean distance and path of the horizontal acceleration, by the
    formulas of `surefoot.analysis.trunk_sway`; when they are due and how they are
    flagged is said at `WindowMeter`. The mean acceleration of the window is taken for
    up, so the sensor may sit turned on the belt, and nothing with a side is given.

    The formulas need even samples: missing ones of up to 0.2 s are put in by a line,
    which makes jerk a little less; with a longer gap the values are NaN.

    Parameters
    ----------
    window : float
        Its length [s].
    start : float
        Samples before this are not used [s]; they do settle the low-pass.
    """

    def __init__(self, window: float = WINDOW, start: float = -math.inf) -> None:
        self._lowpass = Lowpass(CUTOFF, ORDER)
        self._meter = WindowMeter(_sway, TRUNK_UNITS, window, start)

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._lowpass.reset()
        self._meter.reset()

    def feed(self, imu: Block) -> list[Measure]:
        """Take calibrated samples with ``acc_x`` ..., return what is now due."""
        info = replace(imu.info, channels=ACC, units=("m/s^2",) * 3)
        acc = imu.with_data(np.ascontiguousarray(columns(imu, ACC)), info)
        return self._meter.feed(self._lowpass.feed(acc))


def _sway(window: Block) -> dict[str, float]:
    acc = _even(window)
    mean = acc.mean(axis=0)
    if not (np.isfinite(mean).all() and mean.any()):
        return {}
    upright = rotate(rotation_from_up(mean), acc)
    found = trunk_sway(tilt_corrected(upright)[:, :2], window.info.rate)
    return {
        "trunk_jerk": found.jerk,
        "trunk_jerk_rate": found.jerk_rate,
        "trunk_mean_distance": found.distance,
        "trunk_path": found.path,
    }


def _even(window: Block) -> NDArray[np.float64]:
    """Return even samples; NaN where a gap is too long to put any in."""
    t, data, rate = window.t, window.data, window.info.rate
    longest = float(np.diff(t).max())
    if longest <= _MISSING / rate:
        return np.ascontiguousarray(data)
    if longest > GAP:
        return np.full_like(data, math.nan)
    count = round(float(t[-1] - t[0]) * rate) + 1
    grid: NDArray[np.float64] = np.linspace(float(t[0]), float(t[-1]), count)
    filled = np.empty((count, data.shape[1]))
    for i in range(data.shape[1]):
        filled[:, i] = np.interp(grid, t, data[:, i])
    return filled
