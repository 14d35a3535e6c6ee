"""Whole sessions on virtual people, faster than time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from surefoot.recording import Recorder
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.training import lasting
from surefoot.virtual import VirtualSource, eventful

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.virtual import Script


class Sitting:
    """A virtual session that was recorded while it was decided."""

    def __init__(
        self, script: Script, person: str, seed: int, path: Path, seconds: float
    ) -> None:
        self.path = path
        self.source = VirtualSource(script, person=person, seed=seed)
        self.setup = setup_for(self.source, seconds)
        self.engine = Engine(self.setup)
        recorder = Recorder(path, self.setup.header(), self.setup.sources)
        run(self.source, self.engine, recorder.write)
        measures = [measure.as_json() for measure in self.engine.measures]
        events = [event.as_json() for event in self.engine.events]
        self.results = {"measures": measures, "events": events}
        recorder.close(self.results)

    def named(self, name: str) -> list[dict[str, object]]:
        """Return the details of the events of one name, with their times."""
        return [
            {"t": event.t, **event.detail}
            for event in self.engine.events
            if event.name == name
        ]


def setup_for(source: VirtualSource, seconds: float = 6.0, **changes: object) -> Setup:
    """Return the setup of a virtual session with the shipped drill."""
    drill = lasting(load_drill("rocker-hold-level"), seconds)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    return Setup(sensors, drill, virtual=True, **changes)


@pytest.fixture
def sitting(tmp_path: Path):
    """Return a function that plays, decides and records a script."""

    def play(
        script: Script, person: str = "steady", seed: int = 1, seconds: float = 6.0
    ) -> Sitting:
        path = tmp_path / f"{script.name}-{person}.mcap"
        return Sitting(script, person, seed, path, seconds)

    return play


@pytest.fixture(scope="session")
def eventful_sitting(tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """Five minutes: loss, reconnect, wraps, silence, a clicker and a step off."""
    path = tmp_path_factory.mktemp("eventful") / "eventful.mcap"
    return Sitting(eventful(), "unsteady", 3, path, 30.0)


@pytest.fixture
def setup_of():
    """Return the function that makes the setup for a virtual source."""
    return setup_for
