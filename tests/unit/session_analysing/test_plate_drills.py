"""Drills on a force board: final values of the runs that the session had."""

from __future__ import annotations

import pytest

from surefoot.analysis.sway import mean_velocity
from surefoot.recording import open_recording
from surefoot.session.analyse import Options, analyse
from surefoot.session.analysing import examine
from surefoot.session.opening import rules_text
from surefoot.session.performing import Performance
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.session.usual import usual_sensors
from surefoot.training.agreed import Agreed


def performed(name, to, sets):
    drill = load_drill(name)
    wanted = usual_sensors(drill.roles, drill.signal)
    sensors = {role: sensor(profile) for role, profile in wanted.items()}
    setup = Setup(
        sensors, drill, virtual=True, rules=rules_text(), agreed=Agreed(sets=sets)
    )
    return Performance(setup, "steady").run(to)


def test_a_run_of_a_force_board_drill_is_measured(tmp_path) -> None:
    done = performed("mctsib", tmp_path / "stood.mcap", 1)
    examined = examine(done.path, Options(lowpass=None))
    told = examined.found
    runs = told["quality"]["runs"]
    assert [run["t0"] for run in runs] == [r.start for r in done.engine.results]
    assert [one["role"] for one in told["quality"]["sensors"]] == ["board"]
    values = [m["value"] for m in told["measures"] if m["name"] == told["primary"]]
    assert told["primary"] == "mean_velocity"
    assert len(values) == len(runs) == 1
    # as it was sampled, not as the live picture saw it
    stood = examined.intervals[0].cop
    assert stood is not None
    by_hand = mean_velocity(stood.data - stood.data.mean(axis=0), stood.info.rate)
    assert values[0] == pytest.approx(by_hand, rel=0.01)


def test_a_lean_is_measured_where_the_height_is_known(tmp_path) -> None:
    done = performed("limits-of-stability", tmp_path / "leant.mcap", 1)
    assert open_recording(done.path).state == "complete"
    told = analyse(done.path, Options(height=1.75))
    reached = [m["value"] for m in told["measures"] if m["name"] == "reach_maximum"]
    assert len(reached) == 8
    assert min(reached) > 0.5
    live = [m for m in done.engine.measures if m.name == "reach_maximum"]
    assert sum(reached) / 8 == pytest.approx(live[-1].value, rel=0.1)


def test_what_follows_a_step_down_belongs_to_its_run(tmp_path) -> None:
    told = analyse(performed("step-down", tmp_path / "down.mcap", 1).path)
    (run,) = told["circumstances"]
    settled = [m for m in told["measures"] if m["name"].startswith("stabilisation")]
    assert settled
    assert all(m["t1"] <= run["t1"] for m in settled)
