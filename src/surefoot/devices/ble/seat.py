"""Which sensor belongs to which role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    """

    profile: Profile
    name: str | None = None
    params: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(slots=True)
class Air:
    """What all sensors share."""

    transport: Transport
    adapter: str | None
    limits: Limits
    taken: dict[str, str] = field(default_factory=dict[str, str])
    """Address by role: nobody else's sensor is used after a reconnect."""


@dataclass(slots=True)
class Seat:
    """One role, and how its sensor is recognised."""

    role: str
    wanted: Wanted
    put: Callable[[Packet], None]
    log: LinkLog
    air: Air

    def take(self, device: BLEDevice) -> None:
        """Keep this sensor for this role."""
        self.air.taken[self.role] = device.address
        self.log.device = device.name or device.address

    def fits(self, device: BLEDevice, told: AdvertisementData) -> bool:
        """Return whether an advertisement is from the sensor of this role."""
        mine = self.air.taken.get(self.role)
        if mine is not None:
            return device.address == mine
        name = told.local_name or device.name or ""
        return (
            device.address not in self.air.taken.values()
            and (self.wanted.name or "").casefold() in name.casefold()
            and self.wanted.profile.matches(
                name, told.service_uuids, told.manufacturer_data.keys()
            )
        )
