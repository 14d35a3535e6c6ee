"""Listens for sensors in a thread of its own, round by round, until told to stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import SurefootError

if TYPE_CHECKING:
    from collections.abc import Callable

    Hear = Callable[[float], "list[Heard]"]

ROUND = 1.0  # s
NOTHING = (
    "Nothing heard yet. Wake the sensor, bring it closer, and see that no phone is "
    "connected to it."
)
"""What helps when no sensor is heard."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sensor that was heard, or a board that is plugged in.

    Attributes
    ----------
    profile : str
        Id of its model; empty for one that is not known.
    name : str
        What it calls itself.
    place : str
        Its address.
    strength : int or None
        Of the signal [dBm]; None on a cable.
    """

    profile: str
    name: str
    place: str
    strength: int | None = None

    @property
    def asked(self) -> str:
        """How it is asked for: ``"profile:name"``."""
        return f"{self.profile}:{self.name}" if self.name else self.profile


def hear(seconds: float) -> list[Heard]:
    """Return what is on the air or plugged in, the nearest first.

    Raises
    ------
    RadioError
        If there is no Bluetooth, it is off or not allowed, and nothing is plugged in.
    """
    from surefoot.core import RadioError
    from surefoot.devices.ble import scan
    from surefoot.devices.transports import found

    boards = [Heard(b.profile_id or "", b.name, b.address) for b in found()]
    try:
        heard = scan(seconds)
    except RadioError:
        if any(board.profile for board in boards):
            return boards
        raise
    return boards + [
        Heard(f.profile_id or "", f.name, f.address, f.rssi) for f in heard
    ]


class Listening:
    """What is heard from now on; asked for, it never waits.

    Parameters
    ----------
    ear : callable
        As `hear`.
    """

    def __init__(self, ear: Hear = hear) -> None:
        self._ear = ear
        self._lock = threading.Lock()
        self._found: dict[str, Heard] = {}
        self._trouble = ""
        self._rounds = 0
        self._over = threading.Event()
        thread = threading.Thread(target=self._listen, name="listening", daemon=True)
        self._thread = thread
        thread.start()

    def state(self) -> tuple[list[Heard], str, int]:
        """Return what was heard, the nearest first, what is wrong, and the rounds."""
        with self._lock:
            near = sorted(self._found.values(), key=lambda one: -(one.strength or 0))
            return near, self._trouble, self._rounds

    def stop(self) -> None:
        """Listen no more; a round under way ends by itself."""
        self._over.set()

    def join(self) -> None:
        """Wait until the round under way has ended."""
        self._thread.join(timeout=5 * ROUND)

    def _listen(self) -> None:
        while not self._over.is_set():
            trouble, heard = "", list[Heard]()
            try:
                heard = self._ear(ROUND)
            except (SurefootError, OSError) as error:
                trouble = str(error)
            with self._lock:
                self._found |= {one.place: one for one in heard}
                self._trouble = trouble
                self._rounds += 1
            if trouble or not heard:
                self._over.wait(ROUND)
