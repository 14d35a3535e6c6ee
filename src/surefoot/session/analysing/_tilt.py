"""Tilt of a board about its level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import segments, smooth, tilt_from_up, tilt_measures
from surefoot.analysis.orientation import GAP, tilt_info
from surefoot.analysis.registry import Need, Supply
from surefoot.analysis.stays import DEADBAND, DWELL, sides, time_beyond, zone_stays
from surefoot.session.analysing._filters import lowpass_told
from surefoot.session.analysing._material import BOARD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis import Target
    from surefoot.analysis.pipeline import Pipeline
    from surefoot.core import Block
    from surefoot.session.analysing._findings import Findings, Part
    from surefoot.session.analysing._spans import Span, Ups

CUTOFF = 6.0
"""Zero-phase low-pass of tilt [Hz]."""
_NO_SIDES = (
    "needs a level: about the interval's own median both sides are alike by definition"
)
ORDER = 2


def tilt_of(ups: Ups, role: str, rotation: NDArray[np.float64]) -> Block | None:
    """Return the final tilt of what carries a sensor, as `offline_tilt` gives it."""
    return ups.once((role, rotation.tobytes()), lambda: _tilt_of(ups, role, rotation))


def _tilt_of(ups: Ups, role: str, rotation: NDArray[np.float64]) -> Block | None:
    imu, up = ups.imu(role), ups.up(role)
    if imu is None or up is None:
        return None
    tilt = tilt_from_up(up.data, rotation)
    for run in segments(imu.t, GAP):
        tilt[run] = smooth(tilt[run], imu.info.rate, CUTOFF, ORDER)
    return imu.with_data(tilt, tilt_info(imu.info))


def tilt(findings: Findings, span: Span, ups: Ups, part: Part) -> None:
    """Give the tilt measures of one span."""
    if span.rotation is None or span.target is None:
        return
    moved = tilt_of(ups, BOARD, span.rotation)
    if moved is None:
        return
    needs = {Need.TILT}
    needs |= {Need.TARGET} if span.drilled else set()
    needs |= {Need.EDGES} if span.target.edges is not None else set()
    supply = Supply(frozenset(needs), span.end - span.start, moved.info.rate)
    own = replace(part, supply=supply, pipeline=pipeline(part.pipeline, span))
    found = tilt_measures(moved, span.start, span.end, span.target)
    findings.take(found, own)
    _stays(findings, moved.between(span.start, span.end), span, span.target, own)


def _stays(
    findings: Findings, inside: Block, span: Span, target: Target, part: Part
) -> None:
    """Give stays in the zone, time on the edges, and the share of each side."""
    t, data, rate = inside.t, inside.data, inside.info.rate
    stays = zone_stays(data - target.at, rate, target.zone, target.axis, t=t)
    values = {
        "zone_exits": float(stays.exits),
        "zone_longest_stay": stays.longest,
        "zone_first_stay": stays.first,
    }
    if target.edges is not None:
        values["edge_time"] = _edge_time(inside, target)
    never = f"never in the zone for {DWELL:g} s"
    findings.give(values, part, {"zone_first_stay": never})
    ml, ap = (sides(data, rate, axis, t=t) for axis in ("ml", "ap"))
    shares = {
        "tilt_share_left": ml.low,
        "tilt_share_right": ml.high,
        "tilt_share_back": ap.low,
        "tilt_share_front": ap.high,
        "tilt_symmetry_ml": ml.symmetry,
        "tilt_symmetry_ap": ap.symmetry,
        "tilt_symmetry_weighted_ml": ml.weighted,
        "tilt_symmetry_weighted_ap": ap.weighted,
    }
    if span.levelled:
        degrees = np.degrees(DEADBAND)
        within = dict.fromkeys(shares, f"never tilted by more than {degrees:g} degrees")
        findings.give(shares, part, within)
    else:
        findings.refuse(shares, part.run + _NO_SIDES)


def _edge_time(inside: Block, target: Target) -> float:
    rate, t = inside.info.rate, inside.t
    if target.axis == "both":
        levels = target.levels("left")
        return time_beyond(inside.data, rate, levels, t=t)
    column, (low, high) = (
        (0, ("left", "right")) if target.axis == "ml" else (1, ("back", "front"))
    )
    total = 0.0
    for sign, side in ((-1.0, low), (1.0, high)):
        one = np.zeros_like(inside.data)
        one[:, column] = np.maximum(sign * inside.data[:, column], 0.0)
        total += time_beyond(one, rate, target.levels(side), target.axis, t)
    return total


def pipeline(base: Pipeline, span: Span) -> Pipeline:
    """Return the pipeline of tilt of a span."""
    level = "level from both edges" if span.levelled else "the interval's own median"
    told = lowpass_told(base.rate, CUTOFF, ORDER)
    return replace(base, filter=told, level=level)
