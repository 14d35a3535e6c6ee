"""The therapist's word: what it changes. It always carries a note."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What
from surefoot.training.programme.entries import KINDS
from surefoot.training.programme.gates import gate
from surefoot.training.progression import put

if TYPE_CHECKING:
    from surefoot.training.programme.entries import Word
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing


def heard(plan: Plan, standing: Standing, word: Word) -> Standing:
    """Return the standing after the therapist decided something.

    Raises
    ------
    ProgrammeError
        If the note is empty, or what it is about is not known.
    """
    if word.kind not in KINDS:
        msg = f"word: expected one of {', '.join(KINDS)}, got {word.kind!r}: choose one"
        raise ProgrammeError(msg)
    if not word.note.strip():
        msg = f"word: expected a note why {word.kind!r}, got none: write one"
        raise ProgrammeError(msg)
    about_ladder = {"step", "limit", "enable", "first"}
    if word.kind in about_ladder:
        made = _about_ladder(plan, standing, word)
    else:
        made = _about_all(standing, word)
    reason = f"Your therapist decided: {KINDS[word.kind]}. Note: {word.note}"
    told = (Number("value", word.value),) if word.kind in {"step", "limit"} else ()
    return _seen(made, word).told(
        word.day, Decision(What.NOTE, word.about, reason, told)
    )


def _about_ladder(plan: Plan, standing: Standing, word: Word) -> Standing:
    ladder, rules = plan.ladder(word.about), standing.rules
    climb = standing.climbs[ladder.name]
    if word.kind == "first":
        return replace(standing, first=ladder.name)
    if word.kind == "enable":
        return replace(standing, enabled=standing.enabled | {ladder.name})
    step = int(word.value)
    if step != word.value or not 0 <= step <= ladder.top:
        msg = (
            f"{ladder.name}: expected a step 0 to {ladder.top}, got {word.value:g}: "
            "name a step of the ladder"
        )
        raise ProgrammeError(msg)
    if word.kind == "limit":
        made = replace(standing, limits={**standing.limits, ladder.name: step})
        lower = put(rules, climb, min(step, climb.step), word.day)
        return made.with_climbs({ladder.name: lower})
    if step > standing.top(ladder):
        msg = (
            f"{ladder.name}: expected a step 0 to {standing.top(ladder)}, got {step}: "
            "enable it or raise the limit first"
        )
        raise ProgrammeError(msg)
    closed = gate(plan, standing, ladder)
    if closed.what is not What.OPEN:
        msg = (
            f"{ladder.name}: expected an open exercise, got one that waits: "
            f"{closed.reason}"
        )
        raise ProgrammeError(msg)
    return standing.with_climbs({ladder.name: put(rules, climb, step, word.day)})


def _about_all(standing: Standing, word: Word) -> Standing:
    if word.kind == "number":
        rules = standing.rules.changed(word.about, word.value, word.note)
        return replace(standing, rules=rules)
    if word.kind == "clear":
        return _cleared(standing, word)
    if word.kind == "train":
        return replace(standing, train=word.day)
    if word.kind == "open-setting":
        return replace(standing, setting=True)
    if word.kind == "maintenance":
        return replace(standing, maintenance=True)
    return replace(standing, waiting=False, rises=0)


def _cleared(standing: Standing, word: Word) -> Standing:
    """Return the standing allowed to train; not when medical help was called for."""
    screen = standing.screen
    if screen is not None and screen.what is What.HELP_NOW:
        msg = (
            "clear: expected no answer that calls for medical help, got one: screen "
            "again when a doctor has looked at it"
        )
        raise ProgrammeError(msg)
    reason = f"Your therapist cleared it. Note: {word.note}"
    cleared = Decision(What.TRAIN, "programme", reason)
    return replace(standing, screen=cleared if screen else None, leg=False)


def _seen(standing: Standing, word: Word) -> Standing:
    """Return the standing with the waiting time of what was looked at begun anew."""
    made, day = standing, word.day
    every = word.about == "programme"
    climbs = {
        name: replace(climb, since=day)
        for name, climb in made.climbs.items()
        if name == word.about or (every and climb.since is not None)
    }
    made = made.with_climbs(climbs)
    for muscle, pair in made.pairs.items():
        if every or muscle == word.about:
            made = made.with_pair(muscle, replace(pair, since=day))
    return replace(made, asked=day) if every else made
