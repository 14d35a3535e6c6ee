"""Sway of too little, of nothing, of irregular samples, and of what is refused."""

import math

import numpy as np
import pytest

from surefoot.analysis import sway
from surefoot.core import SignalError

RATE = 50.0


def wander(n: int, seed: int = 0) -> np.ndarray:
    """A smooth wandering, about 5 mm."""
    rng = np.random.default_rng(seed)
    t = np.arange(n) / RATE
    f, phase = rng.uniform(0.1, 2.0, (2, 8)), rng.uniform(0, 6.3, (2, 8))
    waves = np.sin(2 * np.pi * f[..., None] * t + phase[..., None])
    return 0.002 * waves.sum(axis=1).T


@pytest.mark.parametrize(
    "cop",
    [
        np.empty((0, 2)),
        np.zeros((1, 2)),
        np.full((2000, 2), math.nan),
        np.vstack([wander(1999), [[math.nan, 0.0]]]),
        np.vstack([wander(1999), [[0.0, math.inf]]]),
    ],
    ids=["empty", "one", "nan", "one-nan", "one-inf"],
)
def test_nothing_to_measure_is_nan_throughout(cop):
    values = sway.core_set(cop, RATE)
    assert list(values) == list(sway.CORE_UNITS)
    assert {name for name, v in values.items() if not math.isnan(v)} == set()
    t = np.arange(len(cop)) / RATE
    assert all(math.isnan(v) for v in sway.core_set(cop, RATE, t).values())


def test_standing_still_has_zeros_and_no_frequency():
    values = sway.core_set(np.full((2000, 2), 0.125), RATE)
    assert values["mean_position_ml"] == 0.125
    zero = {name for name, v in values.items() if v == 0}
    undefined = {name for name, v in values.items() if math.isnan(v)}
    assert zero | undefined | {"mean_position_ml", "mean_position_ap"} == set(values)
    assert {"path_length", "prediction_ellipse_area", "hull_area"} <= zero
    assert {"mean_frequency", "fractal_dimension", "power_frequency_50_ml"} <= undefined
    assert {"sway_direction", "direction_coefficient", "range_ratio"} <= undefined


def test_two_samples_have_a_path_and_no_ellipse():
    values = sway.core_set(np.array([[0.0, 0.0], [0.003, 0.004]]), RATE)
    assert values["path_length"] == pytest.approx(0.005)
    assert values["mean_velocity"] == pytest.approx(0.25)
    assert values["sway_range"] == pytest.approx(0.005)
    assert math.isnan(values["prediction_ellipse_area"])
    assert math.isnan(values["velocity_crossings_ml"])


@pytest.mark.parametrize(
    ("seconds", "rate", "given"), [(6.6, 50, False), (6.7, 50, True), (30, 9, False)]
)
def test_a_spectrum_needs_one_period_and_twice_the_band(seconds, rate, given):
    told = sway.spectrum(wander(int(seconds * rate)), float(rate), "ml")
    assert math.isnan(told.power) is not given


@pytest.mark.parametrize(
    ("cop", "rate", "t"),
    [
        (np.zeros(10), 50.0, None),
        (np.zeros((10, 3)), 50.0, None),
        (np.zeros((10, 2)), 0.0, None),
        (np.zeros((10, 2)), math.nan, None),
        (np.zeros((10, 2)), 50.0, np.arange(9.0)),
        (np.zeros((10, 2)), 50.0, np.zeros(10)),
        (np.zeros((10, 2)), 50.0, np.append(np.arange(9.0), math.nan)),
    ],
)
def test_misuse_is_refused_in_one_line(cop, rate, t):
    with pytest.raises(SignalError, match=r"^sway: expected .*, got .*: ") as told:
        sway.core_set(cop, rate, t)
    assert "\n" not in str(told.value)


def test_a_spectrum_of_two_columns_is_refused():
    with pytest.raises(SignalError, match="one column"):
        sway.power_density(np.zeros((100, 2)), RATE)


def test_lists_and_whole_numbers_are_samples_too():
    assert sway.path_length(np.array([[0, 0], [3, 4]], dtype=np.uint16), 1.0) == 5.0


def test_uniform_times_change_nothing():
    cop = wander(1500)
    plain = sway.core_set(cop, RATE)
    timed = sway.core_set(cop, RATE, 7.0 + np.arange(1500) / RATE)
    assert timed == pytest.approx(plain, rel=1e-9, nan_ok=True)


def test_jittered_times_give_the_sway_behind_them():
    fine = wander(30_000)
    rng = np.random.default_rng(2)
    kept = np.sort(rng.choice(len(fine), 15_000, replace=False))
    t = np.arange(len(fine)) / RATE
    whole = sway.core_set(fine, RATE)
    some = sway.core_set(fine[kept], RATE / 2, t[kept])
    for name in ("mean_distance", "prediction_ellipse_area", "mean_velocity"):
        assert some[name] == pytest.approx(whole[name], rel=0.02), name
    # the nominal rate would give speeds that were never there
    nominal = sway.rms_velocity(fine[kept], RATE / 2)
    assert some["rms_velocity"] == pytest.approx(whole["rms_velocity"], rel=0.05)
    assert abs(nominal / whole["rms_velocity"] - 1) > 0.1
    assert math.isnan(some["spectral_power_ml"])
    assert math.isnan(some["velocity_crossings_ml"])


def test_a_gap_is_neither_path_nor_time_nor_a_long_stay():
    t = np.concatenate([np.arange(500), np.arange(1500, 2000)]) / RATE
    cop = np.column_stack([np.where(t < 15, t, t - 20.0), 0 * t]) * 0.001
    assert sway.mean_velocity(cop, RATE, t=t) == pytest.approx(0.001)
    assert sway.path_length(cop, RATE, t=t) == pytest.approx(2 * 0.001 * 9.98)
    assert sway.mean_position(cop, RATE, "ml", t=t) == pytest.approx(cop[:, 0].mean())


def test_a_sample_alone_between_gaps_weighs_one_period():
    t = np.array([0.0, 0.02, 0.04, 5.0, 10.0, 10.02])
    cop = np.column_stack([[0, 0, 0, 6.0, 0, 0], np.zeros(6)])
    assert sway.mean_position(cop, RATE, "ml", t=t) == pytest.approx(1.0)


def test_only_gaps_leave_no_speed():
    cop = wander(5)
    values = sway.core_set(cop, RATE, np.arange(5.0))
    assert math.isnan(values["mean_velocity"])
    assert values["path_length"] == 0
    assert values["mean_distance"] > 0


def test_a_trace_is_shared_and_keeps_its_rate():
    trace = sway.Trace(wander(800), RATE)
    assert sway.mean_velocity(trace, 1.0) == sway.mean_velocity(wander(800), RATE)
    assert trace.hull is trace.hull


def test_the_storage_of_the_samples_changes_no_bit():
    cop = wander(1000)
    wide = np.zeros((1000, 5))
    wide[:, 1::2] = cop
    assert sway.core_set(wide[:, 1::2], RATE) == sway.core_set(cop, RATE)
    assert sway.core_set(np.asfortranarray(cop), RATE) == sway.core_set(cop, RATE)
