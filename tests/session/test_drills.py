"""Every drill of the catalogue, by virtual people, from first question to result."""

from __future__ import annotations

import json
import os
from math import radians
from typing import TYPE_CHECKING

import pytest

from surefoot.recording import open_recording
from surefoot.session.analyse import analyse
from surefoot.session.drill_shelf import shipped_names
from surefoot.session.engine import Engine
from surefoot.session.opening import rules_text
from surefoot.session.performing import Performance
from surefoot.session.player import COALESCE
from surefoot.session.setup import Setup, from_header, load_drill, sensor
from surefoot.session.templates import OWN, captured
from surefoot.session.usual import usual_sensors
from surefoot.training import Phase
from surefoot.training.agreed import Agreed
from surefoot.training.template import plain_template
from surefoot.virtual import PEOPLE

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.session.performing import Performed

SHOWN = plain_template(radians(50), (4.0, 1.0, 4.0))
SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
NAMES = shipped_names()
PERSONS = tuple(PEOPLE)
# each drill by one person, another one each time; all by all in the long run
CASES = [
    (name, person)
    for i, name in enumerate(NAMES)
    for j, person in enumerate(PERSONS)
    if SOAK or i % len(PERSONS) == j
]


def perform(
    name: str, person: str, to: Path | None = None, agreed: Agreed | None = None
) -> Performed:
    drill = load_drill(name)
    wanted = usual_sensors(drill.roles, drill.signal)
    setup = Setup(
        {role: sensor(profile) for role, profile in wanted.items()},
        drill,
        virtual=True,
        rules=rules_text(),
        agreed=agreed or Agreed(sets=None if SOAK else 1),
        template=SHOWN if name == OWN else None,
    )
    return Performance(setup, person).run(to)


def told(engine: Engine) -> str:
    results = [
        (r.start, r.end, r.ended, r.invalid, r.held_on, str(r.score))
        for r in engine.results
    ]
    events = [event.as_json() for event in engine.events]
    measures = [measure.as_json() for measure in engine.measures]
    return json.dumps([events, measures, results], sort_keys=True)


@pytest.mark.parametrize(("name", "person"), CASES)
def test_a_drill_goes_from_start_to_result_and_replays(name, person, tmp_path) -> None:
    done = perform(name, person, tmp_path / "drill.mcap")
    engine = done.engine
    assert not done.stuck
    assert engine.faults == []
    assert engine.trial.phase is Phase.DONE
    assert engine.results
    if engine.trial.drill.signal != "none" and person != "in-pain":
        grades = {result.verdict.grade.value for result in engine.results}
        assert grades <= {"good", "fair"}
        assert all(result.measures for result in engine.results)
    assert done.path is not None
    recording = open_recording(done.path)
    again = Engine(from_header(recording.header), coalesce=COALESCE)
    for packet in recording.packets():
        again.feed(packet)
    again.close()
    assert told(again) == told(engine)


def test_pain_ends_the_drill_and_nothing_follows() -> None:
    done = perform("rocker-hold-level", "in-pain", agreed=Agreed(sets=6))
    (result,) = done.engine.results
    assert result.ended == "pain"
    assert done.engine.trial.over.startswith("It hurt")


def test_a_step_of_the_programme_goes_before_what_the_drill_says() -> None:
    agreed = Agreed(
        rest_pain=0,
        step=(("range", "50"), ("tempo", "usual"), ("repetitions", "2x10")),
        pictures=(True, False),
    )
    done = perform("lift-and-bend", "steady", agreed=agreed)
    sets = [event.detail for event in done.engine.events if event.name == "set"]
    assert [one["picture"] for one in sets] == [True, False]
    task = done.engine.trial.sets[0].stage.task
    assert (task.repetitions, task.portion, task.tempo) == (10, 0.5, (2.0, 1.0, 2.0))
    assert not any(event.name == "pain" and event.t < 5 for event in done.engine.events)


def test_a_set_without_picture_has_no_cue() -> None:
    agreed = Agreed(rest_pain=0, sets=1, pictures=(False,))
    done = perform("rocker-hold-level", "unsteady", agreed=agreed)
    assert not any(event.name == "cue" for event in done.engine.events)
    agreed = Agreed(rest_pain=0, sets=1, pictures=(True,))
    done = perform("rocker-hold-level", "unsteady", agreed=agreed)
    assert any(event.name == "cue" for event in done.engine.events)


def test_a_movement_that_was_captured_is_what_is_repeated() -> None:
    captured_in = perform("capture-your-own", "steady").engine
    template = captured(captured_in.events)
    assert template is not None
    shown = template.scaled(0.8)
    drill = load_drill("own-movement")
    setup = Setup({"trunk": sensor("movesense")}, drill, virtual=True, template=shown)
    done = Performance(setup, "steady").run(None).engine
    (first, *_) = [r.score for r in done.results]
    assert first is not None
    assert first.kept is not None
    assert first.kept >= 0.5
    assert shown.origin == "therapist"
    assert from_header(setup.header()).template is not None


def test_ones_own_movement_is_not_begun_before_it_was_captured(monkeypatch) -> None:
    monkeypatch.setattr("surefoot.session.performing._GIVE_UP", -100.0)
    drill = load_drill(OWN)
    setup = Setup({"trunk": sensor("movesense")}, drill, virtual=True)
    done = Performance(setup, "steady").run(None)
    assert done.stuck
    why = [e.detail["why"] for e in done.engine.events if e.name == "refused"]
    assert why
    assert "capture-your-own" in str(why[0])


def test_how_long_a_stance_was_held_and_its_errors_are_final_values_too(
    tmp_path,
) -> None:
    agreed = Agreed(rest_pain=0, sets=2)
    perform("romberg", "unsteady", tmp_path / "romberg.mcap", agreed)
    found = analyse(tmp_path / "romberg.mcap")
    held = [m["value"] for m in found["measures"] if m["name"] == "stance_time"]
    assert len(held) == 2
    assert all(10.0 < seconds < 60.0 for seconds in held)
    perform("bess", "unsteady", tmp_path / "bess.mcap", agreed)
    found = analyse(tmp_path / "bess.mcap")
    errors = [m["value"] for m in found["measures"] if m["name"] == "stance_errors"]
    assert len(errors) == 2
    assert 0 < errors[0] < errors[1]
