"""People, boards and sensors that exist only in the computer, and say so.

`VirtualSource` plays a script faster than time; `surefoot.virtual.radio`, which is not
imported from here because it needs bleak, lets the real radio code run without a radio.
"""

from surefoot.virtual.airtime import Air
from surefoot.virtual.person import PEOPLE, Person
from surefoot.virtual.script import Fault, Move, Say, Script
from surefoot.virtual.scripts import (
    clicker,
    eventful,
    for_person,
    hold_level,
    sensor_lost,
    stepping_off,
)
from surefoot.virtual.sensor import Firmware, VirtualSensor
from surefoot.virtual.source import UNITS, VirtualSource
from surefoot.virtual.world import World

__all__ = [
    "PEOPLE",
    "UNITS",
    "Air",
    "Fault",
    "Firmware",
    "Move",
    "Person",
    "Say",
    "Script",
    "VirtualSensor",
    "VirtualSource",
    "World",
    "clicker",
    "eventful",
    "for_person",
    "hold_level",
    "sensor_lost",
    "stepping_off",
]
