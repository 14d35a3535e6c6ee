"""Several virtual people with their sensors around one adapter, in real time."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.virtual.airtime import Adapter, Air
from surefoot.virtual.radio.air import LAG, transport_in
from surefoot.virtual.unit import VirtualUnit
from surefoot.virtual.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.virtual.person import Person
    from surefoot.virtual.radio.client import VirtualClient
    from surefoot.virtual.sensor import Firmware


class VirtualHall:
    """What one adapter hears in a class: every person has a world of their own.

    Sensors are called by place, as ``"board (A)"``; two people may have the same role.

    Parameters
    ----------
    adapter : Adapter, optional
        How much the adapter carries.
    air : Air, optional
        How good the connections are.
    """

    def __init__(self, adapter: Adapter | None = None, air: Air | None = None) -> None:
        self.adapter = adapter or Adapter()
        self.unavailable: Exception | None = None
        """Raised by every scan, as if there were no adapter."""
        self.units: dict[str, VirtualUnit] = {}
        """Every sensor, by place."""
        self.clients: dict[str, VirtualClient] = {}
        """Who is connected, by place."""
        self.worlds: dict[str, World] = {}
        """Everybody's world, by code."""
        self._air = replace(air or Air(), adapter=self.adapter)
        self._zero = time.monotonic()
        self.transport = transport_in(self)
        """What makes bleak use this."""

    def enter(
        self,
        code: str,
        person: Person | str,
        seed: int,
        units: Mapping[str, Firmware],
    ) -> World:
        """Let a person come in with sensors, and return their world.

        Parameters
        ----------
        code : str
            Who it is in this class.
        person : Person or str
            Who, or the name of one of `surefoot.virtual.PEOPLE`.
        seed : int
            Of everything random about the person and the sensors.
        units : mapping of str to Firmware
            The sensors by role.
        """
        world = self.worlds[code] = World(person, seed)
        for role, firmware in units.items():
            unit = VirtualUnit(firmware, role, world, self.now, self._air, code)
            self.units[unit.place] = unit
        return world

    def now(self) -> float:
        """Return the time in all worlds [s]: that of the computer, from zero."""
        return time.monotonic() - self._zero

    def catch_up(self) -> None:
        """Let every world come nearly up to now."""
        for world in self.worlds.values():
            world.advance(self.now() - LAG)

    def drop(self, place: str) -> None:
        """Break the link of a sensor; from any thread."""
        client = self.clients.get(place)
        if client is not None:
            client.loop.call_soon_threadsafe(client.break_link)
