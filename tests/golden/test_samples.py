"""The shipped recordings replay to the numbers beside them."""

from __future__ import annotations

import json

import pytest

from surefoot.recording import differences, open_recording, verify
from surefoot.resources import folder
from surefoot.session.analyse import analyse
from surefoot.session.replay import close, replay

SAMPLES = sorted(folder("recordings").glob("*.mcap"))
PERIOD = 1 / 104  # s, of the board's sensor


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 5


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_replay_gives_what_is_expected(path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text())
    found = replay(path)
    if not differences(open_recording(path).header.session):
        assert found["measures"] == expected["measures"]
        assert found["events"] == expected["events"]
    assert close(found["measures"], expected["measures"])
    names = [event["name"] for event in found["events"]]
    assert names == [event["name"] for event in expected["events"]]
    for event, told in zip(found["events"], expected["events"], strict=True):
        assert event["t"] == pytest.approx(told["t"], abs=PERIOD)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_intact_and_say_that_they_are_virtual(path) -> None:
    assert verify(path).ok
    session = open_recording(path).header.session
    assert session["virtual"] is True
    assert "No real person" in session["note"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_final_values_are_what_is_expected(path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text())["final"]
    found = analyse(path)["measures"]
    assert [m["name"] for m in found] == [m["name"] for m in expected]
    assert close(json.loads(json.dumps(found)), expected)


def test_final_values_are_near_the_live_ones() -> None:
    path = folder("recordings") / "rocker-unsteady.mcap"
    final = {m["name"]: m for m in analyse(path)["measures"]}
    live = {m["name"]: m for m in replay(path)["measures"]}
    assert final.keys() >= live.keys()
    for name in ("tilt_rms", "tilt_p80", "time_in_zone", "trunk_lean_rms"):
        assert final[name]["value"] == pytest.approx(live[name]["value"], rel=0.15)
        assert final[name]["value"] != live[name]["value"]
    assert "PROVISIONAL" in live["tilt_rms"]["flags"]
    assert "PROVISIONAL" not in final["tilt_rms"]["flags"]


def test_an_unscored_run_gives_a_reason_and_no_number() -> None:
    found = analyse(folder("recordings") / "rocker-sensor-lost.mcap")
    assert found["measures"] == []
    assert any("sensor lost" in refused["reason"] for refused in found["refused"])
