"""Sway measures of motions with a known answer."""

import math

import numpy as np
import pytest
import scipy.signal
import scipy.stats
from scipy.spatial.distance import pdist

from surefoot.analysis import sway
from surefoot.analysis.sway._outline import _facing, diameter, outline
from surefoot.analysis.sway.crossings import slope

RATE = 100.0
T = np.arange(6000) / RATE
R, F = 0.01, 0.2


def circle(n: int = 6000) -> np.ndarray:
    """Radius 10 mm, 0.2 Hz: 12 turns in a minute."""
    turn = 2 * np.pi * F * np.arange(n) / RATE
    return R * np.column_stack([np.cos(turn), np.sin(turn)])


def line(angle: float) -> np.ndarray:
    """A sine of 10 mm at 0.5 Hz, in one direction."""
    x = 0.01 * np.sin(2 * np.pi * 0.5 * T)
    return np.outer(x, [math.cos(angle), math.sin(angle)])


def test_a_circle_is_known_in_every_way():
    cop = circle()
    known = {
        "mean_distance": R,
        "rms_distance": R,
        "max_distance": R,
        "sway_range": 2 * R,
        "range_ratio": 1.0,
        "prieto_circle_area": math.pi * R**2,
        "prieto_ellipse_area": 3 * math.pi * R**2,
        "hull_area": math.pi * R**2,
        "hull_perimeter": 2 * math.pi * R,
        "hull_ratio": 1 / 3,
        "mean_velocity": 2 * math.pi * R * F,
        "rms_velocity": 2 * math.pi * R * F,
        "sway_area_rate": math.pi * R**2 * F,
        "mean_frequency": F,
        "spectral_power_ml": R**2 / 2,
        "peak_frequency_ml": F,
        "peak_velocity_ap": 2 * math.pi * R * F,
        "velocity_crossings_ml": 24,
    }
    ours = sway.core_set(cop, RATE)
    for name, value in known.items():
        rel = 0.06 if name.startswith("spectral") else 1e-3  # leakage at 0.15 Hz
        assert ours[name] == pytest.approx(value, rel), name
    assert math.isnan(ours["sway_direction"])
    assert ours["direction_coefficient"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("degrees", [0, 30, 90, 135, 179])
def test_a_line_has_a_direction_and_no_area(degrees):
    ours = sway.core_set(line(math.radians(degrees)), RATE)
    off = abs(math.degrees(ours["sway_direction"]) - degrees)
    assert min(off, 180 - off) < 1e-6
    assert ours["hull_area"] == pytest.approx(0, abs=1e-15)
    assert ours["prediction_ellipse_area"] == pytest.approx(0, abs=1e-10)
    assert ours["sway_area_rate"] == pytest.approx(0, abs=1e-12)
    assert ours["sway_range"] == pytest.approx(0.02, 1e-9)
    assert ours["hull_perimeter"] == pytest.approx(0.04, 1e-9)


def test_two_rhythms_at_a_right_angle_are_known():
    """5 mm at 0.25 Hz to the side, 10 mm at 0.5 Hz forwards: 15 and 30 periods."""
    ml = 0.005 * np.sin(2 * np.pi * 0.25 * T)
    ap = 0.010 * np.sin(2 * np.pi * 0.5 * T + np.pi / 3)
    ours = sway.core_set(np.column_stack([ml, ap]), RATE)
    known = {
        "rms_distance_ml": 0.005 / math.sqrt(2),
        "rms_distance_ap": 0.010 / math.sqrt(2),
        "mean_distance_ml": 0.005 * 2 / math.pi,
        "mean_distance_ap": 0.010 * 2 / math.pi,
        "sway_range_ml": 0.010,
        "sway_range_ap": 0.020,
        "range_ratio": 0.5,
        "prieto_ellipse_area": 6 * math.pi * 0.005 * 0.010 / 2,
        "path_length_ml": 0.3,  # four amplitudes a period
        "path_length_ap": 1.2,
        "rms_velocity_ml": 0.005 * 2 * math.pi * 0.25 / math.sqrt(2),
        "mean_frequency_ap": 0.5 * math.pi / (2 * math.sqrt(2)),
        "spectral_power_ml": 12.5e-6,
        "spectral_power_ap": 50e-6,
        "peak_frequency_ml": 0.25,
        "peak_frequency_ap": 0.5,
        "velocity_crossings_ml": 30,
        "velocity_crossings_ap": 60,
        "peak_velocity_ap": 0.010 * 2 * math.pi * 0.5,
    }
    for name, value in known.items():
        assert ours[name] == pytest.approx(value, 2e-3), name
    assert ours["direction_coefficient"] == pytest.approx(0, abs=1e-9)
    assert ours["sway_direction"] == pytest.approx(math.pi / 2)


def test_white_noise_is_known():
    """2 mm on each axis: distances are Rayleigh, steps are wider by the root of 2."""
    cop = np.random.default_rng(8).normal(0, 0.002, (60_000, 2))
    ours = sway.core_set(cop, RATE)
    band = 5.0 - 0.15 + 0.05  # both lines at the ends are in
    known = {
        "mean_distance": 0.002 * math.sqrt(math.pi / 2),
        "rms_distance": 0.002 * math.sqrt(2),
        "mean_distance_ml": 0.002 * math.sqrt(2 / math.pi),
        "prediction_ellipse_area": math.pi * 5.991 * 0.002**2,
        "mean_velocity": RATE * 0.002 * math.sqrt(math.pi),
        "rms_velocity_ap": RATE * 0.002 * math.sqrt(2),
        "spectral_power_ml": 0.002**2 * band / (RATE / 2),
        "spectral_mean_frequency_ml": (5.0 + 0.15) / 2,
    }
    for name, value in known.items():
        assert ours[name] == pytest.approx(value, 0.03), name


def test_a_random_walk_is_known():
    """Steps of 0.1 mm on each axis at every sample: speed and path are the steps'."""
    steps = np.random.default_rng(9).normal(0, 1e-4, (20_000, 2))
    ours = sway.core_set(np.cumsum(steps, axis=0), RATE)
    known = {
        "path_length": 19_999 * 1e-4 * math.sqrt(math.pi / 2),
        "mean_velocity": RATE * 1e-4 * math.sqrt(math.pi / 2),
        "mean_velocity_ml": RATE * 1e-4 * math.sqrt(2 / math.pi),
        "rms_velocity": RATE * 1e-4 * math.sqrt(2),
        "velocity_deviation_ap": RATE * 1e-4,
    }
    for name, value in known.items():
        assert ours[name] == pytest.approx(value, 0.02), name


def test_a_straight_walk_has_dimension_one():
    ramp = np.outer(np.arange(1000) * 1e-5, [3.0, 4.0])
    assert sway.path_length(ramp, RATE) == pytest.approx(999 * 5e-5)
    assert sway.mean_velocity(ramp, RATE) == pytest.approx(5e-3)
    assert sway.fractal_dimension(ramp, RATE, "range") == pytest.approx(1)
    assert sway.velocity_deviation(ramp, RATE, "ml") == pytest.approx(0, abs=1e-12)
    assert sway.velocity_crossings(ramp, RATE, "ml").crossings == 0


def test_the_prediction_ellipse_holds_its_share_of_normal_samples():
    rng = np.random.default_rng(1)
    cop = rng.normal(0, [0.003, 0.006], (4000, 2))
    ellipse = sway.prediction_ellipse(cop, RATE, 0.8)
    x, y = (cop - cop.mean(axis=0)).T
    c, s = math.cos(ellipse.angle), math.sin(ellipse.angle)
    inside = ((c * x + s * y) / ellipse.major) ** 2
    inside += ((c * y - s * x) / ellipse.minor) ** 2
    assert np.mean(inside <= 1) == pytest.approx(0.8, abs=0.02)
    assert ellipse.area == pytest.approx(math.pi * ellipse.major * ellipse.minor)


@pytest.mark.parametrize("n", [3, 4, 30, 6000])
def test_the_prediction_ellipse_uses_the_quantile_of_f(n):
    cop = np.random.default_rng(n).normal(size=(n, 2))
    quantile = scipy.stats.f.ppf(0.95, 2, n - 2)
    factor = 2 * (n - 1) * (n + 1) / (n * (n - 2)) * quantile
    area = math.pi * factor * math.sqrt(np.linalg.det(np.cov(cop.T)))
    assert sway.prediction_ellipse_area(cop, RATE) == pytest.approx(area, 1e-9)


@pytest.mark.parametrize("seconds", [7.0, 20.0, 33.33, 61.0])
def test_the_spectrum_is_that_of_welch(seconds):
    x = np.random.default_rng(3).normal(size=int(seconds * 64)) + np.arange(
        int(seconds * 64)
    )
    f, density = sway.power_density(x, 64.0)
    size = min(1280, len(x))
    expected = scipy.signal.welch(
        x, 64.0, "hann", size, noverlap=size // 2, detrend="linear"
    )
    np.testing.assert_allclose(f, expected[0], rtol=1e-12)
    np.testing.assert_allclose(density[1:], expected[1][1:], rtol=1e-6)


def test_what_is_left_of_a_segment_at_the_end_is_not_used():
    x = np.random.default_rng(4).normal(size=6000)
    whole, less, least = (
        sway.power_density(x[:n], RATE)[1] for n in (6000, 5989, 5000)
    )
    np.testing.assert_array_equal(less, least)
    assert not np.allclose(whole, less, rtol=1e-2)


@pytest.mark.parametrize("lost", [1, 2, 5, 10])
def test_a_lost_sample_at_the_end_does_not_cost_ten_seconds(lost):
    noise = np.random.default_rng(2).normal(size=6000)
    x = scipy.signal.lfilter([1], [1, -0.97], noise)
    cop = np.column_stack([x, x])
    whole, less, least = (
        sway.spectrum(cop[:n], RATE, "ml") for n in (6000, 6000 - lost, 5000)
    )
    assert less.power == pytest.approx(whole.power, rel=0.01)
    assert less.mean == pytest.approx(whole.mean, rel=0.01)
    assert least.power != pytest.approx(whole.power, rel=0.03)


@pytest.mark.parametrize("seconds", [20, 40, 60])
def test_the_power_of_a_sine_does_not_grow_with_the_trial(seconds):
    x = np.sin(2 * np.pi * 0.5 * np.arange(seconds * 100) / RATE)
    told = sway.spectrum(np.column_stack([x, 0 * x]), RATE, "ml")
    assert told.power == pytest.approx(0.5, 1e-3)
    assert told.low + told.mid + told.high == pytest.approx(told.power)
    assert told.pf50 == told.peak == 0.5
    assert told.dispersion < 0.14


def test_the_time_constant_of_a_decay_and_of_a_sine():
    noise = np.random.default_rng(5).normal(size=(200_000, 1))
    decay = math.exp(-1 / (0.5 * RATE))  # 0.5 s
    x = scipy.signal.lfilter([1.0], [1.0, -decay], noise, axis=0)
    cop = np.column_stack([x, np.sin(2 * np.pi * np.arange(len(x)) / 400)])
    assert sway.time_constant(cop, RATE, "ml") == pytest.approx(0.5, rel=0.1)
    quarter = math.acos(1 / math.e) / (2 * math.pi) * 4
    assert sway.time_constant(cop, RATE, "ap") == pytest.approx(quarter, rel=1e-3)


def test_the_slope_is_that_of_savitzky_and_golay():
    x = np.random.default_rng(6).normal(size=50)
    expected = scipy.signal.savgol_filter(x, 5, 3, deriv=1, delta=1 / RATE)
    np.testing.assert_allclose(slope(x, RATE), expected, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(slope(x[:5], RATE)[2], expected[2], rtol=1e-9)


def test_peaks_are_those_between_two_crossings():
    # lobes of velocity 1, -2, 3, -1 mm/s, each half a sine of 1 s, the outer two cut
    lobe = (1 - np.cos(np.pi * np.arange(1, 101) / 100)) / np.pi
    x, level = [np.zeros(1)], 0.0
    for peak in (1e-3, -2e-3, 3e-3, -1e-3):
        x.append(level + peak * lobe)
        level = x[-1][-1]
    both = np.column_stack([np.concatenate(x)[20:-20]] * 2)
    told = sway.velocity_crossings(both, RATE, "ml")
    assert told.crossings == 3
    assert told.rate == pytest.approx(3 / 3.6)
    assert told.negative == pytest.approx(2e-3, 1e-4)
    assert told.positive == pytest.approx(3e-3, 1e-4)
    assert told.peak == pytest.approx(2.5e-3, 1e-4)


def test_a_velocity_of_nothing_is_no_crossing_of_its_own():
    x = -((np.arange(21.0) - 10) ** 2)  # the slope is +, exactly 0, -
    assert slope(x, 1.0)[10] == 0
    told = sway.velocity_crossings(np.column_stack([x, x]), 1.0, "ml")
    assert told.crossings == 1
    assert math.isnan(told.peak)


@pytest.mark.parametrize("rate", [99.97, 99.98, 100.0, 100.02, 33.333, 64.1])
def test_a_hair_of_the_rate_does_not_decide_about_the_edge_of_the_band(rate):
    x = np.sin(2 * np.pi * 0.15 * np.arange(int(60 * rate)) / rate)
    told = sway.spectrum(np.column_stack([x, x]), rate, "ml")
    assert told.power == pytest.approx(5 / 12, 0.02)  # the line and one neighbour


@pytest.mark.parametrize("corners", [5, 64, 65, 66, 501, 1000])
def test_the_diameter_is_the_largest_distance_however_many_corners(corners):
    turn = 2 * np.pi * np.arange(corners) / corners
    even = np.column_stack([np.cos(turn), 0.7 * np.sin(turn)])
    odd = even * np.random.default_rng(corners).uniform(0.999, 1.001, (corners, 1))
    for points in (even, odd):
        assert diameter(outline(points)) == pytest.approx(pdist(points).max(), 1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_corners_that_face_each_other_hold_the_largest_distance(seed):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(4 + seed % 20, 2))
    if seed % 4 == 0:  # parallel sides
        a, b = rng.uniform(0.5, 2, 2)
        points = np.array([[0, 0], [a, 0], [a + b, 1.0], [b, 1.0]])
    corners = outline(points)
    facing = np.sqrt((_facing(corners) ** 2).sum(axis=-1)).max()
    assert facing == pytest.approx(pdist(corners).max(), 1e-12)


@pytest.mark.parametrize(("variances", "given"), [(1.04, False), (1.06, True)])
def test_a_direction_needs_variances_that_differ_by_five_per_cent(variances, given):
    cop = circle() * [1.0, math.sqrt(variances)]
    assert math.isnan(sway.sway_direction(cop, RATE)) is not given
    assert sway.prediction_ellipse(cop, RATE).major > 0


def test_romberg_compares_closed_with_open():
    assert sway.romberg_ratio(3.0, 2.0) == 1.5
    assert sway.romberg_index(3.0, 2.0) == pytest.approx(0.2)
    assert sway.romberg_index(2.0, 3.0) == pytest.approx(-0.2)
    assert math.isnan(sway.romberg_ratio(1.0, 0.0))
    assert math.isnan(sway.romberg_index(0.0, 0.0))
    assert math.isnan(sway.romberg_ratio(math.nan, 1.0))
