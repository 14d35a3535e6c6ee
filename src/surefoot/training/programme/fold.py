"""From a person's entries to where the person stands. The same in, the same out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Morning,
    Range,
    Retest,
    Screened,
    Started,
    Target,
    Word,
)
from surefoot.training.programme.gates import finished, gate, is_open
from surefoot.training.programme.ranges import in_range
from surefoot.training.programme.sessions import in_session
from surefoot.training.programme.standing import blank
from surefoot.training.programme.word import heard
from surefoot.training.progression import put
from surefoot.training.screen import check_answers, judge_screen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from surefoot.training.programme.entries import Entry
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing
    from surefoot.training.progression import Climb


def fold(plan: Plan, entries: Iterable[Entry]) -> Standing:
    """Return where a person stands after all entries.

    Parameters
    ----------
    plan : Plan
        The plan.
    entries : iterable of Entry
        Oldest first; the first one is `Started`.

    Raises
    ------
    ProgrammeError
        If an entry cannot follow those before it, told in one line.
    """
    standing = blank(plan)
    for entry in entries:
        standing = after(plan, standing, entry)
    return standing


def after(plan: Plan, standing: Standing, entry: Entry) -> Standing:
    """Return where a person stands after one more entry.

    Raises
    ------
    ProgrammeError
        If it cannot follow those before it.
    """
    if isinstance(entry, Started) == (standing.started is not None):
        got = "another start" if standing.started else "no start"
        msg = (
            f"programme: expected one start, as the first entry, got {got}: begin anew"
        )
        raise ProgrammeError(msg)
    if standing.day is not None and entry.day < standing.day:
        msg = (
            f"programme: expected {standing.day} or later, got {entry.day}: write "
            "entries in the order of the days"
        )
        raise ProgrammeError(msg)
    made = _one(plan, replace(standing, day=entry.day), entry)
    return _concluded(plan, made, entry.day)


def _one(plan: Plan, standing: Standing, entry: Entry) -> Standing:
    if isinstance(entry, CheckIn | Block | Ended | Morning):
        return in_session(plan, standing, entry)
    match entry:
        case Started():
            return replace(standing, started=entry.day, asked=entry.day)
        case Screened():
            return _screened(plan, standing, entry)
        case Target() | Range():
            return in_range(plan, standing, entry)
        case Baseline():
            return _baseline(plan, standing, entry)
        case Retest():
            return replace(standing, retest=entry.day)
        case Word():
            return heard(plan, standing, entry)


def _screened(plan: Plan, standing: Standing, entry: Screened) -> Standing:
    check_answers(plan.questions, entry.yes)
    decision = judge_screen(plan.questions, entry.yes)
    leg = standing.leg and decision.what is not What.TRAIN
    return replace(standing, screen=decision, leg=leg).told(entry.day, decision)


def _baseline(plan: Plan, standing: Standing, entry: Baseline) -> Standing:
    climbs: dict[str, Climb] = {}
    reached = dict(entry.steps)
    for name, step in reached.items():
        ladder = plan.ladder(name)
        if not 0 <= step <= ladder.top:
            msg = f"{name}: expected a step 0 to {ladder.top}, got {step}: mend it"
            raise ProgrammeError(msg)
        climb = standing.climbs[name]
        if standing.baseline is None:
            new = min(step, standing.top(ladder))
            climb = replace(climb, step=new, best=max(climb.best, new), good=0)
        else:
            climb = put(standing.rules, climb, min(step, climb.step), entry.day)
        climbs[name] = replace(climb, since=entry.day)
    first = reached if standing.baseline is None else standing.baseline
    made = replace(standing, baseline=first, due_baseline=False)
    told = Number("exercises tried", len(reached))
    reason = "You start at the steps reached today."
    decision = Decision(What.BASELINE, "programme", reason, (told,))
    return made.with_climbs(climbs).told(entry.day, decision)


def _concluded(plan: Plan, standing: Standing, day: date) -> Standing:
    """Return the standing with what opened today written down."""
    for ladder in plan.ladders.values() if standing.started else ():
        if ladder.name in standing.opened or not is_open(plan, standing, ladder):
            continue
        climb = replace(standing.climbs[ladder.name], since=day)
        standing = standing.with_climbs({ladder.name: climb})
        standing = replace(standing, opened=standing.opened | {ladder.name})
        standing = standing.told(day, gate(plan, standing, ladder))
    if not standing.maintenance and finished(plan, standing):
        reason = "Every exercise was done well at its highest step."
        decision = Decision(What.MAINTAIN, "programme", reason)
        standing = replace(standing, maintenance=True)
        return standing.told(day, decision)
    return standing
