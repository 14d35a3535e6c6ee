"""What the sets of a drill say together: four ways of standing, one side and the other.

Single sets have numbers of their own; these compare sets of one sitting.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.mctsib import Conditions, composites
from surefoot.analysis.registry import CARDS
from surefoot.analysis.repetition_measures import symmetry_index
from surefoot.core import Measure
from surefoot.training.task import Stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.session.snapshot import Result
    from surefoot.training.task import Stage

Done = tuple["Stage", "Result"]
"""A set that was done: the part of the drill it belongs to, and its result."""

AREA = "prediction_ellipse_area"
"""What the composites of the four conditions are of."""
_RANGE = ", range"


def together(done: Sequence[Done]) -> tuple[Measure, ...]:
    """Return the measures that several sets give together.

    Parameters
    ----------
    done : sequence of (Stage, Result)
        The sets of one sitting, in order. Those that were not scored or not valid do
        not count.

    Returns
    -------
    tuple of Measure
        ``mctsib_mean``, ``mctsib_visual``, ``mctsib_proprioceptive`` and
        ``mctsib_vestibular`` when all four conditions have an area of sway, means of
        their sets; ``repetition_symmetry`` of the ranges when both sides have three
        repetitions or more. ``stance_time_best``, one a part, where the longest time
        counts: a try that somebody ended counts as long as it was held.
        ``stance_errors_total`` of a test in which errors are counted. Empty where there
        is nothing of these. All are ``PROVISIONAL``, over the time of the sets that
        they are from.
    """
    counted = [(stage, found) for stage, found in done if _counts(found)]
    stood = [(s, r) for s, r in done if isinstance(s.task, Stand)]
    return (*_conditions(counted), *_sides(counted), *_best(stood), *_errors(counted))


def _counts(found: Result) -> bool:
    return bool(found.measures) and not found.invalid


def _conditions(done: Sequence[Done]) -> list[Measure]:
    used: list[Done] = []
    areas: dict[tuple[str, str], list[float]] = {}
    for stage, found in done:
        position = dict(stage.position)
        where = (position.get("surface", ""), position.get("vision", ""))
        area = _value(found, AREA)
        if not math.isnan(area):
            areas.setdefault(where, []).append(area)
            used.append((stage, found))
    order = [(s, v) for s in ("firm", "foam") for v in ("open", "closed")]
    if not all(where in areas for where in order):
        return []
    means = [sum(areas[where]) / len(areas[where]) for where in order]
    told = composites(Conditions(*means))
    values = {f"mctsib_{name}": value for name, value in told._asdict().items()}
    return [_measure(n, v, used) for n, v in values.items() if not math.isnan(v)]


def _sides(done: Sequence[Done]) -> list[Measure]:
    used = [(s, r) for s, r in done if s.side in {"left", "right"}]
    left, right = (
        [
            value
            for stage, found in used
            if stage.side == side
            for name, value in found.details
            if name.endswith(_RANGE)
        ]
        for side in ("left", "right")
    )
    index = symmetry_index(left, right) if left and right else math.nan
    if math.isnan(index):
        return []
    return [_measure("repetition_symmetry", index, used)]


def _best(done: Sequence[Done]) -> list[Measure]:
    """Return the longest time of each part whose longest time counts."""
    parts: dict[str, list[tuple[float, Done]]] = {}
    for stage, found in done:
        held = _value(found, "stance_time")
        if isinstance(stage.task, Stand) and stage.task.best and not math.isnan(held):
            parts.setdefault(stage.title, []).append((held, (stage, found)))
    return [
        _measure(
            "stance_time_best",
            max(held for held, _ in tries),
            [one for _, one in tries],
        )
        for tries in parts.values()
    ]


def _errors(done: Sequence[Done]) -> list[Measure]:
    """Return the errors of all parts of a test."""
    counted = [
        (value, (stage, found))
        for stage, found in done
        if isinstance(stage.task, Stand) and stage.task.errors
        for value in [_value(found, "stance_errors")]
        if not math.isnan(value)
    ]
    if not counted:
        return []
    total = sum(value for value, _ in counted)
    return [_measure("stance_errors_total", total, [one for _, one in counted])]


def _value(found: Result, name: str) -> float:
    return {m.name: m.value for m in found.measures}.get(name, math.nan)


def _measure(name: str, value: float, used: Sequence[Done]) -> Measure:
    start = min(found.start for _, found in used)
    end = max(found.end for _, found in used)
    stream = used[0][1].measures[0].stream
    flags = ("PROVISIONAL",)
    return Measure(name, value, CARDS[name].unit, start, end, stream, flags)
