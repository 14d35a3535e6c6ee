"""Reads the parts of a drill: position, sets and what each part changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surefoot.training._drill_tasks import read_task
from surefoot.training.feedback_plan import pictures
from surefoot.training.position import AXES, SIDES
from surefoot.training.support import CLOSED
from surefoot.training.task import Stage

if TYPE_CHECKING:
    from surefoot.training._drill_reader import Table
    from surefoot.training.task import Signal, Task

MOST = 12
SHARE = 0.67
_TOLD = tuple(axis for axis in AXES if axis != "task")  # [second] says that one


@dataclass(frozen=True, slots=True)
class _Base:
    """What holds for every stage that does not say otherwise."""

    task: Table
    signal: Signal
    share: float
    second: str
    whole: Stage


def read_stages(
    top: Table, sets: Table, task: Table, signal: Signal, family: str
) -> tuple[Stage, ...]:
    """Return the stages of a drill, one or more.

    Parameters
    ----------
    top, sets, task : Table
        The drill, its ``[sets]`` and its ``[task]``.
    signal : Signal
        Where the dot comes from.
    family : str
        A test has no picture.

    Raises
    ------
    DrillError
        If something is not known, missing or out of range.
    """
    second = top.table("second").told.get("kind")
    kind = second if isinstance(second, str) else ""
    place = top.table("position")
    position = _position(place, {}, kind)
    place.close()
    plain = family == "test" or signal == "none"
    share = sets.number("pictures", 0, 1, 0.0 if plain else SHARE)
    if plain and share:
        sets.refuse("pictures", "0, for nothing is shown in a test or without a sensor")
    made = _read_task(task, signal)
    count = sets.whole("count", 1, MOST)
    whole = Stage("", position, made, count, *_times(sets))
    told = top.tables("stage", MOST)
    base = _Base(task, signal, share, kind, whole)
    if not told:
        return (_shown(whole, share),)
    return tuple(_stage(one, base) for one in told)


def _read_task(table: Table, signal: Signal) -> Task:
    made = read_task(str(table.told["kind"]), table, signal)
    table.close()
    return made


def _stage(table: Table, base: _Base) -> Stage:
    whole = base.whole
    position = _position(table, dict(whole.position), base.second)
    task = whole.task
    if table.has("task"):
        own = table.table("task")
        for key in ("kind", "about"):
            if own.has(key):
                own.refuse(key, "only numbers, for all stages have one kind of task")
        task = _read_task(own.over(base.task), base.signal)
    made = replace(
        whole,
        title=table.text("title"),
        position=position,
        task=task,
        sets=table.whole("sets", 1, MOST, whole.sets),
        duration=table.number("duration", 5, 600, whole.duration),
        rest=table.number("rest", 0, 300, whole.rest),
        side=table.choice("side", SIDES, ""),
    )
    table.close()
    return _shown(made, base.share)


def _times(sets: Table) -> tuple[float, float]:
    return sets.number("duration", 5, 600), sets.number("rest", 0, 300, 30.0)


def _shown(stage: Stage, share: float) -> Stage:
    """Return the stage with its pictures: none when the eyes are closed."""
    closed = dict(stage.position).get("vision") == CLOSED
    shown = pictures(stage.sets, 0.0 if closed else share)
    return replace(stage, pictures=shown)


def _position(
    table: Table, base: dict[str, str], second: str
) -> tuple[tuple[str, str], ...]:
    found = {a: table.choice(a, AXES[a], base.get(a, "")) for a in _TOLD}
    found["task"] = second or base.get("task", "")
    return tuple((axis, found[axis]) for axis in AXES if found[axis])
