"""What turning, moving, scaling, reversing and thinning sway does to its measures."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis import sway

RATE = 50.0
LENGTH = {"m": 1, "m/s": 1, "m^2": 2, "m^2/s": 2, "1/m": -1}
PLANE = [name for name in sway.CORE_UNITS if not name.endswith(("_ml", "_ap"))]
AXES = {"range_ratio", "direction_coefficient", "sway_direction"}
SPECTRAL = ("spectral", "power_frequency", "peak_frequency", "centroid", "frequency_d")
quick = settings(max_examples=25, deadline=None)


@st.composite
def sways(draw: st.DrawFn) -> np.ndarray:
    """Sums of sines and noise, wider one way than the other."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    t = np.arange(draw(st.integers(400, 1100))) / RATE
    f, phase = rng.uniform(0.05, 3.0, (2, 6)), rng.uniform(0, 6.3, (2, 6))
    waves = np.sin(2 * np.pi * f[..., None] * t + phase[..., None]).sum(axis=1).T
    noise = rng.normal(0, 0.1, waves.shape)
    return (waves + noise) * rng.uniform(0.5, 5.0, 2) * 1e-3


def same(got: dict[str, float], expected: dict[str, float], rel: float = 1e-8) -> None:
    assert got == pytest.approx(expected, rel=rel, abs=1e-15, nan_ok=True)


@quick
@given(cop=sways(), angle=st.floats(-math.pi, math.pi))
def test_turning_changes_only_what_names_an_axis(cop, angle):
    c, s = math.cos(angle), math.sin(angle)
    before = sway.core_set(cop, RATE)
    after = sway.core_set(cop @ np.array([[c, s], [-s, c]]), RATE)
    kept = [name for name in PLANE if name not in AXES]
    same({n: after[n] for n in kept}, {n: before[n] for n in kept})
    turned = (after["sway_direction"] - before["sway_direction"] - angle) % math.pi
    if not math.isnan(turned):
        assert min(turned, math.pi - turned) < 1e-6


@quick
@given(cop=sways(), ml=st.floats(-1, 1), ap=st.floats(-1, 1))
def test_where_the_feet_stand_changes_the_mean_position_only(cop, ml, ap):
    before = sway.core_set(cop, RATE)
    after = sway.core_set(cop + np.array([ml, ap]), RATE)
    assert after["mean_position_ml"] == pytest.approx(before["mean_position_ml"] + ml)
    assert after["mean_position_ap"] == pytest.approx(before["mean_position_ap"] + ap)
    kept = [name for name in before if not name.startswith("mean_position")]
    same({n: after[n] for n in kept}, {n: before[n] for n in kept}, rel=1e-7)


@quick
@given(cop=sways(), scale=st.floats(1e-3, 1e4))
def test_every_measure_scales_as_its_unit_says(cop, scale):
    before = sway.core_set(cop, RATE)
    after = sway.core_set(cop * scale, RATE)
    expected = {
        name: value * scale ** LENGTH.get(sway.CORE_UNITS[name], 0)
        for name, value in before.items()
    }
    assert after == pytest.approx(expected, rel=1e-8, abs=1e-15, nan_ok=True)


@quick
@given(cop=sways())
def test_backwards_only_the_signs_of_velocity_change_places(cop):
    before, after = sway.core_set(cop, RATE), sway.core_set(cop[::-1], RATE)
    for axis in ("ml", "ap"):
        names = f"peak_velocity_positive_{axis}", f"peak_velocity_negative_{axis}"
        after[names[0]], after[names[1]] = after[names[1]], after[names[0]]
    # a window for spectra is not symmetric to the sample, and the record is not full
    kept = [name for name in before if not name.startswith(SPECTRAL)]
    same({n: after[n] for n in kept}, {n: before[n] for n in kept})


@quick
@given(cop=sways())
def test_exchanging_the_axes_exchanges_their_measures(cop):
    before, after = sway.core_set(cop, RATE), sway.core_set(cop[:, ::-1], RATE)
    for name in before:
        if name.endswith("_ml"):
            other = name.removesuffix("_ml") + "_ap"
            assert after[other] == pytest.approx(before[name], 1e-12, nan_ok=True)


@quick
@given(cop=sways(), faster=st.floats(0.5, 3))
def test_faster_time_makes_faster_speeds(cop, faster):
    before = sway.core_set(cop, RATE)
    after = sway.core_set(cop, RATE * faster)
    for name, unit in sway.CORE_UNITS.items():
        if not name.startswith((*SPECTRAL, "phase_plane")):
            power = {"m/s": 1, "m^2/s": 1, "Hz": 1, "1/s": 1, "s": -1}.get(unit, 0)
            expected = before[name] * faster**power
            assert after[name] == pytest.approx(expected, 1e-9, nan_ok=True), name


@quick
@given(seed=st.integers(0, 2**32 - 1), factor=st.integers(2, 4))
def test_thinning_a_smooth_sway_changes_little(seed, factor):
    rng = np.random.default_rng(seed)
    t = np.arange(6000) / 100.0
    f, phase = rng.uniform(0.15, 1.0, (2, 5)), rng.uniform(0, 6.3, (2, 5))
    cop = np.sin(2 * np.pi * f[..., None] * t + phase[..., None]).sum(axis=1).T * 1e-3
    whole, some = sway.core_set(cop, 100.0), sway.core_set(cop[::factor], 100 / factor)
    tolerance = {
        "mean_distance": 1e-2,
        "rms_distance": 1e-2,
        "sway_range": 1e-2,
        "prediction_ellipse_area": 2e-2,
        "hull_area": 3e-2,  # a turn at 1 Hz has 25 corners: 1 % less, and blunt ends
        "path_length": 1e-2,
        "mean_velocity": 1e-2,
        "sway_area_rate": 1e-2,
        "mean_frequency": 2e-2,
        "spectral_power_ml": 2e-2,
        "time_constant_ap": 2e-2,
    }
    for name, rel in tolerance.items():
        assert some[name] == pytest.approx(whole[name], rel), name


@quick
@given(cop=sways())
def test_measures_keep_the_order_that_they_must(cop):
    v = sway.core_set(cop, RATE)
    assert v["mean_distance"] <= v["rms_distance"] <= v["max_distance"]
    assert v["max_distance"] <= v["sway_range"] <= v["path_length"]
    assert max(v["sway_range_ml"], v["sway_range_ap"]) <= v["sway_range"] * (1 + 1e-12)
    assert v["mean_velocity"] <= v["rms_velocity"]
    assert 2 * v["sway_range"] <= v["hull_perimeter"] <= math.pi * v["sway_range"]
    assert v["hull_area"] <= math.pi / 4 * v["sway_range"] ** 2
    assert -1 <= v["direction_coefficient"] <= 1
    assert 0.15 <= v["power_frequency_50_ml"] <= v["power_frequency_80_ml"]
    assert v["power_frequency_80_ml"] <= v["power_frequency_95_ml"] <= 5
    assert v["spectral_mean_frequency_ml"] <= v["centroid_frequency_ml"]
