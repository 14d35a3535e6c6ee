"""Tilt functions against signals whose answer is known on paper."""

from __future__ import annotations

import math

import numpy as np
import pytest

from surefoot.analysis import (
    Target,
    edge_contacts,
    mean_speed,
    percentile,
    stability_indices,
    tilt_rms,
    time_in_zone,
)

RATE = 100.0
T = np.arange(0, 30, 1 / RATE)


def _sine(ml: float, ap: float = 0.0, hz: float = 0.5) -> np.ndarray:
    phase = 2 * np.pi * hz * T
    return np.stack([ml * np.sin(phase), ap * np.cos(phase)], axis=1)


def test_rms_of_a_sine() -> None:
    assert tilt_rms(_sine(0.1), RATE) == pytest.approx(0.1 / math.sqrt(2), rel=1e-12)
    assert tilt_rms(_sine(0.1), RATE, "ap") == 0.0


def test_rms_is_about_level_and_not_about_the_mean() -> None:
    held = np.full((100, 2), [0.1, 0.0])
    assert tilt_rms(held, RATE) == pytest.approx(0.1, rel=1e-12)


def test_stability_indices_add_in_squares() -> None:
    overall, ml, ap = stability_indices(_sine(0.1, 0.04), RATE)
    assert ml == pytest.approx(0.1 / math.sqrt(2), rel=1e-12)
    assert ap == pytest.approx(0.04 / math.sqrt(2), rel=1e-12)
    assert overall**2 == pytest.approx(ml**2 + ap**2, rel=1e-12)


def test_mean_speed_of_a_ramp_and_a_circle() -> None:
    ramp = np.stack([0.03 * T, 0.04 * T], axis=1)
    assert mean_speed(ramp, RATE) == pytest.approx(0.05, rel=1e-9)
    circle = mean_speed(_sine(0.1, 0.1), RATE)
    assert circle == pytest.approx(0.1 * 2 * np.pi * 0.5, rel=1e-4)


def test_a_gap_adds_neither_path_nor_time_to_the_speed() -> None:
    ramp = np.stack([0.03 * T, 0.0 * T], axis=1)
    keep = (T < 10) | (T >= 15)
    assert mean_speed(ramp[keep], RATE, T[keep]) == pytest.approx(0.03, rel=1e-9)
    assert mean_speed(ramp[keep], RATE) > 0.035  # by the rate alone it jumps


def test_time_in_zone_weighs_time_and_not_samples() -> None:
    tilt = np.array([[0.0, 0.0], [0.2, 0.0], [0.0, 0.0]])
    t = np.array([0.0, 0.1, 0.15])
    share = time_in_zone(tilt, RATE, 0.1, t=t, end=0.2)
    assert share == pytest.approx(0.15 / 0.2, rel=1e-12)


def test_time_in_zone_leaves_gaps_out() -> None:
    tilt = np.array([[0.0, 0.0], [0.2, 0.0], [0.0, 0.0]])
    t = np.array([0.0, 5.0, 5.1])  # 5 s unknown
    assert time_in_zone(tilt, RATE, 0.1, t=t, end=5.2) == pytest.approx(0.5)


@pytest.mark.parametrize(("axis", "share"), [("ml", 1.0), ("ap", 0.0), ("both", 0.0)])
def test_the_axis_says_what_counts(axis: str, share: float) -> None:
    tilt = np.full((10, 2), [0.05, 0.2])
    assert time_in_zone(tilt, RATE, 0.1, axis) == share  # type: ignore[arg-type]


def test_the_zone_includes_its_rim() -> None:
    assert time_in_zone(np.full((5, 2), [0.1, 0.0]), RATE, 0.1) == 1.0


def test_percentile_of_a_uniform_spread() -> None:
    tilt = np.stack([np.linspace(-1, 1, 2001), np.zeros(2001)], axis=1)
    assert percentile(tilt, RATE, 80.0) == pytest.approx(0.8, abs=1e-3)


EDGES = Target(zone=0.1, axis="ml", edges=(-0.25, 0.25))


def test_each_swing_to_an_edge_is_one_contact() -> None:
    assert edge_contacts(_sine(0.25, hz=0.5), RATE, EDGES) == 30  # 15 swings x 2 sides
    assert edge_contacts(_sine(0.20, hz=0.5), RATE, EDGES) == 0


def test_noise_at_the_threshold_does_not_count_again() -> None:
    begin, _ = EDGES.levels("right")
    noise = np.random.default_rng(1).normal(0, math.radians(0.2), len(T))
    tilt = np.stack([begin + noise, np.zeros(len(T))], axis=1)
    assert edge_contacts(tilt, RATE, EDGES) == 1
    none = Target(0.1, "ml", (-0.25, 0.25), hysteresis=0.0, debounce=0.0)
    assert edge_contacts(tilt, RATE, none) > 100


def test_a_bounce_shorter_than_the_debounce_time_is_one_contact() -> None:
    tilt = np.zeros((100, 2))
    tilt[10:20, 0] = tilt[25:40, 0] = 0.25  # 50 ms off
    tilt[60:80, 0] = 0.25  # 200 ms off
    assert edge_contacts(tilt, RATE, EDGES) == 2


def test_rolling_round_the_rim_is_one_contact() -> None:
    rim = Target(zone=0.1, axis="both", edges=(-0.25, 0.25))
    assert edge_contacts(_sine(0.25, 0.25), RATE, rim) == 1


def test_without_edges_there_are_no_contacts() -> None:
    assert edge_contacts(_sine(1.0), RATE, Target(0.1)) == 0


def test_levels_never_come_near_the_middle() -> None:
    tight = Target(0.1, "ml", (-0.06, 0.06), margin=0.05, hysteresis=0.05)
    assert tight.levels("left") == (0.03, 0.015)


@pytest.mark.parametrize("tilt", [np.empty((0, 2)), np.full((3, 2), np.nan)])
def test_nothing_or_nan_gives_nan(tilt: np.ndarray) -> None:
    assert math.isnan(tilt_rms(tilt, RATE))
    assert math.isnan(mean_speed(tilt, RATE))
    assert math.isnan(time_in_zone(tilt, RATE, 0.1))
    assert math.isnan(percentile(tilt, RATE, 80.0))
    assert all(math.isnan(v) for v in stability_indices(tilt, RATE))
