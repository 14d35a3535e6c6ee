"""An emulated BlueZ on a private D-Bus: bleak's own Linux backend runs, unmodified.

For tests and benchmarks on Linux. It needs the program ``dbus-daemon``, no privileges
and no adapter, and stops no process but the daemon it started. What it does is what we
understand of bluetoothd; it was not compared with a real one.
"""

from surefoot.virtual.radio.bluez.daemon import PrivateBus
from surefoot.virtual.radio.bluez.emulator import EmulatedBlueZ
from surefoot.virtual.radio.bluez.peripheral import Manners, Peripheral

__all__ = ["EmulatedBlueZ", "Manners", "Peripheral", "PrivateBus"]
