"""A radio without a radio: bleak backends behind which virtual sensors live.

The real `bleak.BleakScanner` and `bleak.BleakClient`, and everything above them, run
unchanged; below them there is a `VirtualAir` instead of an adapter.
"""

from surefoot.virtual.radio.air import VirtualAir
from surefoot.virtual.radio.hall import VirtualHall

__all__ = ["VirtualAir", "VirtualHall"]
