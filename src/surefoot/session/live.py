"""A session under way: the loop in its thread, the recorder, and pictures for views."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from surefoot.session.acting import Prompter
from surefoot.session.engine import Engine
from surefoot.session.inbox import Inbox
from surefoot.session.latency import EVERY, PaintTimes
from surefoot.session.ring import Ring, in_order, strip_of
from surefoot.session.snapshot import Tape
from surefoot.session.state import picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.core import Block, JsonValue, Packet
    from surefoot.recording import Recorder
    from surefoot.session.acting import Actor
    from surefoot.session.setup import Setup
    from surefoot.session.snapshot import Snapshot
    from surefoot.session.state import State


class Sensors(Protocol):
    """What feeds a live session: a radio, real or virtual."""

    def start(self) -> None:
        """Begin; packets arrive from now on."""
        ...

    def stop(self) -> object:
        """Let go of the sensors; returns in bounded time."""
        ...


class LiveSession:
    """Runs one sitting and shows it (a `Stage`).

    Parameters
    ----------
    setup : Setup
        What the session is set up with.
    sensors : callable
        Makes the radio, given where to put packets.
    recorder : Recorder or None
        None shows without keeping.
    actor : Actor, optional
        A virtual person, told of every phase and every command.
    """

    def __init__(
        self,
        setup: Setup,
        sensors: Callable[[Callable[[Packet], None]], Sensors],
        recorder: Recorder | None,
        actor: Actor | None = None,
    ) -> None:
        self.setup = setup
        self.engine = Engine(setup, sink=self._show)
        self.inbox = Inbox()
        self.recorder = recorder
        self.sensors = sensors(self.inbox.put)
        self._actor = actor
        self._prompter = Prompter(actor) if actor is not None else None
        self._lock = threading.Lock()
        self._rings: dict[str, Ring] = {}
        self._broken = ""
        self._closed = False
        self._paints = PaintTimes()
        self._told = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="session", daemon=True)

    def start(self) -> None:
        """Begin to listen, decide and record."""
        self._thread.start()
        self.sensors.start()

    def snapshot(self) -> Snapshot:
        """Return the newest picture."""
        with self._lock:
            state = self.engine.state()
            dot = self.engine.dot
            tracks = {name: self._rings[name].track() for name in self._shown()}
        now = self._now()
        if self._broken:
            state = _with_fault(state, self._broken)
        return picture(state, max(now, state.t), dot, tracks, self._tape(now))

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Ask for something; it is recorded and decided like a packet."""
        if do == "start":  # all that is random in a set comes from this number
            arguments.setdefault("seed", random.randrange(2**31))
        if self._actor is not None:
            self._actor.follow(do, **arguments)
        self.inbox.tell("person/command", do=do, **arguments)

    def painted(self, seconds: float) -> None:
        """Take note of how long a packet took from its arrival to the screen [s]."""
        self._paints.add(seconds * 1e3)
        now = time.monotonic()
        if now - self._told > EVERY:
            self._told = now
            ms = self._paints.taken()
            if ms is not None:
                self.inbox.tell("clock/paint", ms=round(ms, 1))

    def close(self) -> None:
        """End in order: sensors, loop, recording."""
        if self._closed:
            return
        self._closed = True
        try:
            self.sensors.stop()
        finally:
            self.inbox.close("closed")
            if self._thread.ident is not None:
                self._thread.join(timeout=10.0)

    def finish(self) -> Path | None:
        """End in order and return the finished recording.

        Raises
        ------
        RecordingError
            If the recording could not be finished; what was written stays.
        """
        self.close()
        if self.recorder is None:
            return None
        results = {
            "measures": [m.as_json() for m in self.engine.measures],
            "events": [e.as_json() for e in self.engine.events],
            "arrival_to_paint_ms": self._paints.summary(),
        }
        recorder, self.recorder = self.recorder, None
        return recorder.close(results)

    def _run(self) -> None:
        for packet in self.inbox.packets():
            if self.recorder is not None:
                self.recorder.write(packet)
            self._decide(packet)

    def _decide(self, packet: Packet) -> None:
        """Let the engine decide; if it fails, say so and go on recording."""
        if self._broken:
            return
        try:
            with self._lock:
                self.engine.feed(packet)
                if self._prompter is not None:
                    self._prompter.after(packet, self.engine)
        except Exception as error:  # noqa: BLE001 recording goes on whatever fails
            self._broken = f"The picture stopped ({error}). Recording goes on."

    def _show(self, block: Block) -> None:
        name = block.info.name
        strip = strip_of(name)
        if strip is None:
            return
        ring = self._rings.get(name)
        if ring is None:
            ring = self._rings[name] = Ring(strip, block.info.rate)
        ring.append(block)

    def _shown(self) -> list[str]:
        return in_order(self._rings)

    def _now(self) -> float:
        t0 = self.engine.t0_ns
        return 0.0 if t0 is None else (time.monotonic_ns() - t0) * 1e-9

    def _tape(self, now: float) -> Tape | None:
        r = self.recorder
        if r is None:
            return None
        return Tape(str(r.path), now, r.bytes_written / 1e6, r.backlog, r.alarm)


def _with_fault(state: State, text: str) -> State:
    return replace(state, faults=(*state.faults, text))
