"""A board without a drill: level is its own median, handling is left out."""

import json

import numpy as np
import pytest

ACC = tuple((f"acc_{axis}", "m/s^2") for axis in "xyz")
RATE = 100.0
T = np.arange(3000) / RATE


def tipped(angle):
    return 9.8 * np.column_stack([-np.sin(angle), 0 * angle, np.cos(angle)])


@pytest.fixture
def rocking(made):
    """Rocks by 0.1 rad to either side every four seconds."""
    return made("imu", ACC, T, tipped(0.1 * np.sin(2 * np.pi * 0.25 * T)))


def test_carrying_it_is_left_out(measure, rocking, made):
    alone = measure({"board": rocking}, name="alone.mcap")
    carried = tipped(np.full(400, 1.4))  # on its side, under somebody's arm
    data = np.vstack([carried, rocking.data, carried])
    t = np.arange(len(data)) / RATE
    found = measure({"board": made("imu", ACC, t, data)})
    assert found.flags("tilt_rms") == {"NOT_LEVEL", "TRIMMED"}
    assert found["tilt_rms"] == pytest.approx(alone["tilt_rms"], rel=0.02)
    assert found["tilt_max"] < 0.115
    assert alone["tilt_rms"] == pytest.approx(0.1 / np.sqrt(2), rel=0.03)


def test_a_rate_too_slow_for_the_filters_is_told(measure, rocking, made):
    slow = made("imu", ACC, T[::10], rocking.data[::10], rate=10.0)
    (way,) = measure({"board": slow}).told["pipelines"]
    assert way["filter"] == "none: 10 Hz is too slow for 6 Hz"
    assert way["orientation"].endswith("none: 10 Hz is too slow for 4 Hz")


def test_a_board_that_is_always_carried_gives_nothing(measure, made):
    rng = np.random.default_rng(1)
    turning = rng.uniform(-3, 3, 3000).cumsum()
    found = measure({"board": made("imu", ACC, T, tipped(turning))})
    flags = found.flags("tilt_rms") if found.names else {"TRIMMED"}
    assert "TRIMMED" in flags


def test_without_a_level_no_side_is_told(measure, rocking):
    found = measure({"board": rocking})
    assert "both sides are alike" in found.refused["tilt_symmetry_ml"]
    assert "no drill here sets one" in found.refused["zone_exits"]
    assert found.told["primary"] is None
    assert found.told["circumstances"][0]["drill"] == ""


def test_a_gap_of_more_than_a_second_is_not_scored(measure, rocking, made):
    keep = np.ones(len(T), dtype=bool)
    keep[1000:1150] = False
    found = measure({"board": made("imu", ACC, T[keep], rocking.data[keep])})
    assert found.names == set()
    assert "1.5 s without data" in found.refused["tilt_rms"]
    (run,) = found.told["quality"]["runs"]
    assert run["grade"] == "not scored"


def test_the_same_quality_as_a_replay_tells(record, rocking):
    from surefoot.session.analyse import analyse
    from surefoot.session.replay import replay

    path = record({"board": rocking})
    final, live = analyse(path)["quality"], replay(path)["quality"]
    assert final["sensors"] == live["sensors"]
    for key in ("ended", "grade", "reasons", "held_on", "lost", "t0"):
        assert final["runs"][0][key] == live["runs"][0][key], key
    json.dumps(final, allow_nan=False)
