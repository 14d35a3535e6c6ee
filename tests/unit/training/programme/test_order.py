"""The order of the programme, asking, maintenance."""

from __future__ import annotations

from datetime import timedelta

import pytest

from surefoot.session.programme_store import load_plan
from surefoot.training.decision import ProgrammeError, What
from surefoot.training.programme import fold, next_session, plan_day
from surefoot.training.programme.asking import least_fit
from surefoot.training.programme.entries import (
    Baseline,
    Range,
    Retest,
    Started,
    Target,
    Word,
)
from surefoot.training.programme.gates import gate
from surefoot.training.progression import SetDone

STIFF = (1.0, 1.0, 1.0)
TOP = {"abdominals": 5, "buttocks": 5, "front-thigh": 5}


def test_a_pair_opens_by_the_range_and_never_by_time(person):
    someone = person(STIFF)
    assert "abdominals" not in someone.today.allowed
    someone.on(200)
    assert set(someone.today.allowed) == {"low-back", "hip-flexors", "hamstrings"}
    someone.add(Range(someone.day, "low-back", 1.2))
    assert "abdominals" in someone.today.allowed
    assert "buttocks" not in someone.today.allowed
    assert "1.2" not in str(someone.told(What.OPEN, "low-back")[0])  # read in degrees


def test_who_is_flexible_already_passes_at_baseline(person):
    assert {"abdominals", "buttocks", "front-thigh"} <= set(person().today.allowed)


def test_a_gate_closes_again_only_beyond_the_error_of_measurement(person):
    someone = person()
    someone.add(Range(someone.day, "low-back", 1.12))
    assert "abdominals" in someone.today.allowed
    someone.add(Range(someone.day, "low-back", 1.11))
    assert "abdominals" not in someone.today.allowed
    someone.add(Target(someone.day, "low-back", 1.1))
    assert "abdominals" in someone.today.allowed


def mastered(someone):
    for _ in range(3):
        someone.session(*TOP)
    return someone.session("low-back")


def test_setting_muscles_come_after_all_three_pairs(person):
    someone = person((1.3, 1.3, 1.0), TOP.items())
    mastered(someone)
    assert "wood-chop" not in someone.today.allowed
    assert any("All three pairs" in d.reason for d in gates(someone, "wood-chop"))
    someone.add(Range(someone.day, "hamstrings", 1.3))
    mastered(someone)
    assert {"wood-chop", "lift-and-bend"} <= set(someone.today.allowed)


def gates(someone, name):
    plan = load_plan()
    return [gate(plan, someone.standing, plan.ladders[name])]


def test_an_override_of_that_order_needs_a_note(person):
    someone = person(STIFF)
    entries = list(someone.entries)
    someone.add(Word(someone.day, "open-setting", "setting", "needs it at work"))
    assert "wood-chop" in someone.today.allowed
    assert "abdominals" not in someone.today.allowed, "the pair's own gate stays"
    someone.entries = [*entries, Word(someone.day, "open-setting", "setting", " ")]
    with pytest.raises(ProgrammeError, match="expected a note"):
        _ = someone.standing


def test_balance_comes_after_setting_muscles_and_board_before_ball(person):
    steps = [*TOP.items(), ("lift-and-bend", 3), ("wood-chop", 3)]
    someone = mastered(person(steps=steps))
    assert "rocker" not in someone.today.allowed
    for _ in range(8):
        someone.session("reach-and-turn", gap=4)
    assert "rocker" in someone.today.allowed
    assert "ball" not in someone.today.allowed


def test_balance_waits_for_setting_muscles_whatever_the_baseline_says(person, plan):
    steps = [(ladder.name, 3) for ladder in plan.of_stage("setting")]
    assert "rocker" not in person(STIFF, steps).today.allowed
    assert "rocker" not in person(steps=steps).today.allowed


def test_after_four_weeks_the_therapist_is_asked(person):
    someone = person(STIFF)
    someone.on(27)
    assert not someone.today.asks or "same step" in someone.today.asks[0].reason
    someone.on(1)
    asked = [ask for ask in someone.today.asks if ask.about == "low-back"]
    assert any("range is not reached" in ask.reason for ask in asked)
    assert "28" in str(asked[0])
    someone.add(Word(someone.day, "go-on", "programme", "two more weeks"))
    assert not someone.today.asks


def test_an_exercise_whose_step_stays_is_asked_about(person):
    someone = person()
    for _ in range(10):
        someone.session("abdominals", sets=(SetDone(0.6), SetDone(0.6, picture=False)))
    asked = [ask for ask in someone.today.asks if ask.about == "abdominals"]
    assert "the step has stayed" in asked[-1].reason
    assert "days without progress 30" in str(asked[-1])


