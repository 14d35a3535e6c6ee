"""Movements there and back, each one, the set of them, and how smooth they were."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import repetition_measures as of_set
from surefoot.analysis import smooth
from surefoot.analysis.flexibility import (
    gentle_share,
    hold,
    peak_rate,
    range_of_motion,
)
from surefoot.analysis.registry import Need, Supply
from surefoot.analysis.repetitions import RATE_CUTOFF, find_repetitions
from surefoot.analysis.smoothness import (
    angular_speed,
    path_ratio,
    pause_count,
    pause_share,
    phase_jerks,
    refusal,
    spectral_arc_length,
    speed_metric,
    velocity_peaks,
)
from surefoot.session.analysing._filters import lowpass_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from surefoot.analysis.repetitions import Phase, Repetition
    from surefoot.session.analysing._angle import Movement
    from surefoot.session.analysing._findings import Findings, Part

GROUPS = ("repetitions", "smoothness")
ASK = (
    "no movement there and back was asked for: --repetitions DEG looks for one of "
    "that range"
)
_ANGLE = frozenset({Need.ANGLE})


def repeated(findings: Findings, moved: Movement, part: Part, target: float) -> None:
    """Give the measures of repetitions, of their smoothness and of the range.

    Parameters
    ----------
    findings : Findings
        Takes them.
    moved : Movement
        The angle.
    part : Part
        Pipeline and flags before anything was done.
    target : float
        Range that one repetition should have [rad].
    """
    found = moved.found
    part = _posed(moved, part)
    supply, pipeline = part.supply, part.pipeline
    if not found.even:
        why = f"{part.run}needs evenly spaced samples: {found.gap}"
        findings.refuse_group((*GROUPS, "flexibility"), why)
        return
    _range(findings, moved, part)
    reps = find_repetitions(
        moved.angle,
        found.rate,
        target,
        velocity=moved.velocity,
        outward=moved.outward,
    )
    if not reps:
        degrees = math.degrees(target)
        why = f"{part.run}no movement there and back of about {degrees:.0f} degrees"
        findings.refuse_group(GROUPS, why)
        return
    told = f"repetitions of {math.degrees(target):.3g} degrees: 3 Hz, order 4"
    needs = frozenset({Need.ANGLE, Need.REPETITIONS})
    part = replace(part, supply=replace(supply, needs=needs))
    part = replace(part, pipeline=replace(pipeline, filter=told))
    for rep in reps:
        _one(findings, rep, moved, part)
    _set(findings, reps, moved, part)
    _smoothness(findings, reps, moved, part)


def stretched(findings: Findings, moved: Movement, part: Part) -> None:
    """Give the measures of a range and of a stretch, and none of repetitions."""
    part = _posed(moved, part)
    if moved.found.even:
        _range(findings, moved, part)
    else:
        why = f"{part.run}needs evenly spaced samples: {moved.found.gap}"
        findings.refuse_group(("flexibility",), why)


def _posed(moved: Movement, part: Part) -> Part:
    found = moved.found
    supply = Supply(_ANGLE, found.duration, found.rate, found.even)
    pipeline = replace(part.pipeline, rate=found.rate, duration=found.duration)
    pipeline = replace(pipeline, level="the usual posture")
    return replace(part, supply=supply, pipeline=pipeline)


def _range(findings: Findings, moved: Movement, part: Part) -> None:
    rate = moved.found.rate
    angle = smooth(moved.angle[:, np.newaxis], rate, RATE_CUTOFF)[:, 0]
    went = range_of_motion(angle)
    neutral = float(np.median(angle[: max(round(0.5 * rate), 1)]))
    stay = hold(angle, rate, neutral)
    values = {
        "range_of_motion": went.extent,
        "range_of_motion_low": went.low,
        "range_of_motion_high": went.high,
        "stretch_hold_time": stay.duration,
        "stretch_creep": stay.creep,
        "stretch_peak_rate": peak_rate(angle, rate),
        "stretch_gentle_share": gentle_share(angle, rate),
    }
    told = lowpass_told(rate, RATE_CUTOFF, 2)
    findings.give(values, replace(part, pipeline=replace(part.pipeline, filter=told)))


def _one(findings: Findings, rep: Repetition, moved: Movement, part: Part) -> None:
    out, held, back, rest = rep.tempo
    values = {
        "repetition_range": rep.extent,
        "repetition_time_out": out,
        "repetition_time_hold": held,
        "repetition_time_back": back,
        "repetition_peak_rate": rep.peak_rate,
        "repetition_time_to_peak": rep.out.peak_at,
        "repetition_plane_deviation": of_set.plane_deviation(moved.across, rep),
    }
    if not math.isnan(rest):  # after the last one nobody knows
        values["repetition_time_rest"] = rest
    findings.give(values, _within(part, moved, rep.out.start, rep.back.stop))


def _set(
    findings: Findings, reps: Sequence[Repetition], moved: Movement, part: Part
) -> None:
    ranges, times = of_set.ranges(reps), of_set.tempos(reps)[:, 0]
    curves = of_set.waveforms(moved.angle, reps)[1:]
    several = part.run + "needs {} repetitions, got " + str(len(reps))
    values = {
        "repetition_range_variation": of_set.coefficient_of_variation(ranges[1:]),
        "repetition_time_variation": of_set.coefficient_of_variation(times[1:]),
        "repetition_range_trend": of_set.trend(ranges),
        "repetition_time_trend": of_set.trend(times),
        "repetition_consistency": of_set.consistency(curves),
        "repetition_spread": of_set.spread(curves),
    }
    least = {"variation": 5, "trend": 4, "consistency": 3, "spread": 3}
    for name in list(values):
        enough = least[name.rpartition("_")[2]]
        if len(reps) < enough:
            findings.refuse(name, several.format(enough))
            del values[name]
    values["repetition_count"] = float(len(reps))
    if len(reps) == 1:
        findings.refuse("repetition_time_rest", several.format(2))
    findings.give(values, part)


def _smoothness(
    findings: Findings, reps: Sequence[Repetition], moved: Movement, part: Part
) -> None:
    found, gyr = moved.found, moved.gyr
    if gyr is None:
        why = "needs a gyroscope: none in this recording"
        findings.refuse_group(("smoothness",), part.run + why)
        return
    why = refusal(found.filled / len(found.t), 0.0, 1.0, 0.0)
    if why:
        findings.refuse_group(("smoothness",), part.run + why)
        return
    supply = replace(part.supply, needs=frozenset({Need.GYR, Need.REPETITIONS}))
    told = "none for SPARC; LDLJ-V and peaks zero-phase low-pass 6 Hz, order 4"
    pipeline = replace(part.pipeline, filter=told, level="", orientation="")
    part = replace(part, supply=supply, pipeline=pipeline)
    speed = angular_speed(gyr)
    slow = angular_speed(smooth(gyr, found.rate, RATE_CUTOFF, order=4))
    phases = [phase for rep in reps for phase in (rep.out, rep.back)]
    jerks = phase_jerks(gyr, found.rate, [phase.widened() for phase in phases])
    for phase, jerk in zip(phases, jerks, strict=True):
        values = {**_phase(phase, speed, slow, found.rate), "ldlj_v": jerk}
        own = _within(part, moved, phase.start, phase.stop)
        length = (phase.stop - phase.start) / found.rate
        findings.give(values, replace(own, supply=replace(supply, duration=length)))


def _phase(
    phase: Phase, speed: NDArray[np.float64], slow: NDArray[np.float64], rate: float
) -> dict[str, float]:
    first, last = phase.widened()
    cut = slice(phase.start, phase.stop)
    return {
        "sparc": spectral_arc_length(speed[first:last], rate),
        "velocity_peaks": velocity_peaks(slow[first:last], rate),
        "pause_share": pause_share(slow[cut], rate),
        "pause_count": pause_count(slow[cut], rate),
        "path_ratio": path_ratio(speed[cut], rate, phase.extent),
        "speed_metric": speed_metric(speed[cut], rate),
    }


def _within(part: Part, moved: Movement, first: int, stop: int) -> Part:
    """Return the part of a few samples of it."""
    t, period = moved.found.t, 1.0 / moved.found.rate
    return replace(part, start=float(t[first]), end=float(t[stop - 1]) + period)
