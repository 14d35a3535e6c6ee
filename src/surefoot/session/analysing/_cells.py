"""Load on four cells: how it is shared, and the centre of pressure it tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import Calibration
from surefoot.analysis.load import load_share, weight_distribution
from surefoot.analysis.registry import Need, Supply
from surefoot.core import Block
from surefoot.stream.pressure import Pressure, cells

if TYPE_CHECKING:
    from surefoot.core import StreamInfo
    from surefoot.session.analysing._findings import Findings, Part
    from surefoot.session.setup import Sensor

_KNOWN_SIZE = "wii-balance-board"
_PLAIN = Calibration()


def usable(info: StreamInfo, sensor: Sensor) -> bool:
    """Return whether a stream tells the load on four cells, in newtons or calibrated.

    Plain counts say nothing until a calibration gives their scale.
    """
    names = cells(info)
    scaled = sensor.calibration.cell_scale != _PLAIN.cell_scale
    return bool(names) and (names[0].startswith("force") or scaled)


def caveats(sensor: Sensor) -> tuple[str, ...]:
    """Return what is not known of a board, as flags."""
    known = sensor.calibration
    tared = known.cell_zero != _PLAIN.cell_zero
    sized = known.cell_span != _PLAIN.cell_span
    sized = sized or sensor.profile.id.startswith(_KNOWN_SIZE)
    return (*(() if tared else ("NOT_TARED",)), *(() if sized else ("SIZE_ASSUMED",)))


def centre(block: Block, sensor: Sensor) -> Block:
    """Return the centre of pressure and the force, one sample for each of the cells'.

    Where nobody stands on the board the place is its middle and the force is 0.
    """
    stood = Pressure(sensor.calibration).feed(block)
    data = np.zeros((len(block), 3))
    data[np.searchsorted(block.t, stood.t)] = stood.data
    return Block(stood.info, block.t, data)


def load(findings: Findings, block: Block, part: Part, sensor: Sensor) -> None:
    """Give the share of the load on each side."""
    inside = block.between(part.start, part.end)
    raw = inside.data[:, inside.info.columns(*cells(inside.info))]
    known = sensor.calibration
    forces = (raw - np.array(known.cell_zero)) * np.array(known.cell_scale)
    tr, br, tl, bl = load_share(forces).tolist()
    values = {
        "load_share_left": tl + bl,
        "load_share_right": tr + br,
        "load_share_front": tr + tl,
        "load_share_back": br + bl,
        "weight_distribution": weight_distribution(forces),
    }
    length = part.end - part.start
    supply = Supply(frozenset({Need.FORCE}), length, inside.info.rate)
    pipeline = replace(part.pipeline, orientation="", filter="none")
    flags = tuple(flag for flag in caveats(sensor) if flag == "NOT_TARED")
    own = replace(part, supply=supply, pipeline=pipeline, flags=(*part.flags, *flags))
    findings.give(values, own)
