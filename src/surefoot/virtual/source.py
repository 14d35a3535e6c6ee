"""A packet source that plays a script faster than time, the same way every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.virtual.agenda import Agenda
from surefoot.virtual.airtime import Air, AirTime
from surefoot.virtual.feed import Feed, Out
from surefoot.virtual.names import advertised
from surefoot.virtual.script import Fault, Say
from surefoot.virtual.sensor import Firmware, VirtualSensor
from surefoot.virtual.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from surefoot.core import JsonValue
    from surefoot.virtual.person import Person
    from surefoot.virtual.scene import Scene
    from surefoot.virtual.script import Action, Script

TICK = 0.2  # s
_START_NS = 1_000_000_000_000
_WALL_NS = 1_767_600_000_000_000_000  # a Monday in January 2026

# packet number and microsecond clock wrap within the first minute of every session
UNITS: dict[str, Firmware] = {
    "board": Firmware(
        drift_ppm=35.0,
        first_counter=2**16 - 600,
        first_tick_ns=2**32 * 1000 - 45_000_000_000,
    ),
    "trunk": Firmware(drift_ppm=-20.0, first_counter=2**16 - 300),
}
"""The sensors of a session, unless others are given."""


class VirtualSource:
    """Plays a script: links, sensor packets, ticks and commands, ordered by time.

    Nothing here looks at a clock; every time is simulated. `packets` may be called
    again and begins anew, with the same packets.

    Parameters
    ----------
    script : Script
        What happens.
    person : Person or str
        Who, or the name of one of `surefoot.virtual.PEOPLE`.
    seed : int
        Of everything random.
    units : mapping of str to Firmware, optional
        The sensors by role.
    air : Air, optional
        How good the connections are.
    start_ns : int
        Monotonic clock at session start [ns].
    """

    scene: Scene | None = None
    """What is stood on and worn."""

    def __init__(
        self,
        script: Script,
        person: Person | str = "steady",
        seed: int = 0,
        *,
        units: Mapping[str, Firmware] | None = None,
        air: Air | None = None,
        start_ns: int = _START_NS,
    ) -> None:
        self.over = False
        """Whether it ends before its script does."""
        self.script = script
        self.start_ns = start_ns
        self._person = person
        self._seed = seed
        self._units = dict(units or UNITS)
        self._air = air or Air()
        self._ready: list[Packet] = []
        self._set_up()

    def packets(self) -> Iterator[Packet]:
        """Yield every packet of the session, from ``clock/start`` to ``clock/end``."""
        self._set_up()
        self._put("clock/start", {"wall_ns": _WALL_NS})
        self._plan()
        while not self.over and self.agenda.step(self.script.seconds):
            yield from self._taken()
        if not self.over:
            self.agenda.now = self.script.seconds
        for feed in self.feeds.values():
            feed.close()
        self._put("clock/end", {"why": "script"})
        yield from self._taken()

    @property
    def profiles(self) -> dict[str, str]:
        """The id of each sensor's profile, by role."""
        return {role: feed.sensor.profile.id for role, feed in self.feeds.items()}

    def _set_up(self) -> None:
        self.agenda = Agenda()
        """What happens next."""
        self.world = World(self._person, self._seed, scene=self.scene)
        """The person and the board of the newest play."""
        self.feeds = {role: self._feed(role) for role in self._units}
        """The sensors of the newest play, by role."""

    def _feed(self, role: str) -> Feed:
        sensor = VirtualSensor(self._units[role], role, self.world)
        return Feed(
            sensor,
            AirTime(self._air, self._seed, role),
            self.agenda,
            Out(self._data, lambda fields: self._put(f"link/{role}", fields)),
            advertised(sensor.profile, role),
        )

    def _plan(self) -> None:
        for index, feed in enumerate(self.feeds.values()):
            feed.connect(0.02 + 0.7 * index)
        for t, action in self.script.actions:
            self.agenda.at(t, lambda action=action: self.act(action))
        self._tick()

    def _tick(self) -> None:
        if self.agenda.now > 0:
            self._put("clock/tick", {})
        ticks = round(self.agenda.now / TICK) + 1
        self.agenda.at(ticks * TICK, self._tick)

    def act(self, action: Action) -> None:
        """Let something happen now."""
        if isinstance(action, Fault):
            self.feeds[action.role].suffer(action)
            return
        if isinstance(action, Say):
            self._put("person/command", {"do": action.do, **action.detail})
        self.world.advance(self.agenda.now)
        self.world.follow(action.do, **action.detail)

    def _put(self, source: str, fields: dict[str, JsonValue]) -> None:
        self._ready.append(control(source, self._now_ns(), **fields))

    def _data(self, source: str, payload: bytes) -> None:
        self._ready.append(Packet(source, self._now_ns(), payload))

    def _now_ns(self) -> int:
        return self.start_ns + round(self.agenda.now * 1e9)

    def _taken(self) -> list[Packet]:
        taken, self._ready = self._ready, []
        return taken
