"""What changed since last time, held against the error of the measurement."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from surefoot.analysis.comparison import Finding, comparable
from surefoot.analysis.registry import CARDS
from surefoot.report.known_error import KnownError, Retest, error_of
from surefoot.session.analysing import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surefoot.archive import Value
    from surefoot.report.speech import Speech


class Verdict(StrEnum):
    """What may be said about a difference."""

    BEYOND = "beyond"
    """It is larger than the error of the measurement."""
    WITHIN = "within"
    """It is not; it is never called a change."""
    UNKNOWN = "unknown"
    """Nobody knows the error."""
    UNLIKE = "unlike"
    """The two came about in different ways."""
    FIRST = "first"
    """There is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class One:
    """The mean of a measure over the runs of one session.

    Attributes
    ----------
    finding : Finding
        What it is a value of, by its last run.
    value : float
        In SI units.
    runs : int
        Over how many.
    day : str
        When, as ISO 8601; empty if nobody knows.
    session : str
        The number of the session.
    """

    finding: Finding
    value: float
    runs: int
    day: str = ""
    session: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One measure now and before.

    Attributes
    ----------
    now : One
        This session's.
    before : One or None
        The newest earlier one that may be compared; else the newest of all.
    verdict : Verdict
        What may be said.
    error : KnownError or None
        What the difference was held against.
    because : tuple of str
        In what the two differ: what forbids the comparison, or is said beside it.
    """

    now: One
    before: One | None
    verdict: Verdict
    error: KnownError | None
    because: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """Now less before, SI; NaN where there is no before."""
        return math.nan if self.before is None else self.now.value - self.before.value


def change(
    now: One, past: Sequence[One], person: str, retests: Sequence[Retest]
) -> Change:
    """Return what may be said of a value and the ones before it.

    Parameters
    ----------
    now : One
        The value.
    past : sequence of One
        Earlier ones of the same measure, oldest first.
    person : str
        Whose; empty for nobody's.
    retests : sequence of Retest
        Own ones, for the error.

    Returns
    -------
    Change
        Against the newest earlier value that may be compared.
    """
    if not past:
        return Change(now, None, Verdict.FIRST, None)
    for before in reversed(past):
        differences = comparable(before.finding, now.finding)
        if any(one.forbids for one in differences):
            continue
        error = error_of(now.finding, person, retests, (now.runs, before.runs))
        told = tuple(map(str, differences))
        return Change(now, before, _verdict(now, before, error), error, told)
    differences = comparable(past[-1].finding, now.finding)
    told = tuple(str(one) for one in differences if one.forbids)
    return Change(now, past[-1], Verdict.UNLIKE, None, told)


def ones_found(found: Mapping[str, Any], day: str = "") -> dict[str, One]:
    """Return the mean of every measure over the runs of one analysed recording.

    Only runs like the last one are taken together.
    """
    by_name: dict[str, list[tuple[Finding, float]]] = {}
    for one in found["measures"]:
        if one["value"] is not None:
            pair = (identity(found, one), float(one["value"]))
            by_name.setdefault(one["name"], []).append(pair)
    number = str(found.get("id") or "")
    return {name: _mean(pairs, day, number) for name, pairs in by_name.items()}


def ones_kept(values: Iterable[Value]) -> dict[tuple[str, str], list[One]]:
    """Return the same of a person's history, by drill and measure, oldest first."""
    grouped: dict[tuple[str, str, str], list[tuple[Finding, float]]] = {}
    days: dict[str, str] = {}
    for value in values:
        point = value.point
        if point.finding is None or math.isnan(point.measure.value):
            continue
        key = (value.drill, point.measure.name, point.session)
        pair = (point.finding, point.measure.value)
        grouped.setdefault(key, []).append(pair)
        days[point.session] = f"{point.started:%Y-%m-%d}" if point.started else ""
    found: dict[tuple[str, str], list[One]] = {}
    for (drill, name, session), pairs in grouped.items():
        one = _mean(pairs, days[session], session)
        found.setdefault((drill, name), []).append(one)
    return found


def sentence(told: Change, say: Speech) -> str:
    """Return a verdict on the primary measure, in plain words."""
    name, unit = told.now.finding.measure, told.now.finding.unit
    now = say.quantity(name, told.now.value, unit)
    if told.before is None:
        return say("This is the first time: there is nothing to compare with.")
    before = say.quantity(name, told.before.value, unit)
    places: dict[str, object] = {"now": now, "before": before, "day": told.before.day}
    if told.verdict is Verdict.UNLIKE:
        return say("Last time was not done alike, so the two are not compared.")
    if told.verdict is Verdict.UNKNOWN:
        text = (
            "On {day} it was {before}. How much this varies by itself is not known "
            "yet, so it is not called a change."
        )
        return say(text, **places)
    if told.verdict is Verdict.WITHIN:
        text = (
            "On {day} it was {before}. The difference is no larger than this varies by "
            "itself: not a change."
        )
        return say(text, **places)
    if told.difference < 0:
        text = (
            "That is less than on {day} ({before}), by more than it varies by itself."
        )
    else:
        text = (
            "That is more than on {day} ({before}), by more than it varies by itself."
        )
    return say(text, **places)


def direction(name: str, say: Speech) -> str:
    """Return which way most therapists would like a measure to go, in words."""
    better = CARDS[name].better if name in CARDS else "neither"
    if better == "lower":
        return say("Lower is usually wanted.")
    if better == "higher":
        return say("Higher is usually wanted.")
    if better == "nearer-zero":
        return say("Nearer zero is usually wanted.")
    return say("Neither way is better by itself.")


def error_told(error: KnownError | None, finding: Finding, say: Speech) -> str:
    """Return the error of a measure with its source, n and interval."""
    if error is None:
        return say("unknown")
    name, unit = finding.measure, finding.unit
    told = [say("MDC {value}", value=say.quantity(name, error.mdc, unit))]
    if error.sem is not None and error.interval is not None:
        low, high = (say.quantity(name, end, unit) for end in error.interval)
        sem = say.quantity(name, error.sem, unit)
        text = "SEM of one run {sem}, 95 % interval {low} to {high}"
        told.append(say(text, sem=sem, low=low, high=high))
    told.append(say(error.source, **error.places))
    return "; ".join(told)


def _verdict(now: One, before: One, error: KnownError | None) -> Verdict:
    if error is None:
        return Verdict.UNKNOWN
    beyond = abs(now.value - before.value) > error.mdc
    return Verdict.BEYOND if beyond else Verdict.WITHIN


def _mean(pairs: Sequence[tuple[Finding, float]], day: str, session: str) -> One:
    last = pairs[-1][0]
    alike = [
        value
        for finding, value in pairs
        if not any(one.forbids for one in comparable(finding, last))
    ]
    return One(last, sum(alike) / len(alike), len(alike), day, session)
