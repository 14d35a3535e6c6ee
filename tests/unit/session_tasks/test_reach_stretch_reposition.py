"""Leaning to targets, stretching gently, and finding an angle again."""

from __future__ import annotations

from math import cos, degrees, pi, radians, sin, tan

import numpy as np
import pytest

from surefoot.analysis.limits import theoretical_limit
from surefoot.training.task import Reach, Reposition, Stretch
from surefoot.training.template import plain_template

RATE = 100.0
START = 2.0
EIGHT = tuple(k * pi / 4 for k in range(8))


def eased(u):
    u = np.clip(u, 0, 1)
    return u**3 * (10 + u * (6 * u - 15))


def leans(targets, far, each=8.0, back=3.0, wait=0.5):
    """Return ml, ap of straight leans ``wait`` s after each cue, and back."""
    t = np.arange(round((1 + len(targets) * (each + back)) * RATE)) / RATE
    ml, ap = np.zeros(len(t)), np.zeros(len(t))
    for k, (direction, size) in enumerate(zip(targets, far, strict=True)):
        cue = 1 + k * (each + back)
        # the way out takes 1 s, the way back 1 s
        path = eased(t - cue - wait) - eased(t - cue - each)
        ml += size * sin(direction) * path
        ap += size * cos(direction) * path
    noise = 1e-5 * np.random.default_rng(0).standard_normal((2, len(t)))
    return ml + noise[0], ap + noise[1]


def test_straight_leans_have_known_reaction_way_and_control(made) -> None:
    task = Reach(EIGHT, each=8.0, distance=0.8, stay=0.25)
    far = [0.8 * theoretical_limit(a) for a in EIGHT]
    ml, ap = leans(EIGHT, far)
    case = made(task, "lean", duration=120, zone=radians(1))
    over = case.feed(case.block(ml, ap, 0.0, 0.0))
    assert over == pytest.approx(START + 1 + 7 * 11 + 8, abs=0.011)
    assert case.run.why == "done"
    shown = case.named("target")
    assert [e.detail["deg"] for e in shown] == [45.0 * k for k in range(8)]
    assert shown[1].t == pytest.approx(START + 12.0)
    assert len(case.named("reached")) == 8
    values = case.values()
    assert values["reach_share"] == 1.0
    assert values["reach_reaction_time"] == pytest.approx(0.55, abs=0.06)
    assert values["reach_endpoint"] == pytest.approx(0.8, abs=0.01)
    assert values["reach_maximum"] == pytest.approx(0.8, abs=0.01)
    assert values["reach_directional_control"] > 0.98
    assert case.result().score.kept == 1.0
    details = dict(case.result().details)
    assert details["reach_maximum to 45"] == pytest.approx(0.8, abs=0.01)


def test_a_lean_that_is_too_short_reaches_nothing(made) -> None:
    task = Reach(EIGHT[:4], each=8.0, distance=0.8)
    ml, ap = leans(EIGHT[:4], [radians(1)] * 4)
    case = made(task, "lean", duration=60, zone=radians(1))
    case.feed(case.block(ml, ap, 0.0, 0.0))
    assert case.values()["reach_share"] == 0.0
    assert case.named("reached") == []


def test_beside_a_target_or_through_it_is_not_reached(made) -> None:
    """The ring has 1 degree; 2 degrees short is out, and passing takes 0.1 s."""
    task = Reach((0.0,), each=8.0, distance=1.0, stay=0.5)
    full = theoretical_limit(0.0)
    beside = made(task, "lean", duration=20, zone=radians(1))
    ml, ap = leans((0.0,), [full - radians(2)])
    beside.feed(beside.block(ml, ap, 0.0, 0.0))
    assert beside.named("reached") == []
    through = made(task, "lean", duration=20, zone=radians(1))
    t = np.arange(1200) / RATE
    swing = 3 * full * np.sin(2 * pi * (t - 2)) * ((t > 2) & (t < 2.5))
    through.feed(through.block(0 * t, swing, 0.0, 0.0))
    assert through.named("reached") == []
    longer = made(Reach((0.0,), 8.0, 1.0, 0.01), "lean", duration=20, zone=radians(1))
    longer.feed(longer.block(0 * t, swing, 0.0, 0.0))
    assert len(longer.named("reached")) == 1


@pytest.mark.parametrize("height", [None, 1.6])
def test_targets_of_a_force_board_stand_where_the_height_says(made, height) -> None:
    task = Reach((pi / 2,), each=8.0, distance=1.0)
    far = 0.55 * (height or 1.7) * tan(theoretical_limit(pi / 2))
    ml, ap = leans((pi / 2,), [far])
    case = made(task, "cop", duration=30, zone=0.01, height=height)
    assert case.run.aim(START + 2).at == pytest.approx((far, 0.0))
    assert case.run.aim(START + 0.5).at == (0.0, 0.0)
    assert case.run.aim(START + 0.5).ahead == (case.run.aim(START + 2).at,)
    case.feed(case.block(ml, ap, 700.0))
    found = case.result()
    values = {m.name: m.value for m in found.measures}
    assert values["reach_maximum"] == pytest.approx(1.0, abs=0.01)
    said = {"HEIGHT_ASSUMED" in m.flags for m in found.measures}
    assert said == {height is None}


def test_a_target_that_no_sample_brings_comes_with_the_tick(made) -> None:
    case = made(Reach(EIGHT, each=8.0), "lean", duration=120)
    case.run.tick(START + 0.9)
    assert case.run.events == []
    case.run.tick(START + 1.1)
    (event,) = case.run.events
    assert (event.t, event.name) == (START + 1.0, "target")


