"""Everything between a recorded packet and what a person sees, without a clock.

The engine takes packets in the order of the recording and decides. The same packets
give the same events, measures and pictures, live and replayed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.orientation import ACC
from surefoot.core import Block, DecodeError, Event, LinkState, Marker
from surefoot.core.control import fields, is_control
from surefoot.session.board import Board
from surefoot.session.latency import Lag
from surefoot.session.links import Links
from surefoot.session.others import Others
from surefoot.session.state import State, latest
from surefoot.training import Phase, Trial, prompt, watching

if TYPE_CHECKING:
    from surefoot.core import JsonValue, Measure, Packet
    from surefoot.session.run import Run
    from surefoot.session.setup import Setup
    from surefoot.session.snapshot import Result
    from surefoot.session.state import Dot
    from surefoot.training import Verdict

BlockSink = Callable[[Block], None]
_SHOWN_EVENTS = 50
_NEEDS_SENSOR = frozenset({"direction", "start"})
_FEEDBACK = frozenset({"cue", "in-zone"})


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
    events, measures, markers : list
        All that was decided, measured and marked so far.
    results, runs : list
        One a run that ended.
    faults : list of str
        What failed and was switched off; the recording goes on.
    t : float
        Session time reached [s].
    t0_ns : int or None
        Session zero on the host's monotonic clock [ns].
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
        drill = setup.drill or watching()
        self.trial = Trial(drill, needs_level=setup.drill is not None)
        self._setup = setup
        self._coalesce = coalesce
        self._sink: BlockSink = sink or (lambda _block: None)
        self._zone_deg = setup.zone_deg
        self._links = Links({}, 0)
        self._board: Board | None = None
        self._others = Others(setup, self._sink)
        self._waiting = 0
        self._shown: Result | None = None
        self._quality: Verdict | None = None
        self._looked = 0.0
        self._ended: float | None = None
        self._lag = Lag()

    @property
    def dot(self) -> Dot | None:
        """The newest filtered tilt of the board."""
        return self._board.dot if self._board else None

    @property
    def zone(self) -> float:
        """The zone's radius [rad]."""
        return float(np.radians(self._zone_deg or self.trial.drill.zone_deg))

    def feed(self, packet: Packet) -> None:
        """Take the next packet."""
        if self.t0_ns is None:
            self._open(packet.t_ns)
        self.t = max(self.t, (packet.t_ns - (self.t0_ns or 0)) * 1e-9)
        if is_control(packet):
            self.flush()
            self.measures.extend(self._others.taken())
            self._conclude_ended()
            self._obey(packet, self.t)
        elif self._links.take(packet):
            self._waiting += 1
            if self._waiting >= self._coalesce:
                self.flush()

    def flush(self) -> None:
        """Work on the samples that wait."""
        self._waiting = 0
        for role, block in self._links.drain():
            try:
                self._move(role, block)
            except Exception as error:  # noqa: BLE001 the recording must go on
                self._fault(role, error, float(block.t[0]))

    def close(self) -> None:
        """Take what waits; a run that the recording breaks off in ends there."""
        self.flush()
        self.measures.extend(self._others.taken())
        self._conclude_ended()
        self._finish(self.t, "cut-off", self.t)

    def state(self) -> State:
        """Return what was decided so far."""
        board, trial = self._board, self.trial
        run = board.run if board and trial.phase is Phase.RUN else None
        planned = trial.start if trial.count else None
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
            edges=board.edges if board else None,
            levelled=self.dot is not None,
            time_in_zone=run.share if run else None,
            cue=run.cue if run and not self._lag.hides else "",
            measures=latest(self.measures),
            links=self._links.links(self.t),
            quality=self._quality if run else None,
            result=self._shown,
            faults=tuple(self.faults),
            markers=tuple(self.markers),
            events=tuple(self.events[-_SHOWN_EVENTS:]),
            latency_ms=self._lag.ms,
            hide_dot=run is not None and self._lag.hides,
        )

    def _open(self, t0_ns: int) -> None:
        self.t0_ns = t0_ns
        self._links = Links(self._setup.sensors, t0_ns)
        for role, intake in self._links.intakes.items():
            sensor, info = self._setup.sensors[role], intake.decoder.info
            # what nothing here can tell the meaning of is recorded all the same
            taken = self._others.open(role, info)
            if not taken and role == "board" and ACC[0] in info.channels:
                self._board = Board(sensor, info, self.trial, self._sink)

    def _move(self, role: str, block: Block) -> None:
        if role == "board" and self._setup.drill is None and not self.trial.count:
            # without a drill everything from the first sample on is one run
            self.trial.watch(float(block.t[0]))
            self._begin()
        if role == "board" and self._board is not None:
            for event in self._board.feed(block):
                if self._lag.hides and event.name in _FEEDBACK:
                    continue  # it would come too late to help
                self.events.append(event)
                if event.name == "run-end":
                    # concluded at the next cut: until then it depends on how samples
                    # were cut which of the other sensors' are here
                    self._ended = event.t
            self._collect()
        else:
            self._others.feed(role, block)

    def _fault(self, role: str, error: Exception, t: float) -> None:
        self.faults.append(f"{role}: its part stopped ({error}); recording goes on")
        self.events.append(Event(t, "fault", {"role": role, "text": str(error)}))
        if role == "board":
            self._conclude_ended()
            self._finish(t, "fault", t)
            self._board = None
        self._others.drop(role)

    def _obey(self, packet: Packet, t: float) -> None:
        """Do what a control packet says; a mistake in that costs this packet only."""
        try:
            self._control(packet, fields(packet), t)
        except DecodeError as error:
            self.faults.append(str(error))
        except Exception as error:  # noqa: BLE001 a stop must be followed, whatever failed
            text = f"{packet.source} could not be followed ({error})"
            self.faults.append(f"{text}; recording goes on")
            self.events.append(Event(t, "fault", {"role": packet.role, "text": text}))

    def _control(self, packet: Packet, told: dict[str, JsonValue], t: float) -> None:
        if packet.role == "person":
            self._asked(told, t)
        elif packet.role == "link":
            self._linked(packet.endpoint, told, t)
        elif packet.endpoint == "tick":
            self._tick(t)
        elif packet.endpoint == "suspended":
            self._slept(told.get("asleep_ns"), t)
        elif packet.endpoint == "paint":
            delays = self._links.delays("board")
            running = self.trial.phase is Phase.RUN
            self.events.extend(self._lag.told(told.get("ms"), delays, t, run=running))
        elif packet.endpoint == "end":
            self._finish(t, "end", t)

    def _slept(self, asleep_ns: JsonValue, t: float) -> None:
        """Mark that the computer slept: nobody knows what happened meanwhile."""
        seconds = asleep_ns * 1e-9 if isinstance(asleep_ns, (int, float)) else 0.0
        self.events.append(Event(t, "suspended", {"seconds": round(seconds, 1)}))
        self._finish(t, "suspended", self._links.newest("board"))

    def _tick(self, t: float) -> None:
        self._heard(self._links.listen(t), t)
        self._look(t)
        if self._board is not None:
            self.events.extend(self._board.tick(t))
        before = self.trial.phase
        events = self.trial.tick(t)
        if before is Phase.RUN and self.trial.phase is not Phase.RUN:
            self._conclude(self.trial.end)
        self.events.extend(events)

    def _look(self, t: float) -> None:
        """Judge the run so far, about once a second: it is only shown."""
        run = self._board.run if self._board else None
        # all of a run is looked at each time: the longer it is, the less often
        every = max(1.0, 0.01 * (t - run.start)) if run else 1.0
        due = self._quality is None or t - self._looked > every
        if due and run is not None and self.trial.phase is Phase.RUN:
            self._looked = t
            # not up to now: the newest samples are still on their way
            heard = min(self._links.newest("board"), self.trial.end)
            if heard > run.start:
                self._quality = run.verdict(heard, self._links.delays("board"))

    def _linked(self, role: str, told: dict[str, JsonValue], t: float) -> None:
        self._heard(self._links.told(role, told, t), t)
        intake = self._links.intakes.get(role)
        needed = role in self.trial.drill.roles and self.trial.under_way
        if needed and intake is not None and intake.state is LinkState.CLOSED:
            # links are closed by whoever closes the session: nothing was lost
            self._finish(t, "end", self._links.newest(role))

    def _heard(self, events: list[Event], t: float) -> None:
        """Take note of what became of the links."""
        self.events.extend(events)
        drilled = self._setup.drill is not None
        for event in events:
            role = str(event.detail.get("role"))
            needed = drilled and role in self.trial.drill.roles
            if event.name == "sensor-lost" and needed:
                self._finish(t, "sensor-lost", self._links.newest(role))
        if drilled and self._links.heard(self.trial.drill.roles):
            self.events.extend(self.trial.streaming(t))

    def _asked(self, told: dict[str, JsonValue], t: float) -> None:
        do = told.get("do")
        if do == "marker":
            label = str(told.get("label", "marker"))
            detail = str(told.get("detail", ""))
            self.markers.append(Marker(t, label, detail))
            self.events.append(Event(t, "marker", {"label": label, "detail": detail}))
        elif do == "zone":
            self.events.append(self._set_zone(told.get("degrees"), t))
        elif do == "level":
            self.events.append(self._level(str(told.get("edge", "")), t))
        else:
            self._ask_trial(told, t)

    def _ask_trial(self, told: dict[str, JsonValue], t: float) -> None:
        unfit = self._unfit() if told.get("do") in _NEEDS_SENSOR else ""
        if unfit and not self.trial.under_way:
            self.events.append(self.trial.say(t, unfit))
            return
        before = self.trial.phase
        tilt = self._board.axis_deg if self._board else None
        self.events.extend(self.trial.command(t, told, tilt))
        after = self.trial.phase
        if (before, after) == (Phase.RUN, Phase.HELD_ON):
            self._conclude(min(t, self.trial.end))
        elif (before, after) == (Phase.READY, Phase.COUNTDOWN):
            self._begin()
        elif (before, after) == (Phase.HELD_ON, Phase.RESULT) and self._shown:
            self._shown = replace(self._shown, held_on=self.trial.held_on)
            self.results[-1] = self._shown
        elif after is Phase.LEVEL_FIRST is not before and self._board is not None:
            self._board.relevel()

    def _unfit(self) -> str:
        """Return why no run may begin, or nothing."""
        if self._board is None:
            return "the board's part stopped: close this session and begin a new one"
        silent = self._links.silent(self.trial.drill.roles)
        return f"nothing comes from the sensor on the {silent}" if silent else ""

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
            why = f"the ring may be {floor:g} to 30 degrees, and not change in a run"
            return self.trial.say(t, why)
        self._zone_deg = number
        self.trial.refused = ""
        return Event(t, "zone", {"degrees": number})

    def _begin(self) -> None:
        """Get everything ready for the run that is coming."""
        self._shown = self._quality = None
        if self._board is not None:
            self._board.begin(self.trial.start, self.zone)
        self._others.begin(self.trial.start)

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
        if self._board is None or self._board.run is None:
            return
        self._collect()
        result = self._result(self._board.run, end)
        if self._setup.drill is None:
            flagged = tuple(m.flagged("NOT_LEVEL") for m in result.measures)
            result = replace(result, measures=flagged)
        lean = self._others.measures(result.start, result.end)
        if result.measures:
            result = replace(result, measures=(*result.measures, *lean))
        if self._zone_deg is None and result.measures:
            wide = self._board.run.suggested_zone(result.end)
            result = replace(result, next_zone=wide)
        self._shown = result
        self.results.append(result)
        self.runs.append(self._board.run)
        self.measures.extend(result.measures)

    def _result(self, run: Run, end: float) -> Result:
        why = self.trial.ended or "time"
        try:
            return run.result(end, why, self._links.delays("board"))
        except Exception as error:  # noqa: BLE001 the recording must go on
            text = f"the run could not be scored ({error})"
            self.faults.append(f"board: {text}; recording goes on")
            self.events.append(Event(self.t, "fault", {"role": "board", "text": text}))
            return run.unscored(end, why, text)

    def _collect(self) -> None:
        if self._board is not None and self._board.run is not None:
            self.measures.extend(self._board.run.measures)
            self._board.run.measures.clear()
