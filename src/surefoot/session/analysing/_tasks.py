"""What the task of a run asked for, measured again from all samples.

The run says when: cues, steps, moments, contacts. How far, how straight and how steady
come from the final signals, as everything else here.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import smooth
from surefoot.analysis.limits import Reach as Leant
from surefoot.analysis.limits import lean_angle, reach
from surefoot.analysis.proprioception import (
    heel_to_toe,
    held_angle,
    reposition_errors,
    step_sway,
)
from surefoot.analysis.registry import CARDS, Need, Supply
from surefoot.analysis.tracking import time_on_target, tracking_error, tracking_lag
from surefoot.core import Block, StreamInfo
from surefoot.session.analysing._angle import movement
from surefoot.session.analysing._even import SLACK, series
from surefoot.session.analysing._filters import lowpass_told
from surefoot.session.analysing._material import COP
from surefoot.session.analysing._repeated import repeated, stretched
from surefoot.session.analysing._tilt import CUTOFF, ORDER, tilt_of
from surefoot.session.tasks._base import Base
from surefoot.session.tasks.follow import Follow
from surefoot.session.tasks.hold import Hold
from surefoot.session.tasks.land import Land
from surefoot.session.tasks.reach import QUIET, Reach
from surefoot.session.tasks.repeat import Repeat
from surefoot.session.tasks.reposition import Reposition
from surefoot.session.tasks.stretch import Stretch
from surefoot.session.tasks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.session.analysing._angle import Movement
    from surefoot.session.analysing._even import Series
    from surefoot.session.analysing._findings import Findings, Part
    from surefoot.session.analysing._spans import Span, Ups
    from surefoot.session.tasks import TaskRun

_TURNS = "a turn about the vertical is measured in the set itself, see its result"


def contacts(task: TaskRun | None) -> list[float]:
    """Return when a foot came down in a run that asked for it [s]."""
    if not isinstance(task, Land) or task.contact is None:
        return []
    return [task.contact]


def told_of(task: TaskRun | None) -> set[Need]:
    """Return what a run supplies that no sensor does."""
    if isinstance(task, Reach):
        return {Need.LEAN, Need.CUES}
    if isinstance(task, Walk):
        return {Need.STEPS, Need.MISSTEPS}
    if isinstance(task, Reposition):
        return {Need.ANGLE, Need.ATTEMPTS}
    if isinstance(task, Follow):
        return {Need.MOVING_TARGET}
    if isinstance(task, Repeat):
        return {Need.ANGLE, Need.REPETITIONS}
    return {Need.ANGLE} if isinstance(task, Stretch) else set()


def tasks(
    findings: Findings,
    span: Span,
    ups: Ups,
    role: str,
    part_of: Callable[[Block], Part],
) -> None:
    """Give the measures of the task of one run.

    Parameters
    ----------
    findings : Findings
        Takes them.
    span : Span
        The interval, with its run.
    ups : Ups
        Where up was.
    role : str
        The drill's first.
    part_of : callable
        Makes the part for a sensor's samples.
    """
    task, imu, up = span.task, ups.imu(role), ups.up(role)
    cop = ups.material.stream(role, *COP)
    if isinstance(task, Reach) and cop is not None:
        height = ups.material.options.height or task.plan.height
        slack = SLACK if ups.material.declared(role) else math.inf
        _weighed(findings, task, _even(cop, span, slack), height, part_of(cop))
    source = imu if cop is None else cop
    if isinstance(task, Base) and source is not None:
        _kept(findings, task, part_of(source))
    if imu is None or up is None or task is None:
        return
    part = part_of(imu)
    if isinstance(task, (Repeat, Stretch, Reposition)):
        inside, upright = (b.between(span.start, span.end) for b in (imu, up))
        if len(inside) > 2:
            _angled(findings, task, movement(inside, upright, None), part)
        return
    rotation = task.rotation
    tilt = None if rotation is None else tilt_of(ups, role, rotation)
    if tilt is None:
        return
    level = "the pose at the start" if span.rotation is None else "the board's level"
    told = lowpass_told(tilt.info.rate, CUTOFF, ORDER)
    part = replace(part, pipeline=replace(part.pipeline, filter=told, level=level))
    _leaned(findings, task, tilt, part)


def _kept(findings: Findings, task: Base, part: Part) -> None:
    """Give how much of what was asked was done: the set itself knows it."""
    values = task.asked(part.end)
    needs = part.supply.needs.union(*(CARDS[name].needs for name in values))
    supply = replace(part.supply, needs=needs, uniform=True)
    findings.give(values, replace(part, supply=supply))


def _even(cop: Block, span: Span, slack: float) -> Series | None:
    """Return the place of the weight in a run, or None for next to nothing."""
    inside = cop.between(span.start, span.end)
    place = np.ascontiguousarray(inside.data[:, inside.info.columns(*COP)])
    if len(place) < 3:
        return None
    return series(inside.t, place, inside.info.rate, slack)


def _weighed(
    findings: Findings,
    task: Reach,
    found: Series | None,
    height: float | None,
    part: Part,
) -> None:
    """Give leans from a centre of pressure; an angle takes the height."""
    if not height:
        names = [f"reach_{name}" for name in Leant._fields]
        findings.refuse(names, f"{part.run}needs the body height: give it in metres")
        return
    if found is None or not found.even:
        return
    low = smooth(found.data, found.rate, CUTOFF, ORDER)
    found = replace(found, data=lean_angle(low, height))
    told = lowpass_told(found.rate, CUTOFF, ORDER)
    pipeline = replace(part.pipeline, filter=told, level="the quiet second before")
    part = replace(part, pipeline=replace(pipeline, orientation=""))
    for k in range(len(task.targets)):
        _reached(findings, task, k, found, part)


def _leaned(findings: Findings, task: TaskRun, tilt: Block, part: Part) -> None:
    inside = tilt.between(part.start, part.end)
    if len(inside) < 3:
        return
    found = series(inside.t, inside.data, inside.info.rate)
    if isinstance(task, Follow):
        _followed(findings, task, found, part)
    elif isinstance(task, Hold) and task.target is None:
        _held_in_zone(findings, task, found, part)
    elif isinstance(task, Walk):
        _walked(findings, task, found, part)
    elif isinstance(task, Reach):
        for k in range(len(task.targets)):
            _reached(findings, task, k, found, part)


def _angled(
    findings: Findings,
    task: Repeat | Stretch | Reposition,
    moved: Movement,
    part: Part,
) -> None:
    if isinstance(task, Stretch):
        stretched(findings, moved, part)
    elif isinstance(task, Reposition):
        _found_again(findings, task, moved, part)
    elif task.turns:
        findings.refuse_group(("repetitions", "smoothness"), part.run + _TURNS)
    elif task.done:
        way = task.done[0].extent if task.captures else task.way
        repeated(findings, moved, part, way)


def _held_in_zone(findings: Findings, task: Hold, found: Series, part: Part) -> None:
    """Give the share of the time in the zone of somebody who holds a lean."""
    info = StreamInfo("lean", ("ml", "ap"), ("rad", "rad"), found.rate)
    share = task.share_of(Block(info, found.t, found.data), part.end)
    needs = CARDS["time_in_zone"].needs | part.supply.needs
    findings.give({"time_in_zone": share}, _with(part, found, set(needs)))


def _followed(findings: Findings, task: Follow, found: Series, part: Part) -> None:
    targets = np.array([task.path.at(t) for t in (found.t - task.start).tolist()])
    axis = task.plan.drill.axis
    column = slice(None) if axis == "both" else {"ml": 0, "ap": 1}[axis]
    here, there = found.data[:, column], targets[:, column]
    lag = tracking_lag(here, there, found.rate) if found.even else None
    values = {
        "tracking_error": tracking_error(here, there),
        "time_on_target": time_on_target(here, there, task.zone),
        "tracking_lag": lag.time if lag else math.nan,
        "tracking_correlation": lag.correlation if lag else math.nan,
    }
    needs = told_of(task) | {Need.TILT}
    findings.give(values, _with(part, found, needs))


def _walked(findings: Findings, task: Walk, found: Series, part: Part) -> None:
    steps, missed = task.taken(part.end), task.missed(part.end)
    told = heel_to_toe(steps, missed)
    each = step_sway(found.data, found.rate, np.array(steps) - found.t[0])
    sway = float(np.median(each)) if len(each) and found.even else math.nan
    values = {
        "walk_steps": float(told.steps),
        "walk_missteps": float(told.missteps),
        "walk_correct_steps": float(told.correct),
        "walk_longest_run": float(told.longest_run),
        "walk_step_time": told.step_time,
        "walk_step_sway": sway,
    }
    needs = told_of(task) | {Need.TRUNK, Need.ORIENTATION}
    findings.give(values, _with(part, found, needs))


def _reached(
    findings: Findings, task: Reach, k: int, found: Series, part: Part
) -> None:
    cue, gone = task.shown(k)
    if gone > part.end + 1e-9 or not found.even:
        return
    first, begin, stop = np.searchsorted(found.t, [cue - QUIET, cue, gone])
    out, quiet = found.data[begin:stop], found.data[first:begin]
    lean = reach(out, found.rate, task.targets[k], quiet)
    values = {f"reach_{name}": value for name, value in lean._asdict().items()}
    own = replace(part, start=cue, end=gone, run=f"target {k + 1}: ")
    findings.give(values, _with(own, found, told_of(task)))


def _found_again(
    findings: Findings, task: Reposition, moved: Movement, part: Part
) -> None:
    found = moved.found
    learned, there = (
        [_held(moved, t) for t, _ in taken if t <= part.end]
        for taken in (task.learned, task.found)
    )
    if not there or not learned or not found.even:
        return
    errors = reposition_errors(there, sum(learned) / len(learned))
    values = {f"reposition_{name}_error": v for name, v in errors._asdict().items()}
    pipeline = replace(part.pipeline, level="the angle that was learned")
    needs = told_of(task)
    findings.give(values, _with(replace(part, pipeline=pipeline), found, needs))


def _held(moved: Movement, t: float) -> float:
    found = moved.found
    # the moment may be the very end, of which no sample is
    since = min(t, float(found.t[-1])) - float(found.t[0])
    return moved.outward * held_angle(moved.angle, found.rate, since)


def _with(part: Part, found: Series, needs: set[Need]) -> Part:
    supply = Supply(frozenset(needs), part.end - part.start, found.rate, found.even)
    return replace(part, supply=supply, gap="" if found.even else found.gap)
