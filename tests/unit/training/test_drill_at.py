"""Every step of every ladder is a drill that can be done, told in its text."""

from __future__ import annotations

import re
import tomllib

import pytest

from surefoot.core import DrillError
from surefoot.session.drill_shelf import shipped_drill
from surefoot.session.programme_store import load_plan
from surefoot.training import parse_drill
from surefoot.training.drill_at import SECOND, TEMPO, at_position, told
from surefoot.training.ladder import share_of
from surefoot.training.position import AXES
from surefoot.training.task import Repeat, Stretch

PLAN = load_plan()
STEPS = [(ladder, step) for ladder in PLAN.ladders.values() for step in ladder.steps]


@pytest.mark.parametrize(
    ("ladder", "step"), STEPS, ids=[f"{n.name}-{n.steps.index(s)}" for n, s in STEPS]
)
def test_a_step_of_the_programme_is_a_drill_in_that_position(ladder, step):
    name, asked = ladder.drill_at(ladder.steps.index(step)), dict(step)
    share = share_of(PLAN.axes, step)
    drill = at_position(shipped_drill(name), asked, share)
    assert parse_drill(drill.text, "again") == drill
    for stage in drill.stages:
        position = dict(stage.position)
        for axis in AXES:
            if axis in asked and (axis, asked[axis]) != ("task", "single"):
                assert position[axis] == asked[axis]
        task = stage.task
        if isinstance(task, Repeat) and "range" in asked:
            assert task.portion == float(asked["range"]) / 100
        if isinstance(task, Stretch):
            assert task.limit == float(asked["range"]) / 100
        if "repetitions" in asked:
            assert isinstance(task, Repeat)
            assert f"{stage.sets}x{task.repetitions}" == asked["repetitions"]
        closed = position.get("vision") == "closed"
        if share is not None and not closed:
            shown = sum(stage.pictures)
            assert shown == min(round(share * stage.sets), stage.sets - 1)


def test_tempo_and_second_tasks_are_those_of_the_ladders():
    axis = PLAN.axes["tempo"]
    for value, words in zip(axis.values, axis.words, strict=True):
        seconds = re.findall(r"(\d+) s", words)
        assert TEMPO[value] == f"[{', '.join(seconds)}]"
    assert set(SECOND) == set(PLAN.axes["task"].values) - {"single"}


def test_what_is_never_done_is_refused():
    with pytest.raises(DrillError, match="eyes open on the ball, always"):
        at_position(shipped_drill("ball-sit-still"), {"vision": "closed"})
    with pytest.raises(DrillError, match="never done with resistance"):
        at_position(
            shipped_drill("lift-and-bend"), {"range": "110", "resistance": "light"}
        )


def test_a_test_never_gets_a_picture():
    drill = at_position(shipped_drill("romberg"), {}, 0.67)
    assert not any(any(stage.pictures) for stage in drill.stages)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("[a]\nb = 1\n[c]\nb = 2\n", ("c", "b"), "3"),
        ("[a]\nb = 1\n[c]\n", ("c", "b"), "3"),
        ("a = 1\n", ("c", "b"), "3"),
        ('[c]\n"b" = 2 # old\n', ("c", "b"), "3"),
    ],
)
def test_a_value_is_changed_in_its_table_only(text, path, value):
    before, after = tomllib.loads(text), tomllib.loads(told(text, path, value))
    assert after.pop("c")["b"] == 3
    before.pop("c", None)
    assert after == before
