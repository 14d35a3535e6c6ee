"""From the load on four cells to the centre of pressure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.calibration import Calibration
from surefoot.analysis.ellipsoid import STANDARD_GRAVITY
from surefoot.analysis.wii_board import LEAST_LOAD
from surefoot.core import Block, StreamInfo

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CORNERS = ("tr", "br", "tl", "bl")
COP = ("cop_ml", "cop_ap", "force_v")
LEAST = LEAST_LOAD * STANDARD_GRAVITY
"""With less on the board there is no centre of pressure [N]."""


def cells(info: StreamInfo) -> tuple[str, ...]:
    """Return the channels of a board's four cells, or nothing.

    In the order top right, bottom right, top left, bottom left, seen by who stands on
    the board: ``force_tr`` ... in newtons, else ``count_tr`` ..., which a calibration
    has to turn into newtons.
    """
    for quantity in ("force", "count"):
        names = tuple(f"{quantity}_{corner}" for corner in _CORNERS)
        if all(name in info.channels for name in names):
            return names
    return ()


class Pressure:
    """Turns the load on four cells into the centre of pressure (ml, ap) and the load.

    Right and forward are positive. Samples with less than 10 kg on the board are left
    out: nobody stands there, and the place would be noise. The gap shows in the times.

    Parameters
    ----------
    calibration : Calibration
        Zero and scale of the cells, how far they are apart, and the board's own map.
    """

    def __init__(self, calibration: Calibration | None = None) -> None:
        known = calibration or Calibration()
        self._zero, self._scale = np.array(known.cell_zero), np.array(known.cell_scale)
        self._span = known.cell_span
        self._gain, self._offset = known.cop_gain, known.cop_offset

    def feed(self, block: Block) -> Block:
        """Return ``cop_ml``, ``cop_ap`` [m], ``force_v`` [N] where there is a load."""
        raw = block.data[:, block.info.columns(*cells(block.info))]
        tr, br, tl, bl = ((raw - self._zero) * self._scale).T
        total = tr + br + tl + bl
        stood = total >= LEAST
        data = np.empty((int(stood.sum()), 3))
        load = total[stood]
        data[:, 0] = self._place(((tr + br) - (tl + bl))[stood], load, 0)
        data[:, 1] = self._place(((tr + tl) - (br + bl))[stood], load, 1)
        data[:, 2] = load
        return Block(pressure_info(block.info), block.t[stood], data)

    def reset(self) -> None:
        """Nothing is remembered."""

    def _place(
        self, more: NDArray[np.float64], load: NDArray[np.float64], axis: int
    ) -> NDArray[np.float64]:
        raw = 0.5 * self._span[axis] * more / load
        return self._gain[axis] * raw + self._offset[axis]


def pressure_info(info: StreamInfo) -> StreamInfo:
    """Return what the columns of `Pressure` mean."""
    return StreamInfo(f"{info.role}/cop", COP, ("m", "m", "N"), info.rate, "board")
