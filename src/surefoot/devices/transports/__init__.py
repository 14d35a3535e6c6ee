"""Packets from boards that are plugged in or paired with the system, not on BLE.

Three ways, one behaviour: `evdev` (what Linux makes of a balance board), `hid` (reports
as they come, other systems) and `serial` (USB boards). Each gives the bytes it read,
untouched, as packets ``role/port``; the profile says what they mean. `Ports` keeps them
coming as `surefoot.devices.ble.Radio` does for sensors on the radio.
"""

from surefoot.devices.transports.kinds import KINDS, Kind, found
from surefoot.devices.transports.port import GoneError, Plugged, Port
from surefoot.devices.transports.ports import Ports, PortSource, Together, open_source

__all__ = [
    "KINDS",
    "GoneError",
    "Kind",
    "Plugged",
    "Port",
    "PortSource",
    "Ports",
    "Together",
    "found",
    "open_source",
]
