"""Sway density, time to boundary and centre of mass of motions known on paper."""

import math

import numpy as np
import pytest

from surefoot.analysis.sway_dynamics import (
    boundary_times,
    centre_of_mass,
    sway_density,
    sway_density_curve,
    time_to_boundary,
)
from surefoot.core import SignalError

RATE = 100.0
SQUARE = np.array([[-0.1, -0.1], [0.1, -0.1], [0.1, 0.1], [-0.1, 0.1]])
# an L: the corner at the middle is not convex
HOOK = np.array([[-0.1, -0.1], [0.1, -0.1], [0.1, 0], [0, 0], [0, 0.1], [-0.1, 0.1]])


def _line(speed, n=400):
    x = speed * np.arange(n) / RATE
    return np.stack([x, np.zeros(n)], axis=1)


def _stays_by_hand(cop, radius):
    found = []
    for i, here in enumerate(cop):
        inside = np.hypot(*(cop - here).T) <= radius
        after = np.argmin(np.append(inside[i:], False))
        before = np.argmin(np.append(inside[i::-1], False))
        found.append(after + before - 1)
    return np.array(found)


@pytest.mark.parametrize("size", [0.0, 2e-5, 2e-4, 2e-3])
def test_stays_are_what_the_definition_says(size):
    """From never leaving the circle to leaving it at each step."""
    noise = np.random.default_rng(3).standard_normal((1500, 2))
    cop = size * np.cumsum(noise, axis=0)
    found = sway_density_curve(cop, RATE) * RATE
    assert found == pytest.approx(_stays_by_hand(cop, 0.003), abs=1e-9)


def test_a_steady_move_stays_as_long_as_the_circle_is_wide():
    curve = sway_density_curve(_line(0.0101), RATE)
    assert curve[100:-100] == pytest.approx(0.59)  # 29 either side, and itself
    assert curve[0] == pytest.approx(0.30)


def test_slow_places_on_the_way_are_the_peaks():
    phase = 0.5 + np.arange(1500) / 150  # 20 mm/s, slowest at whole numbers
    x = 0.03 * (phase - 0.6 * np.sin(2 * np.pi * phase) / (2 * np.pi))
    found = sway_density(np.stack([x, np.zeros(len(x))], axis=1), RATE)
    assert found.peaks == 10
    assert found.mean_distance == pytest.approx(0.03, rel=0.01)
    assert found.mean_time == pytest.approx(1.5, rel=0.01)
    # 3 mm away at a phase of 0.189, each way: 0.03 (p - 0.6 sin(2 pi p) / 2 pi)
    assert found.mean_peak == pytest.approx(2 * 0.189 * 1.5 + 1 / RATE, rel=0.02)


@pytest.mark.parametrize(
    "cop",
    [np.zeros((500, 2)), np.zeros((15, 2)), np.empty((0, 2)), np.full((500, 2), 1.1)],
)
def test_no_peaks_where_nobody_leaves(cop):
    found = sway_density(cop, RATE)
    assert found.peaks == 0
    assert np.isnan(found[:3]).all()


def test_density_needs_every_sample_and_a_rate():
    lost = _line(0.01)
    lost[7] = math.nan
    assert np.isnan(sway_density_curve(lost, RATE)).all()
    assert sway_density(lost, RATE).peaks == 0
    assert sway_density(_line(0.01), 5.0).peaks == 0


def test_a_steady_move_arrives_when_it_arrives():
    found = boundary_times(_line(0.02), RATE, SQUARE, "linear")
    assert found == pytest.approx(5 - np.arange(400) / RATE)
    assert boundary_times(_line(0.02), RATE, SQUARE)[5:] == pytest.approx(
        found[5:], rel=1e-6
    )


def test_a_move_that_speeds_up_arrives_earlier():
    t = np.arange(200) / RATE
    cop = np.stack([0.02 * t * t, np.zeros(200)], axis=1)
    found = boundary_times(cop, RATE, SQUARE)[2:-2]
    assert found == pytest.approx(math.sqrt(5) - t[2:-2], rel=1e-9)
    slow = boundary_times(cop, RATE, SQUARE, "linear")[2:-2]
    assert (slow > found).all()


def test_a_stand_still_never_arrives():
    found = time_to_boundary(np.zeros((50, 2)), RATE, SQUARE)
    assert np.isnan(found[:4]).all()
    assert found.outside == 0.0
    assert np.isinf(boundary_times(np.zeros((50, 2)), RATE, SQUARE)).all()


