"""A session, from the questions before it to the morning after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What
from surefoot.training.ladder import in_words
from surefoot.training.pain import after_block, before_training, next_morning
from surefoot.training.programme.entries import Block, CheckIn, Ended, Morning
from surefoot.training.programme.gates import is_open, open_ladders
from surefoot.training.programme.standing import Sitting
from surefoot.training.progression import counted, judge_sets, next_step, set_back

if TYPE_CHECKING:
    from datetime import date

    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing


def in_session(
    plan: Plan, standing: Standing, entry: CheckIn | Block | Ended | Morning
) -> Standing:
    """Return where a person stands after one more entry about a session.

    Raises
    ------
    ProgrammeError
        If it cannot follow those before it: no check-in that day, a second one, or a
        morning without a session before.
    """
    match entry:
        case CheckIn():
            return _checked_in(plan, standing, entry)
        case Block():
            return _block(plan, standing, entry)
        case Ended():
            return _ended(standing, entry)
        case Morning():
            return _morning(standing, entry)


def _checked_in(plan: Plan, standing: Standing, entry: CheckIn) -> Standing:
    if standing.last is not None and standing.last.day == entry.day:
        msg = f"check-in: expected one a day, got another on {entry.day}: train on"
        raise ProgrammeError(msg)
    rules = standing.rules
    verdict = before_training(rules, entry.rest, entry.moved)
    rested = _after_break(standing, entry.day)
    most = rules["pain.up_most"]
    hurt = verdict.what is not What.TRAIN or max(entry.rest, entry.moved.pain) > most
    unknown = rested.last is not None and not rested.last.morning
    now = Sitting(entry.day, entry.rest, verdict, hurt)
    made = replace(rested, last=now, days=(*rested.days, entry.day))
    made = replace(made, leg=made.leg or entry.moved.leg).told(entry.day, verdict)
    if entry.painkillers:
        reason = "Painkillers were taken today. Pain may be told lower than it is."
        made = made.told(entry.day, Decision(What.NOTE, "session", reason))
    if hurt or made.waiting or made.due_baseline or made.leg:
        return made
    if unknown:
        reason = "The morning after the last session is not told. No step up today."
        return made.told(entry.day, Decision(What.STAY, "session", reason))
    return _moved_up(plan, made, entry.day)


def _moved_up(plan: Plan, standing: Standing, day: date) -> Standing:
    for ladder in open_ladders(plan, standing):
        climb = standing.climbs[ladder.name]
        new, decision = next_step(
            standing.rules, ladder.name, climb, standing.top(ladder), day
        )
        if decision is not None and decision.what is What.UP:
            now = in_words(plan.axes, ladder.steps[new.step])
            decision = replace(decision, reason=f"{decision.reason} Now: {now}.")
        standing = standing.with_climbs({ladder.name: new}).told(day, decision)
    return standing


def _after_break(standing: Standing, day: date) -> Standing:
    rules = standing.rules
    if standing.last is None:
        return standing
    away = (day - standing.last.day).days
    told = Number("days since the last session", away)
    if away <= rules["break.down_days"]:
        return standing
    climbs = {
        name: set_back(rules, climb, day)
        for name, climb in standing.climbs.items()
        if climb.last is not None
    }
    made = standing.with_climbs(climbs)
    limit = rules.number("break.down_days")
    reason = "After a break everything starts one step lower."
    made = made.told(day, Decision(What.DOWN, "programme", reason, (told, limit)))
    if away <= rules["break.baseline_days"]:
        return made
    limit = rules.number("break.baseline_days")
    reason = "After a long break the baseline is done again."
    decision = Decision(What.BASELINE, "programme", reason, (told, limit))
    return replace(made, due_baseline=True).told(day, decision)


def _block(plan: Plan, standing: Standing, entry: Block) -> Standing:
    ladder, now = plan.ladder(entry.exercise), _today(standing, entry.day)
    name, climb = ladder.name, standing.climbs[ladder.name]
    rules = standing.rules
    pain = after_block(rules, name, now.rest, entry.felt)
    sets = judge_sets(rules, name, entry.sets, entry.difficulty)
    allowed = is_open(plan, standing, ladder) and name not in now.ended
    if pain.what is not What.GO_ON:
        said, new = pain, set_back(rules, climb, entry.day)
    elif sets.what is What.DOWN:
        said, new = sets, set_back(rules, climb, entry.day)
    else:
        said = _counts(standing, entry, sets, allowed=allowed and not now.over)
        new = counted(climb, said.what, entry.day)
    over = now.over or pain.what is What.END_SESSION
    ended = (*now.ended, name) if pain.what is not What.GO_ON else now.ended
    trained = (*now.trained, name) if name not in now.trained else now.trained
    sitting = replace(now, trained=trained, ended=ended, over=over)
    made = replace(standing, last=sitting, leg=standing.leg or entry.felt.leg)
    new = replace(new, last=entry.day)
    if new.step < climb.step:
        now_at = in_words(plan.axes, ladder.steps[new.step])
        said = replace(said, reason=f"{said.reason} Next time: {now_at}.")
    return made.with_climbs({name: new}).told(entry.day, said)


def _counts(
    standing: Standing, entry: Block, sets: Decision, *, allowed: bool
) -> Decision:
    """Return what a block says that was neither painful nor too hard."""
    name = entry.exercise
    limit = standing.rules.number("pain.up_most")
    if entry.felt.pain > limit.value:
        told = (Number("pain", entry.felt.pain, "of 10"), limit)
        return Decision(What.STAY, name, "It hurt a little.", told)
    if sets.what is not What.GOOD:
        return sets
    if not allowed:
        reason = "It was not part of today's plan. It is kept, and not counted."
        return Decision(What.NOTE, name, reason)
    if standing.last is not None and standing.last.hurt:
        reason = "It went well. Pain before training speaks against a step up."
        return Decision(What.STAY, name, reason, (limit,))
    return sets


def _ended(standing: Standing, entry: Ended) -> Standing:
    now = _today(standing, entry.day)
    pain = after_block(standing.rules, "session", now.rest, entry.felt)
    made = replace(standing, last=replace(now, over=True))
    made = replace(made, leg=made.leg or entry.felt.leg).told(entry.day, pain)
    if pain.what is What.GO_ON:
        return made
    climbs = {name: replace(made.climbs[name], good=0) for name in now.trained}
    return made.with_climbs(climbs)


def _morning(standing: Standing, entry: Morning) -> Standing:
    last = standing.last
    if last is None or last.morning or last.day >= entry.day:
        got = "no session before" if last is None else f"a session on {last.day}"
        told = ", told already" if last is not None and last.morning else ""
        msg = (
            f"morning: expected the morning after a session, got {got}{told}: log it "
            "the day after"
        )
        raise ProgrammeError(msg)
    rules = standing.rules
    decision = next_morning(rules, last.rest, entry.pain)
    made = replace(standing, last=replace(last, morning=True, over=True))
    if decision.what is What.GO_ON:
        return replace(made.told(entry.day, decision), rises=0)
    names = last.trained
    lower = ", ".join(name for name in names if made.climbs[name].step)
    if lower:
        reason = f"{decision.reason} One step lower: {lower}."
        decision = replace(decision, reason=reason)
    made = made.told(entry.day, decision)
    climbs = {name: set_back(rules, made.climbs[name], entry.day) for name in names}
    made = replace(made.with_climbs(climbs), rises=made.rises + 1)
    if made.rises < rules["pain.mornings_ask"]:
        return made
    told = (Number("mornings in a row", made.rises), rules.number("pain.mornings_ask"))
    reason = "More pain on several mornings. Ask your therapist before you go on."
    ask = Decision(What.ASK, "programme", reason, told)
    return replace(made, waiting=True).told(entry.day, ask)


def _today(standing: Standing, day: date) -> Sitting:
    if standing.last is None or standing.last.day != day:
        msg = f"session: expected a check-in on {day} first, got none: ask about pain"
        raise ProgrammeError(msg)
    return standing.last
