"""Leaning, weight shift, load and the four conditions, on motions known on paper."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.analysis.limits import (
    lean_angle,
    reach,
    theoretical_limit,
    weight_shift,
)
from surefoot.analysis.load import load_share, weight_distribution
from surefoot.analysis.mctsib import (
    Conditions,
    composites,
    sway_angle_deviation,
    sway_angle_velocity,
)
from surefoot.core import SignalError

RATE = 100.0
QUIET = 1e-3 * np.random.default_rng(2).standard_normal((200, 2))
FRONT, RIGHT, BACK, LEFT = 0.0, math.pi / 2, math.pi, -math.pi / 2
DEGREE = math.radians(1)


def _lean(goal, direction, wait=0.5, time=1.0, hold=1.0):
    """Wait, go to a lean in one smooth move, stay a while."""
    s = np.clip((np.arange(0, wait + time + hold, 1 / RATE) - wait) / time, 0, 1)
    size = goal * (10 * s**3 - 15 * s**4 + 6 * s**5)
    line = np.array([math.sin(direction), math.cos(direction)])
    return QUIET.mean(axis=0) + size[:, np.newaxis] * line


def test_limits_of_the_four_sides():
    found = [theoretical_limit(side) / DEGREE for side in (FRONT, RIGHT, BACK, LEFT)]
    assert found == pytest.approx([8.0, 8.0, 4.5, 8.0])
    assert 4.5 < theoretical_limit(math.radians(135)) / DEGREE < 8.0


def test_a_lean_straight_to_the_target():
    found = reach(_lean(6 * DEGREE, FRONT), RATE, FRONT, QUIET)
    assert found.endpoint == pytest.approx(0.75, rel=1e-3)
    assert found.maximum == pytest.approx(0.75, rel=1e-9)
    assert found.directional_control == pytest.approx(1.0, abs=1e-9)
    assert 0.5 < found.reaction_time < 0.75
    # nine tenths of a minimum-jerk move of 1 s take 0.621 s
    assert found.mean_velocity == pytest.approx(5.4 * DEGREE / 0.621, rel=0.03)


@given(st.floats(-3.1, 3.1))
def test_directions_are_alike(direction):
    lean = _lean(0.05, direction)
    found = reach(lean, RATE, direction, QUIET, limit=0.1)
    assert found.endpoint == pytest.approx(0.5, rel=1e-2)
    assert found.directional_control == pytest.approx(1.0, abs=1e-6)
    away = reach(lean, RATE, direction + math.pi, QUIET, limit=0.1)
    assert math.isnan(away.reaction_time)
    assert away.maximum == pytest.approx(0.0, abs=1e-9)


def test_half_a_turn_off_the_line_is_no_control():
    found = reach(_lean(0.1, math.pi / 4), RATE, FRONT, QUIET)
    assert found.directional_control == pytest.approx(0.0, abs=1e-9)


def test_a_second_try_counts_for_the_maximum_only():
    first = _lean(4 * DEGREE, RIGHT, hold=0.3)
    start = QUIET.mean(axis=0)
    second = first[-1] + (_lean(2 * DEGREE, RIGHT) - start)
    found = reach(np.concatenate([first, second]), RATE, RIGHT, QUIET)
    assert found.endpoint == pytest.approx(0.5, rel=1e-2)
    assert found.maximum == pytest.approx(0.75, rel=1e-2)


def test_a_twitch_is_not_the_beginning():
    lean = _lean(0.1, FRONT)
    lean[10:15, 1] += 0.05
    assert reach(lean, RATE, FRONT, QUIET).reaction_time > 0.5


def test_nobody_moved():
    found = reach(np.tile(QUIET.mean(axis=0), (100, 1)), RATE, FRONT, QUIET)
    assert math.isnan(found.reaction_time)
    assert found.maximum == 0.0
    assert np.isnan(reach(QUIET[:2], RATE, FRONT, QUIET)).all()
    assert np.isnan(reach(QUIET * math.nan, RATE, FRONT, QUIET)).all()


def test_a_shift_along_its_line():
    t = np.arange(0, 30, 1 / RATE)
    lean = np.stack([0.05 * np.sin(2 * np.pi * 0.25 * t), np.zeros(len(t))], axis=1)
    found = weight_shift(lean, RATE, RIGHT)
    assert found.velocity == pytest.approx(4 * 0.05 * 0.25, rel=1e-2)
    assert found.directional_control == pytest.approx(1.0)
    assert weight_shift(lean, RATE, LEFT) == pytest.approx(found)
    assert weight_shift(lean, RATE, math.pi / 4).directional_control == pytest.approx(0)
    assert np.isnan(weight_shift(lean[:1], RATE, RIGHT)).all()
    assert math.isnan(weight_shift(lean * 0, RATE, RIGHT).directional_control)


def test_lean_of_a_position():
    found = lean_angle(np.array([[0.0, 0.55 * 1.8], [math.nan, 0.0]]), 1.8)
    assert found[0].tolist() == pytest.approx([0.0, math.pi / 4])
    assert np.isnan(found[1]).tolist() == [True, False]


def test_shares_of_a_load():
    forces = np.array([[300.0, 500.0], [200.0, 200.0]])
    assert load_share(forces) == pytest.approx([0.4375, 0.5625])
    assert np.isnan(load_share(np.array([[1.0, -1.0]]))).all()
    assert np.isnan(load_share(np.empty((0, 2)))).tolist() == [True, True]
    assert np.isnan(load_share(np.array([[math.nan, 1.0]]))).all()


def test_four_cells_even_and_on_one():
    assert weight_distribution(np.full((9, 4), 2.0)) == 0.0
    one = weight_distribution(np.array([[0.0, 0.0, 5.0, 0.0]]))
    assert one == pytest.approx(math.sqrt(3) / 4)


def test_composites_of_the_four_conditions():
    found = composites(Conditions(2.0, 3.0, 4.0, 10.0))
    assert found == pytest.approx((4.75, 0.5, 1.0, 4.0))
    assert composites(Conditions(1.0, 1.0, 1.0, 1.0)) == (1.0, 0.0, 0.0, 0.0)


def test_a_missing_condition_is_not_made_up():
    found = composites(Conditions(2.0, math.nan, 4.0, 10.0))
    assert np.isnan(found[:3]).all()
    assert found.vestibular == 4.0
    assert np.isnan(composites(Conditions(0.0, 1.0, 1.0, 1.0))[1:]).all()


def test_sway_angle_of_a_circle():
    t = np.arange(0, 60, 1 / RATE)
    turn = 2 * np.pi * 0.2 * t
    cop = 0.01 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    small = 0.01 / (0.55 * 1.7)
    assert sway_angle_deviation(cop, 1.7) == pytest.approx(small, rel=1e-3)
    speed = small * 2 * np.pi * 0.2
    assert sway_angle_velocity(cop, RATE, 1.7) == pytest.approx(speed, rel=1e-3)
    assert math.isnan(sway_angle_deviation(cop[:0], 1.7))
    assert math.isnan(sway_angle_velocity(cop[:1], RATE, 1.7))


@pytest.mark.parametrize(
    "call",
    [
        lambda: reach(QUIET[:, 0], RATE, FRONT, QUIET),
        lambda: reach(QUIET, RATE, FRONT, QUIET[:, :1]),
        lambda: reach(QUIET, 0.0, FRONT, QUIET),
        lambda: reach(QUIET, RATE, FRONT, QUIET, limit=-1.0),
        lambda: lean_angle(QUIET, 0.0),
        lambda: weight_shift(QUIET[0], RATE, FRONT),
        lambda: load_share(QUIET[0]),
        lambda: weight_distribution(QUIET + 1),
    ],
)
def test_misuse_is_refused_in_words(call):
    with pytest.raises(SignalError, match="expected"):
        call()
