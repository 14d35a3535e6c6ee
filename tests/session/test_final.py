"""Final values are kept beside a recording when it closes, and never change."""

import json
import threading
from types import SimpleNamespace

import pytest

from surefoot.core import RecordingError
from surefoot.recording import Recorder, open_recording, verify
from surefoot.session.analyse import Options, analyse
from surefoot.session.engine import Engine
from surefoot.session.final import keep_finals, results_path, store, stored
from surefoot.session.loop import run
from surefoot.session.replay import replay
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.training import lasting
from surefoot.virtual import VirtualSource, hold_level


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A drill of six seconds by a virtual person, recorded while it was decided."""
    source = VirtualSource(hold_level(trial_s=6), person="unsteady", seed=1)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    setup = Setup(sensors, lasting(load_drill("rocker-hold-level"), 6.0), virtual=True)
    engine = Engine(setup)
    path = tmp_path_factory.mktemp("final") / "drill.mcap"
    recorder = Recorder(path, setup.header(), setup.sources)
    run(source, engine, recorder.write)
    results = {
        "measures": [measure.as_json() for measure in engine.measures],
        "events": [event.as_json() for event in engine.events],
    }
    recorder.close(results)
    return SimpleNamespace(path=path, results=results)


@pytest.fixture
def copy(made, tmp_path):
    path = tmp_path / "drill.mcap"
    path.write_bytes(made.path.read_bytes())
    return path


def test_what_is_kept_is_what_is_found_later_to_the_bit(copy):
    before = copy.read_bytes()
    assert keep_finals(copy) == ""
    (row,) = stored(copy)
    later = json.loads(json.dumps(analyse(copy)))
    assert row["measures"] == later["measures"] != []
    for part in ("key", "id", "pipeline", "pipelines", "circumstances", "primary"):
        assert row[part] == later[part]
    assert row["primary"] == later["measures"][0]["name"] == "tilt_rms"
    assert copy.read_bytes() == before
    assert verify(copy).ok


def test_live_values_stay_provisional_and_apart(copy, made):
    keep_finals(copy)
    live = replay(copy)
    assert live["same_as_live"] == "to the bit"
    assert live["measures"] == made.results["measures"]
    assert open_recording(copy).results == made.results
    assert all("PROVISIONAL" in m["flags"] for m in live["measures"])
    (row,) = stored(copy)
    assert not any("PROVISIONAL" in m["flags"] for m in row["measures"])
    last = {m["name"]: m["value"] for m in live["measures"]}
    finals = {m["name"]: m["value"] for m in row["measures"]}
    assert last["tilt_rms"] != finals["tilt_rms"]
    assert last["tilt_rms"] == pytest.approx(finals["tilt_rms"], rel=0.15)


def test_one_line_for_each_way_of_measuring(copy):
    found = analyse(copy)
    assert store(found, copy)
    assert not store(found, copy)
    before = results_path(copy).read_bytes()
    assert store(analyse(copy, Options(repetitions=0.1)), copy)
    assert results_path(copy).read_bytes().startswith(before)
    assert len(stored(copy)) == 2


def test_a_torn_or_changed_line_is_left_out_and_kept_on_disk(copy):
    found = analyse(copy)
    store(found, copy)
    path = results_path(copy)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])  # killed while it was written
    assert stored(copy) == []
    assert store(found, copy)
    assert len(stored(copy)) == 1
    assert path.read_bytes().startswith(whole[:-40] + b"\n")
    value = repr(found["measures"][0]["value"]).encode()
    path.write_bytes(whole.replace(value, b"0.001"))
    assert stored(copy) == []
    path.write_bytes(
        b'[1]\nnull\n{"row": 3}\n{"row": {}, "sha256": "x"}\n\xff\n' + whole
    )
    assert len(stored(copy)) == 1


def test_two_at_once_both_stay(copy):
    found = analyse(copy)
    rows = [{**found, "key": {**found["key"], "options": str(i)}} for i in range(8)]
    threads = [threading.Thread(target=store, args=(row, copy)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row["key"]["options"] for row in stored(copy)} == set("01234567")


def test_no_room_loses_nothing_and_is_said(copy, monkeypatch):
    import os

    found = analyse(copy)
    store({**found, "key": {}}, copy)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(RecordingError, match="No space left"):
        store(found, copy)
    trouble = keep_finals(copy)
    assert "the recording is whole" in trouble
    assert "surefoot analyze --store" in trouble
    assert len(stored(copy)) == 1
    assert verify(copy).ok


def test_results_are_named_after_the_recording(tmp_path):
    path = tmp_path / "2026-01-05_080000.mcap"
    assert results_path(path).name == "2026-01-05_080000.results.jsonl"
    assert results_path(tmp_path / "a.b.mcap.part").name == "a.b.results.jsonl"
    assert stored(path) == []
