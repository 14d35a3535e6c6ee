"""Make the sample recordings: virtual people, virtual sensors, the same every time.

Run it when the recording format or the virtual people change on purpose, and say in the
changelog which expected numbers moved: ``.venv/bin/python tools/make_samples.py``. With
``--final`` only the final numbers beside the recordings are written anew; with
``--drilled`` only the sittings are made, and the older samples stay what they are: the
proof that recordings of earlier versions replay.
"""

from __future__ import annotations

import json
import sys
import uuid
from dataclasses import replace
from pathlib import Path

from surefoot.recording import Header, Recorder
from surefoot.session.analyse import analyse
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.opening import rules_text
from surefoot.session.performing import Performance
from surefoot.session.replay import replay
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.session.usual import usual_sensors
from surefoot.training import lasting
from surefoot.training.agreed import Agreed
from surefoot.virtual import (
    Script,
    VirtualSource,
    clicker,
    hold_level,
    sensor_lost,
    stepping_off,
)
from surefoot.virtual.played import PlayedSource

FOLDER = Path(__file__).parent.parent / "recordings"
SECONDS = 20.0
_WALL_NS = 1_767_600_000_000_000_000
_SPACE = uuid.UUID("6f3f1a52-51d3-4f0e-9a0e-5f0d5a5f0001")

SAMPLES: dict[str, tuple[Script, str]] = {
    "rocker-steady": (hold_level(trial_s=SECONDS), "steady"),
    "rocker-unsteady": (hold_level(trial_s=SECONDS), "unsteady"),
    "rocker-steps-off": (stepping_off(trial_s=SECONDS, after=12.0), "unsteady"),
    "rocker-clicker": (clicker(trial_s=SECONDS, after=14.0), "asymmetric"),
    "rocker-sensor-lost": (sensor_lost(trial_s=SECONDS, after=10.0), "steady"),
}


DRILLED: dict[str, tuple[str, str, int]] = {
    "wobble-two-sets": ("wobble-hold-level", "unsteady", 2),
    "wood-chop": ("wood-chop", "tiring", 1),
    "limits-of-stability": ("limits-of-stability", "asymmetric", 1),
    "tandem-walk": ("tandem-walk", "unsteady", 2),
}
"""Drill, person and sets of whole sittings."""


def perform(name: str, drill_name: str, person: str, sets: int) -> Path:
    """Let a virtual person do a whole sitting, and record it."""
    path = FOLDER / f"{name}.mcap"
    path.unlink(missing_ok=True)
    drill = load_drill(drill_name)
    usual = usual_sensors(drill.roles, drill.signal)
    setup = Setup(
        {role: sensor(profile) for role, profile in usual.items()},
        drill,
        virtual=True,
        circumstances=drill.circumstances,
        rules=rules_text(),
        agreed=Agreed(sets=sets),
    )
    start_ns = PlayedSource().start_ns
    header = _dated(setup.header(), name, start_ns)
    recorder = Recorder(path, header, setup.sources)
    done = Performance(setup, person, seed=7).into(recorder)
    if done.stuck:
        msg = f"{name}: stuck in {done.stuck}"
        raise SystemExit(msg)
    _expect(path)
    return path


def make(name: str, script: Script, person: str) -> Path:
    """Play, decide and record one sample; write what a replay must give beside it."""
    path = FOLDER / f"{name}.mcap"
    path.unlink(missing_ok=True)
    source = VirtualSource(script, person=person, seed=7)
    drill = lasting(load_drill("rocker-hold-level"), SECONDS)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    setup = Setup(sensors, drill, virtual=True)
    engine = Engine(setup)
    header = _dated(setup.header(), name, source.start_ns)
    recorder = Recorder(path, header, setup.sources)
    run(source, engine, recorder.write)
    results = {
        "measures": [measure.as_json() for measure in engine.measures],
        "events": [event.as_json() for event in engine.events],
    }
    recorder.close(results)
    _expect(path)
    return path


def _dated(header: Header, name: str, start_ns: int) -> Header:
    """Return the header with the identity and the date that every making has."""
    session = {
        **header.session,
        "id": uuid.uuid5(_SPACE, name).hex,
        "anchor_ns": _WALL_NS - start_ns,
        "started": "2026-01-05T08:00:00+00:00",
        "note": "Sample: a virtual person on virtual sensors. No real person.",
    }
    return replace(header, session=session)


def _expect(path: Path) -> None:
    found = replay(path)
    if found["same_as_live"] != "to the bit":
        msg = f"{path.name}: its replay is not what was live"
        raise SystemExit(msg)
    expected = {
        "measures": found["measures"],
        "events": found["events"],
        "final": analyse(path)["measures"],
    }
    _write(path, expected)


def _write(path: Path, expected: dict[str, object]) -> None:
    text = json.dumps(expected, indent=0, sort_keys=True)
    path.with_suffix(".expected.json").write_text(text + "\n", encoding="utf-8")


def again() -> None:
    """Write the final numbers of the samples anew; the live ones stay."""
    for name in (*SAMPLES, *DRILLED):
        path = FOLDER / f"{name}.mcap"
        known = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
        _write(path, {**known, "final": analyse(path)["measures"]})


if __name__ == "__main__":
    if "--final" in sys.argv:
        again()
        SAMPLES.clear()
        DRILLED.clear()
    if "--drilled" in sys.argv:  # the older ones show that old recordings replay
        SAMPLES.clear()
    for sample, (script, person) in SAMPLES.items():
        made = make(sample, script, person)
        print(f"{made.stat().st_size / 1000:6.0f} kB  {made.name}")  # noqa: T201
    for sample, (drilled, person, sets) in DRILLED.items():
        made = perform(sample, drilled, person, sets)
        print(f"{made.stat().st_size / 1000:6.0f} kB  {made.name}")  # noqa: T201
