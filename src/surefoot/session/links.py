"""The sensors of a session: what each sent, which fell silent, which came back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.core import Event, LinkState
from surefoot.session.intake import Intake
from surefoot.training import SILENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from surefoot.core import Block, JsonValue, Packet
    from surefoot.session.setup import Sensor
    from surefoot.session.snapshot import Link


class Links:
    """Keeps an intake for each role, and says when one is lost or back.

    Parameters
    ----------
    sensors : mapping of str to Sensor
        By role.
    t0_ns : int
        Session zero on the host's monotonic clock [ns].
    """

    def __init__(self, sensors: Mapping[str, Sensor], t0_ns: int) -> None:
        self.intakes = {
            role: Intake(role, sensor, t0_ns) for role, sensor in sensors.items()
        }
        self._silent: dict[str, float] = {}

    def take(self, packet: Packet) -> bool:
        """Decode a packet; return whether its role belongs to the session."""
        intake = self.intakes.get(packet.role)
        if intake is None:
            return False
        intake.take(packet)
        return True

    def drain(self) -> Iterator[tuple[str, Block]]:
        """Yield what came since the last call, as one block for each role."""
        for role, intake in self.intakes.items():
            block = intake.drain()
            if block is not None:
                yield role, block

    def told(self, role: str, fields: dict[str, JsonValue], t: float) -> list[Event]:
        """Take note of what a link said about itself."""
        intake = self.intakes.get(role)
        if intake is None:
            return []
        before = intake.state
        events = _notes(role, fields, t)
        if "gap" in fields:
            intake.decoder.cut()
        try:
            intake.told(fields)
        except ValueError as error:
            return [Event(t, "fault", {"role": role, "text": str(error)})]
        if intake.state is not before:
            what = {"role": role, "state": intake.state.value, "reason": intake.reason}
            events.append(Event(t, "link", what))
        if intake.state is LinkState.LOST:
            events.extend(self._lost(role, t))
        return events

    def listen(self, t: float) -> list[Event]:
        """Notice who has been silent for too long, and who is heard again."""
        events: list[Event] = []
        for role, intake in self.intakes.items():
            quiet = intake.arrived >= 0 and t - intake.arrived > SILENCE
            if quiet:
                events.extend(self._lost(role, t))
            elif intake.arrived > self._silent.get(role, math.inf):
                del self._silent[role]
                events.append(Event(t, "sensor-back", {"role": role}))
        return events

    def heard(self, roles: Sequence[str]) -> bool:
        """Return whether samples came from all of these roles."""
        return all(r in self.intakes and self.intakes[r].newest >= 0 for r in roles)

    def silent(self, roles: Sequence[str]) -> str:
        """Return the first of these roles that nothing comes from, or nothing."""
        return next((r for r in roles if r in self._silent), "")

    def newest(self, role: str) -> float:
        """Return the time of the newest sample of a role [s]; -1 before the first."""
        return self.intakes[role].newest if role in self.intakes else -1.0

    def delays(self, role: str) -> Sequence[tuple[float, float]]:
        """Return sample time and reception delay of each packet of a role [s]."""
        return self.intakes[role].delays if role in self.intakes else ()

    def links(self, t: float) -> tuple[Link, ...]:
        """Return how each sensor is doing at session time ``t``."""
        return tuple(intake.link(t) for intake in self.intakes.values())

    def _lost(self, role: str, t: float) -> list[Event]:
        if role in self._silent or self.intakes[role].arrived < 0:
            return []
        self._silent[role] = t
        return [Event(t, "sensor-lost", {"role": role})]


def _notes(role: str, fields: dict[str, JsonValue], t: float) -> list[Event]:
    """Return the gap that ends now, and what the radio warns of."""
    events: list[Event] = []
    gap = fields.get("gap")
    if isinstance(gap, float) and math.isfinite(gap):
        why = str(fields.get("reason", ""))
        events.append(Event(t, "gap", {"role": role, "seconds": gap, "reason": why}))
    if "warning" in fields:
        text = str(fields["warning"])
        events.append(Event(t, "warning", {"role": role, "text": text}))
    return events
