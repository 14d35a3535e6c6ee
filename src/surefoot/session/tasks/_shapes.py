"""Values that every task of one signal can give, from all its samples."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import rotate, rotation_from_up, smooth, sway
from surefoot.analysis.gaps import segments
from surefoot.analysis.orientation import ACC
from surefoot.analysis.proprioception import (
    circle_evenness,
    circles,
    motion_range,
    roundness,
)
from surefoot.analysis.target import HOLD
from surefoot.analysis.trunk_sway import CUTOFF as TRUNK_CUTOFF
from surefoot.analysis.trunk_sway import tilt_corrected, trunk_sway
from surefoot.stream.sway_meter import SWAY_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from surefoot.core import Block

HEIGHT = 1.70
"""Body height where nobody told it [m]. Our default; it is said beside values."""


def plane(dot: Block) -> Block:
    """Return the two columns that move the dot."""
    if dot.data.shape[1] == 2:
        return dot
    info = dot.info
    two = replace(info, channels=info.channels[:2], units=info.units[:2])
    return dot.with_data(np.ascontiguousarray(dot.data[:, :2]), two)


def lean_values(dot: Block) -> dict[str, float]:
    """Return the angles of a body that leans, about their own mean.

    NaN without samples. Filtered as the dot is; the final values are not.
    """
    if not len(dot):
        return {}
    lean = dot.data[:, :2] - dot.data[:, :2].mean(axis=0)
    rms_ml, rms_ap = np.sqrt((lean * lean).mean(axis=0)).tolist()
    range_ml, range_ap = np.ptp(lean, axis=0).tolist()
    steps = np.diff(lean, axis=0)[np.diff(dot.t) <= HOLD]
    return {
        "trunk_angle_rms": float(np.sqrt((lean * lean).sum(axis=1).mean())),
        "trunk_angle_rms_ml": rms_ml,
        "trunk_angle_rms_ap": rms_ap,
        "trunk_angle_range_ml": range_ml,
        "trunk_angle_range_ap": range_ap,
        "trunk_angle_path": float(np.sqrt((steps * steps).sum(axis=1)).sum()),
    }


def body_values(dot: Block, asked: Iterable[str]) -> dict[str, float]:
    """Return the angles of a body that leans, and what else is asked for and known.

    Measures of the pelvis come from the lean; those of the acceleration of the trunk
    where the dot's stream carries it (``acc_x`` ...), low-passed as for the final
    values.
    """
    values, wanted = lean_values(dot), set(asked)
    if len(dot) < 2:
        return values
    lean = np.ascontiguousarray(dot.data[:, :2])
    ml, ap = motion_range(lean)
    pelvis = {
        "pelvis_range_ml": ml,
        "pelvis_range_ap": ap,
        "pelvis_circles": circles(lean),
        "pelvis_roundness": roundness(lean),
        "pelvis_circle_evenness": circle_evenness(lean),
    }
    values |= {name: value for name, value in pelvis.items() if name in wanted}
    return values | _trunk_values(dot)


def _trunk_values(dot: Block) -> dict[str, float]:
    whole = even(dot) if set(ACC) <= set(dot.info.channels) else None
    if whole is None or len(whole) < dot.info.rate:
        return {}
    acc = whole[:, dot.info.columns(*ACC)]
    mean = acc.mean(axis=0)
    if not (np.isfinite(mean).all() and mean.any()):
        return {}
    rate = dot.info.rate
    upright = smooth(rotate(rotation_from_up(mean), acc), rate, TRUNK_CUTOFF, 4)
    found = trunk_sway(tilt_corrected(upright)[:, :2], rate)
    return {
        "trunk_jerk": found.jerk,
        "trunk_jerk_rate": found.jerk_rate,
        "trunk_mean_distance": found.distance,
        "trunk_rms": found.rms,
        "trunk_path": found.path,
        "trunk_ellipse_area": found.ellipse_area,
    }


def cop_values(dot: Block, asked: Iterable[str]) -> dict[str, float]:
    """Return the sway of a centre of pressure: the usual names, and those asked for.

    Nothing with fewer than two samples.
    """
    if len(dot) < 2:
        return {}
    plane = np.ascontiguousarray(dot.data[:, :2])
    whole = len(segments(dot.t, HOLD)) == 1
    values = sway.core_set(plane, dot.info.rate, None if whole else dot.t)
    wanted = {*SWAY_UNITS, *asked}
    return {name: value for name, value in values.items() if name in wanted}


def even(dot: Block) -> NDArray[np.float64] | None:
    """Return all columns at even times, None where more than 0.2 s are missing.

    Missing samples of up to that are put in by a line. Empty without samples.
    """
    if len(dot) < 2:
        return dot.data
    if float(np.diff(dot.t).max()) > HOLD:
        return None
    rate = dot.info.rate
    count = int((float(dot.t[-1]) - float(dot.t[0])) * rate + 1e-6) + 1
    return on_grid(dot.data, dot.t, dot.t[0] + np.arange(count) / rate)


def on_grid(
    x: NDArray[np.float64], t: NDArray[np.float64], grid: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return each column of ``x`` at other times, by a line between samples."""
    columns = np.empty((len(grid), x.shape[1]))
    for i in range(x.shape[1]):
        columns[:, i] = np.interp(grid, t, x[:, i])
    return columns
