"""The rules that must never break, held against histories of every kind."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.session.programme_store import load_plan
from surefoot.training.decision import What
from surefoot.training.pain import Felt
from surefoot.training.programme import after, blank, fold, plan_day
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Morning,
    Range,
    Screened,
    Started,
    Target,
    Word,
)
from surefoot.training.progression import (
    SetDone,
)
from surefoot.training.support import therapist_only

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
few = settings(deadline=None, max_examples=5000 if SOAK else 25)
PLAN = load_plan()
RULES = PLAN.rules
AIM, SLACK = 1.2, RULES["range.slack"]
MONDAY = date(2026, 1, 5)
LADDERS = list(PLAN.ladders)
MUSCLES = list(PLAN.pairs)
BLOCKED = {What.HELP_NOW, What.NO_TRAINING, What.BASELINE}


@dataclass(frozen=True)
class Done:
    """One exercise; 0 is the best of each."""

    name: str
    missing: tuple[int, ...]  # share not kept, in twentieths; -1 is not scored
    grabs: int = 0
    touches: int = 0
    hard: int = 0
    pain: int = 0
    sharp: bool = False
    leg: bool = False


@dataclass(frozen=True)
class Visit:
    """One session with what came before and after it; 0 is the best of each."""

    gap: int
    rest: int
    moved: int
    sharp: bool
    blocks: tuple[Done, ...]
    end: int
    morning: int | None
    stiff: tuple[int, ...]  # range missing, in hundredths of a rad; empty if not told
    word: tuple[str, str, int] | None
    yes: tuple[str, ...]


mostly = st.sampled_from
fine = mostly((0,) * 12 + (1, 2, 3))
rarely = mostly((False,) * 15 + (True,))
kept = mostly((0, 1, 2, 2, 3, 4, 6, 12, -1))
done = st.builds(
    Done,
    name=mostly(LADDERS),
    missing=st.tuples(kept, kept, kept),
    grabs=mostly((0,) * 8 + (1, 3)),
    touches=mostly((0,) * 6 + (1, 2)),
    hard=mostly((0, 1, 1, 2, 3)),
    pain=fine,
    sharp=rarely,
    leg=mostly((False,) * 60 + (True,)),
)
words = mostly(
    [None] * 10
    + [("go-on", "programme", 0), ("clear", "programme", 0), ("train", "session", 0)]
    + [("enable", name, 0) for name in ("rocker", "dome", "lift-and-bend")]
    + [("limit", name, step) for name in ("rocker", "abdominals") for step in (1, 3)]
    + [("step", "low-back", step) for step in (0, 1, 2)]
    + [("open-setting", "setting", 0), ("first", "buttocks", 0)]
)
visit = st.builds(
    Visit,
    gap=mostly((1, 2, 2, 2, 3, 3, 4, 9, 25)),
    rest=mostly((0, 0, 0, 1, 2, 5)),
    moved=mostly((0,) * 8 + (1, 2)),
    sharp=rarely,
    blocks=st.lists(done, min_size=1, max_size=5).map(tuple),
    end=mostly((0,) * 8 + (2,)),
    morning=mostly((0, 0, 0, 0, 0, 0, 1, 2, None)),
    stiff=st.one_of(st.just(()), st.tuples(*[mostly((0, 0, 0, 5, 12, 30))] * 3)),
    word=words,
    yes=mostly(((),) * 20 + (("falls",), ("saddle",))),
)
histories = st.lists(visit, min_size=1, max_size=18).map(tuple)
baselines = st.tuples(*[st.integers(0, PLAN.ladders[name].top) for name in LADDERS])
"""Where somebody begins: so that late parts of the programme are reached too."""


def entries(visits, steps):
    """Write a history down, oldest first."""
    day = MONDAY
    yield Started(day)
    yield Screened(day)
    yield from (Target(day, muscle, AIM) for muscle in MUSCLES)
    yield Baseline(day, tuple(zip(LADDERS, steps, strict=True)))
    for told in visits:
        day += timedelta(days=told.gap)
        yield Screened(day, told.yes)
        for muscle, missing in zip(MUSCLES, told.stiff, strict=False):
            yield Range(day, muscle, AIM + 0.02 - missing / 100)
        if told.word:
            kind, about, value = told.word
            yield Word(day, kind, about, "because", value)
        moved = min(10, told.rest + told.moved)
        yield CheckIn(day, told.rest, Felt(moved, told.sharp))
        for block in told.blocks:
            yield as_block(day, block, told.rest)
        yield Ended(day, Felt(min(10, told.rest + told.end)))
        if told.morning is not None:
            pain = min(10, told.rest + told.morning)
            yield Morning(day + timedelta(days=1), pain)


def as_block(day, told, rest):
    scores = [None if m < 0 else 1 - m / 20 for m in told.missing]
    sets = tuple(
        SetDone(score, i < 2, told.touches, told.grabs)
        for i, score in enumerate(scores)
    )
    felt = Felt(min(10, rest + told.pain), told.sharp, leg=told.leg)
    return Block(day, told.name, sets, felt, 1 + told.hard)


def lived(history):
    """Yield each entry with where the person stood before and stands after it."""
    standing = blank(PLAN)
    for entry in history:
        before = standing
        try:
            standing = after(PLAN, before, entry)
        except Exception:
            if not isinstance(entry, Word):
                raise
            continue  # a word that is refused, such as clearing what calls for help
        yield entry, before, standing


def days_planned(history):
    """Yield the standing and the plan after every entry of a session."""
    for entry, _, standing in lived(history):
        if isinstance(entry, (CheckIn, Block, Morning)):
            yield standing, plan_day(PLAN, standing, entry.day)


@few
@given(histories, baselines)
def test_no_strengthening_before_its_opponent_is_flexible(visits, steps):
    angle, reached = {}, dict.fromkeys(MUSCLES, False)
    for entry, _, standing in lived(entries(visits, steps)):
        if isinstance(entry, Range):
            angle[entry.muscle] = entry.angle
            reached[entry.muscle] |= entry.angle >= AIM
        today = plan_day(PLAN, standing, entry.day)
        names = {*today.allowed, *(item.name for item in today.items)}
        for muscle, opponent in PLAN.pairs.items():
            if opponent in names:
                assert reached[muscle]
                assert angle[muscle] >= AIM - SLACK


@few
@given(histories, baselines)
def test_never_up_after_pain(visits, steps):
    hurt = {}  # by ladder: whether its last session, or the morning after, told of pain
    rest = asleep = None
    trained = set()
    for entry, before, standing in lived(entries(visits, steps)):
        ups = {d.about for _, d in standing.log[len(before.log) :] if d.what is What.UP}
        if isinstance(entry, CheckIn):
            rest = entry.rest
            easy = max(rest, entry.moved.pain) <= 2 and not entry.moved.sharp
            assert easy or not ups
            assert not asleep or not ups
            asleep, trained = True, set()
        else:
            assert not ups, "a step up comes after the questions about pain only"
        for name in ups:
            assert not hurt.get(name)
        if isinstance(entry, Block):
            felt = entry.felt
            new = felt.sharp or felt.leg or felt.pain - rest >= 2 or felt.pain > 2
            hurt[entry.exercise] = new or (
                hurt.get(entry.exercise, False) and entry.exercise in trained
            )
            trained.add(entry.exercise)
        if isinstance(entry, Ended) and entry.felt.pain - rest >= 2:
            hurt |= dict.fromkeys(trained, True)
        if isinstance(entry, Morning):
            asleep = False
            if entry.pain - rest >= 2:
                hurt |= dict.fromkeys(trained, True)


@few
@given(histories, baselines)
def test_at_most_two_ups_a_week_and_one_step_at_a_time(visits, steps):
    ups = {}
    for entry, before, standing in lived(entries(visits, steps)):
        for _, decision in standing.log[len(before.log) :]:
            if decision.what is What.UP:
                name = decision.about
                ups.setdefault(name, []).append(entry.day)
                assert standing.climbs[name].step == before.climbs[name].step + 1
    for days in ups.values():
        for day in days:
            assert sum(0 <= (day - other).days < 7 for other in days) <= 2


@few
@given(histories, baselines)
def test_every_exercise_has_a_set_without_picture_and_no_step_beyond_the_agreed(
    visits, steps
):
    for standing, today in days_planned(entries(visits, steps)):
        for item in today.items:
            assert item.feedback.pictures[-1] is False
        for name, step in today.allowed.items():
            ladder = PLAN.ladders[name]
            assert step <= standing.top(ladder)
            if name not in standing.enabled:
                assert not therapist_only(ladder.at(step))


@few
@given(histories, baselines)
def test_nobody_is_stuck_for_ever(visits, steps):
    *_, (_, _, standing) = lived(entries(visits, steps))
    later = standing.day + timedelta(days=28)
    today = plan_day(PLAN, standing, later)
    assert standing.maintenance or today.asks or today.decision.what in BLOCKED
    moved = {What.UP, What.OPEN, What.NOTE}
    for entry, _, now in lived(entries(visits, steps)):
        progress = [d for d, told in now.log if told.what in moved]
        if progress and (entry.day - progress[-1]).days >= 28 and not now.maintenance:
            assert plan_day(PLAN, now, entry.day).asks


@few
@given(histories, baselines)
def test_the_same_history_gives_the_same_plan(visits, steps):
    told = list(entries(visits, steps))
    accepted = [entry for entry, _, _ in lived(told)]
    *_, (_, _, standing) = lived(told)
    again = fold(PLAN, accepted)
    assert again == standing
    day = standing.day + timedelta(days=1)
    assert plan_day(PLAN, again, day) == plan_day(PLAN, standing, day)


def worse_block(told, by, numbers):
    missing = tuple(
        m if m < 0 else min(20, m + n)
        for m, n in zip(told.missing, by[:3], strict=True)
    )
    return replace(
        told,
        missing=missing,
        grabs=told.grabs + by[3],
        touches=told.touches + by[3],
        hard=min(4, told.hard + by[4]),
        pain=told.pain + by[4],
        sharp=told.sharp or numbers[0],
        leg=told.leg or numbers[1],
    )


@st.composite
def worse(draw, visits):
    """Draw the same history in which no answer is better and some are worse."""
    some = mostly((0,) * 8 + (1, 4))
    signs = st.tuples(rarely, mostly((False,) * 60 + (True,)))
    made = []
    for told in visits:
        by = draw(st.tuples(some, some, some, some))
        blocks = tuple(
            worse_block(block, draw(st.tuples(*[some] * 5)), draw(signs))
            for block in told.blocks
        )
        made.append(
            replace(
                told,
                rest=told.rest + by[0],
                moved=told.moved + by[1],
                blocks=blocks,
                end=told.end + by[2],
                morning=None if told.morning is None else told.morning + by[3],
                stiff=tuple(s + 4 * draw(some) for s in told.stiff),
                yes=told.yes or draw(mostly(((),) * 20 + (("falls",),))),
            )
        )
    return tuple(made)


@few
@given(st.data(), histories, baselines)
def test_a_worse_history_never_gives_a_harder_plan(data, visits, steps):
    bad = data.draw(worse(visits))
    lower = data.draw(st.tuples(*[st.integers(0, step) for step in steps]))
    better = list(entries(visits, steps))
    poorer = list(entries(bad, lower))
    assert len(better) == len(poorer)
    one, other = blank(PLAN), blank(PLAN)
    for entry, poor in zip(better, poorer, strict=True):
        try:
            new = after(PLAN, one, entry), after(PLAN, other, poor)
        except Exception:
            if not isinstance(entry, Word):
                raise
            continue
        one, other = new
        easy, hard = plan_day(PLAN, other, entry.day), plan_day(PLAN, one, entry.day)
        assert easy.allowed.keys() <= hard.allowed.keys()
        for name, step in easy.allowed.items():
            assert step <= hard.allowed[name]
