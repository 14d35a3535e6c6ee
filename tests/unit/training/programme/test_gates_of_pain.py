"""The screen, the pain gates, and what they do to a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from surefoot.training.decision import ProgrammeError, What
from surefoot.training.pain import Felt, after_block, before_training, next_morning
from surefoot.training.programme.entries import Screened, Word
from surefoot.training.screen import judge_screen


def test_the_screen_leads_to_help_only_where_the_source_says_so(plan):
    for question in plan.questions:
        said = judge_screen(plan.questions, [question.id])
        wanted = What.HELP_NOW if question.then == "help" else What.NO_TRAINING
        assert said.what is wanted
        assert question.ask in said.reason
        if question.then == "help":
            assert question.grade == "S"
            assert "urgent care now" in said.reason
    assert judge_screen(plan.questions, []).what is What.TRAIN


def test_help_comes_before_asking(plan):
    assert judge_screen(plan.questions, ["falls", "saddle"]).what is What.HELP_NOW


def test_a_yes_to_no_question_is_refused(plan):
    with pytest.raises(ProgrammeError, match="got 'cold'"):
        judge_screen(plan.questions, ["cold"])


@pytest.mark.parametrize(
    ("rest", "moved", "what"),
    [
        (0, Felt(0), What.TRAIN),
        (4, Felt(5), What.TRAIN),
        (0, Felt(1), What.TRAIN),
        (0, Felt(2), What.GENTLE),
        (3, Felt(5), What.GENTLE),
        (5, Felt(5), What.GENTLE),
        (0, Felt(1, sharp=True), What.GENTLE),
        (0, Felt(0, leg=True), What.NO_TRAINING),
    ],
)
def test_before_training(plan, rest, moved, what):
    said = before_training(plan.rules, rest, moved)
    assert said.what is what
    assert [n.value for n in said.numbers[:2]] == [rest, moved.pain]


@pytest.mark.parametrize(
    ("rest", "felt", "what"),
    [
        (0, Felt(1), What.GO_ON),
        (0, Felt(2), What.END_DRILL),
        (3, Felt(4), What.GO_ON),
        (3, Felt(5), What.END_DRILL),
        (3, Felt(0), What.GO_ON),
        (3, Felt(stretch=True), What.GO_ON),
        (3, Felt(1, sharp=True), What.END_DRILL),
        (8, Felt(9), What.GO_ON),
        (9, Felt(9), What.GO_ON),
        (9, Felt(10), What.END_DRILL),
        (0, Felt(stretch=True, leg=True), What.END_SESSION),
        (0, Felt(9, sharp=True, leg=True), What.END_SESSION),
    ],
)
def test_after_a_block(plan, rest, felt, what):
    assert after_block(plan.rules, "rocker", rest, felt).what is what


def test_the_morning_after(plan):
    assert next_morning(plan.rules, 2, 3).what is What.GO_ON
    assert next_morning(plan.rules, 2, 4).what is What.DOWN


def test_an_answer_out_of_range_and_a_stretch_that_hurts_are_refused(plan):
    for wrong in (-1, 11):
        with pytest.raises(ProgrammeError, match="0 to 10"):
            Felt(wrong)
        with pytest.raises(ProgrammeError, match="0 to 10"):
            before_training(plan.rules, wrong, Felt())
    for told in ({"pain": 1}, {"sharp": True}):
        with pytest.raises(ProgrammeError, match="stretch or pain"):
            Felt(stretch=True, **told)


def test_nothing_is_planned_before_the_screen_is_clear(person):
    said = person(yes=("saddle",)).today
    assert said.decision.what is What.HELP_NOW
    assert not said.items
    assert not said.allowed
    assert person(yes=("falls",)).today.decision.what is What.NO_TRAINING


def test_a_therapist_clears_what_needs_asking_but_never_what_needs_help(person):
    asked = person(yes=("falls",))
    asked.add(Word(asked.day, "clear", "programme", "with the rail, I am there"))
    assert asked.today.decision.what is What.TRAIN
    urgent = person(yes=("saddle",))
    urgent.add(Word(urgent.day, "clear", "programme", "because"))
    with pytest.raises(ProgrammeError, match="calls for medical help"):
        _ = urgent.standing


def test_no_exercise_is_named_before_the_questions_about_pain(person):
    someone = person()
    assert someone.today.items == ()
    assert "First tell your pain" in someone.today.decision.reason
    assert someone.today.stops == ()
    assert someone.check_in().today.items
    assert "chest pain" in someone.today.stops[0]


def test_high_pain_at_rest_leaves_comfortable_flexibility_only(person, plan):
    someone = person(steps=[("low-back", 2)]).check_in(rest=5)
    assert someone.today.decision.what is What.GENTLE
    assert {plan.ladders[n].stage for n in someone.today.allowed} == {"flexibility"}
    assert set(someone.today.allowed.values()) == {0}
    assert {item.name for item in someone.today.items} == set(someone.today.allowed)


def test_a_therapist_may_decide_otherwise_for_that_day_only(person):
    someone = person().check_in(rest=5)
    someone.add(Word(someone.day, "train", "session", "known, and steady since May"))
    assert someone.today.decision.what is What.TRAIN
    assert "abdominals" in someone.today.allowed
    someone.on(3).check_in(rest=5)
    assert someone.today.decision.what is What.GENTLE


def test_pain_ends_the_exercise_for_that_day_and_takes_a_step_back(person):
    someone = person(steps=[("abdominals", 3)]).check_in()
    someone.block("abdominals", felt=Felt(2))
    assert "abdominals" not in someone.today.allowed
    assert "buttocks" in someone.today.allowed
    assert someone.step("abdominals") == 2
    someone.on(3).check_in()
    assert someone.today.allowed["abdominals"] == 2


def test_a_sign_in_a_leg_ends_the_session_until_somebody_looked_at_it(person):
    someone = person().check_in().block("abdominals", felt=Felt(leg=True))
    assert someone.today.decision.what is What.NO_TRAINING
    assert not someone.on(3).today.allowed
    again = Screened(someone.day)
    assert someone.add(again).today.decision.what is What.TRAIN


def test_painkillers_are_noted(person):
    someone = person().check_in(painkillers=True)
    assert "Painkillers" in someone.told(What.NOTE)[0].reason


def test_a_morning_with_more_pain_takes_a_step_back_two_ask_the_therapist(person):
    someone = person(steps=[("abdominals", 3), ("buttocks", 3)])
    someone.session("abdominals", morning=2)
    assert someone.step("abdominals") == 2
    assert someone.step("buttocks") == 3
    assert someone.today.decision.what is What.TRAIN
    someone.session("abdominals", morning=3)
    someone.check_in()
    assert someone.today.decision.what is What.GENTLE
    assert any("several mornings" in ask.reason for ask in someone.today.asks)
    someone.add(Word(someone.day, "go-on", "programme", "halved the range"))
    assert someone.today.decision.what is What.TRAIN


def test_a_good_morning_begins_the_count_anew(person):
    someone = person()
    for morning in (2, 0, 2):
        someone.session("low-back", morning=morning)
    assert not someone.standing.waiting


def test_a_morning_is_told_once_and_after_a_session(person):
    someone = person().session("low-back", gap=1)
    someone.session("low-back", morning=None, gap=0)
    twice = person().session("low-back")
    twice.entries.append(twice.entries[-1])
    none = person()
    none.entries.append(twice.entries[-1])
    assert someone.standing.last.morning is False
    for wrong in (twice, none):
        with pytest.raises(ProgrammeError, match="morning: expected"):
            _ = wrong.standing


def test_two_check_ins_or_a_block_without_one_are_refused(person):
    with pytest.raises(ProgrammeError, match="check-in: expected one a day"):
        _ = person().check_in().check_in().standing
    with pytest.raises(ProgrammeError, match="expected a check-in"):
        _ = person().block("low-back").standing
    late = person().check_in()
    late.day += timedelta(days=1)
    with pytest.raises(ProgrammeError, match="expected a check-in"):
        _ = late.block("low-back").standing
