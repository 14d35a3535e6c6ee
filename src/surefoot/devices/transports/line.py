"""One device kept at work: find, open, start, listen, close, wait, and again."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from surefoot.core import LinkState, Packet, RadioError
from surefoot.devices.ble.link import LinkLog
from surefoot.devices.commands import reply, steps
from surefoot.devices.transports.evdev import calibration
from surefoot.devices.transports.port import ENDPOINT, GoneError, Plugged, fits

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.devices.ble import Limits, Wanted
    from surefoot.devices.commands import OrderName, Step
    from surefoot.devices.transports.kinds import Kind
    from surefoot.devices.transports.port import Port

_LOOK = 0.1  # s between looks at whether to stop


class Claims:
    """Which device belongs to which role: no two open the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: dict[str, str] = {}

    def take(self, role: str, address: str) -> bool:
        """Return whether the device is free for this role, and keep it for it."""
        with self._lock:
            others = {a for r, a in self._taken.items() if r != role}
            if address in others:
                return False
            self._taken[role] = address
            return True

    def leave(self, role: str) -> None:
        """Give the device of this role free."""
        with self._lock:
            self._taken.pop(role, None)


class Line:
    """Keeps one role's device open until asked to stop.

    Parameters
    ----------
    role : str
        Whose device.
    wanted : Wanted
        Its model, and part of its name, number or address.
    put : callable
        Takes a packet.
    kind : Kind
        Its transport.
    limits : Limits
        How long to wait for what.
    """

    def __init__(
        self,
        role: str,
        wanted: Wanted,
        put: Callable[[Packet], None],
        kind: Kind,
        limits: Limits,
    ) -> None:
        self.device: Plugged | None = None
        """The newest one that was opened."""
        self._role = role
        self._wanted = wanted
        self._put = put
        self._kind = kind
        self._limits = limits
        self._log = LinkLog(role, put)
        self._source = f"{role}/{ENDPOINT}"
        self._stop = threading.Event()
        self._failures = self._misses = 0
        self._heard = 0
        self._newest = 0.0
        self._resuming = False

    def ask_to_stop(self) -> None:
        """Return at once; `run` ends soon after."""
        self._stop.set()

    def run(self, claims: Claims) -> None:
        """Go on until asked to stop."""
        self._log.state(LinkState.SCANNING)
        try:
            while not self._stop.is_set():
                self._attempt(claims)
        finally:
            self._log.state(LinkState.CLOSED)

    def _attempt(self, claims: Claims) -> None:
        try:
            there = self._find(claims)
            if there is None:
                why = f"not found yet: {self._kind.what_to_do}"
                self._log.state(LinkState.SCANNING, why)
                self._stop.wait(self._limits.pause(self._misses))
                self._misses += 1
                return
            self._work(there)
        except Exception as error:  # noqa: BLE001 - a link outlives every driver's error
            self._log.state(LinkState.LOST, _words(error))
            claims.leave(self._role)
            self._stop.wait(self._limits.wait(self._failures))
            self._failures += 1
            self._log.state(LinkState.SCANNING)

    def _find(self, claims: Claims) -> Plugged | None:
        profile, part = self._wanted.profile, self._wanted.name or ""
        there = self._kind.plugged()
        # of several alike, the one where it was the last time
        for device in sorted(there, key=lambda d: d.address != self._wanted.address):
            named = bool(part) and device.address == part
            meant = fits(profile, device.name, device.usb) and device.answers(part)
            if (named or meant) and claims.take(self._role, device.address):
                return device
        if _is_place(part) and claims.take(self._role, part):
            return Plugged(part, part, profile.transport)
        return None

    def _work(self, there: Plugged) -> None:
        self._log.device = there.name or there.address
        self._log.state(LinkState.CONNECTING)
        port = self._kind.open(there.address, self._wanted.profile)
        self.device = there
        self._resuming = self._heard > 0
        try:
            self._note(there)
            self._order(port, "start")
            self._log.state(LinkState.STREAMING)
            self._misses = 0
            self._listen(port)
            with suppress(GoneError):
                self._order(port, "stop")
        finally:
            port.close()

    def _note(self, there: Plugged) -> None:
        """Keep what the system knows about this board beside its packets."""
        told = calibration(there.address) if there.transport == "evdev" else ""
        if told:
            now = time.monotonic_ns()
            self._put(Packet(f"{self._role}/calibration", now, told.encode()))

    def _listen(self, port: Port) -> None:
        begun = self._newest = time.monotonic()
        alive = self._wanted.profile.link.keepalive
        due = begun + alive
        while not self._stop.is_set():
            if not self._hear(port, _LOOK):
                self._check()
            now = time.monotonic()
            if now - begun > self._limits.silence:
                self._failures = 0
            if alive and now >= due:
                due = now + alive
                self._order(port, "keepalive")

    def _check(self) -> None:
        quiet = time.monotonic() - self._newest
        if quiet > self._limits.silence:
            msg = f"no data for {quiet:.1f} s: opening it again; look at its power"
            raise GoneError(msg)

    def _hear(self, port: Port, timeout: float) -> bytes:
        """Put what comes into the session; return it."""
        data = port.read(timeout)
        if data:
            now = time.monotonic_ns()
            if self._resuming:
                self._log.gap(self._heard, now)
                self._resuming = False
            self._put(Packet(self._source, now, data))
            self._heard = now
            self._newest = now * 1e-9
        return data

    def _order(self, port: Port, order: OrderName) -> None:
        for step in steps(self._wanted.profile, order, self._wanted.params):
            if step.do == "write":
                port.write(step.data)
                self._log.wrote(ENDPOINT, step.data)
                self._await(port, step)
            self._pause(port, step.delay_s)

    def _pause(self, port: Port, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._stop.is_set():
            self._hear(port, min(left, _LOOK))

    def _await(self, port: Port, step: Step) -> None:
        if not step.expect:
            return
        until = time.monotonic() + step.timeout_s
        while (left := until - time.monotonic()) > 0 and not self._stop.is_set():
            said = reply(step, ENDPOINT, self._hear(port, min(left, _LOOK)))
            if said:
                msg = f"the board refused {step.data.hex(' ')}: {said}: look at it"
                raise GoneError(msg)
            if said is not None:
                return
        if not self._stop.is_set():
            msg = (
                f"the board did not answer {step.data.hex(' ')} in "
                f"{step.timeout_s:g} s: opening it again; if this stays, switch it off"
            )
            raise GoneError(msg)


def _is_place(part: str) -> bool:
    """Return whether somebody named a place, listed or not: a link, a bound port."""
    return part.startswith(("/", "COM", "\\\\"))


def _words(error: Exception) -> str:
    if isinstance(error, (GoneError, RadioError)):
        return str(error)
    said = " ".join(str(error).split()) or type(error).__name__
    return f"the board's driver failed ({said}): unplug it, plug it in again"
