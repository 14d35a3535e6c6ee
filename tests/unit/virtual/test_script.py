"""The scripts: in order, and made of things a session understands."""

from __future__ import annotations

from itertools import pairwise

import pytest

from surefoot.training import COMMANDS
from surefoot.virtual import (
    PEOPLE,
    Fault,
    Move,
    Say,
    Script,
    clicker,
    eventful,
    for_person,
    hold_level,
    sensor_lost,
    stepping_off,
)

SCRIPTS = {
    script.name: script
    for script in (
        hold_level(),
        stepping_off(),
        clicker(),
        sensor_lost(),
        eventful(),
    )
}


def said(script: Script) -> list[tuple[float, Say]]:
    return [(t, action) for t, action in script.actions if isinstance(action, Say)]


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_everything_said_is_a_command_with_its_arguments(script: Script):
    assert len(said(script)) >= 6
    for _, action in said(script):
        optional = {"seed"}  # of a start: a drill without chance needs none
        assert set(action.detail) == set(COMMANDS[action.do]) - optional


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_rest_is_given_the_time_it_takes_to_find(script: Script):
    told = said(script)
    for (t, action), (later, _) in pairwise(told):
        if action.do == "level":
            assert later - t >= 4.0


def test_five_minutes_hold_every_kind_of_trouble():
    script = eventful()
    faults = {a.kind for _, a in script.actions if isinstance(a, Fault)}
    whys = {str(a.detail["why"]) for _, a in said(script) if a.do == "stop"}
    moves = {a.do for _, a in script.actions if isinstance(a, Move)}
    assert script.seconds == 300
    assert faults == {"loss", "twice", "drop", "restart", "silent"}
    assert whys == {"clicker"}
    assert "leave" in moves


def test_every_run_but_the_first_is_asked_for_again():
    told = [action.do for _, action in said(hold_level(trials=3))]
    assert told.count("start") == 3
    assert told.count("again") == 2


def test_only_who_is_in_pain_says_so():
    for name in PEOPLE:
        whys = [a.detail.get("why") for _, a in said(for_person(name))]
        assert ("pain" in whys) == (name == "in-pain")


def test_actions_out_of_order_are_refused():
    late, early = (5.0, Say("start")), (2.0, Say("stop"))
    with pytest.raises(ValueError, match="not in order"):
        Script("x", 10.0, (late, early))
    with pytest.raises(ValueError, match="not in order"):
        Script("x", 4.0, (late,))
