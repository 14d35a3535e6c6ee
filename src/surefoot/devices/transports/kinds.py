"""The transports there are, and what is plugged in on each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surefoot.core import RadioError
from surefoot.devices.profile import shipped_profiles
from surefoot.devices.transports import evdev, hid_port, serial_port
from surefoot.devices.transports.port import fits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surefoot.devices.profile import Profile
    from surefoot.devices.transports.port import Plugged, Port


@dataclass(frozen=True, slots=True)
class Kind:
    """One transport.

    Attributes
    ----------
    plugged : callable
        Returns the devices there are.
    open : callable
        Takes an address and a profile, returns a port.
    what_to_do : str
        When there is none.
    """

    plugged: Callable[[], list[Plugged]]
    open: Callable[[str, Profile], Port]
    what_to_do: str


KINDS: Mapping[str, Kind] = {
    "evdev": Kind(
        evdev.plugged,
        evdev.open_port,
        "press the board's red button and pair it in the system's Bluetooth settings",
    ),
    "hid": Kind(
        hid_port.plugged,
        hid_port.open_port,
        "press the board's red button and pair it in the system's Bluetooth settings",
    ),
    "serial": Kind(
        serial_port.plugged,
        serial_port.open_port,
        "plug the board in, look at its cable",
    ),
}
"""By the name profiles use."""


def found(kinds: Mapping[str, Kind] = KINDS) -> list[Plugged]:
    """Return what is plugged in: known models, and serial ports of any USB device.

    A transport whose package is not installed gives none, and neither does one that
    this system lacks. Mice and keyboards are left out.
    """
    listed: list[Plugged] = []
    for kind in kinds.values():
        try:
            there = kind.plugged()
        except (RadioError, OSError):
            continue
        told = [replace(device, profile_id=_model(device)) for device in there]
        listed += [t for t in told if t.profile_id or t.transport == "serial"]
    return listed


def _model(device: Plugged) -> str | None:
    models = (
        profile.id
        for profile in shipped_profiles().values()
        if profile.transport == device.transport
        and fits(profile, device.name, device.usb)
    )
    return next(models, None)
