"""Devices by role, each kept at work in a thread of its own."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from surefoot.devices.ble import Limits, Wanted
from surefoot.devices.transports.kinds import KINDS
from surefoot.devices.transports.line import Claims, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from surefoot.core import Packet
    from surefoot.devices.ble import Known
    from surefoot.devices.profile import Profile
    from surefoot.devices.transports.kinds import Kind


class Ports:
    """Opens devices, keeps them open, and puts what they send into a queue.

    Beside the packets ``role/port`` it puts ``link/role`` packets: states with the
    reason, bytes written, gaps. No call waits for a device, except `stop`.

    Parameters
    ----------
    put : callable
        Takes a packet; called in the threads of the devices, so it must be quick.
    wanted : mapping of str to Wanted
        The devices by role; the name may be an address, as ``"/dev/ttyUSB0"``.
    kinds : mapping of str to Kind
        The transports by name.
    limits : Limits, optional
        How long to wait for what.
    """

    def __init__(
        self,
        put: Callable[[Packet], None],
        wanted: Mapping[str, Wanted],
        kinds: Mapping[str, Kind] = KINDS,
        *,
        limits: Limits | None = None,
    ) -> None:
        claims, limits = Claims(), limits or Limits()
        self._wanted = dict(wanted)
        self._lines = {
            role: Line(role, told, put, kinds[told.profile.transport], limits)
            for role, told in wanted.items()
        }
        self._threads = [
            threading.Thread(
                target=line.run, args=(claims,), name=f"port {role}", daemon=True
            )
            for role, line in self._lines.items()
        ]

    def start(self) -> None:
        """Begin, and return at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Close every device; return whether all ended within ``timeout`` [s]."""
        for line in self._lines.values():
            line.ask_to_stop()
        until = time.monotonic() + timeout
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    @property
    def sensors(self) -> dict[str, Known]:
        """The devices that were opened so far, by role; `keep_sensors` keeps them."""
        return {
            role: self._wanted[role].known(line.device.name, line.device.address)
            for role, line in self._lines.items()
            if line.device is not None
        }


class PortSource:
    """A packet source of one device (a `surefoot.core.PacketSource`).

    Parameters
    ----------
    profile : Profile
        Its model.
    address : str
        Where it is, or part of its name.
    role : str
        The first part of packet sources.
    kinds : mapping of str to Kind
        The transports by name.
    """

    def __init__(
        self,
        profile: Profile,
        address: str,
        role: str = "board",
        kinds: Mapping[str, Kind] = KINDS,
    ) -> None:
        self._queue: queue.SimpleQueue[Packet | None] = queue.SimpleQueue()
        wanted = {role: Wanted(profile, address or None)}
        self._ports = Ports(self._queue.put, wanted, kinds)

    def packets(self) -> Iterator[Packet]:
        """Yield packets until `close`; the device may go and come back meanwhile."""
        self._ports.start()
        try:
            while (packet := self._queue.get()) is not None:
                yield packet
        finally:
            self._ports.stop()

    def close(self) -> None:
        """End `packets`; may be called from another thread."""
        self._queue.put(None)


def open_source(profile: Profile, address: str, role: str = "board") -> PortSource:
    """Return a packet source of one device that is plugged in.

    Parameters
    ----------
    profile : Profile
        Its model; ``profile.transport`` is ``"evdev"``, ``"hid"`` or ``"serial"``.
    address : str
        Where it is, or part of its name; empty for the first one that fits.
    role : str
        What it is used for.
    """
    return PortSource(profile, address, role)


class _Sensors(Protocol):
    def start(self) -> None: ...
    def stop(self) -> object: ...


class Together:
    """Several sources of packets as one: a radio and ports in one session.

    Parameters
    ----------
    parts : objects with ``start()`` and ``stop()``
        Started in order, stopped in the opposite one.
    """

    def __init__(self, *parts: _Sensors) -> None:
        self._parts = parts

    def start(self) -> None:
        """Begin with all of them."""
        for part in self._parts:
            part.start()

    def stop(self) -> bool:
        """Let go of all, also when one of them fails; return whether all ended."""
        ended: list[object] = []
        with ExitStack() as rest:
            for part in self._parts:
                rest.callback(_stop, part, ended)
        return False not in ended

    @property
    def sensors(self) -> dict[str, Known]:
        """The sensors of all parts, by role."""
        return {role: told for part in self._parts for role, told in _known(part)}


def _known(part: _Sensors) -> Iterable[tuple[str, Known]]:
    told: dict[str, Known] = getattr(part, "sensors", {})
    return told.items()


def _stop(part: _Sensors, ended: list[object]) -> None:
    ended.append(part.stop())
