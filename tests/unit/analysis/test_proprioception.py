"""Reposition, low back and hip, heel to toe, and the ball."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.proprioception import (
    circle_evenness,
    circles,
    halfway_delay,
    heel_to_toe,
    held_angle,
    lead,
    lumbar_share,
    lumbar_shares,
    motion_range,
    relative_phase,
    reposition_errors,
    roundness,
    step_sway,
    step_times,
)
from surefoot.core import SignalError

RATE = 100.0
T = np.arange(0, 8, 1 / RATE)


def ramp(seconds: float, start: float = 0.0) -> np.ndarray:
    return np.clip((T - start) / seconds, 0.0, 1.0)


# reposition -------------------------------------------------------------------


def test_reposition_errors_of_five_known_attempts() -> None:
    found = reposition_errors([93, 103, 99, 105, 96], 100)
    assert found.constant == pytest.approx(-0.8)
    assert found.absolute == pytest.approx(4.0)
    assert found.variable == pytest.approx(math.sqrt(19.36))


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20), st.floats(-1, 1))
def test_total_error_is_made_of_habit_and_scatter(reached, target) -> None:
    found = reposition_errors(reached, target)
    assert found.total**2 == pytest.approx(
        found.constant**2 + found.variable**2, abs=1e-12
    )
    assert abs(found.constant) <= found.absolute + 1e-12
    assert found.absolute <= found.total + 1e-12
    mirrored = reposition_errors(-np.array(reached), -target)
    assert mirrored.constant == pytest.approx(-found.constant, abs=1e-12)


def test_every_attempt_may_have_its_own_target() -> None:
    assert reposition_errors([1.0, 2.0], [1.0, 2.0]).total == 0.0
    assert all(math.isnan(v) for v in reposition_errors([], 1.0))
    assert math.isnan(reposition_errors([1.0], 1.0).variable)
    assert math.isnan(reposition_errors([1.0, math.nan], 1.0).constant)
    with pytest.raises(SignalError, match="expected"):
        reposition_errors([1.0, 2.0], [1.0, 2.0, 3.0])


def test_held_angle_is_before_the_moment_and_shrugs_off_a_spike() -> None:
    angle = np.where(T < 4.0, 0.3, 0.9)
    angle[390] = 5.0
    assert held_angle(angle, RATE, 3.95) == 0.3
    assert math.isnan(held_angle(angle, RATE, 0.2))
    assert math.isnan(held_angle(angle, RATE, 9.0))
    with pytest.raises(SignalError, match="expected"):
        held_angle(np.zeros((9, 2)), RATE, 1.0)


# low back and hip -------------------------------------------------------------


def test_share_of_a_bend_and_of_its_quarters() -> None:
    trunk = ramp(6.0)  # low back first: pelvis moves in the second half only
    pelvis = 0.5 * np.clip(2.0 * trunk - 1.0, 0.0, 1.0)
    assert lumbar_share(trunk, pelvis) == pytest.approx(0.5)
    assert lumbar_shares(trunk, pelvis) == pytest.approx([1, 1, 0, 0], abs=0.02)
    assert lumbar_shares(-trunk, -pelvis) == pytest.approx([1, 1, 0, 0], abs=0.02)
    assert lumbar_shares(trunk, pelvis, 1) == pytest.approx([0.5])


@settings(max_examples=30)
@given(share=st.floats(0.0, 1.0), turn=st.sampled_from([1.0, -1.0]))
def test_a_fixed_share_is_found_in_every_part(share: float, turn: float) -> None:
    trunk = turn * 0.8 * ramp(5.0, 1.0) ** 2
    pelvis = (1.0 - share) * trunk
    assert lumbar_share(trunk, pelvis) == pytest.approx(share, abs=1e-9)
    assert lumbar_shares(trunk, pelvis) == pytest.approx([share] * 4, abs=1e-9)


@pytest.mark.parametrize("late", [-0.4, -0.1, 0.0, 0.237, 0.5])
def test_the_lead_is_found_to_a_fraction_of_a_sample(late: float) -> None:
    def bend(t: np.ndarray) -> np.ndarray:
        return 0.3 * np.exp(-((t - 4.0) ** 2))

    hip, lumbar = bend(T - late), 1.7 * bend(T)
    assert lead(hip + lumbar, hip, RATE) == pytest.approx(late, abs=2e-3)


def test_no_lead_where_the_best_shift_is_the_longest() -> None:
    hip, lumbar = ramp(1.0, 5.0), ramp(1.0, 1.0)
    assert math.isnan(lead(hip + lumbar, hip, RATE))
    assert math.isnan(lead(lumbar, 0 * lumbar, RATE))
    assert math.isnan(lead(lumbar[:150], hip[:150], RATE))


def test_halfway_delay_of_two_ramps() -> None:
    lumbar, hip = 0.5 * ramp(2.0, 1.0), 0.8 * ramp(2.0, 1.75)
    assert halfway_delay(lumbar + hip, hip, RATE) == pytest.approx(0.75, abs=1e-9)
    assert math.isnan(halfway_delay(0.01 * lumbar, 0.01 * hip, RATE))


@pytest.mark.parametrize("phase", [0.0, 0.5, math.pi / 2, math.pi])
@pytest.mark.parametrize("n", [800, 801])
def test_relative_phase_of_two_sines(phase: float, n: int) -> None:
    angle = 2 * np.pi * 6 * np.arange(n) / n
    lumbar, hip = 0.4 * np.sin(angle), 0.2 * np.sin(angle - phase)
    assert relative_phase(lumbar + hip, hip) == pytest.approx(phase, abs=2e-3)


def test_small_bends_and_wrong_shapes_say_nothing() -> None:
    small = math.radians(4.0) * ramp(5.0)
    assert math.isnan(lumbar_share(small, small))
    assert np.isnan(lumbar_shares(small, small)).all()
    assert math.isnan(relative_phase(small, small))
    assert math.isnan(lumbar_share(np.empty(0), np.empty(0)))
    for call in (lumbar_share, lumbar_shares, relative_phase):
        with pytest.raises(SignalError, match="expected"):
            call(np.zeros(9), np.zeros(8))
    with pytest.raises(SignalError, match="expected"):
        lead(np.zeros(9), np.zeros(9), 0.0)


# heel to toe ------------------------------------------------------------------


def test_missteps_go_to_the_step_that_was_seen() -> None:
    feet = np.arange(10) * 0.8 + 1.0
    keyed = [3.5, 3.6, 6.0]  # 3.2 and 3.3: step 2, twice; 5.7: step 5
    walk = heel_to_toe(feet, keyed)
    assert (walk.steps, walk.missteps, walk.correct) == (10, 2, 8)
    assert walk.missed == (2, 5)
    assert walk.longest_run == 4  # 6 to 9
    assert walk.step_time == pytest.approx(0.8)
    assert heel_to_toe([1.0, 2.0, 3.0], [2.5], reaction=0.5).missed == (1,)
    assert heel_to_toe([1.0, 2.0, 3.0], [0.2]).missed == (0,)


@given(
    st.lists(st.floats(0.1, 2.0), max_size=12), st.lists(st.floats(-1, 30), max_size=6)
)
def test_steps_are_either_correct_or_not(gaps, keyed) -> None:
    feet = np.cumsum(np.array(gaps))
    walk = heel_to_toe(feet, keyed)
    assert walk.correct + walk.missteps == walk.steps == len(gaps)
    assert walk.longest_run <= walk.correct
    assert walk.correct <= (walk.longest_run) * (walk.missteps + 1)


def test_trunk_sway_belongs_to_its_step() -> None:
    lean = np.zeros((800, 2))
    lean[200:400, 0] = 0.1 * np.where(np.arange(200) % 2, 1.0, -1.0)
    sway = step_sway(lean, RATE, [0.0, 2.0, 4.0, 6.0])
    assert sway == pytest.approx([0.0, 0.1, 0.0])
    assert np.isnan(step_sway(lean, RATE, [7.98, 7.99, 9.0])).all()
    assert step_sway(lean, RATE, []).shape == (0,)


def test_steps_from_the_forward_acceleration() -> None:
    t = np.arange(0, 12, 1 / RATE)
    noise = 0.1 * np.random.default_rng(2).standard_normal(len(t))
    walking = np.sin(2 * np.pi * 0.8 * t) * (t > 2) * (t < 9.5) + noise
    found = step_times(walking, RATE)
    assert len(found) == 6
    assert np.diff(found) == pytest.approx([1.25] * 5, abs=0.1)
    assert len(step_times(np.zeros(500), RATE)) == 0
    assert len(step_times(walking[:50], RATE)) == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: heel_to_toe([1.0, 1.0], []),
        lambda: heel_to_toe([2.0, 1.0], []),
        lambda: heel_to_toe([[1.0]], []),
        lambda: step_sway(np.zeros((9, 3)), RATE, [0.0]),
        lambda: step_times(np.zeros((9, 2)), RATE),
    ],
)
def test_steps_that_are_no_steps_are_told(call) -> None:
    with pytest.raises(SignalError, match="expected"):
        call()


# ball -------------------------------------------------------------------------


def around(turns: float, ml: float = 0.2, ap: float = 0.2) -> np.ndarray:
    """Clockwise as the person sees it, from the front."""
    phase = 2 * np.pi * turns * T / T[-1]
    return np.stack([ml * np.sin(phase), ap * np.cos(phase)], axis=1)


@pytest.mark.parametrize("turns", [-3, 2, 5])
def test_circles_have_a_direction(turns: int) -> None:
    assert circles(np.add(around(turns), [0.3, -0.1])) == pytest.approx(turns, abs=0.02)
    line = np.stack([np.sin(2 * np.pi * T), 0 * T], axis=1)
    assert abs(circles(line + 1e-6 * around(1))) < 1.0


def test_round_and_long_motion() -> None:
    assert roundness(around(4)) == pytest.approx(1.0, abs=0.01)
    assert circle_evenness(around(4)) == pytest.approx(0.0, abs=0.01)
    assert roundness(around(4, 0.2, 0.05)) == pytest.approx(0.25, abs=0.01)
    line = np.stack([np.abs((T / 2) % 2 - 1), 0 * T], axis=1)
    assert roundness(line) == pytest.approx(0.0, abs=1e-6)
    assert circle_evenness(line) == pytest.approx(1 / math.sqrt(3), abs=0.01)
    assert motion_range(around(4, 0.2, 0.05)) == pytest.approx((0.4, 0.1), rel=1e-3)


@settings(max_examples=25)
@given(seed=st.integers(0, 999), angle=st.floats(0, 6.28), scale=st.floats(0.01, 10))
def test_turning_and_scaling_leave_the_shape(seed, angle, scale) -> None:
    rng = np.random.default_rng(seed)
    tilt = np.cumsum(rng.standard_normal((200, 2)), axis=0)
    c, s = math.cos(angle), math.sin(angle)
    other = scale * tilt @ np.array([[c, -s], [s, c]]) + rng.standard_normal(2)
    for measure in (roundness, circles, circle_evenness):
        assert measure(other) == pytest.approx(measure(tilt), rel=1e-6, abs=1e-9)
    assert circles(tilt * [-1, 1]) == pytest.approx(-circles(tilt), abs=1e-9)


def test_nothing_on_the_ball() -> None:
    for measure in (roundness, circles, circle_evenness):
        assert math.isnan(measure(np.empty((0, 2))))
        with pytest.raises(SignalError, match="expected"):
            measure(np.zeros((9, 3)))
    assert all(math.isnan(v) for v in motion_range(np.empty((0, 2))))
    assert math.isnan(roundness(np.zeros((9, 2))))
    assert math.isnan(circle_evenness(np.zeros((9, 2))))
