"""Everything between a recorded packet and what a person sees, without a clock.

The engine takes packets in the order of the recording and decides. The same packets
give the same events, measures and pictures, live and replayed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block, DecodeError, Event, LinkState, Marker, Measure
from surefoot.core.control import fields, is_control
from surefoot.session.board import Board
from surefoot.session.intake import Intake
from surefoot.session.motion import Motion, TrunkLean
from surefoot.session.state import State
from surefoot.training import SILENCE, Phase, Trial, prompt, watching

if TYPE_CHECKING:
    from surefoot.core import JsonValue, Packet
    from surefoot.session.run import Run
    from surefoot.session.setup import Setup
    from surefoot.session.snapshot import Result
    from surefoot.session.state import Dot
    from surefoot.training import Verdict

BlockSink = Callable[[Block], None]
_SHOWN_EVENTS = 50


class Engine:
    """Decodes, meters and decides, one packet after the other.

    Parameters
    ----------
    setup : Setup
        What the session is set up with.
    coalesce : int
        How many sensor packets may wait before they are worked on together. By the
        cutting law it changes the speed and nothing else; live it is 1.
    sink : callable, optional
        Gets every processed block.

    Attributes
    ----------
    events, measures : list
        All that was decided and measured so far.
    results, runs : list
        One a run that ended.
    faults : list of str
        What failed and was switched off; the recording goes on.
    """

    def __init__(
        self, setup: Setup, *, coalesce: int = 1, sink: BlockSink | None = None
    ) -> None:
        self.events: list[Event] = []
        self.measures: list[Measure] = []
        self.markers: list[Marker] = []
        self.results: list[Result] = []
        self.runs: list[Run] = []
        self.faults: list[str] = []
        self.t = 0.0
        self.t0_ns: int | None = None
        self._setup = setup
        self._coalesce = coalesce
        self._sink: BlockSink = sink or (lambda _block: None)
        drill = setup.drill or watching()
        self.trial = Trial(drill, needs_level=setup.drill is not None)
        self._zone_deg = setup.zone_deg
        self._intakes: dict[str, Intake] = {}
        self._silent: dict[str, float] = {}
        self._board: Board | None = None
        self._trunk: Motion | None = None
        self._lean: TrunkLean | None = None
        self._waiting = 0
        self._result: Result | None = None
        self._unknown = 0
        self._quality: Verdict | None = None
        self._looked = 0.0

    @property
    def dot(self) -> Dot | None:
        """The newest filtered tilt of the board."""
        return self._board.dot if self._board else None

    @property
    def zone(self) -> float:
        """The zone's radius [rad]."""
        degrees = self._zone_deg or self.trial.drill.zone_deg
        return float(np.radians(degrees))

    def feed(self, packet: Packet) -> None:
        """Take the next packet."""
        if self.t0_ns is None:
            self._open(packet.t_ns)
        t = (packet.t_ns - (self.t0_ns or 0)) * 1e-9
        self.t = max(self.t, t)
        if is_control(packet):
            self.flush()
            self._control(packet, self.t)
            return
        intake = self._intakes.get(packet.role)
        if intake is None:
            self._unknown += 1
            return
        intake.take(packet)
        self._waiting += 1
        if self._waiting >= self._coalesce:
            self.flush()

    def flush(self) -> None:
        """Work on the samples that wait."""
        self._waiting = 0
        for role, intake in self._intakes.items():
            block = intake.drain()
            if block is not None:
                self._guard(role, block)

    def state(self) -> State:
        """Return what was decided so far."""
        run = self._board.run if self._board else None
        trial = self.trial
        planned = trial.start if trial.count else None
        shown = run is not None and trial.phase is Phase.RUN
        return State(
            t=self.t,
            virtual=self._setup.virtual,
            drill=trial.drill.title,
            phase=trial.phase,
            prompt=prompt(trial),
            start=planned,
            end=None if planned is None else trial.end,
            zone=self.zone,
            axis=trial.drill.axis,
            edges=self._board.edges if self._board else None,
            levelled=self.dot is not None,
            time_in_zone=run.share if run and shown else None,
            cue=run.cue if run and shown else "",
            measures=_latest(self.measures),
            links=tuple(i.link(self.t) for i in self._intakes.values()),
            quality=self._quality if shown else None,
            result=self._result,
            faults=tuple(self.faults),
            markers=tuple(self.markers),
            events=tuple(self.events[-_SHOWN_EVENTS:]),
        )

    def _open(self, t0_ns: int) -> None:
        self.t0_ns = t0_ns
        for role, sensor in self._setup.sensors.items():
            intake = self._intakes[role] = Intake(role, sensor, t0_ns)
            if role == "board":
                info = intake.decoder.info
                self._board = Board(sensor, info, self.trial, self._sink)
            elif role == "trunk":
                self._trunk = Motion(sensor, intake.decoder.info)

    def _guard(self, role: str, block: Block) -> None:
        """Work on samples; whatever fails here is switched off and said so."""
        try:
            self._move(role, block)
        except Exception as error:  # noqa: BLE001 the recording must go on
            self._fault(role, error, float(block.t[0]))

    def _fault(self, role: str, error: Exception, t: float) -> None:
        text = f"{role}: the picture and the score stopped ({error}); recording goes on"
        self.faults.append(text)
        self.events.append(Event(t, "fault", {"role": role, "text": str(error)}))
        self.events.extend(self._finish(t, "fault"))
        if role == "board":
            self._board = None
        else:
            self._trunk = None

    def _move(self, role: str, block: Block) -> None:
        if role == "board" and self._board is not None:
            self._watch_from(float(block.t[0]))
            for event in self._board.feed(block):
                self._decided(event)
            self._collect()
        elif role == "trunk" and self._trunk is not None:
            clean, up = self._trunk.feed(block)
            self._sink(clean)
            lean = self._lean.feed(up) if self._lean else None
            if lean is not None:
                self._sink(lean)

    def _control(self, packet: Packet, t: float) -> None:
        try:
            told = fields(packet)
        except DecodeError as error:
            self.faults.append(str(error))
            return
        if packet.role == "person":
            self._asked(told, t)
        elif packet.role == "link":
            self._linked(packet.endpoint, told, t)
        elif packet.endpoint == "tick":
            self._tick(t)
        elif packet.endpoint == "end":
            self.events.extend(self._finish(t, "end"))

    def _tick(self, t: float) -> None:
        self._listen(t)
        self._ready(t)
        self._look(t)
        if self._board is not None:
            self.events.extend(self._board.tick(t))
        before = self.trial.phase
        events = self.trial.tick(t)
        if before is Phase.RUN and self.trial.phase is not Phase.RUN:
            self._conclude(self.trial.end)
        self.events.extend(events)

    def _look(self, t: float) -> None:
        """Judge the run so far, once a second: it is only shown."""
        due = self._quality is None or t - self._looked > 1.0
        run = self._board.run if self._board else None
        if due and run is not None and self.trial.phase is Phase.RUN:
            self._looked = t
            # not up to now: the newest samples are still on their way
            heard = min(self._intakes["board"].newest, self.trial.end)
            if heard > run.start:
                self._quality = run.verdict(heard, self._delays())

    def _asked(self, told: dict[str, JsonValue], t: float) -> None:
        do = str(told.get("do", ""))
        if do == "marker":
            label, detail = (
                str(told.get("label", "marker")),
                str(told.get("detail", "")),
            )
            self.markers.append(Marker(t, label, detail))
            self.events.append(Event(t, "marker", {"label": label, "detail": detail}))
        elif do == "zone":
            self.events.append(self._set_zone(told.get("degrees"), t))
        elif do == "level":
            self.events.append(self._level(str(told.get("edge", "")), t))
        else:
            self._trial_asked(told, t)

    def _trial_asked(self, told: dict[str, JsonValue], t: float) -> None:
        before = self.trial.phase
        tilt = self._board.axis_deg if self._board else None
        events = self.trial.command(t, told, tilt)
        self.events.extend(events)
        if before is Phase.RUN and self.trial.phase is Phase.HELD_ON:
            self._conclude(min(t, self.trial.end))
        elif self.trial.phase is Phase.COUNTDOWN and before is Phase.READY:
            self._begin()
        elif self._again(before) and self._board is not None:
            self._board.relevel()
        elif before is Phase.HELD_ON and self._result is not None:
            self._result = replace(self._result, held_on=self.trial.held_on)
            self.results[-1] = self._result

    def _again(self, before: Phase) -> bool:
        return self.trial.phase is Phase.LEVEL_FIRST is not before

    def _begin(self) -> None:
        self._result = None
        self._lean = TrunkLean(self.trial.start)
        if self._board is not None:
            self._board.begin(self.trial.start, self.zone)

    def _level(self, edge: str, t: float) -> Event:
        first, second = self.trial.drill.edges
        wanted = {Phase.LEVEL_FIRST: first, Phase.LEVEL_SECOND: second}
        if self._board is None or wanted.get(self.trial.phase) != edge:
            return self.trial.say(t, f"{edge} edge: not now")
        self.trial.refused = ""
        self._board.capture(t)
        return Event(t, "levelling", {"edge": edge})

    def _set_zone(self, degrees: JsonValue, t: float) -> Event:
        floor = self.trial.drill.zone_floor_deg
        number = float(degrees) if isinstance(degrees, (int, float)) else -1.0
        if self.trial.under_way or not floor <= number <= 30.0:
            return self.trial.say(
                t, f"zone: from {floor:g} to 30 degrees, between runs"
            )
        self._zone_deg = number
        return Event(t, "zone", {"degrees": number})

    def _linked(self, role: str, told: dict[str, JsonValue], t: float) -> None:
        intake = self._intakes.get(role)
        if intake is None:
            return
        before = intake.state
        try:
            intake.told(told)
        except ValueError as error:
            self.faults.append(f"link/{role}: {error}")
        if intake.state is not before:
            what = {"role": role, "state": intake.state.value, "reason": intake.reason}
            self.events.append(Event(t, "link", what))
        closed = intake.state is LinkState.CLOSED and self.trial.under_way
        if intake.state is LinkState.LOST or closed:
            self._gone(role, t)
        self._ready(t)

    def _listen(self, t: float) -> None:
        for role, intake in self._intakes.items():
            quiet = intake.arrived >= 0 and t - intake.arrived > SILENCE
            if quiet and role not in self._silent:
                self._gone(role, t)
            elif not quiet and intake.arrived > self._silent.get(role, math.inf):
                del self._silent[role]
                self.events.append(Event(t, "sensor-back", {"role": role}))

    def _gone(self, role: str, t: float) -> None:
        if role in self._silent or self._intakes[role].arrived < 0:
            return
        self._silent[role] = t
        self.events.append(Event(t, "sensor-lost", {"role": role}))
        if role in self.trial.drill.roles and self._setup.drill is not None:
            self.events.extend(self._finish(t, "sensor-lost"))

    def _ready(self, t: float) -> None:
        needed = self.trial.drill.roles
        seen = [r in self._intakes and self._intakes[r].newest >= 0 for r in needed]
        if self._setup.drill is not None and all(seen):
            self.events.extend(self.trial.streaming(t))

    def _watch_from(self, t: float) -> None:
        """Without a drill everything from the first sample on is one run."""
        if self._setup.drill is None and self.trial.count == 0:
            self.trial.watch(t)
            self._begin()

    def _decided(self, event: Event) -> None:
        self.events.append(event)
        if event.name == "run-end" and self._result is None:
            self._conclude(event.t)

    def _finish(self, t: float, why: str) -> list[Event]:
        running = self.trial.phase is Phase.RUN
        events = self.trial.finish(t, why)
        if running:
            end = t
            if why == "sensor-lost" and "board" in self._intakes:
                end = self._intakes["board"].newest
            self._conclude(max(self.trial.start, min(end, self.trial.end)))
        return events

    def _conclude(self, end: float) -> None:
        """Make the result of the run that just ended."""
        run = self._board.run if self._board else None
        if run is None:
            return
        self._collect()
        self._quality = None
        result = run.result(end, self.trial.ended or "time", self._delays())
        result = replace(result, next_zone=self._next_zone(end))
        if self._setup.drill is None:
            flagged = tuple(m.flagged("NOT_LEVEL") for m in result.measures)
            result = replace(result, measures=flagged)
        self._result = replace(
            result, measures=(*result.measures, *self._trunk_measures(result))
        )
        self.results.append(self._result)
        self.runs.append(run)
        self.measures.extend(self._result.measures)

    def _collect(self) -> None:
        if self._board is not None and self._board.run is not None:
            self.measures.extend(self._board.run.measures)
            self._board.run.measures.clear()

    def _next_zone(self, end: float) -> float | None:
        if self._zone_deg is not None or self._board is None or not self._board.run:
            return None
        drill = self.trial.drill
        wide = self._board.run.percentile(end, drill.zone_percentile)
        return max(float(np.radians(drill.zone_floor_deg)), wide)

    def _trunk_measures(self, result: Result) -> list[Measure]:
        rms = self._lean.rms(result.end) if self._lean else math.nan
        if math.isnan(rms) or not result.measures:
            return []
        name, span = "trunk_lean_rms", (result.start, result.end)
        return [Measure(name, rms, "rad", *span, "trunk/imu", ("PROVISIONAL",))]

    def _delays(self) -> list[tuple[float, float]]:
        return self._intakes["board"].delays if "board" in self._intakes else []


def _latest(measures: list[Measure]) -> tuple[Measure, ...]:
    newest: dict[str, Measure] = {}
    for measure in measures[-40:]:
        newest[measure.name] = measure
    return tuple(newest.values())
