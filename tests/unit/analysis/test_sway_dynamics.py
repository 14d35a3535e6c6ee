"""Diffusion, scaling and entropy of motions whose answer is known on paper."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from surefoot.analysis.sway_dynamics import (
    dfa,
    dfa_scales,
    fluctuation,
    mean_square_displacement,
    sample_entropy,
    stabilogram_diffusion,
    template_matches,
)
from surefoot.core import SignalError

RATE = 100.0
NOISE = np.random.default_rng(5).standard_normal((6000, 2))
SWAY = 0.005 * np.cumsum(NOISE, axis=0) / 50


def _by_hand(x, lags):
    """The mean square displacement as it is defined."""
    return [((x[k:] - x[:-k]) ** 2).sum(axis=1).mean() for k in lags]


def _pairs_by_hand(x, m, tolerance):
    counts = [0, 0]
    for i in range(len(x) - m):
        for j in range(i):
            near = np.abs(x[i : i + m + 1] - x[j : j + m + 1]) <= tolerance
            counts[0] += bool(near[:m].all())
            counts[1] += bool(near.all())
    return tuple(counts)


def test_displacement_is_what_the_definition_says():
    found = mean_square_displacement(SWAY[:800], RATE, 5.0)
    assert len(found) == 500
    assert found == pytest.approx(_by_hand(SWAY[:800], range(1, 501)), rel=1e-10)


def test_displacement_of_a_ramp_is_the_square_of_the_lag():
    ramp = 0.01 * np.arange(3000) / RATE
    found = mean_square_displacement(ramp, RATE, 10.0)
    lag = np.arange(1, 1001) / RATE
    assert found == pytest.approx((0.01 * lag) ** 2, rel=1e-8)


def test_displacement_asks_for_no_lag_that_is_not_there():
    assert len(mean_square_displacement(SWAY[:20], RATE, 10.0)) == 19
    assert len(mean_square_displacement(SWAY[:1], RATE)) == 0
    assert len(mean_square_displacement(SWAY[:0], RATE)) == 0


def test_a_random_walk_diffuses_by_half_its_squared_step():
    walk = np.cumsum(np.random.default_rng(1).standard_normal((60_000, 2)), axis=0)
    found = stabilogram_diffusion(walk, RATE)
    assert found.short == pytest.approx(RATE, rel=0.05)  # two axes of step 1
    assert found.short_exponent == pytest.approx(0.5, abs=0.02)
    assert found.long_exponent == pytest.approx(0.5, abs=0.05)


def test_a_ramp_has_an_exponent_of_one():
    ramp = np.stack([np.arange(3000.0), np.zeros(3000)], axis=1)
    found = stabilogram_diffusion(ramp, RATE, "ml")
    assert found.short_exponent == pytest.approx(1.0, rel=1e-6)
    assert found.long_exponent == pytest.approx(1.0, rel=1e-6)


def test_the_critical_point_is_on_both_lines():
    found = stabilogram_diffusion(SWAY, RATE)
    msd = mean_square_displacement(SWAY, RATE)
    lag = np.arange(1, 1001) / RATE
    for lines, coefficient in ((lag <= 1, found.short), (lag >= 2, found.long)):
        slope, height = np.polyfit(lag[lines], msd[lines], 1)
        assert slope / 2 == pytest.approx(coefficient, rel=1e-9)
        there = slope * found.critical_time + height
        assert there == pytest.approx(found.critical_displacement, rel=1e-9)


def test_axes_of_diffusion_add_up():
    ml, ap, both = (stabilogram_diffusion(SWAY, RATE, a) for a in ("ml", "ap", "both"))
    assert ml.short + ap.short == pytest.approx(both.short, rel=1e-9)
    assert ml.long + ap.long == pytest.approx(both.long, rel=1e-9)


@pytest.mark.parametrize(
    "cop",
    [SWAY[:0], SWAY[:1999], np.full((3000, 2), 0.1), np.full((3000, 2), math.nan)],
    ids=["empty", "short", "still", "nan"],
)
def test_no_diffusion_where_there_is_none(cop):
    assert np.isnan(stabilogram_diffusion(cop, RATE)).all()


def test_one_lost_sample_is_no_number():
    lost = SWAY.copy()
    lost[100, 0] = math.nan
    assert np.isnan(stabilogram_diffusion(lost, RATE)).all()
    assert np.isnan(mean_square_displacement(lost, RATE)).all()
    assert math.isnan(dfa(lost[:, 0], RATE))
    assert math.isnan(sample_entropy(lost[:, 0]))


@pytest.mark.parametrize(
    ("x", "alpha"),
    [(NOISE[:, 0], 0.5), (np.cumsum(NOISE[:, 0]), 1.5)],
    ids=["noise", "walk"],
)
def test_scaling_of_noise_and_of_a_walk(x, alpha):
    assert dfa(x, RATE) == pytest.approx(alpha, abs=0.08)


def test_fluctuation_is_the_deviation_from_lines():
    x, windows = NOISE[:1000, 0], np.array([7, 50, 333])
    summed = np.cumsum(x - x.mean())
    for value, s in zip(fluctuation(x, windows), windows, strict=True):
        pieces = summed[: len(x) // s * s].reshape(-1, s)
        k = np.arange(s)
        off = [y - np.polyval(np.polyfit(k, y, 1), k) for y in pieces]
        assert value == pytest.approx(math.sqrt(np.mean(np.square(off))), rel=1e-9)


def test_default_windows_go_from_a_third_of_a_second_to_a_tenth():
    scales = dfa_scales(6000, RATE)
    assert (scales[0], scales[-1], len(scales)) == (30, 600, 20)
    assert (np.diff(scales) > 0).all()
    assert len(dfa_scales(200, RATE)) == 0
    assert dfa_scales(6000, 5.0)[0] == 4


def test_no_scaling_where_there_is_none():
    assert math.isnan(dfa(np.full(6000, 0.1), RATE))
    assert math.isnan(dfa(NOISE[:1000, 0], RATE))  # 10 s: windows too much alike
    assert math.isnan(dfa(np.empty(0), RATE))
    assert np.isnan(fluctuation(NOISE[:20, 0], np.array([4, 30]))).tolist() == [0, 1]


@given(
    st.lists(st.integers(-6, 6), min_size=4, max_size=60),
    st.integers(1, 4),
    st.integers(0, 5),
)
def test_matches_are_what_the_definition_says(values, m, tolerance):
    """Whole numbers: many are equal, and many lie on the very edge."""
    x = np.array(values, dtype=float)
    assert template_matches(x, m, tolerance) == _pairs_by_hand(x, m, tolerance)


@pytest.mark.parametrize("n", [1024, 1026, 1027, 1100, 2050])
def test_matches_across_blocks(n):
    x = np.round(NOISE[:n, 1], 1)  # on the edge often, and in several blocks
    tolerance = 0.2
    near = np.abs(x[:, np.newaxis] - x) <= tolerance
    both = near[:-1, :-1] & near[1:, 1:]
    short, longer = both[:-1, :-1], both[:-1, :-1] & both[1:, 1:]
    counts = [(int(found.sum()) - len(found)) // 2 for found in (short, longer)]
    assert template_matches(x, 2, tolerance) == tuple(counts)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.2, 1.0, 30.0])
@pytest.mark.parametrize("x", [NOISE[:, 0], SWAY[:, 0], np.round(SWAY[:, 1], 3)])
def test_matches_of_a_long_signal_are_those_of_a_search_tree(x, share):
    """From groups that are all too far apart to groups that agree as a whole."""
    tolerance = share * x.std()
    templates = np.lib.stride_tricks.sliding_window_view(x, 3)
    found = []
    for axes in (2, 3):
        tree = cKDTree(templates[:, :axes])
        met = tree.count_neighbors(tree, tolerance, p=math.inf)
        found.append((int(met) - len(templates)) // 2)
    assert template_matches(x, 2, tolerance) == tuple(found)


def test_a_difference_at_the_tolerance_is_a_match():
    """0.3 - 0.1 rounds to a little less than 0.2, and 0.1 + 0.2 to more than 0.3."""
    x = np.array([0.1, 0.3, 0.1, 0.3, 0.1])
    assert template_matches(x, 1, 0.3 - 0.1) == (6, 6)


def test_a_rhythm_is_regular_and_noise_is_not():
    rhythm = np.sin(2 * np.pi * 0.5 * np.arange(3000) / RATE)
    assert sample_entropy(rhythm) < 0.1
    assert sample_entropy(NOISE[:, 0]) == pytest.approx(2.19, abs=0.05)


def test_no_entropy_where_there_is_none():
    assert math.isnan(sample_entropy(np.full(100, 0.1)))
    assert math.isnan(sample_entropy(np.array([1.0, 2.0, 4.0])))
    assert math.isnan(sample_entropy(np.array([1.0, 2.0, 4.0, 8.0, 16.0])))
    assert math.isnan(sample_entropy(np.empty(0)))


@pytest.mark.parametrize(
    "call",
    [
        lambda: sample_entropy(SWAY),
        lambda: dfa(SWAY, RATE),
        lambda: dfa(SWAY[:, 0], 0.0),
        lambda: fluctuation(SWAY[:, 0], np.array([2, 9])),
        lambda: stabilogram_diffusion(SWAY[:, 0], RATE),
        lambda: stabilogram_diffusion(SWAY, -1.0),
        lambda: mean_square_displacement(SWAY, RATE, 0.0),
        lambda: mean_square_displacement(SWAY[np.newaxis], RATE),
        lambda: template_matches(SWAY[:, 0], 0, 0.1),
        lambda: template_matches(SWAY[:, 0], 2, math.nan),
    ],
)
def test_misuse_is_refused_in_words(call):
    with pytest.raises(SignalError, match="expected"):
        call()
