"""An own retest found among a person's sessions: the same twice within a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from surefoot.analysis.comparison import comparable
from surefoot.report.errors import ReportError
from surefoot.report.known_error import Retest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.analysis.comparison import Finding
    from surefoot.archive import Value

RUNS = 3
"""Runs on each day. Our default."""
WITHIN = 7
"""The days are at most so many apart. Our default."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which retest is meant.

    Attributes
    ----------
    drill : str
        Empty: of the newest session.
    measure : str
        Empty: what the drill declares.
    days : tuple of date
        Empty: the newest two that fit.
    """

    drill: str = ""
    measure: str = ""
    days: tuple[date, ...] = ()


def find_retest(person: str, values: Sequence[Value], asked: Asked) -> Retest:
    """Return the runs of a retest.

    The protocol: three runs of one drill on one day, done alike, and again within a
    week, nothing changed meanwhile.

    Parameters
    ----------
    person : str
        Whose.
    values : sequence of Value
        The person's history, oldest first.
    asked : Asked
        Which one.

    Raises
    ------
    ReportError
        If there is none.
    """
    drill, measure = _meant(person, values, asked)
    mine = [
        value.point
        for value in values
        if value.drill == drill and value.point.measure.name == measure
    ]
    last = next((p.finding for p in reversed(mine) if p.finding is not None), None)
    if last is None:
        msg = f"retest: expected {measure} of {drill or 'any drill'} of {person}, got "
        raise ReportError(msg + "none: surefoot archive progress lists what there is")
    by_day: dict[date, list[float]] = {}
    for point in mine:
        if point.started is None or point.finding is None:
            continue
        if _alike(point.finding, last):
            by_day.setdefault(point.started.date(), []).append(point.measure.value)
    days = _chosen(by_day, asked.days)
    table = tuple(tuple(by_day[day]) for day in days)
    return Retest(person, last, table, tuple(map(str, days)))


def _meant(person: str, values: Sequence[Value], asked: Asked) -> tuple[str, str]:
    for value in reversed(values):
        name = value.point.measure.name
        fits = asked.drill in {"", value.drill} and asked.measure in {"", name}
        if fits and (asked.measure or value.point.primary):
            return value.drill, name
    what = asked.measure or "a measure that a drill declares"
    msg = f"retest: expected {what} of {person}, got none: say --drill and --measure"
    raise ReportError(msg)


def _chosen(by_day: Mapping[date, Sequence[float]], days: Sequence[date]) -> list[date]:
    full = sorted(day for day, runs in by_day.items() if len(runs) >= RUNS)
    if days:
        lacking = [str(day) for day in days if day not in full]
        if lacking or len(days) < 2:
            got = ", ".join(lacking) or "one day"
            msg = f"retest: expected two days of {RUNS} like runs, got {got}: name two"
            raise ReportError(msg)
        return sorted(days)
    near = [(a, b) for a, b in pairwise(full) if b - a <= timedelta(days=WITHIN)]
    if not near:
        got = ", ".join(f"{d} ({len(by_day[d])})" for d in sorted(by_day)) or "none"
        msg = (
            f"retest: expected {RUNS} like runs on one day and again within {WITHIN} "
            f"days, got {got}: do the runs, and surefoot archive add them"
        )
        raise ReportError(msg)
    return list(near[-1])


def _alike(a: Finding, b: Finding) -> bool:
    return not any(one.forbids for one in comparable(a, b))
