"""The life of a link as the session is told of it, and how patient the radio is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import LinkState
from surefoot.core.control import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import JsonValue, Packet


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the radio waits for what [s].

    Attributes
    ----------
    scan : float
        For a sensor to be heard, before the adapter is given to the next one.
    connect : float
        For a connection and the list of its services.
    answer : float
        For the answer to a command, a read or a write.
    silence : float
        For a packet on an open link, before the link counts as lost.
    disconnect : float
        For a link to close.
    first_wait, longest_wait : float
        Between two attempts that failed; doubled each time.
    longest_pause : float
        Between two scans that did not hear the sensor; doubled from ``first_wait``.
    battery : float
        Between two looks at the battery.
    """

    scan: float = 3.0
    connect: float = 15.0
    answer: float = 3.0
    silence: float = 3.0
    disconnect: float = 3.0
    first_wait: float = 0.25
    longest_wait: float = 8.0
    longest_pause: float = 2.0
    battery: float = 60.0

    def wait(self, failures: int) -> float:
        """Return the pause after so many failures in a row."""
        return min(self.first_wait * 2.0 ** min(failures, 16), self.longest_wait)

    def pause(self, misses: int) -> float:
        """Return the pause after so many scans in a row that heard nothing."""
        return min(self.wait(misses), self.longest_pause)


class LinkLog:
    """Puts what happens to one link into the session's queue.

    Parameters
    ----------
    role : str
        Whose link.
    put : callable
        Takes a packet.
    """

    def __init__(self, role: str, put: Callable[[Packet], None]) -> None:
        self._source = f"link/{role}"
        self._put = put
        self.device = ""
        """What the sensor calls itself, once it is known."""
        self._why = ""

    def state(self, state: LinkState, reason: str = "") -> None:
        """Tell where the link stands, and why."""
        if state is LinkState.LOST:
            self._why = reason
        told: dict[str, JsonValue] = {"state": state.value}
        if self.device:
            told["device"] = self.device
        if reason:
            told["reason"] = reason
        self._tell(told)

    def wrote(self, endpoint: str, data: bytes) -> None:
        """Tell what was written to the sensor."""
        self._tell({"endpoint": endpoint, "wrote": data.hex()})

    def battery(self, percent: int) -> None:
        """Tell how full the battery is."""
        self._tell({"battery": percent})

    def gap(self, since_ns: int, now_ns: int) -> None:
        """Mark that nothing came from ``since_ns`` on, until now, and why."""
        told: dict[str, JsonValue] = {
            "gap": round((now_ns - since_ns) * 1e-9, 6),
            "since_ns": since_ns,
            "reason": self._why,
        }
        self._put(control(self._source, now_ns, **told))

    def warning(self, text: str) -> None:
        """Tell what somebody should know before it goes wrong."""
        self._tell({"warning": text})

    def _tell(self, told: dict[str, JsonValue]) -> None:
        self._put(control(self._source, time.monotonic_ns(), **told))
