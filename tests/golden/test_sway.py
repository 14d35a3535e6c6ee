"""Sway measures equal to independent codes, wherever those are right.

The reference values have 12 digits. They lie in a sibling folder and are not part of
the project; a few are frozen here, so that something bites without them.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from surefoot.analysis.resampling import swarii
from surefoot.analysis.sway import core_set, prediction_ellipse, prieto_ellipse

GOLDEN = Path(__file__).parents[3] / "shared" / "golden"
there = pytest.mark.skipif(
    not GOLDEN.is_dir(), reason="the reference values are not on this machine"
)
NAMES = ["lissajous", "circle", "ou_sway", "white", "walk"]
NAMES += ["bds00001", "jythen_test", "ttb_example"]
DIGITS = 1e-9

POSITIONAL = {
    "mean_position_ml": "mean_ml",
    "mean_position_ap": "mean_ap",
    "mean_distance": "mdist_rd",
    "mean_distance_ml": "mdist_ml",
    "mean_distance_ap": "mdist_ap",
    "rms_distance": "rms_rd",
    "rms_distance_ml": "rms_ml",
    "rms_distance_ap": "rms_ap",
    "max_distance": "max_rd",
    "max_distance_ml": "max_ml",
    "max_distance_ap": "max_ap",
    "sway_range": "range_2d",
    "sway_range_ml": "range_ml",
    "sway_range_ap": "range_ap",
    "range_ratio": "range_ratio_ml_ap",
    "planar_deviation": "planar_deviation",
    "direction_coefficient": "coef_sway_direction",
    "hull_area": "hull_area",
    "hull_perimeter": "hull_perimeter",
    "prieto_circle_area": "area_cc_prieto",
    "prieto_ellipse_area": "area_ce_prieto_F3",
    "prediction_ellipse_area": "pea95_F_ddof1",
}
DYNAMIC = {
    "path_length": "path",
    "path_length_ml": "path_ml",
    "path_length_ap": "path_ap",
    "mean_velocity": "mvelo",
    "mean_velocity_ml": "mvelo_ml",
    "mean_velocity_ap": "mvelo_ap",
    "rms_velocity_ml": "vel_rms_ml",
    "rms_velocity_ap": "vel_rms_ap",
    "velocity_deviation_ml": "vel_sd_ml_ddof0",
    "velocity_deviation_ap": "vel_sd_ap_ddof0",
    "sway_area_rate": "area_sw_rate",
    "mean_frequency": "mfreq",
    "mean_frequency_ml": "mfreq_ml",
    "mean_frequency_ap": "mfreq_ap",
    "fractal_dimension": "fd_ce",
    "fractal_dimension_circle": "fd_cc",
    "fractal_dimension_range": "fd_pd",
    "length_per_area": "lfs_path_over_area_ce",
    "phase_plane": "phase_plane",
    "phase_plane_ml": "phase_plane_ml",
    "phase_plane_ap": "phase_plane_ap",
}
SPECTRAL = {
    "spectral_power": "power",
    "spectral_power_low": "power_low",
    "spectral_power_mid": "power_mid",
    "spectral_power_high": "power_high",
    "power_frequency_50": "pf50",
    "power_frequency_80": "pf80",
    "power_frequency_95": "pf95",
    "peak_frequency": "peak_freq",
    "spectral_mean_frequency": "mean_freq",
    "centroid_frequency": "cfreq",
    "frequency_dispersion": "freqd",
}
# In mm there; 0, 1 or 2 of mm.
LENGTHS = {"fractal": 0, "frequency": 0, "ratio": 0, "coefficient": 0, "area": 2}
LENGTHS |= {"power": 2, "dispersion": 0}
EXACT_CIRCLE = {"prieto_circle_area", "fractal_dimension_circle"}


def mm(name: str) -> float:
    """Return what one of our unit is in the unit of the reference."""
    if name == "length_per_area":
        return 1e-3
    if name.startswith("power_frequency"):
        return 1.0
    power = next((p for word, p in LENGTHS.items() if word in name), 1)
    return 1e3**power


@pytest.fixture(scope="module")
def signals() -> dict[str, tuple[np.ndarray, float]]:
    arrays = np.load(GOLDEN / "sway" / "signals.npz")
    about = json.loads((GOLDEN / "sway" / "signals.json").read_text())
    return {n: (arrays[f"{n}_mm"] / 1e3, about[f"{n}_mm"]["fs"]) for n in NAMES}


def results(file: str, name: str) -> dict:
    text = (GOLDEN / "sway" / file).read_text()
    return json.loads(text)["results"][f"{name}_mm"]


@there
@pytest.mark.parametrize("name", NAMES)
def test_equal_to_the_formulas_written_anew(name, signals):
    ours = core_set(*signals[name])
    reference = results("reference_mm.json", name)
    expected = {k: reference["positional"][v] for k, v in POSITIONAL.items()}
    expected |= {k: reference["dynamic"][v] for k, v in DYNAMIC.items()}
    for axis in ("ml", "ap"):
        lines = reference[f"spectral_{axis}"]
        expected |= {f"{k}_{axis}": lines[v] for k, v in SPECTRAL.items()}
    for key, value in expected.items():
        # the spread of a distance that does not vary: the root of the rounding of one
        rel = 1e-7 if name == "circle" and key in EXACT_CIRCLE else DIGITS
        # some are 0 but for rounding: an area of 1e-12 mm^2, a mean of 1e-15 mm
        floor = 1e-12 * max(1.0, abs(signals[name][0]).max() * 1e3)
        assert ours[key] * mm(key) == pytest.approx(value, rel=rel, abs=floor), key


@there
@pytest.mark.parametrize("name", NAMES)
def test_ellipses_lie_as_the_formulas_say(name, signals):
    reference = results("reference_mm.json", name)["positional"]
    ours = prieto_ellipse(*signals[name])
    expected = reference["ce_semi_major_F3"], reference["ce_semi_minor_F3"]
    assert np.multiply((ours.major, ours.minor), 1e3) == pytest.approx(expected, DIGITS)
    if name == "circle":
        assert math.isnan(ours.angle)
    elif name != "white":  # almost a circle
        angle = reference["axis_deg_from_ml_0_180"]
        assert math.degrees(ours.angle) == pytest.approx(angle, DIGITS)


@there
@pytest.mark.parametrize("name", NAMES)
def test_prediction_ellipse_equals_the_general_hyperellipsoid(name, signals):
    ours = prediction_ellipse(*signals[name])
    theirs = results("bmc_mm.json", name)
    assert ours.area * 1e6 == pytest.approx(theirs["pea95"], DIGITS)
    axes = np.multiply((ours.major, ours.minor), 1e3)
    assert axes == pytest.approx(theirs["semi_axes"], DIGITS)


@there
@pytest.mark.parametrize("name", NAMES)
def test_equal_to_the_review_code_or_off_by_the_factor_that_is_known(name, signals):
    cop, rate = signals[name]
    ours, n = core_set(cop, rate), len(cop)
    theirs = results("jythen_raw_cm.json", name)
    early = (n - 1) / n  # T = n / rate, and covariance by n where F wants n - 1
    pairs = {
        "mean_distance": (theirs["mean_distance_Radius"], 1e2),
        "sway_range": (theirs["range_ML_AND_AP"], 1e2),
        "sway_area_rate": (theirs["sway_area_per_second_ML_AND_AP"], 1e4),
        "mean_frequency": (theirs["mean_frequency_ML_AND_AP"], 1),
        "mean_velocity": (theirs["mean_velocity_ML_AND_AP"], 1e2 * early),
        "prediction_ellipse_area": (
            theirs["confidence_ellipse_area_ML_AND_AP"],
            1e4 * early,
        ),
    }
    for axis in ("ML", "AP"):
        pairs |= {
            f"{ours_}_{axis.lower()}": (theirs[f"{name_}_SPD_{axis}"], scale)
            for ours_, name_, scale in (
                ("velocity_crossings", "zero_crossing", 1),
                ("peak_velocity_positive", "peak_velocity_pos", 1e2),
                ("peak_velocity_negative", "peak_velocity_neg", 1e2),
                ("peak_velocity", "peak_velocity_all", 1e2),
            )
        }
    for key, (value, scale) in pairs.items():
        assert ours[key] * scale == pytest.approx(value, DIGITS), key


@there
@pytest.mark.parametrize("window", ["0.04", "0.1", "0.2", "1.0"])
def test_resampling_equals_the_plain_loop(window):
    file = np.load(GOLDEN / "motion" / "swarii_golden.npz")
    ours = swarii(file["t"], file["signal"], 25.0, float(window))
    np.testing.assert_allclose(ours.t, file[f"t_w{window}"], atol=1e-12)
    border = np.abs(file["t"] - ours.t[:, np.newaxis]) - float(window) / 2
    clear = ~(np.abs(border) < 1e-9).any(axis=1)  # there, rounding decides for it
    assert np.count_nonzero(clear) > 100
    theirs = file[f"y_w{window}"]
    np.testing.assert_allclose(ours.data[clear], theirs[clear], rtol=0, atol=1e-12)


@there
def test_resampling_of_a_balance_board_equals_the_review_code():
    file = np.load(GOLDEN / "sway" / "irregular_wbb.npz")
    theirs = np.load(GOLDEN / "sway" / "swarii_irregular_25hz.npz")["xy"]
    # that code drops the first tenth of a second, the first and the last sample
    kept = file["t"][1:-1] >= 0.1
    t, xy = file["t"][1:-1][kept], file["xy"][1:-1][kept]
    ours = swarii(t, xy, 25.0, 0.08 - 1e-6)
    assert len(ours.t) == len(theirs) + 1
    np.testing.assert_allclose(ours.data[:-1], theirs, rtol=1e-10)
    assert np.count_nonzero(ours.filled) == 10  # the gap of 0.46 s


@pytest.mark.parametrize(
    ("key", "lissajous", "white"),
    [
        ("mean_distance", 7.48420326075, None),
        ("sway_range", 20.9450318643, None),
        ("hull_area", 163.285902587, None),
        ("path_length", 1263.32670925, None),
        ("sway_area_rate", 40.535744047, None),
        ("mean_frequency", 0.44782813409, None),
        ("fractal_dimension", 1.82898328429, None),
        ("phase_plane", 24.2242695121, None),
        ("prediction_ellipse_area", 471.039111617, 18.7535218167),
        ("spectral_power_ml", 12.495436845, None),
        ("frequency_dispersion_ml", 0.114424605637, None),
    ],
)
def test_frozen_values(key, lissajous, white):
    t = np.arange(6000) / 100
    x = 5 * np.sin(2 * np.pi * 0.25 * t)
    y = 10 * np.sin(2 * np.pi * 0.5 * t + np.pi / 3)
    ours = core_set(np.column_stack([x, y]) / 1e3, 100.0)
    assert ours[key] * mm(key) == pytest.approx(lissajous, DIGITS)
    if white is not None:
        noise = np.random.default_rng(7).standard_normal((6000, 2))
        assert noise[0, 0] == pytest.approx(0.0012301533574825742)  # the same stream
        assert core_set(noise / 1e3, 100.0)[key] * mm(key) == pytest.approx(white, 1e-9)