def test_what_is_done_well_asks_whether_more_is_allowed(person):
    someone = person(STIFF)
    someone.add(Word(someone.day, "open-setting", "setting", "needs it at work"))
    top = Word(someone.day, "step", "reach-and-turn", "did it before", 5)
    someone.add(top).on(7)
    for _ in range(3):
        someone.session("reach-and-turn")
    asked = [a for a in someone.today.asks if "allowed" in a.reason]
    assert [a.about for a in asked] == ["reach-and-turn"]
    someone.add(Word(someone.day, "enable", "reach-and-turn", "I am there"))
    assert not [a for a in someone.today.asks if "allowed" in a.reason]
    for _ in range(3):
        someone.session("reach-and-turn")
    assert someone.today.allowed["reach-and-turn"] == 6


def test_a_missing_aim_is_asked_for(person):
    someone = person()
    someone.entries = [e for e in someone.entries if not isinstance(e, Target)]
    assert len([a for a in someone.today.asks if "which range" in a.reason]) == 3


def test_a_tie_at_baseline_goes_to_the_therapist(person):
    someone = person(steps=[("abdominals", 1), ("buttocks", 1), ("front-thigh", 2)])
    asks = [a for a in someone.today.asks if "same step" in a.reason]
    assert len(asks) == 1
    assert "Heel slide" in asks[0].reason
    assert "Sit and stand" not in asks[0].reason
    someone.add(Word(someone.day, "first", "buttocks", "for the stairs"))
    assert not [a for a in someone.today.asks if "same step" in a.reason]


def test_training_starts_where_somebody_is_least_fit(person):
    someone = person(steps=[("abdominals", 2), ("buttocks", 1), ("front-thigh", 2)])
    standing = someone.check_in().standing
    assert [n.name for n in least_fit(load_plan(), standing)] == ["buttocks"]
    assert "buttocks" in {item.name for item in someone.today.items}


def test_a_session_is_not_longer_than_agreed_and_keeps_the_order(person, plan):
    someone = person(steps=TOP.items()).check_in()
    items = someone.today.items
    assert sum(item.minutes for item in items) <= plan.rules["dose.minutes"]
    order = list(plan.ladders)
    assert [i.name for i in items] == sorted((i.name for i in items), key=order.index)


def test_sets_follow_the_step(person):
    someone = person(steps=[("abdominals", 5), ("buttocks", 0)]).check_in()
    sets = {item.name: len(item.feedback.pictures) for item in someone.today.items}
    assert (sets["abdominals"], sets["buttocks"]) == (3, 2)


def test_three_sessions_a_week_and_a_day_between(person):
    someone = person().session("low-back", gap=1)
    assert someone.today.decision.what is What.REST
    assert next_session(someone.standing, someone.day) == someone.day + timedelta(1)
    for _ in range(2):
        someone.on(1).session("low-back", gap=1)
    someone.on(1)
    assert someone.today.decision.what is What.REST
    assert "Enough" in someone.today.decision.reason
    assert next_session(someone.standing, someone.day) == someone.day + timedelta(1)


def test_maintenance_has_a_class_a_session_and_a_monthly_test(person):
    someone = person()
    someone.add(Word(someone.day, "maintenance", "programme", "all done elsewhere"))
    assert someone.today.decision.what is What.MAINTAIN
    assert "class" in someone.today.decision.reason
    for _ in range(2):
        assert "test is due" in someone.today.decision.reason
        someone.add(Retest(someone.day))
        assert "test is due" not in someone.on(27).today.decision.reason
        someone.on(1)
    assert someone.today.stage == "maintenance"


def test_entries_come_in_order_and_begin_once(person, plan):
    someone = person()
    someone.on(-1).add(Retest(someone.day))
    with pytest.raises(ProgrammeError, match="2026-01-05 or later, got 2026-01-04"):
        _ = someone.standing
    with pytest.raises(ProgrammeError, match="got no start"):
        fold(plan, [Retest(someone.day)])
    with pytest.raises(ProgrammeError, match="got another start"):
        fold(plan, [Started(someone.day), Started(someone.day)])


def test_an_unknown_exercise_muscle_or_step_is_refused(person):
    someone = person()
    wrong = [
        Range(someone.day, "calf", 1.0),
        Range(someone.day, "low-back", 70.0),
        Baseline(someone.day, (("rocker", 99),)),
        Baseline(someone.day, (("sofa", 1),)),
    ]
    for entry in wrong:
        with pytest.raises(ProgrammeError, match="expected"):
            fold_one(someone, entry)
    with pytest.raises(ProgrammeError, match="exercise: expected"):
        _ = someone.check_in().block("sofa").standing


def fold_one(someone, entry):
    return fold(load_plan(), [*someone.entries, entry])


def test_a_day_can_be_planned_ahead(person, plan):
    someone = person()
    ahead = plan_day(plan, someone.standing, someone.day + timedelta(days=10))
    assert ahead.week == 2
    assert ahead.items == ()
    with pytest.raises(ProgrammeError, match="2026-01-05 or later, got 2026-01-04"):
        plan_day(plan, someone.standing, someone.day - timedelta(days=1))
