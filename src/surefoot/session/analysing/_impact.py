"""Coming to rest after a step down, a push or a kerb that somebody marked."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import smooth
from surefoot.analysis.registry import Need, Supply
from surefoot.analysis.stabilisation import (
    band_time,
    first_peak,
    overshoot,
    polynomial_time,
    range_of_variation,
    sequential_time,
    settling_time,
)
from surefoot.session.analysing._filters import lowpass_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from surefoot.core import Marker
    from surefoot.session.analysing._angle import Movement
    from surefoot.session.analysing._findings import Findings, Part

MARKED = frozenset({"impact", "kerb", "perturbation", "push", "step-down"})
"""Labels of a marker that say that somebody was put off balance."""
AFTER = 10.0
"""So much is looked at after it, at most [s]. Our default."""
BAND = math.radians(5.0)
"""An angular rate below this counts as still [rad/s]. Our default."""
CUTOFF = 6.0


def impacts(markers: Iterable[Marker], start: float, end: float) -> list[float]:
    """Return the instants within an interval that were marked as an impact [s]."""
    return [
        marker.t
        for marker in markers
        if marker.label.strip().lower().replace(" ", "-") in MARKED
        and start <= marker.t < end
    ]


def stabilised(
    findings: Findings, moved: Movement, marked: list[float], part: Part
) -> None:
    """Give the measures of stabilisation after each impact.

    Parameters
    ----------
    findings : Findings
        Takes them.
    moved : Movement
        The angle that swings, of the trunk, or of the board where there is no other.
    marked : list of float
        When the impacts were [s].
    part : Part
        Pipeline and flags before anything was done.
    """
    found = moved.found
    told = lowpass_told(found.rate, CUTOFF, 2)
    told += f"; band {math.degrees(BAND):g} deg/s of the rate"
    pipeline = replace(part.pipeline, rate=found.rate, filter=told)
    pipeline = replace(pipeline, level="the end of each swing")
    part = replace(part, pipeline=pipeline, gap="" if found.even else found.gap)
    needs = frozenset({Need.IMPACT})
    for start, following in pairwise([*marked, part.end]):
        first, last = np.searchsorted(found.t, [start, min(following, start + AFTER)])
        swing = slice(int(first), int(last))
        length = (swing.stop - swing.start) / found.rate
        supply = Supply(needs, length, found.rate, found.even)
        end = min(start + length, part.end)  # a sample less than a period before it
        own = replace(part, start=start, end=end, supply=supply)
        findings.give(_after(moved, swing), replace(own, run=f"at {start:.1f} s: "))


def _after(moved: Movement, swing: slice) -> dict[str, float]:
    rate = moved.found.rate
    angle = _lowpassed(moved.angle, rate)[swing]
    turning = moved.velocity
    if turning is None:
        turning = np.gradient(_lowpassed(moved.angle, rate)) * rate
    peak = first_peak(angle, rate)
    return {
        "stabilisation_sequential_time": sequential_time(angle, rate),
        "stabilisation_polynomial_time": polynomial_time(angle, rate),
        "stabilisation_band_time": band_time(turning[swing], rate, BAND),
        "stabilisation_settling_time": settling_time(angle, rate),
        "stabilisation_peak_time": peak.time,
        "stabilisation_peak": peak.value,
        "stabilisation_overshoot": overshoot(angle, rate),
        "stabilisation_variation": range_of_variation(angle, rate),
    }


def _lowpassed(angle: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    return smooth(angle[:, np.newaxis], rate, CUTOFF)[:, 0]
