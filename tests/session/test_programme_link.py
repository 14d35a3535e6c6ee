"""What a sitting says in a programme: no more than was done, no less than was felt."""

from __future__ import annotations

from datetime import date
from math import nan
from types import SimpleNamespace
from typing import Any

import pytest

from surefoot.session.drill_shelf import load_drill
from surefoot.session.programme_link import block_of
from surefoot.session.snapshot import Result
from surefoot.training.agreed import Agreed
from surefoot.training.pain import Felt
from surefoot.training.programme.entries import Block
from surefoot.training.scoring import Score
from surefoot.training.sets import sets_of
from surefoot.training.verdict import Grade, Verdict

DAY = date(2026, 3, 2)
FINE = Verdict(Grade.GOOD, (), 0.0, 0.0, 0.0)
ALL = Score(1.0, "time_in_zone", 1.0, "1", 0.05, "share of the time in the zone")


def engine(name: str, *results: Result, felt: Felt | None = None) -> Any:
    """Return what is looked at of an engine after a sitting."""
    talk = SimpleNamespace(answers=[] if felt is None else [felt])
    trial = SimpleNamespace(sets=sets_of(load_drill(name), Agreed()), talk=talk)
    return SimpleNamespace(trial=trial, results=list(results), events=[])


def done(ended: str, score: Score | None = ALL, **more: Any) -> Result:
    return Result(FINE, (), ended, end=14.0, score=score, set_no=1, **more)


def first(name: str, result: Result) -> tuple[float | None, int]:
    block = block_of(engine(name, result), "rocker", DAY)
    assert isinstance(block, Block)
    return block.sets[0].kept, block.sets[0].grabs


@pytest.mark.parametrize("ended", ["pain", "key", "clicker", "sensor-lost"])
def test_a_set_that_was_broken_off_was_not_kept_for_its_whole_time(ended: str) -> None:
    assert first("rocker-hold-level", done("time")) == (1.0, 0)
    assert first("rocker-hold-level", done(ended)) == (None, 0)
    # of repetitions asked for, what was done is a share all the same
    assert first("wood-chop", done(ended)) == (1.0, 0)


def test_a_step_off_the_board_counts_as_one() -> None:
    assert first("rocker-hold-level", done("stepped-off")) == (1.0, 1)


def test_a_grab_counts_though_the_set_could_not_be_scored() -> None:
    lost = Score(None, "time_in_zone", nan, "1", 0.05, "", "not scored")
    assert first("rocker-hold-level", done("time", lost, held_on=True)) == (None, 1)
    assert first("rocker-hold-level", done("time", None, held_on=True)) == (None, 1)


def test_what_does_not_count_is_no_kept_set() -> None:
    assert first("stand-still", done("time", invalid="stepped"))[0] is None


def test_what_hurt_is_told_though_no_set_was_done() -> None:
    hurt = block_of(engine("wood-chop", felt=Felt(4, leg=True)), "wood-chop", DAY)
    assert hurt == Block(DAY, "wood-chop", (), Felt(4, leg=True), None)
    assert block_of(engine("wood-chop", felt=Felt()), "wood-chop", DAY) is None
    assert block_of(engine("wood-chop"), "wood-chop", DAY) is None
