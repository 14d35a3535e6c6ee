"""Ladders: one thing at a time; support before every set; what is never done."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.session import load_drill
from surefoot.session.programme_store import load_plan
from surefoot.training.decision import ProgrammeError, What
from surefoot.training.feedback_plan import pictures, plan_feedback
from surefoot.training.ladder import harder, in_words, share_of
from surefoot.training.programme import parse_plan
from surefoot.training.support import (
    TILTING,
    UNSTEADY,
    Ticks,
    may_start,
    never,
    questions,
    therapist_only,
)

PLAN = load_plan()
SURFACES = [*PLAN.axes["surface"].values, "step"]
VISIONS = PLAN.axes["vision"].values
positions = st.fixed_dictionaries(
    {"surface": st.sampled_from(SURFACES), "vision": st.sampled_from(VISIONS)}
)
ticks = st.builds(Ticks, st.booleans(), st.booleans(), st.booleans())


@pytest.mark.parametrize("ladder", PLAN.ladders.values(), ids=lambda n: n.name)
def test_every_step_is_harder_in_one_thing_only(ladder):
    for old, new in zip(ladder.steps, ladder.steps[1:], strict=False):
        assert len(harder(PLAN.axes, old, new)) == 1
    assert not any(never(dict(step)) for step in ladder.steps)
    assert 0 < ladder.opens_next <= ladder.top
    assert in_words(PLAN.axes, ladder.steps[0])


def test_new_resistance_begins_at_half_the_way_and_never_with_more_than_all_of_it():
    for ladder in PLAN.of_stage("setting"):
        for old, new in zip(ladder.steps, ladder.steps[1:], strict=False):
            before, now = dict(old), dict(new)
            if harder(PLAN.axes, old, new) == ("resistance",):
                assert now["range"] == "50"
                assert before["range"] == "100"
            if now["range"] == "110":
                assert now["resistance"] == "none"


def test_what_needs_the_therapist_is_last_and_waits(person):
    for ladder in PLAN.ladders.values():
        closed = [therapist_only(dict(step)) for step in ladder.steps]
        assert closed == sorted(closed)
    top = PLAN.ladders["rocker"].top
    assert person().standing.top(PLAN.ladders["rocker"]) == top - 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ('"range=75", "range=90"', '"range=90", "range=75"'),
            "low-back: 'range=75': expected only range to get harder, got nothing",
        ),
        (
            ('steps = ["range=75"', 'steps = ["range=75 stance=wide"'),
            "expected only range to get harder, got stance, range",
        ),
        (('range = "50"', 'range = "51"'), "range: expected one of 25, 50"),
        (('range = "50"', 'speed = "50"'), "expected one of support, stance"),
        (
            ('"feedback=one-third", "movement=reach"', '"vision=closed"'),
            "ball: expected eyes open on the ball",
        ),
        (('opponent = "buttocks"', 'opponent = "calf"'), "pair: expected one of"),
        (('after = "ball"', 'after = "sofa"'), "dome: expected its pair"),
        (('opens_next = "range=100"', 'opens_next = "x"'), "opens_next: expected one"),
        (('stage = "setting"', 'stage = "games"'), "stage: expected one of"),
        (('"firm floor", ', ""), "as many words"),
    ],
)
def test_a_wrong_ladder_is_refused_with_its_name(plan_texts, change, expected):
    text = plan_texts["ladders"].replace(*change)
    assert text != plan_texts["ladders"]
    with pytest.raises(ProgrammeError, match=re.escape(expected)) as refused:
        parse_plan({**plan_texts, "ladders": text})
    assert str(refused.value).startswith("ladders.toml: ")


@given(positions, ticks, st.booleans())
def test_a_set_starts_only_with_all_that_it_needs(position, ticked, enabled):
    said = may_start(position, ticked, enabled=enabled)
    closed = position["vision"] == "closed"
    if said.what is What.GO_ON:
        assert ticked.in_reach or (position["surface"] not in UNSTEADY and not closed)
        assert not (position["surface"] == "ball" and closed)
        if closed and position["surface"] == "foam":
            assert ticked.second_person
        if closed and position["surface"] in TILTING:
            assert enabled
        if position["surface"] == "ball":
            assert ticked.ball
    else:
        assert said.what is What.CLOSED
        assert said.reason


@given(positions)
def test_with_everything_in_place_it_starts_except_what_is_never_done(position):
    said = may_start(position, Ticks(True, True, True), enabled=True)
    assert (said.what is What.GO_ON) is not never(position)


def test_the_firm_floor_with_eyes_open_asks_nothing():
    assert questions({"surface": "firm", "vision": "open"}) == ()
    assert may_start({"surface": "firm"}, Ticks()).what is What.GO_ON


@given(st.integers(1, 30), st.floats(0, 1))
def test_the_last_set_never_has_a_picture_and_the_share_is_kept(sets, share):
    planned = pictures(sets, share)
    assert len(planned) == sets
    assert planned[-1] is False
    assert sum(planned) == min(round(share * sets), sets - 1)


def test_four_of_six_sets_have_a_picture(plan):
    made = plan_feedback(plan.rules, 6)
    assert made.pictures == (True, True, False, True, True, False)
    assert made.cue_after == 0.4
    assert made.summary


def test_feedback_fades_with_the_steps(plan):
    for ladder in plan.ladders.values():
        shares = [share_of(plan.axes, step) for step in ladder.steps]
        told = [share for share in shares if share is not None]
        assert told == sorted(told, reverse=True)
        assert len(told) in {0, len(shares)}
    assert share_of(plan.axes, plan.ladders["rocker"].steps[0]) == 0.67


def test_a_feedback_without_sets_or_with_another_share_is_refused():
    for wrong in ((0, 0.5), (6, 1.5), (6, -0.1), (6, float("nan"))):
        with pytest.raises(ProgrammeError, match="feedback: expected"):
            pictures(*wrong)


def test_a_drill_that_is_named_is_in_the_catalogue(plan):
    for ladder in plan.ladders.values():
        assert ladder.drills
        for step in range(ladder.top + 1):
            name = ladder.drill_at(step)
            assert load_drill(name).name == name
