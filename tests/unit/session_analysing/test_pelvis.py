"""The pelvis on a ball: circles of known number and shape."""

import numpy as np
import pytest

ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
T = np.arange(2000) / 100.0


def tilted(ml, ap):
    """What a level sensor (x right, y forward, z up) reads when it is tilted."""
    up = np.column_stack([-np.sin(ml), -np.sin(ap), np.ones(len(ml))])
    return 9.8 * up / np.linalg.norm(up, axis=1)[:, np.newaxis]


def test_circles_round_and_to_the_right(measure, made):
    turn = 2 * np.pi * 0.25 * T  # five circles: forward, right, back, left
    acc = tilted(0.1 * np.sin(turn), 0.1 * np.cos(turn))
    found = measure({"pelvis": made("imu", ACC, T, acc)})
    assert found["pelvis_circles"] == pytest.approx(5.0, abs=0.1)
    assert found["pelvis_roundness"] == pytest.approx(1.0, abs=0.02)
    assert found["pelvis_circle_evenness"] == pytest.approx(0.0, abs=0.03)
    assert found["pelvis_range_ml"] == pytest.approx(0.2, rel=0.03)
    assert found.flags("pelvis_range_ap") == {"AXES_ASSUMED"}
    assert "a sensor on the trunk" in found.refused["trunk_jerk"]


def test_to_and_fro_is_no_circle(measure, made):
    acc = tilted(0.1 * np.sin(2 * np.pi * 0.25 * T), 0 * T)
    found = measure({"pelvis": made("imu", ACC, T, acc)})
    assert found["pelvis_circles"] == pytest.approx(0.0, abs=0.1)
    assert found["pelvis_roundness"] == pytest.approx(0.0, abs=0.02)
