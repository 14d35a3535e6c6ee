"""Force boards and the trunk are measured live, and replayed to the bit."""

from __future__ import annotations

import dataclasses

import pytest

from surefoot.recording import Recorder
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.replay import replay
from surefoot.session.setup import Setup, from_header, sensor
from surefoot.stream.sway_meter import SWAY_UNITS
from surefoot.stream.trunk_meter import TRUNK_UNITS
from surefoot.virtual import Firmware, VirtualSource, hold_level


@pytest.fixture(scope="module")
def stood(tmp_path_factory: pytest.TempPathFactory):
    """Somebody stands on a force board, with a sensor on the trunk; no drill."""
    path = tmp_path_factory.mktemp("windows") / "stood.mcap"
    units = {"board": Firmware("surefoot-board"), "trunk": Firmware("surefoot-sketch")}
    source = VirtualSource(hold_level(trial_s=14), units=units)
    sensors = {role: sensor(unit.profile) for role, unit in units.items()}
    setup = Setup(sensors, None, virtual=True)
    engine = Engine(setup)
    recorder = Recorder(path, setup.header(), setup.sources)
    run(source, engine, recorder.write)
    results = {
        "measures": [m.as_json() for m in engine.measures],
        "events": [e.as_json() for e in engine.events],
    }
    recorder.close(results)
    return path, setup, engine, source


def test_both_are_measured_live_and_shown(stood) -> None:
    _, _, engine, _ = stood
    assert engine.faults == []
    names = {m.name for m in engine.measures}
    assert {*SWAY_UNITS, *TRUNK_UNITS} <= names
    assert {*SWAY_UNITS, *TRUNK_UNITS} <= {m.name for m in engine.state().measures}
    assert all("PROVISIONAL" in m.flags for m in engine.measures)


def test_they_replay_to_the_bit(stood) -> None:
    path, *_ = stood
    again = replay(path)
    assert again["same_as_live"] == "to the bit"
    assert len(again["measures"]) > 50


@pytest.mark.parametrize("coalesce", [7, 100_000])
def test_how_many_packets_wait_changes_nothing(stood, coalesce) -> None:
    _, setup, live, source = stood
    engine = Engine(setup, coalesce=coalesce)
    for packet in source.packets():
        engine.feed(packet)
    engine.close()
    assert [repr(m) for m in engine.measures] == [repr(m) for m in live.measures]


def test_a_recording_from_before_replays_as_it_was(stood) -> None:
    _, setup, _, source = stood
    header = setup.header()
    assert from_header(header).live == 2
    session = {k: v for k, v in header.session.items() if k != "live"}
    old = from_header(dataclasses.replace(header, session=session))
    engine = Engine(old)
    for packet in source.packets():
        engine.feed(packet)
    engine.close()
    assert engine.measures == []


def test_with_a_drill_the_trunk_is_measured_in_runs_only(sitting) -> None:
    made = sitting(hold_level(trial_s=14), seconds=14.0)
    assert replay(made.path)["same_as_live"] == "to the bit"
    (result,) = made.engine.results
    found = [m for m in made.engine.measures if m.name in TRUNK_UNITS]
    ends = sorted({m.t1 - result.start for m in found})
    assert ends == pytest.approx([10.0, 11.0, 12.0, 13.0, 14.0])
    assert all(m.t0 >= result.start and m.t1 <= result.end + 1e-9 for m in found)
    assert all(m.value > 0 for m in found)
