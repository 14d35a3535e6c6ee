"""What nobody can go round in a sitting: pain, resistance, the therapist's word."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from surefoot.session.setup import load_drill
from surefoot.training import Phase, Trial
from surefoot.training.agreed import Agreed
from surefoot.training.progression_rules import parse_rules
from surefoot.training.support import PLANNED
from surefoot.training.wording import prompt

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


def at(name: str, **step: str) -> Trial:
    """Return a sitting at a step of a ladder."""
    return sitting(name, replace(CALM, step=tuple(step.items())))


def tell(trial: Trial, t: float, do: str, **fields: JsonValue) -> list[str]:
    return [e.name for e in trial.command(t, {"do": do, **fields}, None)]


def still(trial: Trial) -> None:
    while trial.phase in {Phase.STILL, Phase.BOW}:
        trial.edge_found(1.0)


def one_set(trial: Trial, t: float) -> float:
    """Do a set to its full time; return when the result is shown."""
    still(trial)
    while trial.phase is Phase.SUPPORT:
        tell(trial, t, "support", yes=True)
    tell(trial, t, "start", seed=3)
    trial.tick(trial.start)
    t = trial.end + 1.0
    trial.tick(t)
    return t


@pytest.mark.parametrize(
    "phase", [Phase.STILL, Phase.READY, Phase.RESULT, Phase.REST, Phase.SUPPORT]
)
def test_pain_ends_the_exercise_between_the_sets_too(phase: Phase) -> None:
    name = "mctsib-trunk" if phase is Phase.SUPPORT else "wood-chop"
    trial, t = sitting(name), 2.0
    if phase is not Phase.STILL:
        still(trial)
    if phase in {Phase.RESULT, Phase.REST}:
        t = one_set(trial, t)
    if phase is Phase.REST:
        trial.tick(t + 6.0)
    while phase is Phase.SUPPORT is not trial.phase:
        tell(trial, t, "skip")
    assert trial.phase is phase
    tell(trial, t + 7.0, "stop", why="pain")
    assert trial.phase is Phase.PAIN_AFTER
    assert trial.over
    # what the sensor still finds, or a key, leads to no set
    trial.edge_found(t + 8.0)
    trial.level_failed(t + 8.0, "not still")
    assert tell(trial, t + 9.0, "relevel") == ["refused"]
    assert trial.phase is Phase.PAIN_AFTER
    tell(trial, t + 10.0, "pain", value=0)
    tell(trial, t + 10.0, "effort", value=2)
    assert tell(trial, t + 11.0, "again") == ["refused"]
    assert tell(trial, t + 11.0, "relevel") == ["refused"]
    assert trial.phase is Phase.DONE


def test_pain_while_a_question_is_open_is_kept_until_it_is_answered() -> None:
    trial = sitting("ball-sit-still")
    t = one_set(trial, 2.0)
    assert trial.phase is Phase.HELD_ON
    tell(trial, t, "stop", why="pain")
    tell(trial, t, "held-on", yes=False)
    trial.tick(t + 6.0)
    assert trial.phase is Phase.PAIN_AFTER


def test_finding_the_start_again_passes_over_no_question_about_pain() -> None:
    trial = sitting("wood-chop", Agreed())
    assert tell(trial, 1.0, "relevel") == ["refused"]
    assert trial.phase is Phase.PAIN_BEFORE
    tell(trial, 2.0, "pain", value=7)
    tell(trial, 2.0, "pain", value=7)
    assert trial.phase is Phase.DONE
    assert tell(trial, 3.0, "relevel") == ["refused"]
    assert trial.phase is Phase.DONE


def test_finding_the_start_again_from_a_result_goes_on_with_the_next_set() -> None:
    trial = sitting("wood-chop")
    t = one_set(trial, 2.0)
    tell(trial, t, "relevel")
    assert (trial.phase, trial.index) == (Phase.STILL, 1)


def test_a_gentle_day_stays_gentle_whatever_is_answered() -> None:
    trial = sitting("wood-chop", Agreed(gentle=True))
    tell(trial, 1.0, "pain", value=0)
    tell(trial, 2.0, "pain", value=0)
    assert trial.phase is Phase.DONE
    assert "flexibility" in prompt(trial)
    tell(trial, 3.0, "enable", note="seen today")
    assert trial.phase is Phase.STILL


def test_more_than_the_whole_way_begins_once_the_therapist_has_agreed() -> None:
    trial = at("wood-chop", range="110")
    still(trial)
    assert trial.phase is Phase.SUPPORT
    assert tell(trial, 2.0, "support", yes=True) == ["refused"]
    tell(trial, 3.0, "enable", note="free of pain, with me")
    assert trial.phase is Phase.READY


def test_more_than_the_whole_way_never_comes_with_a_weight() -> None:
    trial = at("wood-chop", range="110")
    still(trial)
    tell(trial, 2.0, "enable", note="free of pain, with me")
    assert tell(trial, 3.0, "resistance", text="1 kg") == ["refused"]
    assert not trial.resistance
    both = at("wood-chop", range="110", resistance="light")
    still(both)
    tell(both, 2.0, "enable", note="free of pain, with me")
    assert both.phase is Phase.SUPPORT
    assert "weight" in prompt(both)
    tell(both, 3.0, "start")
    assert both.phase is Phase.SUPPORT


def test_a_weight_of_an_earlier_set_is_put_away_before_the_whole_way_and_more() -> None:
    trial = at("wood-chop", range="50")
    still(trial)
    tell(trial, 2.0, "resistance", text="1 kg")
    stage = replace(trial.set.stage, position=(("range", "110"),))
    trial.sets = (replace(trial.set, stage=stage),)
    trial.enabled = True
    trial.edge_found(3.0)
    tell(trial, 3.0, "relevel")
    still(trial)
    assert trial.phase is Phase.SUPPORT
    tell(trial, 4.0, "resistance", text="none")
    assert trial.phase is Phase.READY


@pytest.mark.parametrize(
    ("step", "before", "text", "taken"),
    [
        ({"range": "50"}, "", "green band", True),
        ({"range": "75"}, "", "green band", False),
        ({"range": "75"}, "", "none", True),
        ({"range": "75", "resistance": "light"}, "", "green band", True),
        ({"range": "75", "resistance": "light"}, "green band", "red band", False),
        ({"range": "75", "resistance": "light"}, "green band", "Green band", True),
        ({"range": "50", "resistance": "light"}, "green band", "red band", True),
    ],
)
def test_new_resistance_begins_at_half_of_the_way(
    step: dict[str, str], before: str, text: str, taken: bool
) -> None:
    trial = at("wood-chop", **step)
    still(trial)
    trial.resistance = before
    told = tell(trial, 2.0, "resistance", text=text)
    assert told == (["resistance"] if taken else ["refused"])


def test_a_try_that_does_not_count_is_no_full_time() -> None:
    trial = sitting("one-leg-stance")
    t = one_set(trial, 2.0)
    tell(trial, t, "invalid", why="moved")
    tell(trial, t + 1.0, "again")
    assert trial.index == 1


def test_only_a_set_that_was_left_out_is_told_as_such() -> None:
    trial = sitting("wood-chop", replace(CALM, sets=2))
    t = one_set(trial, 2.0)
    events = trial.command(t, {"do": "skip"}, None)
    assert events[0].detail == {"set": 2}
    assert trial.phase is Phase.PAIN_AFTER
    done = sitting("wood-chop", replace(CALM, sets=1))
    t = one_set(done, 2.0)
    assert tell(done, t, "skip") == ["phase"]


@pytest.mark.parametrize("name", ["step-down-unexpected", "step-down-side"])
def test_an_unknown_cue_comes_only_after_the_planned_step(name: str) -> None:
    trial = sitting(name)
    for _ in range(2):  # of every set
        still(trial)
        tell(trial, 1.0, "support", yes=True)
        assert prompt(trial) == PLANNED
        assert tell(trial, 2.0, "start") == ["refused"]
        assert tell(trial, 2.0, "support", yes=False) == ["refused"]
        assert trial.phase is Phase.SUPPORT
        tell(trial, 3.0, "skip")
    planned = sitting("step-down")
    still(planned)
    tell(planned, 1.0, "support", yes=True)
    assert planned.phase is Phase.READY


def test_who_closes_the_eyes_is_shown_no_picture() -> None:
    step = (("vision", "closed"), ("surface", "foam"))
    agreed = replace(CALM, step=step, pictures=(True, False, True))
    trial = sitting("stand-still", agreed)
    assert not any(one.picture for one in trial.sets)
    assert any(one.picture for one in sitting("stand-still").sets)


def test_what_ended_it_is_said_as_it_was() -> None:
    trial = sitting("wood-chop")
    tell(trial, 1.0, "stop", why="pain")
    tell(trial, 2.0, "pain", value=0)
    tell(trial, 3.0, "effort", value=2)
    tell(trial, 4.0, "again")
    assert prompt(trial) == "It hurt. This exercise is over for today."


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("level: expected a tilt, got 2 degrees: tilt it more", "Tilt it more."),
        ("tip the board further to the left", "Tip the board further to the left."),
        (
            "the lean was not clear: mounting: expected a, got b: lean more. Be still",
            "Lean more. Be still.",
        ),
    ],
)
def test_of_an_error_people_read_what_to_do(why: str, said: str) -> None:
    trial = sitting("rocker-hold-level")
    trial.level_failed(1.0, why)
    assert prompt(trial) == said


def test_an_angle_that_is_to_be_learned_is_shown() -> None:
    trial = sitting("reposition-low-back")
    assert trial.picture
    assert not any(trial.set.stage.pictures)


def test_of_what_is_done_for_some_time_the_minutes_are_asked() -> None:
    for name, asked in (("walk-at-ease", "minutes"), ("bridge-no-sensor", "How many")):
        trial = sitting(name)
        one_set(trial, 1.0)
        assert trial.phase is Phase.ENTER
        assert asked in prompt(trial)
    assert "minutes" not in prompt(trial)
