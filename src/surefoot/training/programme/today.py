"""What somebody does today, and why. A pure answer to the entries and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What
from surefoot.training.feedback_plan import (
    NO_PICTURE,
    NO_PICTURE_CLOSED,
    Feedback,
    plan_feedback,
)
from surefoot.training.ladder import in_words, share_of
from surefoot.training.programme.asking import questions_for_the_therapist
from surefoot.training.programme.choosing import chosen
from surefoot.training.programme.gates import open_ladders
from surefoot.training.support import CLOSED, questions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from surefoot.training.ladder import Ladder
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing

WEEK = 7


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of today.

    Attributes
    ----------
    name, title, focus : str
        Of the ladder.
    drill : str
        Of the catalogue, for this step; empty where there is none.
    step : int
        0 the easiest.
    how : str
        The step as people read it.
    feedback : Feedback
        Which sets have a picture; the last never has.
    no_picture : str
        What is shown in a set without one.
    ask_before : tuple of str
        What is confirmed before every set.
    minutes : float
        How long it takes, rests included.
    """

    name: str
    title: str
    focus: str
    drill: str
    step: int
    how: str
    feedback: Feedback
    no_picture: str
    ask_before: tuple[str, ...]
    minutes: float


@dataclass(frozen=True, slots=True)
class Today:
    """The plan of one day.

    Attributes
    ----------
    day : date
        The day.
    week : int
        Of the programme, 1 the first.
    stage : str
        The furthest part of the programme that is open.
    decision : Decision
        What the day is for.
    items : tuple of Item
        What is done, in order. Empty before the questions about pain.
    allowed : mapping of str to int
        Every ladder that may be trained today, and its highest step.
    asks : tuple of Decision
        What the therapist is asked.
    stops : tuple of str
        When to stop at once; empty when nothing is done.
    """

    day: date
    week: int
    stage: str
    decision: Decision
    items: tuple[Item, ...]
    allowed: Mapping[str, int]
    asks: tuple[Decision, ...]
    stops: tuple[str, ...]


def plan_day(plan: Plan, standing: Standing, day: date) -> Today:
    """Return the plan of a day.

    Parameters
    ----------
    plan : Plan
        The plan.
    standing : Standing
        Where the person stands.
    day : date
        On or after the day of the last entry.

    Raises
    ------
    ProgrammeError
        If the day is before that of the last entry.

    Notes
    -----
    A step up that waits for the next session is decided when its questions about pain
    are answered, and not before.
    """
    if standing.day is not None and day < standing.day:
        msg = (
            f"day: expected {standing.day} or later, got {day}: a plan is for "
            "the days after what is known"
        )
        raise ProgrammeError(msg)
    decision = _kind(standing, day)
    allowed = _allowed(plan, standing, decision)
    open_now = [plan.ladders[name] for name in allowed]
    checked = standing.last is not None and standing.last.day == day
    trains = checked and decision.what in {What.TRAIN, What.GENTLE, What.MAINTAIN}
    picked = chosen(plan, standing, open_now, day) if trains else ()
    return Today(
        day=day,
        week=_week(standing, day),
        stage=stage_of(plan, standing),
        decision=decision,
        items=tuple(_item(plan, standing, n, allowed[n.name]) for n in picked),
        allowed=allowed,
        asks=questions_for_the_therapist(plan, standing, day),
        stops=tuple(stop.say for stop in plan.stops) if picked else (),
    )


def stage_of(plan: Plan, standing: Standing) -> str:
    """Return the furthest part of the programme that is open, in words."""
    if standing.screen is None:
        return "screen"
    if standing.baseline is None:
        return "baseline"
    if standing.maintenance:
        return "maintenance"
    return open_ladders(plan, standing)[-1].stage


def next_session(standing: Standing, day: date) -> date:
    """Return the first day, from this one on, on which a session fits the week."""
    fits = day
    if standing.last is not None:
        apart = timedelta(days=_apart(standing).value)
        fits = max(day, standing.last.day + apart)
    while _full(standing, fits):
        fits += timedelta(days=1)
    return fits


