"""Smoothness against movements whose answer is known, and what must not change it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.smoothness import (
    angular_speed,
    dimensionless_jerk,
    log_dimensionless_jerk,
    path_ratio,
    pause_count,
    pause_share,
    phase_jerks,
    refusal,
    spectral_arc,
    spectral_arc_length,
    speed_metric,
    velocity_peaks,
)
from surefoot.core import SignalError

RATE = 100.0
GRID = 0.02  # differences in arc length below this say nothing


def minimum_jerk(
    seconds: float = 1.0, rate: float = RATE, onsets: tuple[float, ...] = (0.0,)
) -> np.ndarray:
    """Speed of unit movements of so many seconds, begun at these times."""
    t = np.arange(round((seconds + max(onsets)) * rate)) / rate
    total = np.zeros(len(t))
    for onset in onsets:
        s = np.clip((t - onset) / seconds, 0.0, 1.0)
        total += 30.0 / seconds * (s * (1.0 - s)) ** 2
    return total


def rotated(speed: np.ndarray, seed: int) -> np.ndarray:
    axis = np.random.default_rng(seed).standard_normal(3)
    return speed[:, None] * (axis / np.linalg.norm(axis))


# frozen from an independent code, 12 digits
@pytest.mark.parametrize(
    ("speed", "arc", "jerk"),
    [
        (np.exp(-5 * np.arange(-1, 1, 0.01) ** 2), -1.41403126171, -5.81635741476),
        (minimum_jerk(1.0, 50.0), -1.40582997023, -5.13085866605),
        (minimum_jerk(1.0, 60.0), -1.40040774254, None),
    ],
    ids=["gaussian", "50 Hz", "60 Hz"],
)
def test_frozen_values(speed: np.ndarray, arc: float, jerk: float | None) -> None:
    rate = {50: 50.0, 60: 60.0}.get(len(speed), 100.0)
    assert spectral_arc_length(speed, rate) == pytest.approx(arc, rel=1e-9)
    if jerk is not None:
        assert log_dimensionless_jerk(speed, rate) == pytest.approx(jerk, rel=1e-9)


def test_minimum_jerk_has_its_known_arc_and_jerk() -> None:
    assert spectral_arc_length(minimum_jerk(), RATE) == pytest.approx(-1.406, abs=5e-4)
    fine = dimensionless_jerk(minimum_jerk(1.0, 20_000.0), 20_000.0)
    assert fine == pytest.approx(-204.8, rel=2e-3)  # 720 / 1.875^2
    assert speed_metric(minimum_jerk(), RATE) == pytest.approx(8 / 15, rel=1e-6)


def test_more_submovements_are_less_smooth() -> None:
    onsets = [tuple(0.6 * i for i in range(n)) for n in (1, 3, 5, 8)]
    arcs = [spectral_arc_length(minimum_jerk(1.0, RATE, o), RATE) for o in onsets]
    assert arcs == sorted(arcs, reverse=True)
    assert arcs[1:] == pytest.approx([-1.986, -2.304, -2.619], abs=5e-4)


def test_a_tremor_above_the_cutoff_is_not_seen_and_below_it_is() -> None:
    t = np.arange(200) / RATE
    shaken = np.abs(minimum_jerk(2.0) + 0.09375 * np.sin(2 * np.pi * 8 * t))
    assert spectral_arc_length(shaken, RATE) < -1.9
    assert spectral_arc_length(shaken, RATE, cutoff=5.0) > -1.45
    assert spectral_arc(shaken, RATE).high > 7.5


def test_the_cutoff_never_reaches_the_mirrored_half_of_the_spectrum() -> None:
    arc = spectral_arc(minimum_jerk(2.0, 15.0), 15.0)
    assert arc.cutoff == pytest.approx(6.75)
    assert arc.length == pytest.approx(-1.4, abs=GRID)


@settings(max_examples=40, deadline=None)
@given(
    size=st.floats(1e-3, 1e3),
    seconds=st.floats(0.4, 5.0),
    rate=st.sampled_from([50.0, 100.0, 128.0, 200.0]),
    seed=st.integers(0, 99),
)
def test_size_duration_rate_and_mounting_do_not_matter(
    size: float, seconds: float, rate: float, seed: int
) -> None:
    gyr = rotated(size * minimum_jerk(seconds, rate), seed)
    assert spectral_arc_length(angular_speed(gyr), rate) == pytest.approx(
        -1.406, abs=GRID
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), scale=st.floats(1e-3, 1e3))
def test_reversal_turning_and_scaling_leave_the_numbers(
    seed: int, scale: float
) -> None:
    rng = np.random.default_rng(seed)
    gyr = np.cumsum(rng.standard_normal((150, 3)), axis=0)
    turn = np.linalg.qr(rng.standard_normal((3, 3)))[0]
    other = scale * gyr[::-1] @ turn
    assert log_dimensionless_jerk(other, RATE) == pytest.approx(
        log_dimensionless_jerk(gyr, RATE), rel=1e-9
    )
    speed, turned = angular_speed(gyr), angular_speed(other)
    assert spectral_arc_length(turned, RATE) == pytest.approx(
        spectral_arc_length(speed, RATE), rel=1e-9
    )
    assert pause_share(turned, RATE) == pause_share(speed, RATE)


def test_rest_around_a_movement_moves_the_jerk_and_not_the_arc() -> None:
    padded = np.concatenate([np.zeros(50), minimum_jerk(), np.zeros(50)])
    assert spectral_arc_length(padded, RATE) == pytest.approx(-1.406, abs=GRID)
    assert log_dimensionless_jerk(padded, RATE) == pytest.approx(-7.376, abs=0.01)


def test_noise_moves_the_raw_jerk_and_hardly_the_filtered_one_or_the_arc() -> None:
    rng = np.random.default_rng(3)
    clean = math.radians(30.0) / (1.875 / 4.0) * minimum_jerk(4.0)
    still = np.zeros(100)
    record = rotated(np.concatenate([still, clean, still]), 1)
    noisy = record + math.radians(0.1) * rng.standard_normal(record.shape)
    part = (100, 500)
    assert log_dimensionless_jerk(noisy[slice(*part)], RATE) < -13.0
    assert phase_jerks(record, RATE, [part])[0] == pytest.approx(-5.3, abs=0.1)
    assert phase_jerks(noisy, RATE, [part])[0] == pytest.approx(-6.1, abs=0.6)
    arc = spectral_arc_length(angular_speed(noisy[slice(*part)]), RATE)
    assert arc == pytest.approx(-1.406, abs=GRID)


def test_the_filtered_jerk_is_taken_at_one_rate() -> None:
    found = []
    for rate in (64.0, 100.0, 200.0):
        pad = np.zeros(int(rate))
        record = rotated(np.concatenate([pad, minimum_jerk(2.0, rate), pad]), 2)
        part = (int(rate), int(3 * rate))
        found.append(phase_jerks(record, rate, [part])[0])
    assert found == pytest.approx([found[1]] * 3, abs=0.06)
    raw = [log_dimensionless_jerk(minimum_jerk(1.0, r), r) for r in (50.0, 200.0)]
    assert abs(raw[0] - raw[1]) > 0.13  # what the agreed rate is for


def test_peaks_and_pauses_of_two_movements_with_a_stop() -> None:
    speed = minimum_jerk(1.0, RATE, (0.0, 1.5))
    assert velocity_peaks(speed, RATE) == 2
    assert pause_count(speed, RATE) == 1
    assert pause_count(minimum_jerk(), RATE) == 0
    slow = 0.5 * (1 - math.sqrt(1 - 4 * math.sqrt(0.1 / 16)))
    assert pause_share(minimum_jerk(), RATE) == pytest.approx(2 * slow, abs=0.02)


def test_path_ratio_of_a_straight_and_of_a_roundabout_way() -> None:
    straight = minimum_jerk()
    assert path_ratio(straight, RATE, 1.0) == pytest.approx(1.0, rel=1e-4)
    back_and_on = minimum_jerk(1.0, RATE, (0.0, 1.0, 2.0))  # out, back, out again
    assert path_ratio(back_and_on, RATE, 1.0) == pytest.approx(3.0, rel=1e-4)
    assert math.isnan(path_ratio(straight, RATE, 0.0))


UNDEFINED = {
    "empty": np.empty(0),
    "short": np.ones(15),
    "still": np.zeros(100),
    "nan": np.where(np.arange(100) == 7, math.nan, 1.0),
    "infinite": np.where(np.arange(100) == 7, math.inf, 1.0),
}


@pytest.mark.parametrize("speed", UNDEFINED.values(), ids=UNDEFINED.keys())
def test_what_is_undefined_is_nan(speed: np.ndarray) -> None:
    assert math.isnan(spectral_arc_length(speed, RATE))
    assert math.isnan(log_dimensionless_jerk(speed, RATE))
    if len(speed) != 15:
        assert math.isnan(velocity_peaks(speed, RATE))
        assert math.isnan(pause_share(speed, RATE))
        assert math.isnan(pause_count(speed, RATE))
    assert len(phase_jerks(np.empty((0, 3)), RATE, [(0, 0)])) == 1


def test_a_ramp_has_no_jerk() -> None:
    assert math.isnan(log_dimensionless_jerk(np.linspace(0, 1, 100), RATE))


@pytest.mark.parametrize(
    "call",
    [
        lambda: spectral_arc_length(np.zeros((9, 3)), RATE),
        lambda: spectral_arc_length(np.zeros(99), 0.0),
        lambda: spectral_arc_length(np.zeros(99), math.nan),
        lambda: dimensionless_jerk(np.zeros((2, 2, 2)), RATE),
        lambda: phase_jerks(np.zeros((99, 2)), RATE, []),
        lambda: angular_speed(np.zeros(99)),
    ],
)
def test_misuse_is_told(call) -> None:
    with pytest.raises(SignalError, match="expected"):
        call()


def test_refusals_name_their_reason() -> None:
    assert refusal(0.0, 0.02, 1.0, 0.1) == ""
    assert "missing" in refusal(0.03, 0.02, 1.0, 0.1)
    assert "gap" in refusal(0.0, 0.2, 1.0, 0.1)
    assert "slower" in refusal(0.0, 0.02, 0.05, 0.1)
    assert refusal(0.0, 0.0, math.nan, 0.1)
