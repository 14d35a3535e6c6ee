"""What Motion-BIDS calls our channels."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.core import Block

KINDS = (
    "ACCEL",
    "ANGACCEL",
    "GYRO",
    "JNTANG",
    "LATENCY",
    "MAGN",
    "MISC",
    "ORNT",
    "POS",
    "VEL",
)
"""Every type of channel there is."""

_TYPES = {
    "acc": "ACCEL",
    "gyr": "GYRO",
    "mag": "MAGN",
    "quat": "ORNT",
}
_COMPONENTS = frozenset({"x", "y", "z"})
_UNITS = {"1": "n/a", "raw": "n/a"}

FRAME_LEVELS = {
    "reference_frame": {
        "Description": "Axes of a channel; at rest an accelerometer points up",
        "Levels": {
            "sensor": "x, y, z as printed on the sensor, right-handed",
            "board": "ml right, ap forward, v up, seen by who stands on the board",
            "segment": "ml right, ap forward, v up of the body segment",
            "world": "z up; heading is not known",
        },
    }
}
"""The ``channels.json`` beside every ``channels.tsv``."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One row of ``channels.tsv``, in the words of the specification."""

    name: str
    component: str
    kind: str
    tracked_point: str
    units: str
    rate: str
    frame: str


def channels_of(block: Block) -> list[Channel]:
    """Return the channels of a stream: its times first, then its columns.

    Force and centre of pressure have no type in the specification and are MISC.
    """
    info = block.info
    rate = f"{info.rate:.17g}"
    rows = [Channel("latency", "n/a", "LATENCY", "n/a", "s", rate, "n/a")]
    for name, unit in zip(info.channels, info.units, strict=True):
        quantity, _, axis = name.rpartition("_")
        kind = _TYPES.get(quantity, "MISC")
        component = "n/a"
        if kind == "ORNT":
            component = f"quat_{axis}"
        elif kind != "MISC" and axis in _COMPONENTS:
            component = axis
        told = _UNITS.get(unit, unit)
        rows.append(Channel(name, component, kind, info.role, told, rate, info.frame))
    return rows


def channels_table(channels: list[Channel]) -> str:
    """Return the rows as a table with its line of headings."""
    lines = [
        "name\tcomponent\ttype\ttracked_point\tunits\tsampling_frequency"
        "\treference_frame"
    ]
    lines += ["\t".join(astuple(channel)) for channel in channels]
    return "\n".join(lines) + "\n"
