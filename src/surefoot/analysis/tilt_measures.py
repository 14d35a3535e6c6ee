"""The tilt measures of one trial, final."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import tilt as measure
from surefoot.analysis.target import HOLD
from surefoot.core import Measure

if TYPE_CHECKING:
    from surefoot.analysis.target import Target
    from surefoot.core import Block

UNITS: dict[str, str] = {
    "tilt_rms": "rad",
    "tilt_rms_ml": "rad",
    "tilt_rms_ap": "rad",
    "tilt_mean_speed": "rad/s",
    "tilt_max": "rad",
    "tilt_p80": "rad",
    "time_in_zone": "1",
    "edge_contacts": "1",
}
"""Every tilt measure with its unit, in the order in which they are given."""


def tilt_measures(
    tilt: Block, start: float, end: float, target: Target
) -> tuple[Measure, ...]:
    """Return the tilt measures of the samples in ``[start, end)``.

    Parameters
    ----------
    tilt : Block
        ml and ap [rad]; samples outside the interval are not used.
    start, end : float
        The trial [s].
    target : Target
        Zone, axis and edges.

    Returns
    -------
    tuple of Measure
        One of each name in `UNITS`; ``edge_contacts`` only when the edges are known.
        Flags: ``GAP`` when more than 0.2 s are without a sample, ``TOO_SHORT`` (and
        NaN) with fewer than two samples.
    """
    part = tilt.between(start, end)
    data, t, rate = part.data, part.t, part.info.rate
    axis, edges = target.axis, target.edges
    values: dict[str, float] = {
        "tilt_rms": measure.tilt_rms(data, rate),
        "tilt_rms_ml": measure.tilt_rms(data, rate, "ml"),
        "tilt_rms_ap": measure.tilt_rms(data, rate, "ap"),
        "tilt_mean_speed": measure.mean_speed(data, rate, t),
        "tilt_max": measure.percentile(data, rate, 100.0, axis),
        "tilt_p80": measure.percentile(data, rate, 80.0, axis),
        "time_in_zone": measure.time_in_zone(
            data - target.at, rate, target.zone, axis, t=t, end=end
        ),
    }
    if edges is not None:
        values["edge_contacts"] = float(measure.edge_contacts(data, rate, target, t))
    gap = float(np.diff([start, *t.tolist(), end]).max()) > HOLD
    return told(values, (start, end), part.info.name, samples=len(part), gap=gap)


def told(
    values: dict[str, float],
    interval: tuple[float, float],
    stream: str,
    *,
    samples: int,
    gap: bool,
) -> tuple[Measure, ...]:
    """Return these values as measures, flagged; NaN where there are too few samples."""
    short = samples < 2
    flags = (("GAP",) if gap else ()) + (("TOO_SHORT",) if short else ())
    return tuple(
        Measure(
            name, math.nan if short else value, UNITS[name], *interval, stream, flags
        )
        for name, value in values.items()
    )
