"""The runs of a session: how they begin, end, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Event
from surefoot.session.concluding import answered, entered, finished, measured
from surefoot.session.links import Links
from surefoot.session.motion import FEEDBACK_HZ
from surefoot.session.others import Others
from surefoot.session.tasks.together import together
from surefoot.training import Phase, Trial, watching

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Block, JsonValue, Marker, Measure
    from surefoot.session.lead import Lead
    from surefoot.session.setup import Setup
    from surefoot.session.snapshot import Result
    from surefoot.session.tasks import TaskRun
    from surefoot.training import Verdict
    from surefoot.training.template import Template


class Outcome:
    """What an engine has decided and measured so far.

    Parameters
    ----------
    setup : Setup
        What the session is set up with.
    sink : callable
        Gets every processed block.
    """

    def __init__(self, setup: Setup, sink: Callable[[Block], None]) -> None:
        self.events: list[Event] = []
        self.measures: list[Measure] = []
        self.markers: list[Marker] = []
        self.results: list[Result] = []
        self.runs: list[TaskRun] = []
        self.faults: list[str] = []
        self.t = 0.0
        drill = setup.drill or watching()
        drilled = setup.drill is not None
        rules = setup.pain_rules()
        self.trial = Trial(drill, drilled, rules, setup.agreed)
        self._setup = setup
        self._sink = sink
        self._role = drill.roles[0] if drill.roles else ""
        self._zone_deg = setup.zone_deg
        self._links = Links({}, 0)
        self._lead: Lead | None = None
        self._others = Others(setup, sink)
        self._shown: Result | None = None
        self._quality: Verdict | None = None
        self._ended: float | None = None
        self._compared = 0

    @property
    def zone(self) -> float:
        """The zone's radius, in the unit of the dot."""
        if self._zone_deg is None or self.trial.drill.unit != "rad":
            return self.trial.drill.zone
        return float(np.radians(self._zone_deg))

    @property
    def template(self) -> Template | None:
        """The movement that is asked for, where one was captured."""
        return self._setup.template

    def _begin(self) -> None:
        """Get everything ready for the run that is coming."""
        self._shown = self._quality = None
        if self._lead is not None:
            self._lead.begin(self.trial.start, self.zone)
        self._others.begin(self.trial.start)
        if self.trial.drill.schema > 1:
            self.events.append(self._fixed())

    def _fixed(self) -> Event:
        """Tell what the feedback of the coming set is; it changes in no set."""
        drill = self.trial.drill
        told: dict[str, JsonValue] = {
            "zone": self.zone,
            "unit": drill.unit,
            "smoothing_hz": FEEDBACK_HZ,
            "cue_after": drill.cue_after,
            "picture": self.trial.picture,
        }
        return Event(self.t, "feedback", told)

    def _finish(self, t: float, why: str, end: float) -> None:
        """End what is under way; samples until ``end`` count."""
        running = self.trial.phase is Phase.RUN
        self.events.extend(self.trial.finish(t, why))
        if running:
            self._conclude(max(self.trial.start, min(end, self.trial.end)))

    def _conclude_ended(self) -> None:
        """Make the result of a run that samples ended."""
        if self._ended is not None:
            end, self._ended = self._ended, None
            self._conclude(end)

    def _conclude(self, end: float) -> None:
        """Make the result of the run that just ended."""
        run = self._lead.run if self._lead else None
        if run is None:
            if not self._role:
                self._shown = entered(self.trial, end)
                self.results.append(self._shown)
            return
        self._collect()
        result, why = measured(run, self.trial, end, self._links.delays(self._role))
        if why:
            self.faults.append(f"{self._role}: {why}; recording goes on")
            told: dict[str, JsonValue] = {"role": self._role, "text": why}
            self.events.append(Event(self.t, "fault", told))
        lean = self._others.measures(result.start, result.end)
        baseline = self._zone_deg is None
        self._shown = finished(result, run, self.trial, lean, baseline=baseline)
        self.results.append(self._shown)
        self.runs.append(run)
        self.measures.extend(self._shown.measures)

    def _compare(self) -> None:
        """Measure what the sets of a sitting that is over say together."""
        sets, trial = self.trial.sets, self.trial
        if trial.phase is not Phase.DONE or self._compared == len(self.results):
            return
        done = [
            (sets[found.set_no - 1].stage, found)
            for found in self.results[self._compared :]
            if 0 < found.set_no <= len(sets)
        ]
        self._compared = len(self.results)
        self.measures.extend(together(done))

    def _collect(self) -> None:
        if self._lead is not None and self._lead.run is not None:
            self.measures.extend(self._lead.run.measures)
            self._lead.run.measures.clear()

    def _answered(self) -> None:
        """Keep what was answered after the run with its result."""
        if self._shown is not None:
            self._shown = answered(self._shown, self.trial)
            self.results[-1] = self._shown
