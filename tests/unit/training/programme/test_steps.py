"""Steps up and down, breaks, and the therapist's word about a step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from surefoot.training.decision import ProgrammeError, What
from surefoot.training.pain import Felt
from surefoot.training.programme.entries import (
    Baseline,
    Ended,
    Morning,
    Word,
)
from surefoot.training.progression import SetDone, judge_sets

STIFF = (1.0, 1.0, 1.0)
TOP = {"abdominals": 5, "buttocks": 5, "front-thigh": 5}


def test_two_good_sessions_make_a_step_up_after_a_good_morning(person):
    someone = person().session("abdominals")
    assert someone.step("abdominals") == 0
    someone.session("abdominals", morning=None)
    assert someone.check_in().step("abdominals") == 0, "the morning is not told"
    someone = person().session("abdominals").session("abdominals")
    assert someone.step("abdominals") == 0
    assert someone.check_in().step("abdominals") == 1
    said = someone.told(What.UP)[0]
    assert said.about == "abdominals"
    assert "2 sets of 10" in said.reason
    assert {"good sessions", "up.sessions"} <= {n.name for n in said.numbers}


def test_nothing_goes_up_before_the_therapist_was_asked(person):
    someone = person().session("low-back", morning=2).session("low-back", morning=2)
    for _ in range(5):
        someone.session("low-back")
    assert someone.step("low-back") == 0
    someone.add(Word(someone.day, "go-on", "programme", "halved the range"))
    assert someone.check_in().step("low-back") == 1


def test_an_exercise_done_twice_a_day_counts_once(person):
    someone = person().session("abdominals", "abdominals")
    assert someone.check_in().step("abdominals") == 0


@pytest.mark.parametrize(
    "hurts",
    [{"moved": Felt(2)}, {"moved": Felt(1, sharp=True)}, {"rest": 3}, {"rest": 5}],
)
def test_pain_before_a_session_holds_the_step_up_back(person, hurts):
    someone = person().session("abdominals").session("abdominals").check_in(**hurts)
    assert someone.step("abdominals") == 0
    someone.add(Morning(someone.day + timedelta(1), 0)).on(3)
    assert someone.check_in().step("abdominals") == 1


def test_pain_at_the_end_of_a_session_begins_the_count_anew(person):
    someone = person().session("abdominals")
    someone.check_in().block("abdominals").add(Ended(someone.day, Felt(2)))
    someone.add(Morning(someone.day + timedelta(1), 0)).on(3)
    assert someone.session("abdominals").check_in().step("abdominals") == 0


def test_a_little_pain_in_an_exercise_is_no_good_session(person):
    someone = person()
    for _ in range(4):
        someone.session("abdominals", rest=2, felt=Felt(3))
    assert someone.check_in().step("abdominals") == 0


def test_a_step_up_stays_in_its_week(person):
    someone = person()
    for _ in range(12):
        someone.session("abdominals", gap=1)
    days = [d for d, said in someone.standing.log if said.what is What.UP]
    assert [(day - days[0]).days for day in days] == [0, 2, 7, 9]


def test_a_step_down_is_followed_by_a_calm_week(person):
    hard = (SetDone(0.4), SetDone(0.3), SetDone(0.85, picture=False))
    someone = person(steps=[("abdominals", 3)])
    someone.session("abdominals", sets=hard, gap=1)
    assert someone.step("abdominals") == 2
    for _ in range(8):
        someone.session("abdominals", gap=1)
    days = [d for d, said in someone.standing.log if said.what is What.UP]
    assert (days[0] - someone.entries[0].day).days == 7


def test_what_makes_a_session_good_or_too_hard(plan):
    def said(*sets, difficulty=3):
        return judge_sets(plan.rules, "rocker", sets, difficulty)

    fine, alone = SetDone(0.8), SetDone(0.7, picture=False)
    assert said(fine, fine, alone).what is What.GOOD
    assert said(fine, alone, SetDone(0.79)).what is What.STAY
    assert said(fine, fine, SetDone(0.69, picture=False)).what is What.STAY
    assert said(SetDone(0.1), fine, fine, alone).what is What.GOOD, (
        "only the last three"
    )
    assert "without picture" in said(fine, fine, fine).reason
    assert said(fine, fine, alone, difficulty=4).what is What.STAY
    assert said(fine, fine, alone, difficulty=None).what is What.STAY
    assert said(fine, fine, alone, difficulty=5).what is What.DOWN
    assert said(fine, SetDone(0.8, grabs=1), alone).what is What.STAY
    assert said(fine, SetDone(0.8, touches=2), alone).what is What.STAY
    assert said(fine, SetDone(0.8, touches=2, seconds=60), alone).what is What.GOOD
    assert said(SetDone(0.8, grabs=3), fine, alone).what is What.DOWN
    assert said(SetDone(0.4), SetDone(0.4), alone).what is What.DOWN
    assert said(fine, SetDone(None), alone).what is What.NOTE
    assert said().what is What.NOTE
    with pytest.raises(ProgrammeError, match="difficulty: expected 1 to 5"):
        said(fine, difficulty=6)
    with pytest.raises(ProgrammeError, match="set: expected"):
        SetDone(1.2)


def test_an_unscored_session_counts_neither_way(person):
    lost = (SetDone(0.9), SetDone(None), SetDone(0.8, picture=False))
    someone = person().session("abdominals").session("abdominals", sets=lost)
    assert someone.check_in().step("abdominals") == 0
    someone.on(3).session("abdominals").check_in()
    assert someone.step("abdominals") == 1


def test_what_was_not_planned_is_kept_and_not_counted(person):
    someone = person(STIFF).session("abdominals").session("abdominals").check_in()
    assert someone.step("abdominals") == 0
    assert "not counted" in someone.told(What.NOTE, "abdominals")[0].reason


def test_after_a_break_one_step_down_and_after_a_long_one_baseline(person):
    someone = person(steps=[("abdominals", 3), ("rocker", 3)])
    someone.session("abdominals", gap=7)
    assert someone.check_in().step("abdominals") == 3
    someone.on(8).check_in()
    assert someone.step("abdominals") == 2
    assert someone.step("rocker") == 3, "it was not trained yet"
    someone.on(22).check_in()
    assert someone.today.decision.what is What.BASELINE
    assert not someone.today.allowed
    someone.add(Baseline(someone.day, (("abdominals", 5),)))
    assert someone.today.allowed["abdominals"] == 1, "not higher than before"


def test_the_therapist_sets_a_step_and_it_stays_for_a_week(person):
    someone = person()
    someone.add(Word(someone.day, "step", "abdominals", "did it for years", 3))
    for _ in range(8):
        someone.session("abdominals", gap=1)
    days = [d for d, said in someone.standing.log if said.what is What.UP]
    assert (days[0] - someone.entries[0].day).days == 7
    closed = person(STIFF)
    closed.add(Word(closed.day, "step", "abdominals", "why not", 1))
    with pytest.raises(ProgrammeError, match="expected an open exercise"):
        _ = closed.standing


def test_the_highest_step_agreed_is_kept(person):
    someone = person()
    someone.add(Word(someone.day, "limit", "abdominals", "knee", 1))
    for _ in range(9):
        someone.session("abdominals")
    assert someone.step("abdominals") == 1
    assert someone.standing.climbs["abdominals"].mastered


def test_a_limit_above_the_step_begins_a_calm_week_too(person):
    someone = person().session("abdominals").session("abdominals")
    someone.add(Word(someone.day, "limit", "abdominals", "knee", 3))
    for _ in range(3):
        someone.session("abdominals", gap=2)
    assert someone.step("abdominals") == 0
    assert someone.on(1).check_in().step("abdominals") == 1


@pytest.mark.parametrize(
    ("kind", "about", "value", "match"),
    [
        ("dance", "rocker", 0, "word: expected one of"),
        ("step", "sofa", 0, "exercise: expected one of"),
        ("step", "low-back", 9, "expected a step 0 to 2"),
        ("step", "low-back", 0.5, "expected a step 0 to 2"),
        ("number", "up.kept", 0.1, "up.kept: expected 0.6 to 1"),
        ("number", "speed", 1, "number: expected one of"),
    ],
)
def test_a_word_that_cannot_be_is_refused(person, kind, about, value, match):
    someone = person()
    someone.add(Word(someone.day, kind, about, "because", value))
    with pytest.raises(ProgrammeError, match=match):
        _ = someone.standing


def test_a_number_changed_for_one_person_holds_from_that_day(person):
    someone = person().session("abdominals").session("abdominals")
    someone.add(Word(someone.day, "number", "up.sessions", "go gently", 3))
    assert someone.check_in().step("abdominals") == 0
    assert someone.on(3).session("abdominals").check_in().step("abdominals") == 1
    assert "go gently" in someone.standing.rules.number("up.sessions").source
