"""Trunk sway of motions known on paper."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.analysis.trunk_sway import (
    sway_angle,
    tilt_corrected,
    trunk_jerk,
    trunk_spectrum,
    trunk_sway,
)
from surefoot.core import SignalError

RATE = 100.0
T = np.arange(6001) / RATE
leans = st.floats(-0.3, 0.3)


def _sine(ml=0.1, ap=0.0, hz=0.5):
    phase = 2 * np.pi * hz * T
    return np.stack([ml * np.sin(phase), ap * np.cos(phase)], axis=1)


def _up(ml, ap):
    """Up in the frame of a segment that leans by these angles."""
    ml, ap = np.sin(ml), np.sin(ap)
    return np.stack([ml, ap, np.sqrt(1 - ml * ml - ap * ap)], axis=1)


@given(leans, leans)
def test_a_lean_is_taken_out(ml, ap):
    acc = 9.81 * np.tile(_up(np.array([ml]), np.array([ap])), (5, 1))
    found = tilt_corrected(acc)
    # exact in each one alone; both together leave a product of the two
    assert np.abs(found[:, 1]).max() <= 9.81 * abs(ap) * ml * ml + 1e-9
    assert np.abs(found[:, 0]).max() <= 9.81 * abs(ml) ** 5 * ap * ap + 1e-9
    assert found[:, 2] == pytest.approx(np.full(5, 9.81), rel=1e-3)


def test_level_acceleration_is_left_alone():
    acc = np.concatenate([_sine(0.2, 0.1), np.full((6001, 1), 9.81)], axis=1)
    acc[:, :2] -= acc[:, :2].mean(axis=0)
    assert tilt_corrected(acc) == pytest.approx(acc, abs=1e-9)


def test_no_vertical_no_correction():
    assert np.isnan(tilt_corrected(np.zeros((4, 3)))).all()
    assert np.isnan(tilt_corrected(np.full((4, 3), math.nan))).all()
    assert tilt_corrected(np.empty((0, 3))).shape == (0, 3)


def test_a_circle_of_acceleration():
    found = trunk_sway(_sine(0.1, 0.1, hz=0.2), RATE)
    assert found.duration == 60.0
    assert found.distance == pytest.approx(0.1, rel=1e-3)
    assert found.rms == pytest.approx(0.1, rel=1e-3)
    assert found.path == pytest.approx(12 * 2 * math.pi * 0.1, rel=1e-5)
    assert found.mean_frequency == pytest.approx(0.2, rel=1e-3)
    assert found.area_rate == pytest.approx(math.pi * 0.01 * 0.2, rel=1e-3)
    speed = 0.1 / (2 * math.pi * 0.2)
    assert found.mean_velocity == pytest.approx(speed, rel=0.02)


def test_jerk_of_a_sine_grows_with_time_and_its_rate_does_not():
    known = (math.pi * 0.5 * 0.1) ** 2
    whole, half = (trunk_sway(_sine()[:n], RATE) for n in (6001, 3001))
    assert whole.jerk == pytest.approx(60 * known, rel=1e-3)
    assert half.jerk == pytest.approx(whole.jerk / 2, rel=1e-3)
    assert half.jerk_rate == pytest.approx(whole.jerk_rate, rel=1e-3)
    assert whole.jerk == trunk_jerk(_sine(), RATE)


def test_power_of_a_sine():
    found = trunk_spectrum(_sine(0.2, 0.1, hz=1.0), RATE, "ml")
    assert found.power == pytest.approx(0.02, rel=1e-3)
    assert found.pf50 == pytest.approx(1.0, abs=1e-9)
    assert found.centroid == pytest.approx(1.0, rel=0.01)
    ap = trunk_spectrum(_sine(0.2, 0.1, hz=1.0), RATE, "ap")
    assert ap.power == pytest.approx(0.005, rel=1e-3)


def test_above_the_band_there_is_nothing():
    assert trunk_spectrum(_sine(0.2, hz=6.0), RATE, "ml").power < 1e-9


@pytest.mark.parametrize("n", [0, 1])
def test_too_short(n):
    assert np.isnan(trunk_sway(_sine()[:n], RATE)[1:]).all()
    assert math.isnan(trunk_jerk(_sine()[:n], RATE))


def test_too_short_for_a_spectrum():
    assert np.isnan(trunk_spectrum(_sine()[:600], RATE, "ml")).all()
    assert np.isnan(trunk_spectrum(_sine(), 6.0, "ml")).all()
    assert np.isfinite(trunk_spectrum(_sine()[:700], RATE, "ml")).all()


def test_still_and_lost():
    still = trunk_sway(np.zeros((500, 2)), RATE)
    assert (still.jerk, still.rms, still.path) == (0.0, 0.0, 0.0)
    assert math.isnan(still.mean_frequency)
    assert trunk_spectrum(np.zeros((2000, 2)), RATE, "ap").power == 0.0
    lost = _sine()
    lost[5] = math.nan
    assert np.isnan(trunk_sway(lost, RATE)).sum() >= 13
    assert np.isnan(trunk_spectrum(lost, RATE, "ml")).all()


@given(leans, st.floats(0.01, 0.1))
def test_the_angle_is_about_the_mean_direction(lean, size):
    found = sway_angle(_up(np.zeros(6001), lean + _sine(size)[:, 0]))
    assert found.rms_ap == pytest.approx(size / math.sqrt(2), rel=0.01)
    assert found.range_ap == pytest.approx(2 * size, rel=0.01)
    assert found.rms_ml == pytest.approx(0.0, abs=1e-9)
    assert found.rms == pytest.approx(found.rms_ap)
    assert found.path == pytest.approx(30 * 4 * size, rel=0.01)


def test_no_angle_of_nothing():
    assert np.isnan(sway_angle(np.empty((0, 3)))).all()
    assert np.isnan(sway_angle(np.full((3, 3), math.nan))).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda: tilt_corrected(_sine()),
        lambda: trunk_sway(_sine()[:, :1], RATE),
        lambda: trunk_sway(_sine(), 0.0),
        lambda: trunk_jerk(_sine()[:, 0], RATE),
        lambda: trunk_spectrum(np.zeros((9, 3)), RATE, "ml"),
        lambda: sway_angle(_sine()),
    ],
)
def test_misuse_is_refused_in_words(call):
    with pytest.raises(SignalError, match="expected"):
        call()
