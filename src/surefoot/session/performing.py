"""A virtual person does a whole drill, faster than time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core.control import is_control
from surefoot.session.acting import Answers, Prompter
from surefoot.session.engine import Engine
from surefoot.session.opening import recorder_of, virtual_units
from surefoot.training import Phase
from surefoot.virtual import PEOPLE
from surefoot.virtual.played import LONGEST, PlayedSource
from surefoot.virtual.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.core import Event, Packet
    from surefoot.recording import Recorder
    from surefoot.session.setup import Setup

_GIVE_UP = 120.0
"""A phase that lasts longer than a set's time and this is stuck [s]."""


@dataclass(frozen=True, slots=True)
class Performed:
    """A sitting that was performed.

    Attributes
    ----------
    engine : Engine
        What it decided and measured.
    path : Path or None
        The recording.
    stuck : str
        The phase that nothing came of; empty when it went to its end.
    """

    engine: Engine
    path: Path | None
    stuck: str = ""


class Pace:
    """Holds a performance back to a multiple of real time.

    Parameters
    ----------
    speed : float
        1 for real time.
    """

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._begun = time.monotonic()

    def wait(self, t: float) -> None:
        """Wait until session time ``t`` is due [s]."""
        time.sleep(max(0.0, self._begun + t / self._speed - time.monotonic()))


class Performance:
    """One virtual person at one drill.

    Parameters
    ----------
    setup : Setup
        With the drill and its sensors.
    person : str
        The name of one of `surefoot.virtual.PEOPLE`.
    seed : int
        Of everything random.
    patient : bool
        Whether rests are waited for.
    """

    def __init__(
        self, setup: Setup, person: str, seed: int = 1, *, patient: bool = False
    ) -> None:
        drill = setup.drill
        scene = Scene(drill.signal, drill.axis) if drill else Scene()
        units = virtual_units(setup.sensors)
        self.engine = Engine(setup)
        self._setup = setup
        self.pace: Pace | None = None
        """What holds it back; None for as fast as it goes."""
        self._answers = Answers(PEOPLE[person], seed, patient)
        self._source = PlayedSource(person, seed, units=units, scene=scene)
        self._prompter: Prompter | None = None
        self._since = 0.0
        self._told = 0
        self._stuck = ""

    def run(
        self, to: Path | None, on_event: Callable[[Event], None] | None = None
    ) -> Performed:
        """Perform it; record it if there is a file.

        Parameters
        ----------
        to : Path or None
            The recording.
        on_event : callable, optional
            Told of every event.
        """
        return self.into(recorder_of(self._setup, to), on_event)

    def into(
        self,
        recorder: Recorder | None,
        on_event: Callable[[Event], None] | None = None,
    ) -> Performed:
        """Perform it; a recorder keeps it and is closed."""
        self._prompter = None
        for packet in self._source.packets():
            if self.pace is not None:
                self.pace.wait(self.engine.t)
            if recorder is not None:
                recorder.write(packet)
            self.engine.feed(packet)
            if on_event is not None:
                for event in self.engine.events[self._told :]:
                    on_event(event)
            self._react(packet)
        self.engine.close()
        path = None
        if recorder is not None:
            measures = [m.as_json() for m in self.engine.measures]
            events = [e.as_json() for e in self.engine.events]
            path = recorder.close({"measures": measures, "events": events})
        return Performed(self.engine, path, self._stuck)

    def _react(self, packet: Packet) -> None:
        """Do what the screen asks for now."""
        engine, trial = self.engine, self.engine.trial
        self._told = len(engine.events)
        if self._prompter is None:  # the source makes a new world for each play
            self._prompter = Prompter(self._source.world)
        if self._prompter.after(packet, engine):
            self._since = engine.t
            if trial.phase is Phase.DONE:
                self._source.end()
        if not is_control(packet):
            return
        for do, fields in self._answers.due(engine.t, trial):
            self._source.say(do, **fields)
        if engine.t - self._since > _GIVE_UP + self._longest or engine.t > LONGEST - 60:
            self._stuck = trial.phase.value
            self._source.end()

    @property
    def _longest(self) -> float:
        stage = self.engine.trial.set.stage
        return stage.duration + stage.rest