def test_corners_out_of_order_are_no_outline():
    for order in ([0, 2, 1, 3], [0, 1, 3, 2]):
        with pytest.raises(SignalError, match="go round the feet one way"):
            boundary_times(_line(0.02), RATE, SQUARE[order])
    assert len(boundary_times(_line(0.02), RATE, HOOK[::-1])) == 400


def test_rounding_at_a_turn_is_no_movement():
    """Both neighbours of a turn are alike but for the last digit."""
    for far in (0.0, 0.05):
        cop = np.zeros((41, 2))
        cop[:, 0] = 0.02 * np.cos(np.linspace(-1.0, 1.0, 41)) + far
        cop[21, 0] = np.nextafter(cop[19, 0], 1.0)
        times = boundary_times(cop, RATE, SQUARE, "linear")
        assert np.isinf(times[20])
        assert np.isfinite(np.delete(times, 20)).all()
        assert time_to_boundary(cop, RATE, SQUARE, "linear").mean < 1e3
    even = np.column_stack([0.02 * np.arange(41) / RATE, np.zeros(41)])
    steady = boundary_times(even, RATE, SQUARE)  # no acceleration but rounding
    assert steady == pytest.approx(boundary_times(even, RATE, SQUARE, "linear"))


def test_outside_there_is_no_time():
    cop = _line(0.05)  # leaves after 2 s of 4
    found = boundary_times(cop, RATE, SQUARE, "linear")
    assert np.isnan(found[201:]).all()
    assert np.isfinite(found[:200]).all()
    assert time_to_boundary(cop, RATE, SQUARE).outside == pytest.approx(0.5, abs=0.01)
    assert time_to_boundary(cop + 1, RATE, SQUARE).outside == 1.0


def test_an_edge_ends_at_its_corners():
    """Moving up beside the notch: the endless line of its floor is not in the way."""
    up = np.stack([np.full(100, -0.05), 0.02 * np.arange(100) / RATE - 0.05], axis=1)
    assert boundary_times(up, RATE, HOOK, "linear")[0] == pytest.approx(7.5)
    into = up + np.array([0.1, 0])
    assert boundary_times(into, RATE, HOOK, "linear")[0] == pytest.approx(2.5)


def test_close_calls_are_the_minima():
    t = np.arange(1000) / RATE
    cop = np.stack([0.05 * np.sin(2 * np.pi * 0.3 * t), 0.01 * np.cos(t)], axis=1)
    times = boundary_times(cop, RATE, SQUARE)
    found = time_to_boundary(cop, RATE, SQUARE)
    assert found.minimum == times.min()
    assert found.minimum <= found.mean_of_minima < found.mean
    assert found.median == pytest.approx(np.median(times))


@pytest.mark.parametrize("hz", [0.05, 0.2, 1.0])
def test_mass_follows_a_slow_sway_and_not_a_quick_one(hz):
    t = np.arange(6000) / RATE
    cop = np.stack([np.zeros(6000), 0.01 * np.sin(2 * np.pi * hz * t)], axis=1)
    h = 0.521 * 1.7
    square = 9.8 * h / (0.0533 * 1.7**2 + h * h)
    share = square / (square + (2 * np.pi * hz) ** 2)
    found = centre_of_mass(cop, RATE, 1.7)
    assert found[1000:-1000] == pytest.approx(share * cop[1000:-1000], abs=2e-7)


def test_a_steady_lean_and_a_drift_pass_unchanged():
    drift = np.stack([np.full(2000, 0.03), 1e-3 * np.arange(2000) / RATE], axis=1)
    found = centre_of_mass(drift, RATE, 1.7)
    assert found[:, 0] == pytest.approx(0.03)
    assert found[300:-300, 1] == pytest.approx(drift[300:-300, 1], abs=1e-5)


def test_mass_of_nothing():
    assert centre_of_mass(np.empty((0, 2)), RATE, 1.7).shape == (0, 2)
    assert centre_of_mass(np.ones((1, 2)), RATE, 1.7).tolist() == [[1.0, 1.0]]
    assert np.isnan(centre_of_mass(np.full((9, 2), math.nan), RATE, 1.7)).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda: sway_density(_line(1)[:, 0], RATE),
        lambda: sway_density(_line(1), RATE, 0.0),
        lambda: sway_density_curve(_line(1), math.nan),
        lambda: boundary_times(_line(1), RATE, SQUARE[:2]),
        lambda: boundary_times(_line(1), RATE, SQUARE * math.nan),
        lambda: boundary_times(_line(1), 0.0, SQUARE),
        lambda: centre_of_mass(_line(1), RATE, 0.0),
        lambda: centre_of_mass(_line(1)[:, :1], RATE, 1.7),
    ],
)
def test_misuse_is_refused_in_words(call):
    with pytest.raises(SignalError, match="expected"):
        call()
