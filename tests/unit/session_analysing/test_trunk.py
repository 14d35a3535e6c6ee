"""A sensor on the trunk alone: known accelerations, known leans, unknown facing."""

import math

import numpy as np
import pytest

RATE = 100.0
G = 9.80665
ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
GYR = tuple((f"gyr_{axis}", "rad/s") for axis in "xyz")
T = np.arange(3000) / RATE


def pushed(ml, ap):
    """Accelerations of an upright sensor: x right, y forward, z up."""
    return np.column_stack([ml, ap, np.full(len(T), G)])


def leaning(angle):
    """A sensor that leans to the right and back, with its gyroscope."""
    acc = np.column_stack([-np.sin(angle) * G, 0 * T, np.cos(angle) * G])
    turning = np.column_stack([0 * T, np.gradient(angle) * RATE, 0 * T])
    return np.hstack([acc, turning])


@pytest.fixture
def rocking(made):
    """Sways 0.2 m/s^2 sideways at 0.5 Hz and 0.1 forth and back at 1 Hz."""
    ml = 0.2 * np.sin(2 * np.pi * 0.5 * T)
    ap = 0.1 * np.sin(2 * np.pi * 1.0 * T)
    return made("imu", ACC, T, pushed(ml, ap))


def test_accelerations_of_known_size(measure, rocking):
    found = measure({"trunk": rocking})
    assert found["trunk_rms_ml"] == pytest.approx(0.2 / math.sqrt(2), rel=0.02)
    assert found["trunk_rms_ap"] == pytest.approx(0.1 / math.sqrt(2), rel=0.02)
    assert found["trunk_power_frequency_50_ml"] == pytest.approx(0.5, abs=0.06)
    assert found["trunk_power_frequency_50_ap"] == pytest.approx(1.0, abs=0.06)
    per_second = (math.pi * 0.5 * 0.2) ** 2 + (math.pi * 1.0 * 0.1) ** 2
    assert found["trunk_jerk_rate"] == pytest.approx(per_second, rel=0.05)
    assert found["trunk_jerk"] == pytest.approx(per_second * 30, rel=0.05)
    assert found.flags("trunk_rms_ml") == {"AXES_ASSUMED"}
    assert found.flags("trunk_rms") == set()
    assert "needs a gyroscope" not in found.refused


def test_a_sensor_on_its_side_gives_only_what_has_no_direction(measure, rocking, made):
    turned = made("imu", ACC, T, rocking.data[:, [2, 0, 1]])
    upright = measure({"trunk": rocking}, name="upright.mcap")
    found = measure({"trunk": turned})
    for name in ("trunk_rms", "trunk_path", "trunk_jerk", "trunk_lean_rms"):
        assert found[name] == pytest.approx(upright[name], rel=1e-3)
    for name in ("trunk_rms_ml", "trunk_angle_rms_ap", "trunk_centroid_frequency_ap"):
        assert "which way the sensor faces" in found.refused[name]


def test_its_mounting_says_which_way_it_faces(measure, rocking, made, tmp_path):
    from surefoot.session.analyse import Options

    turned = made("imu", ACC, T, rocking.data[:, [2, 0, 1]])
    # rows: right, forward and up in the sensor's frame
    mounting = "[[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]"
    path = tmp_path / "worn.toml"
    path.write_text(f"schema = 1\nmounting = {mounting}\n")
    options = Options(calibration=path, role="trunk")
    found = measure({"trunk": turned}, options)
    assert found["trunk_rms_ml"] == pytest.approx(0.2 / math.sqrt(2), rel=0.02)
    assert found.flags("trunk_rms_ml") == set()


def test_a_lean_of_known_size(measure, made):
    angle = 0.05 * np.sin(2 * np.pi * 0.25 * T)
    found = measure({"trunk": made("imu", ACC + GYR, T, leaning(angle))})
    assert found["trunk_lean_rms"] == pytest.approx(0.05 / math.sqrt(2), rel=0.03)
    assert found["trunk_angle_rms_ml"] == pytest.approx(0.05 / math.sqrt(2), rel=0.03)
    assert found["trunk_angle_rms_ap"] == pytest.approx(0.0, abs=2e-3)


def test_a_gap_refuses_the_accelerations_and_not_the_lean(measure, rocking, made):
    keep = np.ones(len(T), dtype=bool)
    keep[1000:1050] = False
    found = measure({"trunk": made("imu", ACC, T[keep], rocking.data[keep])})
    assert "0.51 s without a sample at 10.0 s" in found.refused["trunk_jerk"]
    assert found.flags("trunk_lean_rms") == {"GAP"}


def test_putting_it_on_is_left_out(measure, rocking, made):
    head = np.column_stack([0 * T[:500], 0 * T[:500], np.full(500, -G)])
    t = np.arange(3500) / RATE
    found = measure({"trunk": made("imu", ACC, t, np.vstack([head, rocking.data]))})
    assert found.flags("trunk_rms") == {"TRIMMED"}
    (one,) = found.all("trunk_rms")
    assert one["t0"] == pytest.approx(5.5, abs=0.3)


def test_a_board_beside_it_is_measured_too(measure, rocking, made):
    tipping = leaning(0.1 * np.sign(np.sin(2 * np.pi * 0.2 * T)))[:, :3]
    board = made("imu", ACC, T, tipping)
    found = measure({"board": board, "trunk": rocking})
    assert {"tilt_rms", "trunk_rms"} <= found.names
    assert found["tilt_rms_ml"] == pytest.approx(0.1, rel=0.05)
    assert "no drill here sets one" in found.refused["time_in_zone"]
    assert "not levelled" in found.refused["edge_contacts"]


def test_the_unsteady_clock_of_a_phone_does_not_matter(measure, rocking, made):
    rng = np.random.default_rng(4)
    t = T + rng.uniform(0, 0.004, len(T))  # up to four tenths of a period late
    phone = made("imu", ACC, t, rocking.data)
    steady = measure({"trunk": rocking}, name="steady.mcap")
    found = measure({"trunk": phone})
    assert found["trunk_rms_ml"] == pytest.approx(steady["trunk_rms_ml"], rel=0.02)
    assert "FILLED" not in found.flags("trunk_rms_ml")


def test_angles_of_uneven_samples_are_told_as_such(measure, rocking, made):
    t = np.cumsum(np.random.default_rng(4).uniform(0.005, 0.02, len(T)))
    found = measure({"trunk": made("imu", ACC, t, rocking.data, rate=80.0)})
    assert "UNEVEN" in found.flags("trunk_lean_rms")
    (way,) = (p for p in found.told["pipelines"] if "trunk_lean_rms" in p["measures"])
    assert way["sampling"].startswith("uneven")
    even = measure({"trunk": rocking}, name="even.mcap")
    assert "UNEVEN" not in even.flags("trunk_lean_rms")


def test_samples_here_and_there_have_no_acceleration_to_give(measure, rocking, made):
    rng = np.random.default_rng(4)
    keep = np.sort(rng.choice(len(T), len(T) // 2, replace=False))
    found = measure({"trunk": made("imu", ACC, T[keep], rocking.data[keep])})
    assert "evenly spaced" in found.refused.get("trunk_rms_ml", "") or not found.names


def test_a_shaking_belt_is_filtered_out(measure, rocking, made):
    shaken = rocking.data.copy()
    shaken[:, 0] += 0.3 * np.sin(2 * np.pi * 18.0 * T)
    steady = measure({"trunk": rocking}, name="steady.mcap")
    found = measure({"trunk": made("imu", ACC, T, shaken)})
    assert found["trunk_jerk"] == pytest.approx(steady["trunk_jerk"], rel=0.1)
