"""Following a moving target: late, small, not at all."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.tracking import time_on_target, tracking_error, tracking_lag
from surefoot.core import SignalError

RATE = 100.0
T = np.arange(3000) / RATE


def path(t: np.ndarray) -> np.ndarray:
    """A target that does not repeat soon."""
    x = np.sin(2 * np.pi * 0.2 * t) + 0.5 * np.sin(2 * np.pi * 0.47 * t + 1)
    return 0.1 * np.stack([x, np.cos(2 * np.pi * 0.31 * t)], axis=1)


@pytest.mark.parametrize("late", [-0.3, 0.0, 0.05, 0.237, 0.8])
def test_a_person_who_is_late_by_so_much(late):
    told = tracking_lag(path(T - late), path(T), RATE)
    assert told.time == pytest.approx(late, abs=1e-3)
    assert told.correlation == pytest.approx(1, abs=1e-3)
    one = tracking_lag(path(T - late)[:, 0], path(T)[:, 0], RATE)
    assert one.time == pytest.approx(late, abs=1e-3)


def test_the_error_of_a_late_sine_is_what_is_written():
    f, late = 0.25, 0.4
    follow, target = np.sin(2 * np.pi * f * (T - late)), np.sin(2 * np.pi * f * T)
    expected = math.sqrt(0.5) * math.sqrt(2 * (1 - math.cos(2 * np.pi * f * late)))
    assert tracking_error(follow, target) == pytest.approx(expected, rel=1e-2)
    assert tracking_error(target, target) == 0.0
    assert tracking_error(0 * target, target) == pytest.approx(math.sqrt(0.5), 1e-2)


def test_two_axes_add_in_squares():
    away = np.full((50, 2), [0.3, 0.4])
    assert tracking_error(path(T)[:50] + away, path(T)[:50]) == pytest.approx(0.5)
    assert time_on_target(away, 0 * away, 0.5 + 1e-12) == 1.0
    assert time_on_target(away, 0 * away, 0.49) == 0.0


def test_half_of_the_time_on_target():
    target = np.zeros(1000)
    position = np.where(np.arange(1000) < 250, 0.02, 0.2)
    assert time_on_target(position, target, 0.05) == 0.25


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    scale=st.floats(0.1, 10),
    away=st.floats(-1, 1),
    late=st.integers(-50, 50),
)
def test_unit_and_place_do_not_matter_to_the_lag(seed, scale, away, late):
    noise = np.random.default_rng(seed).normal(0, 0.01, (len(T), 2))
    follow = path(T - late / RATE) + noise
    told = tracking_lag(follow, path(T), RATE)
    assert told.time == pytest.approx(late / RATE, abs=0.03)
    other = tracking_lag(scale * follow + away, path(T), RATE)
    assert other == pytest.approx(told, rel=1e-6, abs=1e-6)
    mirror = tracking_lag(path(T), follow, RATE)
    assert mirror.time == pytest.approx(-told.time, abs=1e-9)


def test_no_lag_where_nobody_followed():
    target = path(T)[:, 0]
    for position in (0 * target, 0 * target + 0.1, -target, path(T - 1.4)[:, 0]):
        told = tracking_lag(position, target, RATE, 0.5)
        assert math.isnan(told.time)
    assert math.isnan(tracking_lag(target, 0 * target, RATE).time)
    assert math.isnan(tracking_lag(target[:300], target[:300], RATE).time)
    lost = target.copy()
    lost[7] = math.nan
    assert math.isnan(tracking_lag(lost, target, RATE).time)
    assert math.isnan(tracking_error(lost, target))
    assert math.isnan(time_on_target(lost, target, 1.0))
    assert math.isnan(tracking_error(target[:0], target[:0]))
    assert math.isnan(time_on_target(target[:0], target[:0], 1.0))


@pytest.mark.parametrize(
    "call",
    [
        lambda: tracking_error(T, T[1:]),
        lambda: tracking_error(path(T), T),
        lambda: time_on_target(np.zeros((2, 2, 2)), np.zeros((2, 2, 2)), 1.0),
        lambda: tracking_lag(T, T, 0.0),
        lambda: tracking_lag(T, T, RATE, 0.0),
    ],
)
def test_misuse_is_refused_in_words(call):
    with pytest.raises(SignalError, match=r"^tracking: expected .*, got .*: "):
        call()
