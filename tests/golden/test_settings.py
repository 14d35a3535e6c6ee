"""What filter, rate, length, SD and band make of one signal, against independent codes.

With `test_sway.py` and `test_sway_dynamics.py` every number of the reference for each
signal is compared, those that we do not offer by what they are made of.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import signal, stats
from scipy.integrate import cumulative_trapezoid

from surefoot.analysis import sway
from surefoot.analysis.sway_dynamics import dfa, template_matches

GOLDEN = Path(__file__).parents[3] / "shared" / "golden" / "sway"
pytestmark = pytest.mark.skipif(
    not GOLDEN.is_dir(), reason="the reference values are not on this machine"
)
NAMES = ["lissajous", "circle", "ou_sway", "white", "walk"]
NAMES += ["bds00001", "jythen_test", "ttb_example"]
TOLD = ["ou_sway", "bds00001", "jythen_test", "ttb_example"]
DIGITS = 1e-9
OURS = {
    "mvelo": ("mean_velocity", 1),
    "area_sw": ("sway_area_rate", 2),
    "pea95": ("prediction_ellipse_area", 2),
    "fd_ce": ("fractal_dimension", 0),
    "mfreq": ("mean_frequency", 0),
    "rms_ap": ("rms_distance_ap", 1),
}


def cop_of(name: str) -> tuple[np.ndarray, float]:
    about = json.loads((GOLDEN / "signals.json").read_text())
    with np.load(GOLDEN / "signals.npz") as arrays:
        return arrays[f"{name}_mm"] / 1e3, about[f"{name}_mm"]["fs"]


def results(file: str, name: str) -> dict:
    text = (GOLDEN / file).read_text()
    return json.loads(text)["results"][f"{name}_mm"]


def same(ours: dict[str, float], told: dict[str, float]) -> None:
    for key, value in told.items():
        name, power = OURS[key]
        assert ours[name] * 1e3**power == pytest.approx(value, DIGITS), key


@pytest.mark.parametrize("name", TOLD)
def test_low_pass_length_and_rate(name):
    cop, rate = cop_of(name)
    told = json.loads((GOLDEN / "sensitivity.json").read_text())[f"{name}_mm"]
    assert len(told) == 12
    for setting, values in told.items():
        kind, _, number = setting.rpartition("_")
        part, at = cop, rate
        if kind == "first":
            part = cop[: round(int(number.removesuffix("s")) * rate)]
        elif kind == "decimate":
            part, at = cop[:: int(number)], rate / int(number)
        elif setting != "None":
            b, a = signal.butter(4, float(setting) / (rate / 2))
            part = signal.filtfilt(b, a, cop, axis=0)
        same(sway.core_set(part, at), values)


def test_irregular_samples_on_their_own_times():
    """Ours leaves out the gap of 0.47 s, path and time; the rest is the same."""
    told = json.loads((GOLDEN / "sensitivity.json").read_text())["irregular"]
    with np.load(GOLDEN / "irregular_wbb.npz") as file:
        t, cop = file["t"], file["xy"] / 1e3
    steps, dt = np.hypot(*np.diff(cop, axis=0).T), np.diff(t)
    gap = dt > 0.2
    assert gap.sum() == 1
    time = t[-1] - t[0]
    path = told["path_over_true_T"] * time / 1e3 - steps[gap].sum()
    assert sway.path_length(cop, 64.0, t=t) == pytest.approx(path, DIGITS)
    speed = path / (time - dt[gap].sum())
    assert sway.mean_velocity(cop, 64.0, t=t) == pytest.approx(speed, DIGITS)
    # a mean over time: the two samples at the gap weigh a sample's time, not half of it
    rms = told["rms_ap_time_weighted"] / 1e3
    assert sway.rms_distance(cop, 64.0, "ap", t=t) == pytest.approx(rms, 5e-3)


@pytest.mark.parametrize("name", NAMES)
def test_other_forms_of_the_same_spread(name):
    cop, rate = cop_of(name)
    told, n = results("reference_mm.json", name)["positional"], len(cop)
    ours = sway.core_set(cop, rate)
    bessel = math.sqrt(n / (n - 1))
    for axis in ("ml", "ap"):
        deviation = ours[f"rms_distance_{axis}"] * bessel * 1e3
        assert deviation == pytest.approx(told[f"sd_{axis}_ddof1"], DIGITS)
    ellipse = sway.prieto_ellipse(cop, rate)
    inflate = n / (n - 1) / 6.0 * 1e6  # 2 F = 6, ddof 1 there
    variances = ellipse.major**2 * inflate, ellipse.minor**2 * inflate
    assert variances == pytest.approx((told["eig_major"], told["eig_minor"]), DIGITS)
    area = ellipse.area * 1e6 / 6.0
    chi2 = stats.chi2.ppf(0.95, 2)
    assert area * chi2 == pytest.approx(told["pea95_chi2_ddof0"], DIGITS)
    area *= n / (n - 1)
    assert area * chi2 == pytest.approx(told["pea95_chi2_ddof1"], DIGITS)
    of_mean = area * 2 * (n - 1) / (n * (n - 2)) * stats.f.ppf(0.95, 2, n - 2)
    assert of_mean == pytest.approx(told["confidence_ellipse_of_mean_95"], DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_totals_and_rates_of_the_same_path(name):
    cop, rate = cop_of(name)
    told = results("reference_mm.json", name)["dynamic"]
    time = (len(cop) - 1) / rate
    ours = sway.core_set(cop, rate)
    swept = ours["sway_area_rate"] * time * 1e6
    assert swept == pytest.approx(told["area_sw_total"], DIGITS)
    per_time = ours["prediction_ellipse_area"] / time * 1e6
    assert per_time == pytest.approx(told["pea95_over_T"], DIGITS)


@pytest.mark.parametrize("axis", ["ml", "ap"])
@pytest.mark.parametrize("name", NAMES)
def test_entropy_with_the_other_standard_deviation(name, axis):
    x = cop_of(name)[0][:, 0 if axis == "ml" else 1]
    told = results("neurokit2_mm.json", name)[f"sampen_m2_r0.2sd_ddof1_{axis}"]
    found = template_matches(x, 2, 0.2 * x.std(ddof=1))
    assert math.log(found.shorter / found.longer) == pytest.approx(told, DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_the_other_percentiles_are_of_the_whole_band(name):
    """Half of the record, constant detrend, from 0 Hz, trapezoids: drift is counted."""
    cop, rate = cop_of(name)
    told, x = results("bmc_mm.json", name), cop * 1e3
    for axis, column in (("ml", x[:, 0]), ("ap", x[:, 1])):
        size = len(column) // 2
        f, density = signal.welch(column, rate, "hann", size, detrend="constant")
        total = np.trapezoid(density, f)
        assert told[f"psd_{axis}_power_mm2"] == pytest.approx(total, 1e-8)
        assert told[f"psd_{axis}_fpeak"] == pytest.approx(f[density.argmax()], 1e-8)
        share = cumulative_trapezoid(density, f, initial=0) / total
        for percent in (50, 80, 95):
            # two rhythms may share the power evenly: then rounding takes one of two
            near = [f[(share >= percent / 100 + e).argmax()] for e in (-1e-9, 1e-9)]
            off = min(abs(told[f"psd_{axis}_f{percent}"] - line) for line in near)
            assert off < 1e-9
        mean = np.trapezoid(f * density, f) / total
        assert told[f"psd_{axis}_mpf"] == pytest.approx(mean, 1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_the_other_ellipse_lies_where_ours_does(name):
    """Its first angle is that of the longer axis, with a sign that means nothing."""
    cop, rate = cop_of(name)
    told = results("bmc_mm.json", name)
    ours = sway.core_set(cop, rate)
    centre = [1e3 * ours[f"mean_position_{axis}"] for axis in ("ml", "ap")]
    assert centre == pytest.approx(told["center"], DIGITS, abs=1e-10)
    if not math.isnan(ours["sway_direction"]):
        away = (told["angles"][0] - math.degrees(ours["sway_direction"])) % 180
        assert min(away, 180 - away) < 1e-7


@pytest.mark.parametrize("name", ["ou_sway", "white", "walk", "bds00001"])
def test_scales_make_the_difference_between_exponents(name):
    """neurokit2 0.2.13 and ours agree on what is rough and what is smooth, not more."""
    cop, rate = cop_of(name)
    told = results("neurokit2_mm.json", name)
    for axis, x in zip(("ml", "ap"), cop.T, strict=True):
        assert dfa(x, rate) == pytest.approx(told[f"dfa_default_{axis}"], abs=0.26)
