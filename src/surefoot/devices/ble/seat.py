"""Which sensor belongs to which role."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from surefoot.devices.ble.known import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

    from surefoot.core import Packet
    from surefoot.devices.ble.link import Limits, LinkLog
    from surefoot.devices.ble.transport import Transport
    from surefoot.devices.profile import Profile


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sensor to connect to.

    Attributes
    ----------
    profile : Profile
        The model.
    name : str or None
        Part of its name, its serial number for example; None takes the first one heard
        that no other role has.
    params : mapping of str to float
        Settings that differ from the profile's defaults.
    address : str or None
        Where it was the last time. Counts only where no serial number is told in the
        name, so that two sensors may have the same one.
    found_as : str
        By what the profile is found again, a path for example; its id unless told.
    """

    profile: Profile
    name: str | None = None
    params: Mapping[str, float] = field(default_factory=dict[str, float])
    address: str | None = None
    found_as: str = ""

    def known(self, name: str, address: str) -> Known:
        """Return what is to be remembered of the sensor that was found."""
        return Known(self.found_as or self.profile.id, name, address)


@dataclass(frozen=True, slots=True)
class Taken:
    """The sensor that a role has got."""

    name: str
    address: str
    serial: str = ""

    def same(self, serial: str, address: str) -> bool:
        """Return whether this is it: by its serial number, or in its place."""
        return address == self.address or (serial != "" and serial == self.serial)


@dataclass(slots=True)
class Air:
    """What all sensors share."""

    transport: Transport
    adapter: str | None
    limits: Limits
    taken: dict[str, Taken] = field(default_factory=dict[str, Taken])
    """By role: nobody else's sensor is used after a reconnect."""
    elsewhere: Callable[[str, str], bool] = lambda _serial, _address: False
    """Whether another radio of this program has taken a sensor."""


@dataclass(slots=True)
class Seat:
    """One role, and how its sensor is recognised."""

    role: str
    wanted: Wanted
    put: Callable[[Packet], None]
    log: LinkLog
    air: Air
    newest: int | None = None
    """Host time of the newest packet with samples [ns]."""
    elsewhere: str = ""
    """What was heard by the remembered name, and not in the remembered place."""

    def take(self, device: BLEDevice, told: AdvertisementData | None = None) -> None:
        """Keep this sensor for this role."""
        name = (told.local_name if told else None) or device.name or ""
        serial = serial_of(self.wanted.profile, name)
        self.air.taken[self.role] = Taken(name, device.address, serial)
        self.log.device = name or device.address

    def resume(self, now: int) -> None:
        """Mark the gap, if samples came before this link."""
        if self.newest is not None:
            self.log.gap(self.newest, now)

    def fits(self, device: BLEDevice, told: AdvertisementData) -> bool:
        """Return whether an advertisement is from the sensor of this role."""
        name = told.local_name or device.name or ""
        serial = serial_of(self.wanted.profile, name)
        for role, taken in self.air.taken.items():
            if taken.same(serial, device.address):
                return role == self.role
        wanted = self.wanted
        if self.air.elsewhere(serial, device.address):
            return False
        if self.role in self.air.taken or not _holds(wanted.name, name):
            return False
        if not wanted.profile.matches(
            name, told.service_uuids, told.manufacturer_data.keys()
        ):
            return False
        if wanted.address in {None, device.address} or serial:
            return True
        self.elsewhere = (
            f"{name or wanted.profile.name}: expected at {wanted.address} as the last "
            f"time, heard at {device.address}: switch the usual one on; if this is it, "
            f"say --sensor {self.role}={wanted.found_as or wanted.profile.id}"
        )
        return False


def serial_of(profile: Profile, name: str) -> str:
    """Return the serial number in a name, if the profile says where it stands.

    That is the group ``serial`` of a rule's pattern, ``^Movesense (?P<serial>[0-9]+)``.
    Digits alone say nothing: all sensors of a model may have them in their name.
    """
    for rule in profile.rules:
        found = re.search(rule.name, name) if rule.name else None
        if found is not None and found.groupdict().get("serial"):
            return found["serial"]
    return ""


def _holds(part: str | None, name: str) -> bool:
    return (part or "").casefold() in name.casefold()
