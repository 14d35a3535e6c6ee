"""The pelvis of a person who moves it on purpose, sitting on a ball."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.analysis import rotate, segments, smooth, tilt_from_up
from surefoot.analysis.orientation import GAP
from surefoot.analysis.proprioception import (
    circle_evenness,
    circles,
    motion_range,
    roundness,
)
from surefoot.analysis.registry import Need, Supply
from surefoot.session.analysing._filters import lowpass_told
from surefoot.session.analysing._tilt import CUTOFF, ORDER
from surefoot.session.analysing._trunk import across, facing

if TYPE_CHECKING:
    from surefoot.session.analysing._findings import Findings, Part
    from surefoot.session.analysing._spans import Span, Ups

PELVIS = "pelvis"


def pelvis(findings: Findings, span: Span, ups: Ups, part: Part) -> None:
    """Give range, circles and their shape in one span."""
    up = ups.up(PELVIS)
    inside = None if up is None else up.between(span.start, span.end)
    if inside is None or len(inside) < 3:
        return
    sensor = ups.material.setup.sensors[PELVIS]
    turn, known, assumed = facing(inside, sensor)
    tilt = tilt_from_up(rotate(turn, inside.data), _SAME)
    for run in segments(inside.t, GAP):
        tilt[run] = smooth(tilt[run], inside.info.rate, CUTOFF, ORDER)
    needs = frozenset({Need.PELVIS, Need.ORIENTATION})
    supply = Supply(needs, part.end - part.start, inside.info.rate)
    told = lowpass_told(inside.info.rate, CUTOFF, ORDER)
    pipeline = replace(part.pipeline, filter=told, level="the usual posture")
    own = replace(part, supply=supply, pipeline=pipeline)
    values = {
        "pelvis_circles": circles(tilt),
        "pelvis_roundness": roundness(tilt),
        "pelvis_circle_evenness": circle_evenness(tilt),
    }
    findings.give(values, own)
    ml, ap = motion_range(tilt)
    sided = {"pelvis_range_ml": ml, "pelvis_range_ap": ap}
    across(findings, sided, own, (known, assumed))


_SAME = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