def _kind(standing: Standing, day: date) -> Decision:
    before = _before_training(standing)
    if before is not None:
        return before
    last = standing.last
    if last is not None and last.day == day:
        if last.over:
            reason = "This session is over. Rest now."
            return Decision(What.REST, "session", reason)
        if standing.waiting:
            reason = "Ask your therapist first. Until then keep it gentle."
            return Decision(What.GENTLE, "session", reason)
        if last.verdict.what is What.TRAIN or standing.train == day:
            return _training(standing, day, last.verdict)
        return last.verdict
    if last is not None and (day - last.day).days < _apart(standing).value:
        told = Number("days since the last session", (day - last.day).days)
        reason = "A day of rest comes between two sessions."
        return Decision(What.REST, "session", reason, (told, _apart(standing)))
    if _full(standing, day):
        told = Number("sessions in the last 7 days", _recent(standing, day))
        reason = "Enough for this week. Rest is part of the plan."
        return Decision(What.REST, "session", reason, (told, _per_week(standing)))
    return _training(standing, day, None)


def _before_training(standing: Standing) -> Decision | None:
    """Return what stands before any training, if anything does."""
    if standing.screen is None:
        reason = "Answer the questions of the first visit."
        return Decision(What.NO_TRAINING, "programme", reason)
    if standing.screen.what is not What.TRAIN:
        return standing.screen
    if standing.leg:
        reason = (
            "There was new leg pain, numbness or weakness. Speak to your therapist "
            "first."
        )
        return Decision(What.NO_TRAINING, "programme", reason)
    if standing.due_baseline:
        reason = "Find the step on each exercise that you can do well."
        return Decision(What.BASELINE, "programme", reason)
    return None


def _training(standing: Standing, day: date, verdict: Decision | None) -> Decision:
    if standing.maintenance:
        return _maintaining(standing, day)
    if verdict is None:
        reason = "First tell your pain: at rest, then in an easy movement."
        return Decision(What.TRAIN, "session", reason)
    if verdict.what is not What.TRAIN:
        reason = "Your therapist decided to train in spite of the pain at rest."
        return Decision(What.TRAIN, "session", reason, verdict.numbers)
    return verdict


def _maintaining(standing: Standing, day: date) -> Decision:
    rule, last = standing.rules.number("dose.retest_days"), standing.retest
    days = float("nan") if last is None else (day - last).days
    test = "" if days < rule.value else " The monthly test is due."
    reason = f"One class and one session at home each week.{test}"
    told = (Number("days since the last test", days), rule)
    return Decision(What.MAINTAIN, "session", reason, told)


def _allowed(plan: Plan, standing: Standing, decision: Decision) -> dict[str, int]:
    if decision.what in {What.HELP_NOW, What.NO_TRAINING, What.BASELINE}:
        return {}
    last = standing.last
    ended = last.ended if last is not None and not last.morning else ()
    found = [n for n in open_ladders(plan, standing) if n.name not in ended]
    if decision.what is What.GENTLE:
        return {n.name: 0 for n in found if n.stage == "flexibility"}
    return {n.name: min(standing.climbs[n.name].step, standing.top(n)) for n in found}


def _item(plan: Plan, standing: Standing, ladder: Ladder, step: int) -> Item:
    position = ladder.steps[step]
    sets = ladder.sets_at(step) or int(standing.rules["feedback.sets"])
    closed = dict(position).get("vision") == CLOSED
    share = share_of(plan.axes, position)
    return Item(
        name=ladder.name,
        title=ladder.title,
        focus=ladder.focus,
        drill=ladder.drill_at(step),
        step=step,
        how=in_words(plan.axes, position),
        feedback=plan_feedback(standing.rules, sets, share),
        no_picture=NO_PICTURE_CLOSED if closed else NO_PICTURE,
        ask_before=questions(dict(position)),
        minutes=ladder.minutes,
    )


def _week(standing: Standing, day: date) -> int:
    return (day - standing.started).days // WEEK + 1 if standing.started else 0


def _apart(standing: Standing) -> Number:
    return standing.rules.number("dose.days_apart")


def _full(standing: Standing, day: date) -> bool:
    return _recent(standing, day) >= _per_week(standing).value


def _recent(standing: Standing, day: date) -> int:
    return sum(0 < (day - past).days < WEEK for past in standing.days)


def _per_week(standing: Standing) -> Number:
    kind = "maintenance_per_week" if standing.maintenance else "per_week"
    return standing.rules.number(f"dose.{kind}")
