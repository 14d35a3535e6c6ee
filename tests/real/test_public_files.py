"""Measures of real recordings, equal to 1e-6 to plain code written for this test.

The plain code knows nothing of ours: loops, textbook sums, other libraries. Where
neurokit2 or micromotion is installed it is asked too.
"""

import math

import numpy as np
import pytest
from scipy import signal, stats
from scipy.spatial import cKDTree
from scipy.spatial.distance import pdist

from surefoot.analysis import sway, sway_dynamics

DIGITS = 1e-6


def plain_position(cop):
    away = cop - cop.mean(axis=0)
    r = np.linalg.norm(away, axis=1)
    covariance = np.cov(cop.T)
    n = len(cop)
    f = stats.f.ppf(0.95, 2, n - 2) * 2 * (n - 1) * (n + 1) / (n * (n - 2))
    values, vectors = np.linalg.eigh(covariance)
    thin = cop[:: max(1, n // 1500)]
    return {
        "mean_distance": r.mean(),
        "rms_distance": math.sqrt((r * r).mean()),
        "max_distance": r.max(),
        "sway_range_ml": np.ptp(cop[:, 0]),
        "sway_range_ap": np.ptp(cop[:, 1]),
        "direction_coefficient": np.corrcoef(cop.T)[0, 1],
        "prediction_ellipse_area": math.pi * f * math.sqrt(np.linalg.det(covariance)),
        "sway_direction": math.atan2(vectors[1, 1], vectors[0, 1]) % math.pi,
        "at least sway_range": pdist(thin).max(),
        "at least 2 hull_area": abs(area_of(thin)),
    }, values


def area_of(points):
    """Twice the area of the hull, by walking round it (Andrew)."""
    rows = sorted(map(tuple, points.tolist()))

    def half(rows):
        kept = []
        for p in rows:
            while len(kept) > 1 and turn(kept[-2], kept[-1], p) <= 0:
                kept.pop()
            kept.append(p)
        return kept[:-1]

    ring = half(rows) + half(rows[::-1])
    return sum(
        a[0] * b[1] - b[0] * a[1]
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def plain_motion(cop, t):
    """Over the times that the samples have, gaps of more than 0.2 s left out."""
    path = time = swept = 0.0
    ml, ap = (cop - cop.mean(axis=0)).T.tolist()
    for i in range(1, len(t)):
        if t[i] - t[i - 1] > 0.2:
            continue
        path += math.hypot(ml[i] - ml[i - 1], ap[i] - ap[i - 1])
        swept += abs(ml[i] * ap[i - 1] - ml[i - 1] * ap[i]) / 2
        time += t[i] - t[i - 1]
    return {
        "path_length": path,
        "mean_velocity": path / time,
        "sway_area_rate": swept / time,
    }


def plain_spectrum(x, rate):
    size = min(round(20 * rate), len(x))
    f, density = signal.welch(
        x, rate, "hann", size, noverlap=size // 2, detrend="linear"
    )
    band = (f > 0.15 - 1e-9) & (f < 5 + 1e-9)
    f, power = f[band], density[band] * (f[1] - f[0])
    mu = [(power * f**k).sum() for k in range(3)]
    half = f[(np.cumsum(power) >= 0.5 * power.sum()).argmax()]
    return {
        "spectral_power": mu[0],
        "spectral_mean_frequency": mu[1] / mu[0],
        "centroid_frequency": math.sqrt(mu[2] / mu[0]),
        "power_frequency_50": half,
        "peak_frequency": f[power.argmax()],
    }


def test_where_and_how_large(stance):
    ours = sway.core_set(stance.cop, stance.rate)
    told, values = plain_position(stance.cop)
    for name, value in told.items():
        if name == "at least sway_range":
            assert value <= ours["sway_range"] <= value * 1.01
        elif name == "at least 2 hull_area":
            assert value / 2 <= ours["hull_area"] * (1 + DIGITS) <= value / 2 * 1.02
        elif name == "sway_direction" and values[1] < 1.05 * values[0]:
            assert math.isnan(ours[name])
        else:
            assert ours[name] == pytest.approx(value, DIGITS), name


def test_how_fast(stance):
    """With times for all: they have lost rows, and the plate has steps of 0.03 s."""
    told = plain_motion(stance.cop, stance.t)
    assert sway.path_length(stance.cop, stance.rate, t=stance.t) == pytest.approx(
        told["path_length"], DIGITS
    )
    speed = sway.mean_velocity(stance.cop, stance.rate, t=stance.t)
    assert speed == pytest.approx(told["mean_velocity"], DIGITS)
    if np.abs(np.diff(stance.t) * stance.rate - 1).max() < 1e-6:
        ours = sway.core_set(stance.cop, stance.rate)
        for name, value in told.items():
            assert ours[name] == pytest.approx(value, DIGITS), name


@pytest.mark.parametrize("axis", ["ml", "ap"])
def test_which_frequencies(stance, axis):
    half = round(10 * stance.rate)  # cut: what is left of a segment is another matter
    cop = stance.cop[: len(stance.cop) // half * half]
    ours = sway.core_set(cop, stance.rate)
    x = cop[:, 0 if axis == "ml" else 1]
    for name, value in plain_spectrum(x, stance.rate).items():
        assert ours[f"{name}_{axis}"] == pytest.approx(value, DIGITS), name


@pytest.mark.parametrize("axis", [0, 1])
def test_how_regular(stance, axis):
    x = stance.cop[:, axis]
    templates = np.lib.stride_tricks.sliding_window_view(x, 3)
    counts = []
    for length in (2, 3):
        tree = cKDTree(templates[:, :length])
        met = tree.count_neighbors(tree, 0.2 * x.std(), p=math.inf)
        counts.append(int(met) - len(templates))
    plain = math.log(counts[0] / counts[1])
    assert sway_dynamics.sample_entropy(x) == pytest.approx(plain, DIGITS)


@pytest.mark.parametrize("axis", [0, 1])
def test_how_it_scales(stance, axis):
    x = stance.cop[:, axis]
    scales = sway_dynamics.dfa_scales(len(x), stance.rate)
    y = np.cumsum(x - x.mean())
    grown = []
    for s in scales:
        pieces = y[: len(y) // s * s].reshape(-1, s).T
        k = np.arange(s)
        fit = np.polynomial.polynomial.polyfit(k, pieces, 1)
        line = np.polynomial.polynomial.polyval(k, fit).T
        grown.append(math.sqrt(((pieces - line) ** 2).mean()))
    alpha = np.polyfit(np.log(scales), np.log(grown), 1)[0]
    assert sway_dynamics.dfa(x, stance.rate) == pytest.approx(alpha, DIGITS)


def test_how_far_after_a_while(stance):
    cop, rate = stance.cop, stance.rate
    lags = np.arange(1, round(10 * rate) + 1)
    msd = [((cop[k:] - cop[:-k]) ** 2).sum(axis=1).mean() for k in lags]
    time, msd = lags / rate, np.array(msd)
    near, far = time <= 1 + 1e-9, time >= 2 - 1e-9
    short, up = np.polyfit(time[near], msd[near], 1)
    long, high = np.polyfit(time[far], msd[far], 1)
    ours = sway_dynamics.stabilogram_diffusion(cop, rate)
    assert ours.short == pytest.approx(short / 2, DIGITS)
    assert ours.long == pytest.approx(long / 2, DIGITS, abs=1e-6 * short)
    meet = (high - up) / (short - long)
    assert ours.critical_time == pytest.approx(meet, DIGITS)
    slope = np.polyfit(np.log(time[near]), np.log(msd[near]), 1)[0]
    assert ours.short_exponent == pytest.approx(slope / 2, DIGITS)


def test_how_long_it_stays(stance):
    curve = sway_dynamics.sway_density_curve(stance.cop, stance.rate)
    for i in range(7, len(curve), 501):
        near = np.hypot(*(stance.cop - stance.cop[i]).T) <= 0.003
        after = np.append(near[i:], False).argmin()
        before = np.append(near[i::-1], False).argmin()
        assert curve[i] * stance.rate == pytest.approx(after + before - 1)


@pytest.mark.parametrize("motion", ["linear", "quadratic"])
def test_when_it_would_leave_the_feet(bounded, motion):
    stance, corners = bounded
    times = sway_dynamics.boundary_times(stance.cop, stance.rate, corners, motion)
    v = np.gradient(stance.cop, 1 / stance.rate, axis=0)
    a = np.gradient(v, 1 / stance.rate, axis=0) * (motion == "quadratic")
    for i in range(5, len(times), 97):
        found = []
        for p, q in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            across = np.array([p[1] - q[1], q[0] - p[0]])
            bend, speed = across @ a[i] / 2, across @ v[i]
            for root in np.roots([bend, speed, across @ (stance.cop[i] - p)]):
                at = stance.cop[i] + v[i] * root.real + a[i] * root.real**2 / 2
                share = (at - p) @ (q - p) / ((q - p) @ (q - p))
                if root.imag == 0 and root.real >= 0 and 0 <= share <= 1:
                    found.append(root.real)
        assert times[i] == pytest.approx(min(found, default=math.inf), DIGITS)


def test_against_neurokit2(stance):
    neurokit2 = pytest.importorskip("neurokit2", reason="neurokit2 is not installed")
    x = stance.cop[:, 1]
    told, _ = neurokit2.entropy_sample(x, dimension=2, tolerance=0.2 * x.std())
    assert sway_dynamics.sample_entropy(x) == pytest.approx(told, DIGITS)


def test_against_micromotion(stance):
    balance = pytest.importorskip(
        "micromotion.balance", reason="micromotion is not installed"
    )
    told = balance.cop_sway_metrics(1e3 * stance.cop, fs=stance.rate)
    ours, n = sway.core_set(stance.cop, stance.rate), len(stance.cop)
    bessel = math.sqrt(n / (n - 1))
    pairs = {
        "path_len": ours["path_length"],
        "path_rate": ours["mean_velocity"],
        "ml_range": ours["sway_range_ml"],
        "ap_range": ours["sway_range_ap"],
        "ml_sd": ours["rms_distance_ml"] * bessel,
        "ap_sd": ours["rms_distance_ap"] * bessel,
    }
    for name, value in pairs.items():
        assert 1e3 * value == pytest.approx(told[name], DIGITS), name
    # chi-squared in place of F
    quantile = 2 * (n - 1) * (n + 1) / (n * (n - 2)) * stats.f.ppf(0.95, 2, n - 2)
    area = ours["prediction_ellipse_area"] / quantile * stats.chi2.ppf(0.95, 2)
    assert 1e6 * area == pytest.approx(told["area95"], DIGITS)
