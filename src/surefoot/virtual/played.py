"""A packet source that is told what to do while it plays, faster than time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.virtual.script import Fault, Say, Script
from surefoot.virtual.source import VirtualSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue
    from surefoot.virtual.airtime import Air
    from surefoot.virtual.person import Person
    from surefoot.virtual.scene import Scene
    from surefoot.virtual.sensor import Firmware

LONGEST = 4 * 3600.0
"""A sitting is never longer [s]."""


class PlayedSource(VirtualSource):
    """Virtual sensors without a script: what happens is said while it plays.

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
        script = Script("played", LONGEST, ())
        self.scene = scene
        super().__init__(script, person, seed, units=units, air=air)

    def say(self, do: str, **fields: JsonValue) -> None:
        """Let somebody tell the session something now."""
        self.agenda.at(self.agenda.now, lambda: self.act(Say(do, fields)))

    def go_wrong(self, fault: Fault) -> None:
        """Let something go wrong with a sensor now."""
        self.agenda.at(self.agenda.now, lambda: self.act(fault))

    def end(self) -> None:
        """Let the session end now."""
        self.over = True
