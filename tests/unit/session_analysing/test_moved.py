"""Repetitions that were asked for, and coming to rest after what was marked."""

import math

import numpy as np
import pytest

from surefoot.session.analyse import Options

RATE = 100.0
G = 9.80665
ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
GYR = tuple((f"gyr_{axis}", "rad/s") for axis in "xyz")
RANGE = math.radians(40.0)
LOOK = Options(repetitions=RANGE, role="trunk")


def one_way(seconds):
    """A minimum-jerk movement from 0 to 1."""
    s = np.arange(round(seconds * RATE)) / round(seconds * RATE)
    return 10 * s**3 - 15 * s**4 + 6 * s**5


def set_of(count, out=1.5, hold=0.5, back=2.0, rest=1.0):
    quiet = np.zeros(round(3 * RATE))
    up, down = one_way(out), 1 - one_way(back)
    rep = np.concatenate(
        [up, np.ones(round(hold * RATE)), down, np.zeros(round(rest * RATE))]
    )
    return RANGE * np.concatenate([quiet, *[rep] * count, quiet])


def bowing(angle, bias=0.0):
    """A sensor (x right, y forward, z up) that bows forward by an angle."""
    none = np.zeros(len(angle))
    acc = np.column_stack([none, -np.sin(angle) * G, np.cos(angle) * G])
    turning = np.column_stack([-np.gradient(angle) * RATE, none, none]) + bias
    return np.hstack([acc, turning])


@pytest.fixture
def bows(made):
    def make(angle, columns=ACC + GYR, bias=0.0):
        data = bowing(angle, bias)[:, : len(columns)]
        return made("imu", columns, np.arange(len(angle)) / RATE, data)

    return make


def test_a_set_of_known_movements(measure, bows):
    found = measure({"trunk": bows(set_of(6))}, LOOK)
    assert found["repetition_count"] == 6
    ranges = [m["value"] for m in found.all("repetition_range")]
    assert ranges == pytest.approx([RANGE] * 6, abs=math.radians(1.0))
    # the 5 % rule keeps 0.88 of a minimum-jerk movement
    outs = [m["value"] for m in found.all("repetition_time_out")]
    assert outs == pytest.approx([0.88 * 1.5] * 6, abs=0.1)
    assert len(found.all("repetition_time_rest")) == 5
    assert found["repetition_consistency"] == pytest.approx(1.0, abs=0.01)
    assert found["repetition_range_trend"] == pytest.approx(0.0, abs=1e-3)
    assert found["range_of_motion"] == pytest.approx(RANGE, abs=math.radians(1.0))


def test_each_phase_has_its_own_smoothness(measure, bows):
    found = measure({"trunk": bows(set_of(6), bias=0.01)}, LOOK)
    told = found.all("sparc")
    assert len(told) == 12
    assert [m["value"] for m in told] == pytest.approx([-1.41] * 12, abs=0.08)
    spans = [m["t1"] - m["t0"] for m in told]
    assert spans[::2] == pytest.approx([0.88 * 1.5] * 6, abs=0.1)
    assert spans[1::2] == pytest.approx([0.88 * 2.0] * 6, abs=0.1)
    assert [m["value"] for m in found.all("velocity_peaks")] == [1.0] * 12
    assert [m["value"] for m in found.all("path_ratio")] == pytest.approx(
        [1.0] * 12, abs=0.05
    )
    assert len(found.all("ldlj_v")) == 12


def test_without_a_gyroscope_there_is_no_smoothness(measure, bows):
    found = measure({"trunk": bows(set_of(5), columns=ACC)}, LOOK)
    assert found["repetition_count"] == 5
    assert found.refused["sparc"] == "needs a gyroscope: none in this recording"


def test_nobody_asked_so_nothing_is_looked_for(measure, bows):
    found = measure({"trunk": bows(set_of(5))})
    assert "--repetitions" in found.refused["repetition_count"]
    assert "--repetitions" in found.refused["sparc"]


def test_too_few_for_a_set_and_none_at_all(measure, bows):
    found = measure({"trunk": bows(set_of(2))}, LOOK)
    assert found.refused["repetition_range_trend"] == "needs 4 repetitions, got 2"
    assert found["repetition_count"] == 2
    still = measure({"trunk": bows(set_of(0) + 1e-3)}, LOOK, name="still.mcap")
    why = "no movement there and back of about 40 degrees"
    assert still.refused["repetition_count"] == why


def test_a_gap_refuses_them(measure, made):
    data, keep = bowing(set_of(4)), np.ones(len(set_of(4)), dtype=bool)
    keep[900:940] = False
    t = np.arange(len(data))[keep] / RATE
    found = measure({"trunk": made("imu", ACC + GYR, t, data[keep])}, LOOK)
    assert "without a sample at 9.0 s" in found.refused["repetition_count"]


def swing(kick=2.0):
    """Quiet, then a damped oscillation from the kick on."""
    t = np.arange(1500) / RATE
    after = np.maximum(t - kick, 0.0)
    return t, 0.15 * np.exp(-1.2 * after) * np.sin(2 * np.pi * after) * (t > kick)


def test_coming_to_rest_after_a_mark(measure, bows):
    _, angle = swing()
    marked = [(2.0, "Step down")]
    found = measure({"trunk": bows(angle)}, markers=marked)
    assert found["stabilisation_peak_time"] == pytest.approx(0.22, abs=0.05)
    assert abs(found["stabilisation_peak"]) == pytest.approx(0.12, abs=0.02)
    # exp(-1.2 t) is at a tenth after 1.9 s
    assert found["stabilisation_settling_time"] == pytest.approx(1.9, abs=0.4)
    assert found["stabilisation_overshoot"] == pytest.approx(math.exp(-0.6), abs=0.1)
    assert found.names >= {
        "stabilisation_sequential_time",
        "stabilisation_polynomial_time",
        "stabilisation_band_time",
    }
    (one,) = found.all("stabilisation_peak")
    assert (one["t0"], one["t1"]) == pytest.approx((2.0, 12.0), abs=0.02)


@pytest.mark.parametrize("label", ["note", "step"])  # a step is one of a walk
def test_without_a_mark_nothing_is_guessed(measure, bows, label):
    _, angle = swing()
    found = measure({"trunk": bows(angle)}, markers=[(2.0, label)])
    assert "none is marked" in found.refused["stabilisation_settling_time"]


def test_a_mark_near_the_end_is_too_late(measure, bows):
    _, angle = swing()
    found = measure({"trunk": bows(angle)}, markers=[(13.0, "push")])
    assert found.refused["stabilisation_peak"] == "at 13.0 s: needs 3 s, got 2 s"


def test_the_bias_of_a_gyroscope_is_that_of_its_rests():
    from surefoot.session.analysing._angle import gyr_bias

    rng = np.random.default_rng(6)
    bias = np.array([0.02, -0.01, 0.03])
    moving = rng.normal(size=(1000, 3)) * 0.5
    still = rng.normal(size=(1000, 3)) * 0.002
    found = gyr_bias(np.vstack([moving, still]) + bias, RATE)
    assert found == pytest.approx(bias, abs=1e-3)
    assert gyr_bias(moving + bias, RATE).tolist() == [0.0, 0.0, 0.0]
    assert gyr_bias(still[:50] + bias, RATE).tolist() == [0.0, 0.0, 0.0]


def test_a_bias_does_not_lengthen_the_way(measure, bows):
    found = measure({"trunk": bows(set_of(3), bias=0.03)}, LOOK)
    ratios = [m["value"] for m in found.all("path_ratio")]
    assert ratios == pytest.approx([1.0] * 6, abs=0.05)
