"""What every transport has in common: a port that is open, and one that could be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from surefoot.devices.profile import Profile, Transport

ENDPOINT = "port"
"""The one endpoint of a device that is not on the radio."""


class GoneError(Exception):
    """A device is no longer there, or not as it should be; the text says what to do."""


class Port(Protocol):
    """One device, open."""

    def read(self, timeout: float) -> bytes:
        """Return what came, untouched; nothing after ``timeout`` [s] of silence.

        Raises
        ------
        GoneError
            If the device was unplugged, switched off or taken away.
        """
        ...

    def write(self, data: bytes) -> None:
        """Send bytes.

        Raises
        ------
        GoneError
            If they cannot be sent.
        """
        ...

    def close(self) -> None:
        """Let go of the device; may be called again."""
        ...


@dataclass(frozen=True, slots=True)
class Plugged:
    """A device that could be opened.

    Attributes
    ----------
    name : str
        What it calls itself.
    address : str
        Where it is: ``"/dev/input/event5"``, ``"COM3"``, or a path of the system.
    transport : str
        ``"evdev"``, ``"hid"`` or ``"serial"``.
    usb : tuple of (int, int) or None
        Vendor and product; Bluetooth boards have them too.
    serial : str
        Serial number, if it has one.
    profile_id : str or None
        The shipped profile that fits, if one does.
    """

    name: str
    address: str
    transport: Transport
    usb: tuple[int, int] | None = None
    serial: str = ""
    profile_id: str | None = None

    def answers(self, part: str) -> bool:
        """Return whether it is at this address, or has this in its name or number."""
        folded = part.casefold()
        return (
            part == self.address
            or folded in self.name.casefold()
            or (folded in self.serial.casefold())
        )


def fits(profile: Profile, name: str, usb: tuple[int, int] | None) -> bool:
    """Return whether a device is of this model, by its name and its numbers."""
    return any(
        (not rule.name or re.search(rule.name, name) is not None)
        and (rule.usb is None or rule.usb == usb)
        and not rule.service
        and rule.manufacturer is None
        for rule in profile.rules
    )
