"""One virtual sensor with its link, in simulated time: states, packets and faults."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from surefoot.core import LinkState
from surefoot.devices.commands import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import JsonValue
    from surefoot.virtual.agenda import Agenda
    from surefoot.virtual.airtime import AirTime
    from surefoot.virtual.script import Fault
    from surefoot.virtual.sensor import VirtualSensor

WATCHDOG = 3.0  # s of silence after which a link counts as lost
_FOUND = 0.35  # s from scanning to connecting
_OPENED = 0.3  # s from connecting to streaming


@dataclass(frozen=True, slots=True)
class Out:
    """Where a feed's packets go."""

    data: Callable[[str, bytes], None]
    """Source and payload."""
    link: Callable[[dict[str, JsonValue]], None]
    """Fields of a link packet."""


class Feed:
    """Plays one sensor: connects, streams, suffers.

    Parameters
    ----------
    sensor : VirtualSensor
        Makes the packets.
    airtime : AirTime
        Says when they arrive.
    agenda : Agenda
        The time.
    out : Out
        Where packets go.
    name : str
        What the sensor advertises.
    """

    def __init__(
        self,
        sensor: VirtualSensor,
        airtime: AirTime,
        agenda: Agenda,
        out: Out,
        name: str,
    ) -> None:
        self.sensor = sensor
        self.undelivered = 0
        """Packets on their way when the link broke."""
        self._airtime = airtime
        self._agenda = agenda
        self._out = out
        self._name = name
        self._twice: float | None = None
        self._link = 0  # number of the link; what belongs to an older one is void
        self._streaming = False
        self._fresh = True

    def connect(self, t: float) -> None:
        """Scan from ``t`` on, then connect and stream."""
        self._at(t, lambda: self._state(LinkState.SCANNING))
        self._open(t + _FOUND, t + _FOUND + _OPENED)

    def suffer(self, fault: Fault) -> None:
        """Let something go wrong now."""
        if fault.kind == "loss":
            self.sensor.loss = fault.share
        elif fault.kind == "twice":
            self._twice = fault.share
        elif self._streaming:
            self._break(fault)

    def close(self) -> None:
        """End the link in order."""
        self._stop()
        self._state(LinkState.CLOSED)

    def _break(self, fault: Fault) -> None:
        self._stop()
        self._fresh = fault.kind == "restart"
        now = self._agenda.now
        back = now + fault.seconds
        lost = now + WATCHDOG if fault.kind == "silent" else now
        if back <= lost and fault.kind == "silent":
            self._at(back, self._stream)
            return
        reason = "no data for 3 s" if fault.kind == "silent" else "link lost"
        self._at(lost, lambda: self._state(LinkState.LOST, reason))
        self._at(lost + 0.25, lambda: self._state(LinkState.SCANNING))
        if isfinite(back):
            self._open(max(back - _OPENED, lost + 0.26), max(back, lost + 0.3))

    def _open(self, found: float, opened: float) -> None:
        self._at(found, lambda: self._state(LinkState.CONNECTING))
        self._at(opened, self._begin)

    def _begin(self) -> None:
        for step in steps(self.sensor.profile, "start", self.sensor.params):
            if step.do == "write":
                self._out.link({"endpoint": step.endpoint, "wrote": step.data.hex()})
        self._state(LinkState.STREAMING)
        self._stream()

    def _stream(self) -> None:
        self._streaming = True
        if self._fresh:
            self.sensor.begin(self._agenda.now)
        else:
            self.sensor.skip(self._agenda.now)
        self._fresh = False
        self._next()

    def _stop(self) -> None:
        self._link += 1
        self._streaming = False

    def _next(self) -> None:
        self._at(self.sensor.ready, self._send)

    def _send(self) -> None:
        ready = self.sensor.ready
        payload = self.sensor.packet()
        if payload is not None:
            source = f"{self.sensor.role}/{self.sensor.endpoint}"
            for arrival in self._airtime.arrivals(ready, self._twice):
                self._at(arrival, lambda: self._out.data(source, payload))
        self._next()

    def _state(self, state: LinkState, reason: str = "") -> None:
        told: dict[str, JsonValue] = {"state": state.value, "device": self._name}
        self._out.link({**told, "reason": reason} if reason else told)

    def _at(self, t: float, call: Callable[[], None]) -> None:
        link = self._link
        self._agenda.at(t, lambda: call() if link == self._link else None)
