"""Every value of the review code (Quijoux et al. 2021): ours, or why it is not.

Of its 72 values of each signal, in cm, each one stands in exactly one of the tables
here. `docs/disagreements.md` says who is right where the two differ.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import butter, find_peaks, sosfiltfilt, welch

from surefoot.analysis.sway import Trace, core_set, sway_direction
from surefoot.analysis.sway.crossings import slope
from surefoot.analysis.sway_dynamics import sway_density, sway_density_curve

GOLDEN = Path(__file__).parents[3] / "shared" / "golden" / "sway"
pytestmark = pytest.mark.skipif(
    not GOLDEN.is_dir(), reason="the reference values are not on this machine"
)
NAMES = ["lissajous", "circle", "ou_sway", "white", "walk"]
NAMES += ["bds00001", "jythen_test", "ttb_example"]
DIGITS = 1e-9

# theirs -> ours, power of the unit of length
EQUAL = {
    "mean_value_{}": ("mean_position_{}", 1),
    "mean_distance_{}": ("mean_distance_{}", 1),
    "maximal_distance_{}": ("max_distance_{}", 1),
    "rms_{}": ("rms_distance_{}", 1),
    "range_{}": ("sway_range_{}", 1),
    "mean_frequency_{}": ("mean_frequency_{}", 0),
    "zero_crossing_SPD_{}": ("velocity_crossings_{}", 0),
    "peak_velocity_pos_SPD_{}": ("peak_velocity_positive_{}", 1),
    "peak_velocity_neg_SPD_{}": ("peak_velocity_negative_{}", 1),
    "peak_velocity_all_SPD_{}": ("peak_velocity_{}", 1),
    "mean_distance_Radius": ("mean_distance", 1),
    "maximal_distance_Radius": ("max_distance", 1),
    "rms_Radius": ("rms_distance", 1),
    "range_ML_AND_AP": ("sway_range", 1),
    "range_ratio_ML_AND_AP": ("range_ratio", 0),
    "planar_deviation_ML_AND_AP": ("planar_deviation", 1),
    "sway_area_per_second_ML_AND_AP": ("sway_area_rate", 2),
    "mean_frequency_ML_AND_AP": ("mean_frequency", 0),
}
# n samples have n - 1 steps; F wants the covariance by n - 1
SHORT_BY_ONE = {
    "mean_velocity_{}": ("mean_velocity_{}", 1),
    "mean_velocity_ML_AND_AP": ("mean_velocity", 1),
    "confidence_ellipse_area_ML_AND_AP": ("prediction_ellipse_area", 2),
}
OTHER_WAY = {  # tests of their own below
    "phase_plane_parameter_{}",
    "LFS_ML_AND_AP",
    "fractal_dimension_ML_AND_AP",
    "coefficient_sway_direction_ML_AND_AP",
    "principal_sway_direction_ML_AND_AP",
    "mean_peak_Sway_Density",
    "mean_distance_peak_Sway_Density",
}
SPECTRUM = (  # 10 s segments, a sum without its step: see the last test
    "total_power",
    "power_frequency_50",
    "power_frequency_95",
    "frequency_mode",
    "centroid_frequency",
    "frequency_dispersion",
    "energy_content_below_05",
    "energy_content_05_2",
    "energy_content_above_2",
    "frequency_quotient",
)
DIFFUSION = (  # lines through the double logarithm only, ends of their own choice
    "short_time_diffusion",
    "long_time_diffusion",
    "critical_time",
    "critical_displacement",
    "short_time_scaling",
    "long_time_scaling",
)


def spread(keys) -> set[str]:
    return {key.format(axis) for key in keys for axis in ("ML", "AP")}


def theirs(name: str) -> dict[str, float]:
    text = (GOLDEN / "jythen_raw_cm.json").read_text()
    return json.loads(text)["results"][f"{name}_mm"]


def cop_of(name: str) -> tuple[np.ndarray, float]:
    about = json.loads((GOLDEN / "signals.json").read_text())
    with np.load(GOLDEN / "signals.npz") as arrays:
        return arrays[f"{name}_mm"] / 1e3, about[f"{name}_mm"]["fs"]


def pairs(table):
    for key, (ours, power) in table.items():
        for axis in ("ML", "AP"):
            yield key.format(axis), ours.format(axis.lower()), 100.0**power


def test_no_value_is_left_out():
    known = spread([*EQUAL, *SHORT_BY_ONE, *OTHER_WAY])
    known |= spread(f"{key}_Power_Spectrum_Density_{{}}" for key in SPECTRUM)
    known |= spread(f"{key}_Diffusion_{{}}" for key in DIFFUSION)
    assert len(known) == 72
    for name in NAMES:
        assert set(theirs(name)) <= known, name


@pytest.mark.parametrize("name", NAMES)
def test_equal_or_short_by_one_sample(name):
    cop, rate = cop_of(name)
    ours, told = core_set(cop, rate), theirs(name)
    rounding = 1e-12 * max(1.0, abs(cop).max() * 1e2)  # means of nothing
    for table, factor in ((EQUAL, 1.0), (SHORT_BY_ONE, (len(cop) - 1) / len(cop))):
        for key, own, scale in pairs(table):
            expected = ours[own] * scale * factor
            assert told[key] == pytest.approx(expected, DIGITS, abs=rounding), key


@pytest.mark.parametrize("name", NAMES)
def test_the_correlation_is_the_same_where_it_is_not_rounding(name):
    cop, rate = cop_of(name)
    ours = core_set(cop, rate)["direction_coefficient"]
    told = theirs(name)["coefficient_sway_direction_ML_AND_AP"]
    assert ours == pytest.approx(np.corrcoef(cop.T)[0, 1], DIGITS, abs=1e-14)
    assert told == pytest.approx(ours, DIGITS, abs=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_direction_from_ap_without_a_side(name):
    cop, rate = cop_of(name)
    ours = sway_direction(cop, rate)
    told = theirs(name)["principal_sway_direction_ML_AND_AP"]
    if name == "circle":
        assert math.isnan(ours)
    elif not math.isnan(ours):
        away = abs(90.0 - math.degrees(ours))
        assert told == pytest.approx(away, 1e-7, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_phase_plane_with_another_slope(name):
    """Equal once the velocity is theirs, the slope of a cubic."""
    cop, rate = cop_of(name)
    trace = Trace(cop, rate)
    for axis in ("ml", "ap"):
        x = trace.along(axis)
        expected = math.hypot(x.std(), slope(x, rate).std()) * 1e2
        told = theirs(name)[f"phase_plane_parameter_{axis.upper()}"]
        assert told == pytest.approx(expected, DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_dimension_and_length_per_area_by_their_own_ellipse(name):
    """Equal once the area is theirs: F with the covariance by n."""
    cop, rate = cop_of(name)
    ours, told, n = core_set(cop, rate), theirs(name), len(cop)
    area = ours["prediction_ellipse_area"] * (n - 1) / n
    path = ours["path_length"]
    per_area = path / area / 1e2
    assert told["LFS_ML_AND_AP"] == pytest.approx(per_area, DIGITS)
    extent = math.sqrt(4 * area / math.pi)
    dimension = math.log(n) / math.log(n * extent / path)
    assert told["fractal_dimension_ML_AND_AP"] == pytest.approx(dimension, DIGITS)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"circle"}))
def test_a_stay_is_one_sample_longer(name):
    """Equal once each stay is one sample short and the curve lacks its last one."""
    cop, rate = cop_of(name)
    curve = sway_density_curve(cop, rate)[:-1] - 1 / rate
    sos = butter(4, 2.5, fs=rate, output="sos")
    height = sosfiltfilt(sos, curve)
    peaks, _ = find_peaks(height)
    told = theirs(name)
    assert told["mean_peak_Sway_Density"] == pytest.approx(height[peaks].mean(), DIGITS)
    apart = np.hypot(*np.diff(cop[peaks], axis=0).T).mean() * 1e2
    assert told["mean_distance_peak_Sway_Density"] == pytest.approx(apart, DIGITS)
    ours = sway_density(cop, rate).mean_peak
    assert ours == pytest.approx(height[peaks].mean() + 1 / rate, 1e-4)


@pytest.mark.parametrize("axis", ["ML", "AP"])
@pytest.mark.parametrize("name", NAMES)
def test_power_is_a_sum_without_its_step_over_short_segments(name, axis):
    cop, rate = cop_of(name)
    x = cop[:, 0 if axis == "ML" else 1] * 1e2
    size = min(round(10 * rate), len(x))
    f, density = welch(x, rate, "hann", size, nfft=len(x), detrend="linear")
    inside = (f >= 0.15 - 1e-9) & (f <= 5 + 1e-9)
    f, density = f[inside], density[inside]
    share = np.cumsum(density) / density.sum()
    mu = [(f**k * density).sum() for k in range(3)]
    low, high = density[f < 0.5 + 1e-9].sum(), density[f > 2 + 1e-9].sum()
    expected = {
        "total_power": mu[0],
        "power_frequency_50": f[np.searchsorted(share, 0.5)],
        "power_frequency_95": f[np.searchsorted(share, 0.95)],
        "frequency_mode": f[density.argmax()],
        "centroid_frequency": math.sqrt(mu[2] / mu[0]),
        "frequency_dispersion": math.sqrt(1 - mu[1] ** 2 / (mu[0] * mu[2])),
        "energy_content_below_05": low,
        "energy_content_05_2": mu[0] - low - high,
        "energy_content_above_2": high,
        "frequency_quotient": high / (mu[0] - high),
    }
    told = theirs(name)
    for key, value in expected.items():
        found = told[f"{key}_Power_Spectrum_Density_{axis}"]
        assert found == pytest.approx(value, 1e-6), key
