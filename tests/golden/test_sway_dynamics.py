"""Sway dynamics and trunk sway equal to independent codes, wherever those are right.

The reference values have 12 digits. They lie in a sibling folder and are not part of
the project; a few are frozen here, so that something bites without them.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from surefoot.analysis.sway_dynamics import (
    boundary_times,
    centre_of_mass,
    dfa,
    fluctuation,
    mean_square_displacement,
    sample_entropy,
    stabilogram_diffusion,
    sway_density,
    sway_density_curve,
    template_matches,
    time_to_boundary,
)
from surefoot.analysis.trunk_sway import tilt_corrected, trunk_spectrum, trunk_sway

GOLDEN = Path(__file__).parents[3] / "shared" / "golden" / "sway"
there = pytest.mark.skipif(
    not GOLDEN.is_dir(), reason="the reference values are not on this machine"
)
NAMES = ["lissajous", "circle", "ou_sway", "white", "walk"]
NAMES += ["bds00001", "jythen_test", "ttb_example"]
RHYTHMS = {"lissajous", "circle"}
DIGITS = 1e-9
AXES = {"ml": 0, "ap": 1}


def _cop(name):
    with np.load(GOLDEN / "signals.npz") as signals:
        return signals[f"{name}_mm"] / 1000


def _rate(name):
    return json.loads((GOLDEN / "signals.json").read_text())[f"{name}_mm"]["fs"]


def _reference(name, code="reference_mm"):
    found = json.loads((GOLDEN / f"{code}.json").read_text())
    return found["results"][f"{name}_mm"]


@there
@pytest.mark.parametrize("axis", ["ml", "ap", "both"])
@pytest.mark.parametrize("name", NAMES)
def test_diffusion(name, axis):
    wanted, end = _reference(name)["sda"], "pl" if axis == "both" else axis
    found = stabilogram_diffusion(_cop(name), _rate(name), axis)
    assert found.short * 1e6 == pytest.approx(wanted[f"Ds_{end}"], rel=DIGITS)
    assert found.long * 1e6 == pytest.approx(wanted[f"Dl_{end}"], rel=DIGITS)
    assert found.critical_time == pytest.approx(wanted[f"tc_lin_{end}"], rel=DIGITS)
    assert found.short_exponent == pytest.approx(wanted[f"Hs_{end}"], rel=DIGITS)
    if name in RHYTHMS:  # it fits a line to the logarithm of rounding errors
        assert np.isnan(found.long_exponent)
    else:
        assert found.long_exponent == pytest.approx(wanted[f"Hl_{end}"], rel=DIGITS)


@there
@pytest.mark.parametrize("name", NAMES)
def test_displacement_by_fft(name):
    rate, wanted = _rate(name), _reference(name)["sda"]
    found = mean_square_displacement(_cop(name), rate) * 1e6
    for lag in (0.1, 1, 5):
        value = found[round(lag * rate) - 1]
        assert value == pytest.approx(wanted[f"msd_{lag}s_pl"], rel=DIGITS, abs=1e-9)


@there
@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("name", NAMES)
def test_detrended_fluctuation(name, axis):
    wanted = _reference(name)[f"dfa_{axis}"]
    x, windows = _cop(name)[:, AXES[axis]], np.array(wanted["scales"])
    assert fluctuation(x, windows) * 1e3 == pytest.approx(wanted["F"], rel=DIGITS)
    alpha = dfa(x, _rate(name), windows)
    assert alpha == pytest.approx(wanted["alpha"], rel=DIGITS)


@there
@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("name", NAMES)
def test_sample_entropy(name, axis):
    wanted, x = _reference(name)[f"sampen_{axis}"], _cop(name)[:, AXES[axis]]
    assert template_matches(x, 2, 0.2 * x.std()) == (wanted["B"], wanted["A"])
    other = _reference(name, "neurokit2_mm")[f"sampen_m2_r0.2sd_ddof0_{axis}"]
    assert sample_entropy(x) == pytest.approx(wanted["value"], rel=DIGITS)
    assert sample_entropy(x) == pytest.approx(other, rel=DIGITS)


@there
@pytest.mark.parametrize("name", sorted(set(NAMES) - {"circle"}))
def test_sway_density(name):
    cop, rate = _cop(name), _rate(name)
    wanted = _reference(name)["sway_density_R3mm_raw_fs"]
    found = sway_density(cop, rate)
    assert found.mean_peak == pytest.approx(wanted["MP"], rel=DIGITS)
    assert found.mean_distance * 1e3 == pytest.approx(wanted["MD"], rel=DIGITS)
    assert found.mean_time == pytest.approx(wanted["MT"], rel=DIGITS)
    assert found.peaks == wanted["n_peaks"]
    curve = sway_density_curve(cop, rate)
    assert curve.mean() == pytest.approx(wanted["raw_mean"], rel=DIGITS)


@there
def test_peaks_of_rounding_are_not_peaks():
    """On a circle every stay is as long; the reference counts ripples of 1e-16 s."""
    wanted = _reference("circle")["sway_density_R3mm_raw_fs"]
    curve = sway_density_curve(_cop("circle"), 100.0)
    assert curve.mean() == pytest.approx(wanted["raw_mean"], rel=DIGITS)
    assert sway_density(_cop("circle"), 100.0).peaks < wanted["n_peaks"] / 5


@there
@pytest.mark.parametrize("motion", ["linear", "quadratic"])
def test_time_to_boundary(motion):
    """It takes endless lines; the boundary is convex, so the first one is the edge."""
    wanted = _reference("ttb_example")[f"ttb_order{1 if motion == 'linear' else 2}"]
    with np.load(GOLDEN / "signals.npz") as signals:
        boundary = signals["ttb_bounds_mm"] / 1000
    times = boundary_times(_cop("ttb_example"), 120.0, boundary, motion)
    assert times[:5] == pytest.approx(wanted["first5"], rel=DIGITS)
    lowest = np.sort(times)[:50].mean()
    assert lowest == pytest.approx(wanted["mean_of_50_lowest"], rel=DIGITS)
    found = time_to_boundary(_cop("ttb_example"), 120.0, boundary, motion)
    values = (found.mean, found.median, found.minimum)
    names = ("mean", "median", "min")
    assert values == pytest.approx([wanted[name] for name in names], rel=DIGITS)


@there
@pytest.mark.parametrize("name", sorted(set(NAMES) - {"ttb_example"}))
def test_centre_of_mass(name):
    wanted = _reference(name, "bmc_mm")["cogve_ap_cm_70kg_170cm"]
    found = centre_of_mass(_cop(name), _rate(name), 1.70, margin=1.0)[:, 1] * 100
    values = [found.std(), found[0], found[len(found) // 2], found[-1]]
    names = ("std", "first", "mid", "last")
    rounded = 1e-12  # the middle of the circle is 0
    assert values == pytest.approx(
        [wanted[key] for key in names], rel=DIGITS, abs=rounded
    )
    path = np.abs(np.diff(found)).sum()
    assert path == pytest.approx(wanted["path"], rel=DIGITS)


@there
def test_trunk():
    found = json.loads((GOLDEN / "reference_imu_board.json").read_text())
    wanted = found["trunk_acc_synthetic"]
    with np.load(GOLDEN / "trunk_acc.npz") as trunk:
        acc = tilt_corrected(trunk["acc_ap_ml_v_m_s2"][:, [1, 0, 2]])
        assert acc[:, [1, 0]] == pytest.approx(trunk["horizontal_ap_ml"], abs=1e-12)
    mean = acc.mean(axis=0)[[1, 0, 2]]
    assert mean == pytest.approx(wanted["mean_after_tilt"], rel=DIGITS, abs=1e-12)
    b, a = signal.butter(4, 3.5 / 50)
    slow = signal.filtfilt(b, a, acc[:, :2], axis=0)
    wanted = wanted["isway"]
    values = trunk_sway(slow, 100.0)
    for field, key in TRUNK.items():
        assert getattr(values, field) == pytest.approx(wanted[key], rel=DIGITS), field
    for axis in AXES:
        lines = trunk_spectrum(slow, 100.0, axis)
        keys = [f"{key}_{axis.upper()}" for key in TRUNK_SPECTRUM]
        assert lines == pytest.approx([wanted[key] for key in keys], rel=DIGITS)


TRUNK = {
    "jerk": "JERK_half_integral_m2_s5",
    "jerk_rate": "JERK_over_T_m2_s6",
    "distance": "DIST",
    "rms": "RMS",
    "rms_ml": "RMS_ML",
    "rms_ap": "RMS_AP",
    "range_ml": "RANGE_ML",
    "range_ap": "RANGE_AP",
    "path": "PATH",
    "mean_velocity": "MV_detrended_integral_m_s",
    "mean_frequency": "MF_Hz",
    "area_rate": "AREA_rate_m2_s5",
    "ellipse_area": "ELLIPSE95_m2_s4",
}
TRUNK_SPECTRUM = ("power", "pf50", "pf95", "cfreq", "freqd")


def _lissajous():
    t = np.arange(6000) / 100
    ml = 0.005 * np.sin(2 * np.pi * 0.25 * t)
    return np.stack([ml, 0.010 * np.sin(np.pi * t + np.pi / 3)], axis=1)


def test_frozen_diffusion():
    t = np.arange(6000) / 100
    turn = 2 * np.pi * 0.2 * t
    circle = np.stack([0.010 * np.cos(turn), 0.010 * np.sin(turn)], axis=1)
    found = stabilogram_diffusion(circle, 100.0)
    frozen = (71.6012486969e-6, -7.12806643489e-6, 2.03343220508)
    assert found[:3] == pytest.approx(frozen, rel=DIGITS)
    assert found.short_exponent == pytest.approx(0.983141419931, rel=DIGITS)


def test_frozen_fluctuation():
    windows = np.array([10, 56, 600])
    t = np.arange(6000) / 100
    found = fluctuation(10 * np.cos(2 * np.pi * 0.2 * t), windows)
    frozen = [0.322767514703, 10.3110274677, 529.552900915]
    assert found == pytest.approx(frozen, rel=DIGITS)


def test_frozen_entropy():
    white = np.random.default_rng(7).standard_normal((6000, 2))[:, 0]
    assert template_matches(white, 2, 0.2 * white.std()) == (228002, 25649)
    assert sample_entropy(white) == pytest.approx(2.18484981634, rel=DIGITS)


def test_frozen_density():
    found = sway_density(_lissajous(), 100.0)
    frozen = (0.539148079133, 13.3190795295e-3, 0.661666666667)
    assert found[:3] == pytest.approx(frozen, rel=DIGITS)
    assert found.peaks == 91
