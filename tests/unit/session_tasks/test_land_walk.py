"""Stepping down at a cue, and walking a line."""

from __future__ import annotations

from dataclasses import replace
from math import radians

import numpy as np
import pytest

from surefoot.training.task import Land, Walk

RATE = 100.0
START = 2.0
TOLD = Land("told", 3.0, 3.0)
UNKNOWN = Land("time", 2.0, 8.0)


def stepped(at, moved=0.4, seconds=20.0):
    """Return a lean that swings after a contact at a time from the start of the run."""
    t = np.arange(round(seconds * RATE)) / RATE
    after = t - at
    swing = np.where(after > 0, np.exp(-after) * np.sin(2 * np.pi * after), 0.0)
    ml, ap = 0.0 * t, radians(6) * swing
    acc = np.where((after >= 0) & (after < 0.05), 8.0, 0.0)
    acc = acc + np.where((t > at - moved) & (t < at), 1.0, 0.0)
    acc = acc + 0.02 * np.sin(40 * t)
    turn = np.abs(np.gradient(ap) * RATE) + 0.01
    return ml, ap, acc, turn


def test_a_told_step_has_its_times_from_cue_and_contact(made) -> None:
    case = made(TOLD, "lean", duration=30)
    assert case.run.aim(START + 0.5).say == "Step down in 3"
    assert case.run.aim(START + 2.5).say == "Step down in 1"
    assert case.run.aim(START + 3.0).say == "Step down now"
    case.feed(case.block(*stepped(4.0)))
    (cue,) = case.named("cue")
    assert (cue.t, cue.detail["kind"]) == (START + 3.0, "step-down")
    (contact,) = case.named("contact")
    assert contact.t == pytest.approx(START + 4.0)
    assert case.run.aim(START + 5).say == "Stand still"
    assert case.over == pytest.approx(START + 14.0)
    values = case.values()
    assert values["landing_contact_time"] == pytest.approx(1.0, abs=0.011)
    assert values["landing_reaction_time"] == pytest.approx(0.6, abs=0.05)
    # exp(-t) is down to a tenth of its largest swing (0.79) after some 2.5 s
    assert values["stabilisation_settling_time"] == pytest.approx(2.4, abs=0.4)
    assert values["stabilisation_peak"] == pytest.approx(radians(6) * 0.79, rel=0.05)
    assert values["stabilisation_band_time"] < 5.0
    assert case.result().score.kept is None


def test_a_quicker_rest_has_shorter_times(made) -> None:
    quick, slow = made(TOLD, "lean", duration=30), made(TOLD, "lean", duration=30)
    ml, ap, acc, turn = stepped(4.0)
    slow.feed(slow.block(ml, ap, acc, turn))
    t = np.arange(len(ap)) / RATE
    ap = np.where(t > 4.0, ap * np.exp(-2 * (t - 4.0)), ap)
    quick.feed(quick.block(ml, ap, acc, np.abs(np.gradient(ap) * RATE) + 0.01))
    for name in ("settling", "band"):
        name = f"stabilisation_{name}_time"
        assert quick.values()[name] < slow.values()[name], name


def test_an_unknown_time_and_side_come_from_the_seed(made) -> None:
    cued = [made(UNKNOWN, "lean", seed=seed).run.cued - START for seed in range(50)]
    again = [made(UNKNOWN, "lean", seed=seed).run.cued - START for seed in range(50)]
    assert cued == again
    assert 2.0 <= min(cued) < 3.0
    assert 7.0 < max(cued) < 8.0
    sides = {
        made(replace(UNKNOWN, cue="side"), "lean", seed=s).run.side for s in range(9)
    }
    assert sides == {"left", "right"}
    case = made(replace(UNKNOWN, cue="side"), "lean", seed=3)
    assert case.run.aim(START).say == "Wait for the word"
    words = case.run.aim(case.run.cued).say
    assert words in {"Left foot. Step down now", "Right foot. Step down now"}


def test_a_foot_before_the_cue_is_told_and_is_no_contact(made) -> None:
    case = made(TOLD, "lean", duration=30)
    case.feed(case.block(*stepped(2.0)))
    (early,) = case.named("early")
    assert early.t == pytest.approx(START + 2.0)
    assert case.named("contact") == []
    assert case.values(end=START + 20, ended="time") == {}
    score = case.result(end=START + 20, ended="time").score
    assert score.reason == "not scored: nothing was measured"


def test_a_cue_that_no_sample_brings_comes_with_the_tick(made) -> None:
    case = made(TOLD, "lean", duration=30)
    case.run.tick(START + 3.2)
    assert [(e.t, e.name) for e in case.run.events] == [
        (START + 3.0, "target"),
        (START + 3.0, "cue"),
    ]
    case.run.tick(START + 3.4)
    case.feed(case.block(*stepped(4.0)))
    assert len(case.named("cue")) == 1


def walked(steps, each=1.0, seconds=16.0):
    """Return the lean and acceleration of a trunk over steps from 1 s on."""
    t = np.arange(round(seconds * RATE)) / RATE
    acc = 0 * t
    for k in range(steps):
        acc += 1.5 * np.exp(-(((t - 1 - k * each) / 0.12) ** 2))
    return radians(2) * np.sin(2 * np.pi * t / each), 0 * t, acc - 0.2, 0 * t


def test_keyed_steps_and_missteps_are_counted_to_ten(made) -> None:
    case = made(Walk(10), "lean", duration=30)
    block = case.block(*walked(12))
    for k in range(10):
        case.feed(block[100 * k : 100 * (k + 1)])
        assert case.key(START + k + 1.0, "step") is None
        if k in {3, 9}:
            case.key(START + k + 1.4, "misstep", "off the line")
    case.feed(block[1000:])
    assert case.over == pytest.approx(START + 11.0)
    assert case.run.why == "done"
    values = case.values()
    assert values["walk_steps"] == 10
    assert values["walk_missteps"] == 2
    assert values["walk_correct_steps"] == 8
    assert values["walk_longest_run"] == 5
    assert values["walk_step_time"] == pytest.approx(1.0)
    assert values["walk_step_sway"] == pytest.approx(radians(2) / np.sqrt(2), rel=0.02)
    assert case.result().score.kept == 0.8
    assert dict(case.result().details)["step 4, correct"] == 0.0
    by = {e.detail["by"] for e in case.named("step") if e.t > START + 1.5}
    assert by == {"key"}


def test_steps_that_nobody_keys_are_found(made) -> None:
    case = made(Walk(10), "lean", duration=30)
    case.feed(case.block(*walked(10)))
    assert len(case.named("step")) == 10
    values = case.values()
    assert values["walk_steps"] == values["walk_correct_steps"] == 10
    assert values["walk_step_time"] == pytest.approx(1.0, abs=0.02)
    still = made(Walk(10), "lean", duration=9)
    still.feed(still.block(*walked(0, seconds=9.0)))
    assert still.values()["walk_steps"] == 0


def test_a_walk_without_a_sensor_ends_with_the_tick_after_it(made) -> None:
    case = made(Walk(3), "none", duration=30)
    for k in range(3):
        case.key(START + k + 1.0, "step")
    case.run.tick(START + 3.5)
    assert case.run.over is None
    case.run.tick(START + 4.1)
    assert (case.run.why, case.run.over) == ("done", START + 4.1)
    assert case.values(end=START + 4.1)["walk_correct_steps"] == 3
