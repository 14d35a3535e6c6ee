"""Packets from Bluetooth sensors: the only package, beside virtual.radio, with bleak.

A `Radio` keeps one supervisor a sensor in an asyncio thread of its own. Every
connection scans anew and takes a new client: systems forget sensors and services.
"""

from surefoot.devices.ble.crowd import crowding
from surefoot.devices.ble.known import Known, keep_sensors, known_sensors
from surefoot.devices.ble.link import Limits
from surefoot.devices.ble.radio import Radio
from surefoot.devices.ble.scan import Found, scan
from surefoot.devices.ble.seat import Wanted
from surefoot.devices.ble.shared import Shared
from surefoot.devices.ble.transport import Transport
from surefoot.devices.ble.trouble import explain

__all__ = [
    "Found",
    "Known",
    "Limits",
    "Radio",
    "Shared",
    "Transport",
    "Wanted",
    "crowding",
    "explain",
    "keep_sensors",
    "known_sensors",
    "scan",
]
