"""When the therapist is asked: nobody waits for ever, and nobody is left guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, What
from surefoot.training.programme.gates import open_ladders
from surefoot.training.support import therapist_only

if TYPE_CHECKING:
    from datetime import date

    from surefoot.training.ladder import Ladder
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing


def questions_for_the_therapist(
    plan: Plan, standing: Standing, day: date
) -> tuple[Decision, ...]:
    """Return what the therapist is asked on a day, with the reason of each.

    Nothing moves because of it: time alone opens nothing. A word of the therapist about
    it begins the waiting time anew.
    """
    if standing.maintenance or standing.started is None:
        return ()
    asked = [
        *_two_mornings(standing),
        *_no_target(plan, standing),
        *_ties(plan, standing),
        *_slow_pairs(plan, standing, day),
        *_slow_ladders(plan, standing, day),
        *_next_allowed(plan, standing),
        *_long(standing, day),
    ]
    return tuple(asked)


def least_fit(plan: Plan, standing: Standing) -> tuple[Ladder, ...]:
    """Return the ladders with the lowest step at baseline, of the stage begun last.

    Empty before a baseline; several when they tie.
    """
    if standing.baseline is None:
        return ()
    known = [
        ladder
        for ladder in open_ladders(plan, standing)
        if ladder.name in standing.baseline
        and not standing.climbs[ladder.name].mastered
    ]
    newest = [ladder for ladder in known if ladder.stage == known[-1].stage]
    lowest = min((standing.baseline[n.name] for n in newest), default=0)
    return tuple(n for n in newest if standing.baseline[n.name] == lowest)


def _two_mornings(standing: Standing) -> list[Decision]:
    if not standing.waiting:
        return []
    told = (Number("mornings in a row", standing.rises),)
    numbers = (*told, standing.rules.number("pain.mornings_ask"))
    reason = "There was more pain on several mornings after training."
    return [Decision(What.ASK, "programme", reason, numbers)]


def _no_target(plan: Plan, standing: Standing) -> list[Decision]:
    return [
        Decision(
            What.ASK, muscle, f"{plan.ladders[muscle].title}: which range is the aim?"
        )
        for muscle, pair in standing.pairs.items()
        if pair.target is None
    ]


def _ties(plan: Plan, standing: Standing) -> list[Decision]:
    lowest = least_fit(plan, standing)
    names = {ladder.name for ladder in lowest}
    if len(lowest) < 2 or standing.first in names:
        return []
    told = ", ".join(ladder.title for ladder in lowest)
    reason = f"These began at the same step. Which one comes first? {told}."
    return [Decision(What.ASK, lowest[0].name, reason)]


def _slow_pairs(plan: Plan, standing: Standing, day: date) -> list[Decision]:
    reason = "The range is not reached yet. What should change?"
    return [
        _waited(standing, muscle, f"{plan.ladders[muscle].title}: {reason}", since, day)
        for muscle, pair in standing.pairs.items()
        if not pair.open
        and (since := pair.since or standing.started) is not None
        and _long_ago(standing, since, day)
    ]


def _slow_ladders(plan: Plan, standing: Standing, day: date) -> list[Decision]:
    found: list[Decision] = []
    for ladder in open_ladders(plan, standing):
        climb = standing.climbs[ladder.name]
        since = climb.since or standing.started
        if climb.mastered or since is None or not _long_ago(standing, since, day):
            continue
        reason = f"{ladder.title}: the step has stayed. What should change?"
        found.append(_waited(standing, ladder.name, reason, since, day))
    return found


def _next_allowed(plan: Plan, standing: Standing) -> list[Decision]:
    """Return what is done well where only the therapist may allow more."""
    found: list[Decision] = []
    for ladder in open_ladders(plan, standing):
        climb, top = standing.climbs[ladder.name], standing.top(ladder)
        agreed = ladder.name in standing.limits or top == ladder.top
        if agreed or climb.step < top or not climb.mastered:
            continue
        if therapist_only(ladder.at(top + 1)):
            reason = f"{ladder.title}: it is done well. Is the next step allowed?"
            found.append(Decision(What.ASK, ladder.name, reason))
    return found


def _long(standing: Standing, day: date) -> list[Decision]:
    since, rule = standing.started, standing.rules.number("wait.programme_days")
    if since is None or (day - since).days < rule.value:
        return []
    if standing.asked is not None and not _long_ago(standing, standing.asked, day):
        return []
    told = (Number("days in the programme", (day - since).days), rule)
    reason = "The usual time is over. How shall it go on?"
    return [Decision(What.ASK, "programme", reason, told)]


def _long_ago(standing: Standing, since: date, day: date) -> bool:
    return (day - since).days >= standing.rules["wait.ask_days"]


def _waited(
    standing: Standing, about: str, reason: str, since: date, day: date
) -> Decision:
    told = Number("days without progress", (day - since).days)
    return Decision(
        What.ASK, about, reason, (told, standing.rules.number("wait.ask_days"))
    )
