"""What a virtual sensor advertises and offers, from its profile."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection

if TYPE_CHECKING:
    from bleak.assigned_numbers import CharacteristicPropertyName

    from surefoot.devices import Profile

MTU = 247
"""What every virtual connection agrees on."""


def address(place: str) -> str:
    """Return the address of the virtual sensor in a place: a role, and whose."""
    digits = f"{crc32(place.encode()):08X}"
    return ":".join(["C0", "FE", *(digits[i : i + 2] for i in range(0, 8, 2))])


def advertisement(profile: Profile) -> tuple[list[str], dict[int, bytes]]:
    """Return the advertised service UUIDs, and data by company identifier."""
    told = [rule.service for rule in profile.rules if rule.service]
    makers = [r.manufacturer for r in profile.rules if r.manufacturer is not None]
    return told, dict.fromkeys(makers, b"")


def services(profile: Profile) -> BleakGATTServiceCollection:
    """Return every characteristic of a profile; each knows its key as ``obj``."""
    collection = BleakGATTServiceCollection()
    made: dict[str, BleakGATTService] = {}
    for number, (key, endpoint) in enumerate(profile.gatt.items()):
        service = made.get(endpoint.service)
        if service is None:
            service = BleakGATTService(None, 0x100 * (number + 1), endpoint.service)
            made[endpoint.service] = service
            collection.add_service(service)
        collection.add_characteristic(
            BleakGATTCharacteristic(
                key,
                0x1000 + 2 * number,
                endpoint.char,
                uses(profile, key),
                lambda: MTU - 3,
                service,
            )
        )
    return collection


def uses(profile: Profile, key: str) -> list[CharacteristicPropertyName]:
    """Return what can be done with a characteristic of a profile."""
    written = {told.write for orders in profile.orders.values() for told in orders}
    uses: list[CharacteristicPropertyName] = []
    if profile.gatt[key].notify:
        uses.append("notify")
    if key in written:
        uses.extend(("write", "write-without-response"))
    return uses or ["read"]
