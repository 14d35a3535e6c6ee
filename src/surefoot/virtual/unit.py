"""A virtual sensor as a radio meets it: services, commands, bursts, and its moods."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from surefoot.devices._template import holes
from surefoot.devices.commands import holds, settings, step_of
from surefoot.devices.encoder import told_by
from surefoot.virtual.airtime import Air, AirTime
from surefoot.virtual.names import advertised
from surefoot.virtual.sensor import Firmware, VirtualSensor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from surefoot.devices import Profile
    from surefoot.devices.commands import OrderName, Step
    from surefoot.virtual.world import World

_LATE = 1.0  # s behind the clock after which a sensor skips instead of catching up


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a write means: which step of an order, with which settings."""

    step: Step
    index: int
    params: tuple[tuple[str, float], ...] = ()


class VirtualUnit:
    """One sensor that can be heard, connected to, told to stream, and disturbed.

    It streams only while it is subscribed to and every command of the profile's start
    has been written.

    Parameters
    ----------
    firmware : Firmware
        What unit it is.
    role : str
        Where it sits.
    world : World
        What it measures.
    clock : callable
        Returns the time in the world now [s].
    air : Air
        How good its connection is, and whom it shares the air with.
    owner : str
        Whose it is, where several people have sensors in the same role.
    """

    def __init__(
        self,
        firmware: Firmware,
        role: str,
        world: World,
        clock: Callable[[], float],
        air: Air,
        owner: str = "",
    ) -> None:
        self.role = role
        self.place = f"{role} ({owner})" if owner else role
        """Where it sits, and on whom."""
        self.in_range = True
        self.silent = False
        """Linked, and nothing comes."""
        self.answers = True
        """Whether commands get the answer their profile tells of."""
        self.connect_errors: list[Exception] = []
        """Raised by the next attempts to connect, one each."""
        self.battery = 87
        self.commands: list[tuple[str, bytes]] = []
        """Every write, oldest first."""
        self.sensor = VirtualSensor(firmware, role, world)
        self.name = advertised(self.sensor.profile, self.place)
        self._firmware = firmware
        self._world = world
        self._clock = clock
        self._airtime = AirTime(air, world.seed, role)
        self._size = 80  # bytes of the newest packet
        self._meanings = dict(_meanings(self.profile, "start"))
        self._stops = {key for key, _ in _meanings(self.profile, "stop")}
        self._needed = _needed(self.profile, firmware.params)
        self._send: Callable[[str, bytes], None] | None = None
        self._subscribed: set[str] = set()
        self._started: set[int] = set()
        self._begun = False
        self._resumed = False

    @property
    def profile(self) -> Profile:
        """The model."""
        return self.sensor.profile

    @property
    def linked(self) -> bool:
        """Whether somebody is connected."""
        return self._send is not None

    @property
    def streaming(self) -> bool:
        """Whether it was told to stream and somebody listens."""
        started = self._needed <= self._started
        return self.linked and started and self.sensor.endpoints <= self._subscribed

    def link(self, send: Callable[[str, bytes], None] | None) -> None:
        """Begin a connection that delivers by ``send``, or end it with None."""
        self._send = send
        self._resumed = True
        adapter = self._airtime.air.adapter
        if adapter is not None:
            (adapter.open.discard if send is None else adapter.open.add)(self.place)
        self._subscribed.clear()
        self._started.clear()

    def subscribe(self, endpoint: str, wanted: bool = True) -> None:
        """Begin or end to notify of an endpoint."""
        (self._subscribed.add if wanted else self._subscribed.discard)(endpoint)

    def read(self, endpoint: str) -> bytes:
        """Return what an endpoint holds."""
        told = self.profile.battery
        if told is not None and told[0] == endpoint:
            return bytes(told[1]) + bytes([self.battery])
        return dict(told_by(self.profile)).get(endpoint, b"")

    def write(self, endpoint: str, data: bytes) -> None:
        """Take a command; one the profile does not know changes nothing."""
        self.commands.append((endpoint, data))
        if (endpoint, data) in self._stops and self._needed <= self._started:
            self._started.clear()  # some starts begin with a stop: then it goes on
        meaning = self._meanings.get((endpoint, data))
        if meaning is None:
            return
        self._set(dict(meaning.params))
        self._started.add(meaning.index)
        if meaning.step.expect and self.answers:
            self._notify(meaning.step.expect_from, meaning.step.expect)

    async def pump(self) -> None:
        """Send packets at their times for as long as the connection lasts."""
        while True:
            if not self.streaming:
                await asyncio.sleep(0.01)
                continue
            self._catch_up()
            arrivals = self._airtime.arrivals(self.sensor.ready, size=self._size)
            payload = None
            for index, arrival in enumerate(arrivals):
                await asyncio.sleep(max(0.0, arrival - self._clock()))
                payload = payload if index else self.sensor.packet()
                self._size = len(payload or b"") or self._size
                if payload is not None and self.streaming and not self.silent:
                    self._notify(self.sensor.endpoint, payload)

    def _catch_up(self) -> None:
        now = self._clock()
        if not self._begun:
            self.sensor.begin(now)
            self._begun = True
        elif self._resumed or self.sensor.ready < now - _LATE:
            self.sensor.skip(now)
        self._resumed = False

    def _set(self, told: dict[str, float]) -> None:
        before = settings(self.profile, self._firmware.params)
        params = {**before, **told}
        if params != before:
            self._firmware = replace(self._firmware, params=params)
            self._needed = _needed(self.profile, params)
            self.sensor = VirtualSensor(self._firmware, self.role, self._world)
            self._begun = False

    def _notify(self, endpoint: str, payload: bytes) -> None:
        if self._send is not None and endpoint in self._subscribed:
            self._send(endpoint, payload)


def _meanings(
    profile: Profile, name: OrderName
) -> Iterator[tuple[tuple[str, bytes], Meaning]]:
    """Yield what every write of an order means, for every setting in it."""
    defaults = settings(profile)
    for index, order in enumerate(profile.orders.get(name, ())):
        if not order.write:
            continue
        names = sorted({n for n, _ in holes(order.template, order.text)})
        for values in product(*(profile.params[n].codes for n in names)):
            params = dict(zip(names, values, strict=True))
            step = step_of(profile, order, {**defaults, **params})
            meaning = Meaning(step, index, tuple(params.items()))
            yield (step.endpoint, step.data), meaning


def _needed(profile: Profile, params: Mapping[str, float] | None) -> set[int]:
    """Return which orders of the start write something under these settings."""
    values = settings(profile, params)
    orders = enumerate(profile.orders.get("start", ()))
    return {i for i, order in orders if order.write and holds(order.when, values)}
