"""Units a profile may declare, and the SI unit and factor each becomes."""

from __future__ import annotations

from math import pi

STANDARD_GRAVITY = 9.80665
"""Metres per second squared in one g, by definition."""

_SI: dict[str, tuple[str, float]] = {
    "m/s^2": ("m/s^2", 1.0),
    "g": ("m/s^2", STANDARD_GRAVITY),
    "mg": ("m/s^2", STANDARD_GRAVITY / 1000),
    "rad/s": ("rad/s", 1.0),
    "deg/s": ("rad/s", pi / 180),
    "rad": ("rad", 1.0),
    "deg": ("rad", pi / 180),
    "m": ("m", 1.0),
    "cm": ("m", 1e-2),
    "mm": ("m", 1e-3),
    "m/s": ("m/s", 1.0),
    "N": ("N", 1.0),
    "kgf": ("N", STANDARD_GRAVITY),
    "gf": ("N", STANDARD_GRAVITY / 1000),
    "T": ("T", 1.0),
    "uT": ("T", 1e-6),
    "degC": ("degC", 1.0),
    "s": ("s", 1.0),
    "ms": ("s", 1e-3),
    "us": ("s", 1e-6),
    "raw": ("raw", 1.0),
    "1": ("1", 1.0),
    "%": ("1", 0.01),
}

KNOWN_UNITS = tuple(_SI)
"""What may stand after ``unit =``."""

TIME_UNITS = ("s", "ms", "us")
"""What a column of times may be in."""


def si(unit: str) -> tuple[str, float]:
    """Return the SI unit and the factor that leads to it.

    Parameters
    ----------
    unit : str
        One of `KNOWN_UNITS`.

    Raises
    ------
    KeyError
        If the unit is unknown; profiles are checked before this is asked.
    """
    return _SI[unit]
