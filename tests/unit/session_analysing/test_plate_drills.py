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


def test_each_run_of_a_force_board_drill_is_measured(tmp_path) -> None:
    done = performed("mctsib", tmp_path / "stood.mcap", 2)
    told = analyse(done.path)
    runs = told["quality"]["runs"]
    assert [run["t0"] for run in runs] == [r.start for r in done.engine.results]
    assert [one["role"] for one in told["quality"]["sensors"]] == ["board"]
    values = [m["value"] for m in told["measures"] if m["name"] == told["primary"]]
    assert told["primary"] == "mean_velocity"
    assert len(values) == len(runs) == 2
    # as it was sampled, not as the live picture saw it
    asked = Options(lowpass=None)
    examined = examine(done.path, asked)
    plain = [m for m in examined.found["measures"] if m["name"] == "mean_velocity"]
    inside = examined.intervals[0].cop
    assert inside is not None
    by_hand = mean_velocity(inside.data - inside.data.mean(axis=0), inside.info.rate)
    assert plain[0]["value"] == pytest.approx(by_hand, rel=0.01)


def test_a_lean_is_measured_where_the_height_is_known(tmp_path) -> None:
    done = performed("limits-of-stability", tmp_path / "leant.mcap", 1)
    assert open_recording(done.path).state == "complete"
    told = analyse(done.path, Options(height=1.75))
    reached = [m["value"] for m in told["measures"] if m["name"] == "reach_maximum"]
    assert len(reached) == 8
    assert 0.02 < min(reached) < max(reached) < 0.2  # of some degrees, each