def stretched(holds, deg=40.0, out=8.0, stay=22.0):
    """Return angle and speed of gentle stretches, each held."""
    away = radians(deg)
    up = away * eased(np.arange(round(out * RATE)) / (out * RATE))
    one = [
        up,
        np.full(round(stay * RATE), away),
        up[::-1],
        np.zeros(300),
    ]
    angle = np.concatenate([np.zeros(200), *(one * holds)])
    return angle, np.abs(np.gradient(angle) * RATE)


TASK = Stretch(holds=3, stay=20.0, limit=0.9)
FREE = plain_template(radians(50), (4.0, 1.0, 4.0))


def test_gentle_holds_are_counted_and_calm(made) -> None:
    case = made(TASK, "angle", duration=180, template=FREE)
    assert case.run.aim(START).at == pytest.approx((0.0, radians(45)))
    case.feed(case.block(*stretched(3)))
    assert case.run.why == "done"
    told = case.named("hold")
    assert [e.detail["calm"] for e in told] == [True] * 3
    assert told[0].detail["deg"] == pytest.approx(40, abs=0.5)
    assert case.named("too-fast") == case.named("too-far") == []
    values = case.values()
    assert values["stretch_holds"] == 3
    assert values["stretch_calm_share"] == 1.0
    assert values["range_of_motion_high"] == pytest.approx(radians(40), rel=0.01)
    assert values["stretch_hold_time"] == pytest.approx(22.0 + 4.5, abs=2.0)
    assert values["stretch_gentle_share"] > 0.99
    assert case.result().score.kept == 1.0


def test_a_hold_that_is_too_short_does_not_count(made) -> None:
    case = made(TASK, "angle", duration=89)
    case.feed(case.block(*stretched(3, stay=10.0)))
    assert case.named("hold") == []
    assert case.values()["stretch_calm_share"] == 0.0


def test_too_fast_and_too_far_are_told_and_not_calm(made) -> None:
    fast = made(TASK, "angle", duration=180, template=FREE)
    fast.feed(fast.block(*stretched(3, out=2.0)))
    assert [e.detail["calm"] for e in fast.named("hold")] == [False] * 3
    assert fast.named("too-fast")[0].detail["deg_s"] > 10
    far = made(TASK, "angle", duration=180, template=FREE)
    far.feed(far.block(*stretched(3, deg=48.0, out=12.0)))
    assert [e.detail["calm"] for e in far.named("hold")] == [False] * 3
    assert len(far.named("too-far")) == 3
    assert far.values()["stretch_calm_share"] == 0.0
    # no more than allowed is ever shown
    assert far.run.aim(START).at[1] <= radians(45)


def test_without_a_known_range_nothing_is_shown_to_go_to(made) -> None:
    case = made(TASK, "angle", duration=180)
    assert case.run.aim(START).at == (0.0, 0.0)
    case.feed(case.block(*stretched(1))[:1500])
    assert case.run.aim(START).say.startswith("Stay: ")
    assert case.named("too-far") == []


def visits(places, stay=3.0):
    """Return angle and speed of going to places, staying, and coming back."""
    pieces = [np.zeros(100)]
    for place in places:
        up = place * eased(np.arange(150) / 150)
        pieces += [up, np.full(round(stay * RATE), place), up[::-1], np.zeros(150)]
    angle = np.concatenate(pieces)
    return angle, np.abs(np.gradient(angle) * RATE)


BACK = Reposition(learn=3, find=4, angle=radians(20), stay=2.0)


def test_the_errors_of_finding_an_angle_again(made) -> None:
    case = made(BACK, "angle", duration=120)
    assert case.run.aim(START).at == (0.0, radians(20))
    assert not case.run.hides
    off = [22.0, 18.0, 23.0, 21.0]
    angle, speed = visits(np.radians([20, 20, 20, *off]))
    case.feed(case.block(angle, speed))
    assert case.run.why == "done"
    assert case.run.hides
    assert [e.detail["deg"] for e in case.named("there")] == pytest.approx(off, abs=0.1)
    assert len(case.named("learned")) == 3
    values = {k: degrees(v) for k, v in case.values().items()}
    assert values["reposition_constant_error"] == pytest.approx(1.0, abs=0.05)
    assert values["reposition_absolute_error"] == pytest.approx(2.0, abs=0.05)
    assert values["reposition_variable_error"] == pytest.approx(np.std(off), abs=0.05)
    score = case.result().score
    assert (score.kept, score.measure) == (None, "reposition_absolute_error")


def test_a_place_beside_the_mark_is_not_learned_and_a_key_does_not_wait(made) -> None:
    case = made(BACK, "angle", duration=120)
    angle, speed = visits(np.radians([12.0]), stay=5.0)
    case.feed(case.block(angle, speed))
    assert case.named("learned") == []
    keyed = made(BACK, "angle", duration=120)
    block = keyed.block(*visits(np.radians([20.0] * 7), stay=1.0))
    places = [100 + 550 * k + 240 for k in range(7)]  # while it is held, 0.9 s in
    last = 0
    for place in places:
        keyed.feed(block[last:place])
        over = keyed.key(block.t[place - 1] + 0.001, "there")
        assert keyed.key(block.t[place - 1] + 0.002, "there") is None  # once a visit
        last = place
    assert over is not None
    assert keyed.run.why == "done"
    assert len(keyed.named("learned")) == 3
    assert len(keyed.named("there")) == 4
