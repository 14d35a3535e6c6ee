"""Low back and hip in a bend of known shares."""

import math

import numpy as np
import pytest

from surefoot.session.analyse import Options

RATE = 100.0
G = 9.80665
ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
GYR = tuple((f"gyr_{axis}", "rad/s") for axis in "xyz")
RANGE = math.radians(50.0)
LOOK = Options(repetitions=RANGE, role="trunk")
LATE = 0.2  # s; the hips follow


def bow(shift=0.0):
    """Four bows of 2 s down and 2 s up, with rests; 0 to 1."""
    t = np.arange(2400) / RATE - 2.0 - shift
    within = np.mod(t, 5.0)
    active = (t >= 0) & (t < 20) & (within < 4.0)
    return np.where(active, 0.5 - 0.5 * np.cos(np.pi * within / 2.0), 0.0)


def worn(made, angle):
    none = np.zeros(len(angle))
    acc = np.column_stack([none, -np.sin(angle) * G, np.cos(angle) * G])
    gyr = np.column_stack([-np.gradient(angle) * RATE, none, none])
    return made("imu", ACC + GYR, np.arange(len(angle)) / RATE, np.hstack([acc, gyr]))


@pytest.fixture
def pair(made):
    """The low back takes 60 % of the bend and goes first."""
    pelvis = 0.4 * RANGE * bow(LATE)
    return {
        "trunk": worn(made, 0.6 * RANGE * bow() + pelvis),
        "pelvis": worn(made, pelvis),
    }


def test_shares_and_order(measure, pair):
    found = measure(pair, LOOK)
    shares = [m["value"] for m in found.all("lumbar_share")]
    assert shares == pytest.approx([0.6] * 4, abs=0.03)
    first = [m["value"] for m in found.all("lumbar_share_quarter_1")]
    last = [m["value"] for m in found.all("lumbar_share_quarter_4")]
    assert min(first) > max(last)  # what goes first has the first quarter
    leads = [m["value"] for m in found.all("lumbar_lead")]
    assert leads == pytest.approx([LATE] * 4, abs=0.03)
    delays = [m["value"] for m in found.all("lumbar_halfway_delay")]
    assert delays == pytest.approx([LATE] * 4, abs=0.05)
    assert 0 < found["lumbar_relative_phase"] < 1


def test_nobody_asked(measure, pair):
    found = measure(pair)
    assert "--repetitions" in found.refused["lumbar_share"]


def test_one_that_faces_elsewhere(measure, pair, made):
    side = pair["pelvis"].data[:, [2, 0, 1, 5, 3, 4]]
    pair["pelvis"] = made("imu", ACC + GYR, pair["pelvis"].t, side)
    found = measure(pair, LOOK)
    assert found.refused["lumbar_share"].startswith("pelvis: which way")


def test_one_sensor_is_not_two(measure, pair):
    found = measure({"trunk": pair["trunk"]}, LOOK)
    assert "not both in this recording" in found.refused["lumbar_share"]
