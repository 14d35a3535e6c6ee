"""A score comes from a measure by a rule, and says why there is none."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.analysis.registry import CARDS
from surefoot.core import Measure
from surefoot.training import judge, watching
from surefoot.training import task as asked
from surefoot.training.decision import ProgrammeError
from surefoot.training.scoring import as_set_done, score_of
from surefoot.training.task import Stage

GOOD, LOST = judge(0.0, 0.01), judge(0.07, 0.1)
DRILL = replace(watching(), primary="mean_velocity")
RULES = [
    (asked.Hold(), "time_in_zone", 0.83, 0.83),
    (asked.Follow(), "time_on_target", 0.5, 0.5),
    (asked.Stand(best=True), "stance_time", 12.0, 0.4),
    (asked.Stand(best=True), "stance_time", 45.0, 1.0),
    (asked.Stand(errors=True), "stance_errors", 3.0, 0.7),
    (asked.Stand(), "mean_velocity", 0.02, None),
    (asked.Reach(), "reach_share", 0.75, 0.75),
    (asked.Repeat(), "repetition_clean_share", 0.875, 0.875),
    (asked.Repeat(capture=True), "repetition_count", 4.0, None),
    (asked.Stretch(), "stretch_calm_share", 1.0, 1.0),
    (asked.Reposition(), "mean_velocity", 0.02, None),
    (asked.Land(), "mean_velocity", 0.02, None),
    (asked.Walk(10), "walk_correct_steps", 8.0, 0.8),
]


def measured(name: str, value: float) -> Measure:
    return Measure(name, value, CARDS[name].unit, 0.0, 30.0, "board/tilt")


def stage(task) -> Stage:
    return Stage("", (), task, duration=30.0)


@pytest.mark.parametrize(("task", "name", "value", "kept"), RULES)
def test_each_task_has_its_rule(task, name, value, kept) -> None:
    others = [measured("tilt_rms", 0.1), measured("tilt_max", 0.2)]
    measures = [*others, measured(name, value)]
    score = score_of(DRILL, stage(task), measures, GOOD, zone=0.05)
    assert score.kept == pytest.approx(kept) if kept is not None else not score.kept
    assert (score.measure, score.value, score.reason) == (name, value, "")
    assert score.rule
    assert score.unit == CARDS[name].unit
    assert score.zone == (0.05 if name in {"time_in_zone", "time_on_target"} else 0.0)


@pytest.mark.parametrize(("task", "name", "value", "kept"), RULES)
def test_quality_is_said_instead_of_a_number(task, name, value, kept) -> None:
    score = score_of(DRILL, stage(task), [measured(name, value)], LOST)
    assert score.kept is None
    assert score.value != score.value
    assert score.reason == "not scored: 7 % of samples lost"
    without = score_of(DRILL, stage(task), [], GOOD)
    assert (without.kept, without.reason) == (None, "not scored: nothing was measured")
    assert kept is None or 0 <= kept <= 1


@given(st.sampled_from(RULES), st.floats(-1e9, 1e9) | st.just(nan))
def test_what_was_kept_is_a_share_or_nothing(rule, value) -> None:
    task, name, _, _ = rule
    score = score_of(DRILL, stage(task), [measured(name, value)], GOOD)
    assert score.kept is None or 0.0 <= score.kept <= 1.0
    assert (score.reason == "") == (value == value)


def test_more_is_never_less() -> None:
    for task, name, _, kept in RULES:
        if kept is None:
            continue
        low, high = (
            score_of(DRILL, stage(task), [measured(name, x)], GOOD).kept
            for x in (0.2, 0.6)
        )
        assert (low < high) != (name == "stance_errors"), name


def test_a_set_as_progression_takes_it() -> None:
    measures = [measured("time_in_zone", 0.9), measured("edge_contacts", 2.0)]
    score = score_of(DRILL, stage(asked.Hold()), measures, GOOD)
    done = as_set_done(score, measures, picture=False, held_on=True, seconds=30.0)
    assert (done.kept, done.touches, done.grabs) == (0.9, 2, 1)
    assert not done.picture
    lost = score_of(DRILL, stage(asked.Hold()), measures, LOST)
    assert as_set_done(lost, [], picture=True, held_on=None, seconds=1.0).kept is None
    with pytest.raises(ProgrammeError):
        as_set_done(score, measures, picture=True, held_on=False, seconds=0.0)
