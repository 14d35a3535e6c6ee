"""A plan, and short ways to write down what somebody did."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import surefoot.training as training
from surefoot.training.pain import Felt
from surefoot.training.programme import PARTS, fold, parse_plan, plan_day
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
)
from surefoot.training.progression import SetDone
from surefoot.virtual.trainees import TRAINEES, simulate

PLANS = Path(training.__file__).parent / "plans"
MONDAY = date(2026, 1, 5)
GOOD = (SetDone(0.95), SetDone(0.9), SetDone(0.85, picture=False))
AIM = 1.2


def texts():
    return {name: (PLANS / f"{name}.toml").read_text("utf-8") for name in PARTS}


PLAN = parse_plan(texts())


@pytest.fixture(scope="session")
def plan():
    return PLAN


class Person:
    """Somebody's entries, written with few words."""

    def __init__(self, ranges=(1.3, 1.3, 1.3), steps=(), yes=()):
        self.day = MONDAY
        self.entries = [Started(self.day), Screened(self.day, yes)]
        for muscle, angle in zip(PLAN.pairs, ranges, strict=True):
            self.entries.append(Target(self.day, muscle, AIM))
            self.entries.append(Range(self.day, muscle, angle))
        self.entries.append(Baseline(self.day, tuple(steps)))

    @property
    def standing(self):
        return fold(PLAN, self.entries)

    @property
    def today(self):
        return plan_day(PLAN, self.standing, self.day)

    def step(self, name):
        return self.standing.climbs[name].step

    def told(self, what, about=None):
        log = [d for _, d in self.standing.log]
        return [d for d in log if d.what is what and about in {None, d.about}]

    def on(self, days):
        self.day += timedelta(days=days)
        return self

    def add(self, *entries):
        self.entries += entries
        return self

    def check_in(self, rest=0, moved=None, painkillers=False):
        felt = Felt(rest) if moved is None else moved
        return self.add(CheckIn(self.day, rest, felt, painkillers))

    def block(self, name, sets=GOOD, felt=None, difficulty=2):
        felt = Felt() if felt is None else felt
        return self.add(Block(self.day, name, sets, felt, difficulty))

    def session(self, *names, rest=0, sets=GOOD, felt=None, morning=0, gap=3):
        """A whole session, the morning after, and on to the day of the next."""
        self.check_in(rest)
        for name in names:
            self.block(name, sets, felt)
        self.add(Ended(self.day, Felt(rest)))
        if morning is not None:
            self.add(Morning(self.day + timedelta(days=1), rest + morning))
        return self.on(gap)


@pytest.fixture
def person():
    return Person


@pytest.fixture(scope="session")
def plan_texts():
    return texts()


@pytest.fixture(scope="session")
def diaries():
    """Sixteen weeks of each virtual person."""
    return {name: simulate(PLAN, name) for name in TRAINEES}
