"""What a sensor cannot give: values beyond these are mistakes, not movement."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from surefoot.devices.units import si

if TYPE_CHECKING:
    from surefoot.devices.layout import Channel

_BY_UNIT: dict[str, float] = {
    "m/s^2": 2_000.0,
    "rad/s": 100.0,
    "rad": 50.0,
    "N": 50_000.0,
    "m": 100.0,
    "m/s": 1_000.0,
    "T": 0.05,
    "degC": 1_000.0,
    "s": 1e9,
    "1": 1e9,
    "raw": 1e18,
}
"""Largest size of a value in each SI unit where a profile gives no range.

Our defaults, well above what wearable sensors and boards measure: accelerometers end at
16 to 200 g, gyroscopes at 2000 to 4000 deg/s (35 to 70 rad/s).
"""


def limits(channel: Channel) -> tuple[float, float]:
    """Return the lowest and the highest value of a channel, SI."""
    if channel.range is not None:
        return channel.range
    most = most_of(channel.unit)
    return -most, most


def most_of(unit: str) -> float:
    """Return the largest size of a value in this unit, SI."""
    return _BY_UNIT.get(si(unit)[0], inf)
