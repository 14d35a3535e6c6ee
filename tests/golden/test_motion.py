"""Motion measures against values computed by independent codes, 12 digits.

They live beside the checkout and are not part of it; without them this file says so. A
few of the numbers are frozen in the unit tests as well.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from surefoot.analysis import smoothness
from surefoot.analysis.ellipsoid import fit_ellipsoid
from surefoot.analysis.repetitions import find_repetitions
from surefoot.analysis.wii_board import cell_loads, centre_of_pressure
from surefoot.core import Block, StreamInfo
from surefoot.stream import ZigZag

GOLDEN = Path(__file__).parents[2].parent / "shared" / "golden" / "motion"
DIGITS = 1e-9

pytestmark = pytest.mark.skipif(
    not GOLDEN.is_dir(), reason="no golden values beside the checkout"
)


def results(kind: str) -> dict[str, Any]:
    if not GOLDEN.is_dir():
        return {}
    found = json.loads((GOLDEN / "smoothness_golden.json").read_text())["results"]
    return {name: told for name, told in found.items() if told.get("kind") == kind}


def samples(name: str) -> np.ndarray:
    with np.load(GOLDEN / "smoothness_signals.npz") as signals:
        return signals[name]


def table(name: str) -> dict[str, np.ndarray]:
    with np.load(GOLDEN / name) as found:
        return dict(found)


def close(value: float) -> Any:
    return pytest.approx(value, rel=DIGITS)


def test_there_is_something_to_compare_with() -> None:
    assert len(results("speed1d")) == 27
    assert len(results("imu")) == 15


@pytest.mark.parametrize("name", results("speed1d"))
def test_speed_profiles(name: str) -> None:
    told, speed = results("speed1d")[name], samples(name)
    rate = told["fs"]
    for cutoff in (5, 10, 20):
        arc = smoothness.spectral_arc(speed, rate, cutoff=cutoff)
        assert arc.length == close(told[f"sparc_pad4_fc{cutoff}_th0.05"])
        assert arc.high == close(told[f"cutoff_hz_pad4_fc{cutoff}"])
        assert arc.low == close(told[f"first_hz_pad4_fc{cutoff}"])
    other = smoothness.spectral_arc_length(speed, rate, padlevel=2)
    assert other == close(told["sparc_pad2_fc10_th0.05"])
    other = smoothness.spectral_arc_length(speed, rate, threshold=0.1)
    assert other == close(told["sparc_pad4_fc10_th0.10"])
    assert smoothness.dimensionless_jerk(speed, rate) == close(told["dlj_v"])
    assert smoothness.log_dimensionless_jerk(speed, rate) == close(told["ldlj_v"])
    assert smoothness.velocity_peaks(speed, rate) == told["n_peaks_prom5pct"]
    mean = told["speed_metric_mean_over_peak"]
    assert smoothness.speed_metric(speed, rate) == pytest.approx(
        mean, rel=DIGITS, abs=1e-12
    )


@pytest.mark.parametrize("name", results("imu"))
def test_gyroscopes(name: str) -> None:
    told, gyr = results("imu")[name], samples(f"{name}__gyr")
    rate = told["fs"]
    speed = smoothness.angular_speed(gyr)
    arc = smoothness.spectral_arc_length(speed, rate)
    assert arc == close(told["sparc_gyrnorm_fc10"])
    arc = smoothness.spectral_arc_length(speed, rate, cutoff=20.0)
    assert arc == close(told["sparc_gyrnorm_fc20"])
    assert smoothness.log_dimensionless_jerk(gyr, rate) == close(told["ldljv_gyr3d"])
    norm = smoothness.log_dimensionless_jerk(speed, rate)
    assert norm == close(told["ldljv_gyrnorm"])


def test_a_translation_in_three_dimensions() -> None:
    told, velocity = results("trans3d")["trans3d"], samples("trans3d__vel")
    speed = smoothness.angular_speed(velocity)  # a norm is a norm
    assert smoothness.spectral_arc_length(speed, 100.0) == close(told["sparc_speed"])
    assert smoothness.log_dimensionless_jerk(velocity, 100.0) == close(told["ldljv"])


def ldlj_of_acceleration(acc: np.ndarray, gyr: np.ndarray, rate: float) -> float:
    """The published form: raw acceleration less its mean, jerk freed of rotation."""
    away = acc - acc.mean(axis=0)
    jerk = np.diff(acc, axis=0, prepend=acc[:1]) * rate - np.cross(acc, gyr)
    peak = (away * away).sum(axis=1).max()
    return -math.log(len(acc) / rate / peak * (jerk * jerk).sum() / rate)


def test_why_smoothness_takes_no_accelerometer() -> None:
    """One movement, three axes to turn about: it should be one number."""
    found, truth = {}, {}
    for axis in ("vert", "oblique", "horiz"):
        name = f"rot60_{axis}_fs100"
        told = results("imu")[name]
        acc, gyr = samples(f"{name}__acc"), samples(f"{name}__gyr")
        found[axis] = ldlj_of_acceleration(acc, gyr, 100.0)
        truth[axis] = told["ldlja_true_world_accel"]
        assert found[axis] == pytest.approx(told["ldlja_imu_monalysa_fixed"], rel=1e-6)
        assert told["sgr"] < 1.05  # below what its authors ask for
    assert truth == pytest.approx(dict.fromkeys(truth, -3.389), abs=0.001)
    assert found["vert"] == pytest.approx(truth["vert"], abs=0.01)
    assert found["oblique"] > truth["oblique"] + 3.0
    assert found["horiz"] > 0.0 > -3.073  # better than the best there can be


def test_repetitions_live_and_final() -> None:
    told = table("reps_golden_fs100.npz")
    target = math.radians(60)
    angle, rate = np.radians(told["angle"]), np.radians(told["rate"])
    reps = find_repetitions(angle, 100.0, target, velocity=rate)
    true = told["events"]
    found = [(r.out.start, r.out.stop, r.back.start, r.back.stop) for r in reps]
    error = np.abs(np.array(found) / 100.0 - true[:, :4])
    assert np.median(error) < 0.15
    assert error.max() < 0.25
    ranges = np.degrees([r.extent for r in reps])
    assert np.sqrt(np.mean((ranges - true[:, 4]) ** 2)) < 1.3
    share = [(r.out.stop - r.out.start) / 100.0 for r in reps] / (
        true[:, 1] - true[:, 0]
    )
    assert np.mean(share) == pytest.approx(0.884, abs=0.02)


def test_live_turns_are_those_of_the_independent_zig_zag() -> None:
    told = table("reps_golden_fs100.npz")
    info = StreamInfo("trunk/angle", ("bend",), ("rad",), 100.0)
    block = Block(info, told["t"], np.radians(told["angle"])[:, np.newaxis])
    events = ZigZag(math.radians(60), "bend").feed(block)
    turns = [event.detail for event in events if event.name == "turn"]
    assert [t["deg"] for t in turns] == pytest.approx(
        told["causal_pivots"][:, 0], abs=0.006
    )
    assert [t["at"] for t in turns] == pytest.approx(
        told["causal_pivots"][:, 1] / 100.0
    )


def test_the_ellipsoid() -> None:
    told = table("acc_ellipsoid_golden.npz")
    fit = fit_ellipsoid(told["P"], gravity=9.81)
    assert fit.refusals == ()
    assert fit.matrix == pytest.approx(told["T"], abs=1e-9)
    assert fit.bias == pytest.approx(told["b"], abs=1e-9)
    assert fit.residuals == pytest.approx(told["resid"], abs=1e-9)


def test_the_balance_board() -> None:
    told = json.loads((GOLDEN / "wbb_golden.json").read_text())
    loads = cell_loads(told["raw"], told["cal"])
    assert loads == pytest.approx(np.array(told["kg"]), rel=DIGITS)
    cop = 1000.0 * centre_of_pressure(loads, least=-math.inf)
    expected = np.array([told["cop_x_mm"], told["cop_y_mm"]], dtype=float).T
    assert cop == pytest.approx(expected, rel=DIGITS, nan_ok=True)
    assert np.isnan(centre_of_pressure(loads)[[0, 3]]).all()  # nobody on it
