"""The air between virtual sensors and bleak, in real time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from surefoot.devices.ble import Transport
from surefoot.virtual.airtime import Air
from surefoot.virtual.radio.client import VirtualClient
from surefoot.virtual.radio.scanner import VirtualScanner
from surefoot.virtual.source import UNITS
from surefoot.virtual.unit import VirtualUnit
from surefoot.virtual.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue
    from surefoot.virtual.person import Person
    from surefoot.virtual.scene import Scene
    from surefoot.virtual.sensor import Firmware


LAG = 0.2
"""How far a world that nobody measures stays behind [s]."""


class Heard(Protocol):
    """What a virtual scanner and its clients need of the air they are bound to."""

    units: dict[str, VirtualUnit]
    clients: dict[str, VirtualClient]
    unavailable: Exception | None

    def catch_up(self) -> None:
        """Let every world come nearly up to now."""
        ...


class VirtualAir:
    """Virtual sensors around one virtual person, in real time.

    Parameters
    ----------
    person : Person or str
        Who, or the name of one of `surefoot.virtual.PEOPLE`.
    seed : int
        Of everything random.
    units : mapping of str to Firmware, optional
        The sensors by role.
    air : Air, optional
        How good the connections are.
    scene : Scene, optional
        What is stood on and worn.
    """

    def __init__(
        self,
        person: Person | str = "steady",
        seed: int = 0,
        *,
        units: Mapping[str, Firmware] | None = None,
        air: Air | None = None,
        scene: Scene | None = None,
    ) -> None:
        self.world = World(person, seed, scene=scene)
        self.unavailable: Exception | None = None
        """Raised by every scan, as if there were no adapter."""
        self.units: dict[str, VirtualUnit] = {
            role: VirtualUnit(firmware, role, self.world, self.now, air or Air())
            for role, firmware in (units or UNITS).items()
        }
        self.clients: dict[str, VirtualClient] = {}
        """Who is connected, by role."""
        self._zero = time.monotonic()
        self.transport = transport_in(self)
        """What makes bleak use this."""

    def now(self) -> float:
        """Return the time in the world [s]: that of the computer, from zero."""
        return time.monotonic() - self._zero

    def catch_up(self) -> None:
        """Let the world come nearly up to now."""
        self.world.advance(self.now() - LAG)

    def follow(self, told: Mapping[str, JsonValue]) -> None:
        """Let the person do what a command says; from any thread."""
        fields = dict(told)
        self.world.follow(str(fields.pop("do")), **fields)

    def drop(self, role: str) -> None:
        """Break the link of a sensor; from any thread."""
        client = self.clients.get(role)
        if client is not None:
            client.loop.call_soon_threadsafe(client.break_link)


def transport_in(here: Heard) -> Transport:
    """Return what makes bleak hear the virtual sensors of an air, and no others."""

    # bleak makes the backends itself, from their types
    class Scanner(VirtualScanner):
        air = here

    class Client(VirtualClient):
        air = here

    return Transport(Scanner, Client)
