"""The programme told as a diary: one day after another, with reasons and numbers."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING

from surefoot.training.decision import What
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Entry,
    Morning,
    Range,
    Retest,
    Screened,
    Started,
    Target,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from surefoot.training.decision import Decision
    from surefoot.training.pain import Felt
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.today import Today
    from surefoot.training.progression import SetDone

QUIET = frozenset({What.GO_ON, What.GOOD})
"""Decisions a diary does not tell one by one: nothing followed from them that day."""


def day_told(
    plan: Plan,
    day: date,
    entries: Iterable[Entry],
    decisions: Iterable[Decision],
    today: Today | None = None,
) -> list[str]:
    """Return a day as lines: what was told, what was done, what was decided and why."""
    head = dated(day)
    if today is not None:
        head += f", week {today.week}: {today.decision.what}"
    lines = [head]
    lines += [f"  {entry_told(plan, entry)}" for entry in entries]
    told = list(decisions)
    lines += [f"  -> {d}" for d in told if d.what not in QUIET]
    good = [d.about for d in told if d.what is What.GOOD]
    return [*lines, f"  -> {What.GOOD}: {', '.join(good)}"] if good else lines


def today_told(today: Today) -> list[str]:
    """Return the plan of a day as lines people read."""
    lines = [
        f"{dated(today.day)}, week {today.week}, {today.stage}",
        f"{str(today.decision.what).capitalize()}. {today.decision.reason}",
    ]
    for number, item in enumerate(today.items, 1):
        pictures = item.feedback.pictures
        lines += [
            f"{number}. {item.title}: {item.how}.",
            f"   {item.focus}",
            f"   {sets_told(pictures)}",
            f"   {item.no_picture}",
        ]
        lines += [f"   Before every set: {question}" for question in item.ask_before]
    lines += [f"Stop at once: {stop}." for stop in today.stops]
    lines += [f"Ask your therapist: {ask.reason}" for ask in today.asks]
    return lines


def sets_told(pictures: tuple[bool, ...]) -> str:
    """Return the sets: ``"6 sets, no picture in set 3 and 6."``."""
    without = [str(i) for i, picture in enumerate(pictures, 1) if not picture]
    sets = f"{len(pictures)} sets" if len(pictures) > 1 else "1 set"
    return f"{sets}, no picture in set {' and '.join(without)}."


def dated(day: date) -> str:
    """Return a day as people read it: ``"Monday 5 January 2026"``."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def entry_told(plan: Plan, entry: Entry) -> str:
    """Return one entry in words."""
    match entry:
        case CheckIn() | Block() | Ended() | Morning():
            return _session_told(plan, entry)
        case Target():
            aim = f"the aim is {degrees(entry.angle):.0f} degrees"
            return f"{plan.ladders[entry.muscle].title}: {aim}"
        case Range():
            reached = f"free of pain to {degrees(entry.angle):.0f} degrees"
            return f"{plan.ladders[entry.muscle].title}: {reached}"
        case Word():
            return f"Therapist, {entry.about}: {entry.kind}. {entry.note}"
        case _:
            return _event_told(entry)


def _event_told(entry: Started | Screened | Baseline | Retest) -> str:
    match entry:
        case Started():
            return "The programme begins"
        case Screened():
            told = f"yes to {', '.join(entry.yes)}" if entry.yes else "no to all"
            return f"Questions of the first visit: {told}"
        case Baseline():
            reached = ", ".join(f"{name} {step}" for name, step in entry.steps)
            return f"Baseline, step reached: {reached}"
        case Retest():
            return "The monthly test was done"


def _session_told(plan: Plan, entry: CheckIn | Block | Ended | Morning) -> str:
    match entry:
        case CheckIn():
            taken = ", painkillers taken" if entry.painkillers else ""
            return f"Pain at rest {entry.rest}, moving {_felt(entry.moved)}{taken}"
        case Block():
            kept = " ".join(_kept(done) for done in entry.sets)
            hard = f", felt {entry.difficulty} of 5" if entry.difficulty else ""
            title = plan.ladders[entry.exercise].title
            return f"{title}: kept {kept}; pain {_felt(entry.felt)}{hard}"
        case Ended():
            return f"End: pain {_felt(entry.felt)}"
        case Morning():
            return f"The morning after: pain {entry.pain}"


def _felt(felt: Felt) -> str:
    signs = [
        word
        for word, told in (
            ("sharp", felt.sharp),
            ("new sign in a leg", felt.leg),
        )
        if told
    ]
    if felt.stretch:
        return ", ".join(["none, a stretch", *signs])
    return ", ".join([str(felt.pain), *signs])


def _kept(done: SetDone) -> str:
    share = "not scored" if done.kept is None else f"{100 * done.kept:.0f} %"
    return share if done.picture else f"({share})"
