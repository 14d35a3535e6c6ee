"""Who is there: listens for sensors without connecting to any."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bleak import BleakScanner
from bleak.exc import BleakError

from surefoot.core import RadioError
from surefoot.devices.ble.transport import Transport
from surefoot.devices.ble.trouble import explain
from surefoot.devices.profile import shipped_profiles

if TYPE_CHECKING:
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData


_BATTERY = "0000180f-0000-1000-8000-00805f9b34fb"


@dataclass(frozen=True, slots=True)
class Found:
    """A sensor that was heard.

    Attributes
    ----------
    name : str
        What it calls itself.
    address : str
        As this computer knows it; another computer may know it differently.
    rssi : int
        Signal strength [dBm].
    profile_id : str or None
        The shipped profile that fits, if one does.
    services : tuple of str
        Advertised service UUIDs.
    battery : int or None
        Percent, of the few that advertise it; others tell when they are connected.
    """

    name: str
    address: str
    rssi: int
    profile_id: str | None
    services: tuple[str, ...]
    battery: int | None = None


def scan(
    seconds: float = 5.0,
    transport: Transport | None = None,
    adapter: str | None = None,
) -> list[Found]:
    """Listen for sensors and return them, the nearest first.

    Parameters
    ----------
    seconds : float
        How long.
    transport : Transport, optional
        The backends to use.
    adapter : str, optional
        For example ``"hci1"``, on Linux.

    Raises
    ------
    RadioError
        If there is no adapter, it is off, or its use is not allowed.
    """
    keywords = (transport or Transport()).scanner_keywords(adapter)
    try:
        heard = asyncio.run(BleakScanner.discover(seconds, return_adv=True, **keywords))
    except (BleakError, OSError, EOFError) as error:
        raise RadioError(explain(error)) from error
    found = [_found(device, told) for device, told in heard.values()]
    return sorted(found, key=lambda sensor: -sensor.rssi)


def _found(device: BLEDevice, told: AdvertisementData) -> Found:
    name = told.local_name or device.name or ""
    makers = told.manufacturer_data.keys()
    fits = (
        profile.id
        for profile in shipped_profiles().values()
        if profile.transport == "ble"
        and profile.matches(name, told.service_uuids, makers)
    )
    services = tuple(told.service_uuids)
    level = told.service_data.get(_BATTERY, b"")
    battery = level[0] if level and level[0] <= 100 else None
    return Found(name, device.address, told.rssi, next(fits, None), services, battery)
