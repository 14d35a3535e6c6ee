"""Irregular samples onto a grid: equal to the plain loop, honest about gaps, fast."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.resampling import swarii
from surefoot.core import SignalError


def plain(t, x, centre, window):
    """One grid point as the method was published, sample by sample."""
    inside = [i for i in range(len(t)) if abs(t[i] - centre) < window / 2 - 1e-9]
    total = weight = 0.0
    for i in inside:
        left = (t[i] + t[i - 1]) / 2 if i != inside[0] else centre - window / 2
        right = (t[i] + t[i + 1]) / 2 if i != inside[-1] else centre + window / 2
        held = min(right, t[-1]) - max(left, t[0])
        total, weight = total + held * x[i], weight + held
    return total / weight if inside else np.full(x.shape[1], np.nan)


def irregular(seed, n=400):
    rng = np.random.default_rng(seed)
    t = 5.0 + np.cumsum(rng.uniform(0.002, 0.03, n))
    t[n // 2 :] += 0.5  # a gap
    return t, rng.normal(size=(n, 2)) + np.array([100.0, -3.0])


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), window=st.sampled_from([0.03, 0.08, 0.2, 1.0]))
def test_equal_to_the_plain_loop(seed, window):
    t, x = irregular(seed, 150)
    ours = swarii(t, x, 25.0, window)
    loop = np.array([plain(t, x, g, window) for g in ours.t])
    np.testing.assert_array_equal(ours.filled, np.isnan(loop[:, 0]))
    np.testing.assert_allclose(ours.data[~ours.filled], loop[~ours.filled], rtol=1e-11)


def test_the_grid_is_uniform_from_the_first_sample_to_before_the_last():
    t, x = irregular(1)
    ours = swarii(t, x, 40.0)
    assert ours.t[0] == t[0]
    assert t[-1] - 1 / 40 <= ours.t[-1] < t[-1]
    np.testing.assert_allclose(np.diff(ours.t), 1 / 40)


def test_a_gap_is_a_line_and_is_said():
    t, x = irregular(2)
    ours = swarii(t, x, 100.0, 0.08)
    before, after = t[199], t[200]
    expected = (ours.t > before + 0.041) & (ours.t < after - 0.041)
    assert expected.sum() > 40
    assert ours.filled[expected].all()
    bend = np.diff(ours.data[expected], 2, axis=0)
    assert np.abs(bend).max() < 1e-9


def test_rows_that_are_not_finite_are_lost_rows():
    t, x = irregular(3)
    lost = x.copy()
    lost[50:60, 0] = np.nan
    kept = np.r_[0:50, 60:400]
    ours, expected = swarii(t, lost, 25.0), swarii(t[kept], x[kept], 25.0)
    np.testing.assert_array_equal(ours.data, expected.data)


@pytest.mark.parametrize("shift", [0.0, 0.1, 7.3, 1000.001])
def test_rounding_does_not_decide_on_the_border_of_a_window(shift):
    t = np.arange(500) / 100  # many samples exactly 0.05 s from the grid
    x = np.random.default_rng(4).normal(size=(500, 1))
    ours = swarii(t + shift, x, 25.0, 0.1).data
    np.testing.assert_allclose(ours, swarii(t, x, 25.0, 0.1).data, atol=1e-9)


def test_values_stay_between_the_least_and_the_largest():
    t, x = irregular(5)
    ours = swarii(t, x, 50.0, 0.1).data
    assert (ours >= x.min(axis=0) - 1e-12).all()
    assert (ours <= x.max(axis=0) + 1e-12).all()


@pytest.mark.parametrize(
    ("frequency", "gain"), [(1.0, 0.992), (2.0, 0.964), (5.0, 0.786)]
)
def test_the_low_pass_is_the_one_that_was_told(frequency, gain):
    t = np.arange(6000) / 100
    x = np.sin(2 * np.pi * frequency * t)[:, np.newaxis]
    ours = swarii(t, x, 25.0, 0.08)
    wave = np.exp(-2j * np.pi * frequency * ours.t)
    seen = 2 * abs((ours.data[:, 0] * wave)[10:-10].mean())
    assert seen == pytest.approx(gain, abs=0.01)


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_samples_give_an_empty_grid(n):
    ours = swarii(np.zeros(n), np.zeros((n, 2)), 25.0)
    assert (len(ours.t), ours.data.shape, len(ours.filled)) == (0, (0, 2), 0)


@pytest.mark.parametrize(
    ("t", "data", "rate", "window"),
    [
        (np.arange(3.0), np.zeros(3), 25.0, 0.1),
        (np.arange(3.0), np.zeros((4, 1)), 25.0, 0.1),
        (np.array([0.0, 1.0, 1.0]), np.zeros((3, 1)), 25.0, 0.1),
        (np.arange(3.0), np.zeros((3, 1)), 0.0, 0.1),
        (np.arange(3.0), np.zeros((3, 1)), 25.0, 0.0),
    ],
)
def test_misuse_is_refused(t, data, rate, window):
    with pytest.raises(SignalError, match=r"^swarii: expected .*, got .*: "):
        swarii(t, data, rate, window)


def test_the_cost_grows_with_the_samples_not_with_their_square():
    t, x = irregular(6, 40_000)

    def cost(n):
        best = np.inf
        for _ in range(5):
            start = time.process_time()
            swarii(t[:n], x[:n], 25.0)
            best = min(best, time.process_time() - start)
        return best

    assert cost(40_000) < 40 * max(cost(4000), 1e-4)
