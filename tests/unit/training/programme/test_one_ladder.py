"""On one ladder a worse story never leads higher: the rule behind the calm week."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.session.programme_store import load_plan
from surefoot.training.decision import What
from surefoot.training.progression import (
    Climb,
    counted,
    next_step,
    put,
    set_back,
)

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
many = settings(deadline=None, max_examples=50_000 if SOAK else 250)
RULES = load_plan().rules
MONDAY = date(2026, 1, 5)
mostly = st.sampled_from


@dataclass(frozen=True)
class Turn:
    """One session on one ladder; 0 good, 1 so-so, 2 too hard."""

    gap: int
    well: int
    free: bool
    word: int | None


turns = st.lists(
    st.builds(
        Turn,
        gap=mostly((1, 1, 1, 2, 3)),
        well=mostly((0, 0, 0, 0, 0, 1, 2)),
        free=mostly((True, True, True, True, False)),
        word=mostly((None,) * 20 + (0, 2)),
    ),
    max_size=40,
)


def climbed(story):
    """Yield the step of one ladder, session after session."""
    climb, day = Climb(), MONDAY
    for turn in story:
        day += timedelta(days=turn.gap)
        if turn.word is not None:
            climb = put(RULES, climb, turn.word, day)
        if turn.free:
            climb, _ = next_step(RULES, "rocker", climb, 4, day)
        if turn.well == 2:
            climb = set_back(RULES, climb, day)
        else:
            verdict = What.STAY if turn.well else What.GOOD
            climb = counted(climb, verdict, day)
        yield climb


@many
@given(st.data(), turns)
def test_on_one_ladder_a_worse_story_never_leads_higher(data, story):
    bad = [
        replace(
            turn,
            well=min(2, turn.well + data.draw(mostly((0, 0, 0, 0, 1, 2)))),
            free=turn.free and data.draw(mostly((True, True, True, False))),
        )
        for turn in story
    ]
    for better, poorer in zip(climbed(story), climbed(bad), strict=True):
        assert poorer.step <= better.step
        assert poorer.best <= better.best
        assert poorer.mastered <= better.mastered
