"""A sitting with a drill of schema 2: questions, sets, rests, pain, what is refused."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.session.drill_shelf import shipped_names
from surefoot.session.setup import load_drill
from surefoot.training import Phase, Trial
from surefoot.training.agreed import Agreed, agreed_of
from surefoot.training.progression_rules import parse_rules
from surefoot.training.support import IN_REACH, SECOND_PERSON, therapist_only
from surefoot.training.wording import prompt, question

if TYPE_CHECKING:
    from surefoot.core import JsonValue

PLANS = resources.files("surefoot.training") / "plans"
RULES = parse_rules((PLANS / "rules.toml").read_text("utf-8"), "rules.toml")
CALM = Agreed(rest_pain=0)


def sitting(name: str, agreed: Agreed = CALM) -> Trial:
    """Return a sitting in which the sensors stream."""
    trial = Trial(load_drill(name), rules=RULES, agreed=agreed)
    trial.streaming(0.0)
    return trial


def tell(trial: Trial, t: float, do: str, **fields: JsonValue) -> list[str]:
    return [e.name for e in trial.command(t, {"do": do, **fields}, None)]


def to_ready(trial: Trial, t: float) -> None:
    """Answer what is asked until a set may begin."""
    while trial.phase in {Phase.STILL, Phase.BOW, Phase.LEVEL_FIRST}:
        trial.edge_found(t)
    if trial.phase is Phase.LEVEL_SECOND:
        trial.edge_found(t)
    if trial.phase is Phase.DIRECTION:
        trial.command(t, {"do": "direction", "yes": True}, -9.0)
    while trial.phase is Phase.SUPPORT:
        tell(trial, t, "support", yes=True)


def one_set(trial: Trial, t: float) -> float:
    """Do a set to its full time; return when the result is shown."""
    to_ready(trial, t)
    tell(trial, t, "start", seed=3)
    trial.tick(trial.start)
    t = trial.end + 1.0
    trial.tick(t)
    if trial.phase is Phase.HELD_ON:
        tell(trial, t, "held-on", yes=False)
    return t


def test_rest_pain_is_asked_first_then_moving() -> None:
    trial = sitting("rocker-hold-level", Agreed())
    assert trial.phase is Phase.PAIN_BEFORE
    assert "at rest" in prompt(trial)
    tell(trial, 1.0, "pain", value=1)
    assert "Bend" in prompt(trial)
    assert "decision" in tell(trial, 2.0, "pain", value=2)
    assert trial.phase is Phase.LEVEL_FIRST


def test_much_rest_pain_leaves_gentle_flexibility_only() -> None:
    trial = sitting("rocker-hold-level", Agreed())
    tell(trial, 1.0, "pain", value=5)
    tell(trial, 2.0, "pain", value=5)
    assert trial.phase is Phase.DONE
    assert "therapist" in prompt(trial)
    gentle = sitting("low-back-stretch", Agreed())
    tell(gentle, 1.0, "pain", value=5)
    tell(gentle, 2.0, "pain", value=5)
    assert gentle.phase is Phase.STILL


def test_the_therapist_may_decide_otherwise_with_a_note_but_not_about_a_leg() -> None:
    trial = sitting("rocker-hold-level", Agreed())
    tell(trial, 1.0, "pain", value=6)
    tell(trial, 2.0, "pain", value=6)
    assert tell(trial, 3.0, "enable", note=" ") == ["refused"]
    tell(trial, 4.0, "enable", note="known, and easy today")
    assert trial.phase is Phase.LEVEL_FIRST
    leg = sitting("rocker-hold-level", Agreed())
    tell(leg, 1.0, "pain", value=0)
    tell(leg, 2.0, "pain", value=0, leg=True)
    tell(leg, 3.0, "enable", note="go on")
    assert leg.phase is Phase.DONE


@pytest.mark.parametrize("value", [-1, 11, 2.5, True, "much", None])
def test_an_answer_that_is_none_is_asked_again(value: JsonValue) -> None:
    trial = sitting("rocker-hold-level", Agreed())
    assert tell(trial, 1.0, "pain", value=value) == ["refused"]
    assert trial.phase is Phase.PAIN_BEFORE


def test_sets_rests_and_the_last_questions_follow_each_other() -> None:
    trial = sitting("rocker-hold-level")
    t = 1.0
    for n in range(6):
        assert trial.index == n
        t = one_set(trial, t)
        assert trial.phase is Phase.RESULT
        trial.tick(t + 6.0)
        if n < 5:
            assert trial.phase is Phase.REST
            trial.tick(t + 29.0)
            assert trial.phase is Phase.REST
            trial.tick(t + 31.0)
            assert trial.phase is Phase.SUPPORT  # asked again before every set
            t += 32.0
    assert trial.phase is Phase.PAIN_AFTER
    tell(trial, t, "pain", value=0)
    assert trial.phase is Phase.EFFORT
    assert tell(trial, t, "effort", value=6) == ["refused"]
    tell(trial, t, "effort", value=3)
    assert trial.phase is Phase.DONE
    assert [one.picture for one in trial.sets] == [True, True, False, True, True, False]


def test_nobody_has_to_wait_for_the_end_of_a_rest() -> None:
    trial = sitting("rocker-hold-level")
    t = one_set(trial, 1.0)
    tell(trial, t, "again")
    assert (trial.phase, trial.index) == (Phase.SUPPORT, 1)


def test_pain_ends_the_exercise_for_today() -> None:
    trial = sitting("rocker-hold-level")
    to_ready(trial, 1.0)
    tell(trial, 2.0, "start")
    trial.tick(trial.start)
    tell(trial, trial.start + 3.0, "stop", why="pain")
    tell(trial, 20.0, "held-on", yes=True)
    tell(trial, 21.0, "again")
    assert trial.phase is Phase.PAIN_AFTER
    tell(trial, 22.0, "pain", value=4)
    tell(trial, 23.0, "effort", value=2)
    assert trial.phase is Phase.DONE
    assert tell(trial, 24.0, "again") == ["refused"]


def test_pain_in_the_countdown_ends_it_too() -> None:
    trial = sitting("rocker-hold-level")
    to_ready(trial, 1.0)
    tell(trial, 2.0, "start")
    tell(trial, 3.0, "stop", why="pain")
    assert trial.phase is Phase.PAIN_AFTER
    assert trial.over


def test_closed_eyes_on_foam_need_support_and_a_second_person() -> None:
    trial = sitting("mctsib")
    to_ready(trial, 1.0)
    for _ in range(3):  # the last of its four parts
        tell(trial, 1.0, "skip")
    assert trial.questions == (IN_REACH, SECOND_PERSON)
    assert question(trial).kind == "yes-no"
    tell(trial, 2.0, "support", yes=True)
    assert trial.phase is Phase.SUPPORT
    assert prompt(trial) == SECOND_PERSON
    tell(trial, 3.0, "support", yes=True)
    assert trial.phase is Phase.READY


def test_what_the_therapist_has_to_agree_to_is_not_begun_without() -> None:
    closed = Agreed(rest_pain=0, step=(("vision", "closed"),))
    trial = sitting("rocker-hold-level", closed)
    trial.edge_found(1.0)
    trial.edge_found(1.0)
    trial.command(1.0, {"do": "direction", "yes": True}, -9.0)
    assert trial.phase is Phase.SUPPORT
    assert tell(trial, 2.0, "support", yes=True) == ["refused"]
    tell(trial, 3.0, "enable", note="agreed, rail in both hands")
    tell(trial, 4.0, "support", yes=True)
    assert trial.phase is Phase.READY


def test_a_test_held_for_its_full_time_needs_no_second_try() -> None:
    trial = sitting("one-leg-stance")
    stage = trial.set.stage
    t = one_set(trial, 1.0)
    tell(trial, t, "again")
    assert trial.set.stage is not stage


def test_an_invalid_test_stays_in_the_record_and_ends_the_set() -> None:
    trial = sitting("one-leg-stance")
    to_ready(trial, 1.0)
    tell(trial, 2.0, "start")
    trial.tick(trial.start)
    names = tell(trial, trial.start + 4.0, "invalid", why="opened-eyes")
    assert names[:2] == ["invalid", "run-end"]
    assert (trial.ended, trial.invalid) == ("invalid", "opened-eyes")


def test_a_drill_without_sensor_asks_how_many() -> None:
    trial = sitting("dead-bug")
    to_ready(trial, 1.0)
    tell(trial, 2.0, "start")
    trial.tick(trial.start)
    tell(trial, trial.start + 5.0, "stop")
    assert trial.phase is Phase.ENTER
    assert tell(trial, 20.0, "done", value=-1) == ["refused"]
    tell(trial, 21.0, "done", value=7)
    assert (trial.phase, trial.entered) == (Phase.RESULT, 7.0)


def test_what_was_agreed_comes_back_from_a_recording() -> None:
    agreed = Agreed(
        rest_pain=2,
        enabled=True,
        gentle=True,
        sets=2,
        step=(("range", "50"),),
        pictures=(True, False),
        way=0.9,
    )
    assert agreed_of(agreed.told()) == agreed
    assert agreed_of({"rest_pain": 77, "sets": -1, "step": 3, "way": "far"}) == Agreed()


FINDING = {Phase.LEVEL_FIRST, Phase.LEVEL_SECOND, Phase.STILL, Phase.BOW}
SAID = st.sampled_from(
    [
        ("support", {"yes": True}),
        ("support", {"yes": False}),
        ("start", {"seed": 1}),
        ("stop", {"why": "pain"}),
        ("stop", {"why": "key"}),
        ("held-on", {"yes": True}),
        ("again", {}),
        ("skip", {}),
        ("pain", {"value": 2}),
        ("pain", {"value": 9}),
        ("effort", {"value": 3}),
        ("done", {"value": 4}),
        ("invalid", {"why": "moved"}),
        ("relevel", {}),
        ("found", {}),
        ("direction", {"yes": True}),
        ("tick", {}),
    ]
)


@given(st.sampled_from(shipped_names()), st.lists(SAID, max_size=60), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_no_set_begins_without_what_it_needs(name, said, asks) -> None:
    trial = sitting(name, Agreed() if asks else CALM)
    t = 1.0
    for do, fields in said:
        t += 7.0
        before = trial.phase
        if do == "found":
            if before in FINDING:
                trial.edge_found(t)
        elif do == "tick":
            trial.tick(t)
        else:
            trial.command(t, {"do": do, **fields}, -9.0)
        if trial.phase is Phase.COUNTDOWN and before is not Phase.COUNTDOWN:
            position = dict(trial.set.stage.position)
            assert before is Phase.READY
            assert trial.asked == len(trial.questions)
            assert not therapist_only(position) or trial.enabled
            assert not trial.over
        assert 0 <= trial.index < len(trial.sets)
        assert prompt(trial)
