"""Everything between a recorded packet and what a person sees, without a clock.

The engine takes packets in the order of the recording and decides. The same packets
give the same events, measures and pictures, live and replayed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surefoot.core import Block, DecodeError, Event, LinkState, Marker
from surefoot.core.control import fields, is_control
from surefoot.session.latency import Lag
from surefoot.session.leading import lead_of
from surefoot.session.links import Links
from surefoot.session.outcome import Outcome
from surefoot.session.state import State, latest, sitting_of
from surefoot.training import Phase, prompt
from surefoot.training.task import Repeat

if TYPE_CHECKING:
    from surefoot.core import JsonValue, Packet
    from surefoot.session.setup import Setup
    from surefoot.session.state import Dot
    from surefoot.session.tasks import TaskRun

BlockSink = Callable[[Block], None]
_SHOWN_EVENTS = 50
_SHOWN_RESULTS = 40
_NEEDS_SENSOR = frozenset({"direction", "start"})
_FEEDBACK = frozenset({"cue", "in-zone"})
_ANSWERED = frozenset({Phase.HELD_ON, Phase.ENTER})
_PREPARES = frozenset({Phase.LEVEL_FIRST, Phase.STILL})


class Engine(Outcome):
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
        super().__init__(setup, sink or (lambda _block: None))
        self.t0_ns: int | None = None
        self._coalesce = coalesce
        self._waiting = 0
        self._looked = 0.0
        self._lag = Lag()

    @property
    def dot(self) -> Dot | None:
        """The newest place of the dot."""
        return self._lead.dot if self._lead else None

    @property
    def stream(self) -> str:
        """The stream that the dot comes from."""
        return self._lead.info.name if self._lead else "board/tilt"

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
        board, trial = self._lead, self.trial
        run = board.run if board and trial.phase is Phase.RUN else None
        planned = trial.start if trial.count else None
        return State(
            t=self.t,
            sitting=sitting_of(trial, run.aim(self.t) if run else None, self.stream),
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
            cue=run.cue if run and not self._lag.hides and trial.picture else "",
            measures=latest(self.measures),
            links=self._links.links(self.t),
            quality=self._quality if run else None,
            result=self._shown,
            faults=tuple(self.faults),
            markers=tuple(self.markers),
            events=tuple(self.events[-_SHOWN_EVENTS:]),
            latency_ms=self._lag.ms,
            hide_dot=run is not None
            and (self._lag.hides or run.hides or not trial.picture),
            results=tuple(self.results[-_SHOWN_RESULTS:]),
        )

    def _open(self, t0_ns: int) -> None:
        self.t0_ns = t0_ns
        self._links = Links(self._setup.sensors, t0_ns)
        for role, intake in self._links.intakes.items():
            sensor, info = self._setup.sensors[role], intake.decoder.info
            # what nothing here can tell the meaning of is recorded all the same
            taken = self._others.open(role, info)
            if role == self._role and (self._setup.drill is not None or not taken):
                self._lead = lead_of(sensor, info, self.trial, self._sink)
                if self._lead is not None:
                    self._lead.template = self._setup.template
                    self._lead.alone = not taken

    def _move(self, role: str, block: Block) -> None:
        first = role == self._role
        if first and self._setup.drill is None and not self.trial.count:
            # without a drill everything from the first sample on is one run
            self.trial.watch(float(block.t[0]))
            self._begin()
        if first and self._lead is not None:
            self._note(self._lead.feed(block))
            self._collect()
        self._others.feed(role, block)

    def _note(self, events: list[Event]) -> None:
        """Keep what the drill's part decided from samples."""
        hidden = self._lag.hides or not self.trial.picture
        for event in events:
            feedback = event.name in _FEEDBACK and "kind" not in event.detail
            if hidden and feedback:
                continue  # it would come too late to help, or nobody is to be helped
            self.events.append(event)
            if event.name == "run-end":
                # concluded at the next cut: until then it depends on how samples were
                # cut which of the other sensors' are here
                self._ended = event.t

    def _fault(self, role: str, error: Exception, t: float) -> None:
        self.faults.append(f"{role}: its part stopped ({error}); recording goes on")
        self.events.append(Event(t, "fault", {"role": role, "text": str(error)}))
        if role == self._role:
            self._conclude_ended()
            self._finish(t, "fault", t)
            self._lead = None
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
            delays = self._links.delays(self._role)
            running = self.trial.phase is Phase.RUN
            self.events.extend(self._lag.told(told.get("ms"), delays, t, run=running))
        elif packet.endpoint == "end":
            self._finish(t, "end", t)

    def _slept(self, asleep_ns: JsonValue, t: float) -> None:
        """Mark that the computer slept: nobody knows what happened meanwhile."""
        seconds = asleep_ns * 1e-9 if isinstance(asleep_ns, (int, float)) else 0.0
        self.events.append(Event(t, "suspended", {"seconds": round(seconds, 1)}))
        self._finish(t, "suspended", self._links.newest(self._role))

    def _tick(self, t: float) -> None:
        self._heard(self._links.listen(t), t)
        self._look(t)
        if self._lead is not None:
            self.events.extend(self._lead.tick(t))
            if self._lead.run is not None and self.trial.phase is Phase.RUN:
                self._pass(self._lead.run, t)
        before = self.trial.phase
        events = self.trial.tick(t)
        if before is Phase.RUN and self.trial.phase is not Phase.RUN:
            self._conclude(self.trial.end)
        self.events.extend(events)

    def _pass(self, run: TaskRun, t: float) -> None:
        """Let time pass in a run: cues that no sample brings, ends without any."""
        run.tick(t)
        self._note(run.events)
        run.events = []
        if run.over is not None and self.trial.phase is Phase.RUN:
            self._finish(t, run.why or "done", run.over)

    def _look(self, t: float) -> None:
        """Judge the run so far, about once a second: it is only shown."""
        run = self._lead.run if self._lead else None
        # all of a run is looked at each time: the longer it is, the less often
        every = max(1.0, 0.01 * (t - run.start)) if run else 1.0
        due = self._quality is None or t - self._looked > every
        if due and run is not None and self.trial.phase is Phase.RUN:
            self._looked = t
            # not up to now: the newest samples are still on their way
            heard = min(self._links.newest(self._role), self.trial.end)
            if heard > run.start:
                self._quality = run.verdict(heard, self._links.delays(self._role))

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
        elif do == "count":
            self._count(told, t)
        else:
            self._ask_trial(told, t)

    def _ask_trial(self, told: dict[str, JsonValue], t: float) -> None:
        unfit = self._unfit() if told.get("do") in _NEEDS_SENSOR else ""
        if unfit and not self.trial.under_way:
            self.events.append(self.trial.say(t, unfit))
            return
        before = self.trial.phase
        tilt = self._lead.axis_deg if self._lead else None
        self.events.extend(self.trial.command(t, told, tilt))
        after = self.trial.phase
        if before is Phase.RUN is not after:
            self._conclude(min(t, self.trial.end))
        elif (before, after) == (Phase.READY, Phase.COUNTDOWN):
            self._begin()
        elif before in _ANSWERED and after is Phase.RESULT and self._shown:
            self._answered()
        elif after in _PREPARES and after is not before and self._lead is not None:
            self._lead.relevel()
        if told.get("do") == "invalid" and self._shown and self.results:
            self._answered()
        self._compare()

    def _count(self, told: dict[str, JsonValue], t: float) -> None:
        """Take what somebody counts by key: a step, an error, "here"."""
        what, detail = str(told.get("what", "")), str(told.get("detail", ""))
        run = self._lead.run if self._lead else None
        if run is None or self.trial.phase is not Phase.RUN:
            self.events.append(self.trial.say(t, f"{what}: not now"))
            return
        self.events.append(Event(t, "count", {"what": what, "detail": detail}))
        over = run.told(t, told)
        self._note(run.events)
        run.events = []
        if over is not None:
            self._finish(t, run.why or "done", over)

    def _unfit(self) -> str:
        """Return why no run may begin, or nothing."""
        if self._lead is None and self._role:
            part = f"the {self._role}'s part stopped"
            return f"{part}: close this session and begin a new one"
        task = self.trial.set.stage.task
        if isinstance(task, Repeat) and task.own and self._setup.template is None:
            return "no movement was kept yet: do the drill capture-your-own first"
        silent = self._links.silent(self.trial.drill.roles)
        return f"nothing comes from the sensor on the {silent}" if silent else ""

    def _level(self, edge: str, t: float) -> Event:
        first, second = self.trial.drill.edges
        wanted = {
            Phase.LEVEL_FIRST: first,
            Phase.LEVEL_SECOND: second,
            Phase.STILL: "still",
        }
        if self._lead is None or wanted.get(self.trial.phase) != edge:
            return self.trial.say(t, f"{edge} edge: not now")
        self.trial.refused = ""
        self._lead.capture(t)
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
