"""Sensors that no drill looks at, decoded in the same pass or by a second process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.recording import Recorder
from surefoot.session.analyse import analyse
from surefoot.session.analysing import _material
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.training import lasting
from surefoot.virtual import UNITS, Firmware, VirtualSource, hold_level

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def recorded(path: Path) -> Path:
    """Return a recording with a third sensor that nothing is decided by."""
    units = {**UNITS, "head": Firmware("movesense", drift_ppm=12.0)}
    source = VirtualSource(hold_level(trial_s=6), units=units)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    drill = lasting(load_drill("rocker-hold-level"), 6.0)
    setup = Setup(sensors, drill, virtual=True)
    recorder = Recorder(path, setup.header(), setup.sources)
    run(source, Engine(setup), recorder.write)
    recorder.close({})
    return path


def test_a_second_process_gives_the_same_to_the_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = recorded(tmp_path / "three.mcap")
    alone = analyse(path)
    monkeypatch.setattr(_material, "_LARGE", 0)
    assert analyse(path, workers=2) == alone
    roles = [told["role"] for told in alone["quality"]["sensors"]]
    assert sorted(roles) == ["board", "head", "trunk"]
    head = next(t for t in alone["quality"]["sensors"] if t["role"] == "head")
    assert head["samples"] > 500


def test_small_files_and_one_worker_take_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        msg = "no process was asked for"
        raise AssertionError(msg)

    path = recorded(tmp_path / "three.mcap")
    monkeypatch.setattr(_material, "ProcessPoolExecutor", refused)
    analyse(path, workers=2)
    monkeypatch.setattr(_material, "_LARGE", 0)
    analyse(path, workers=1)
