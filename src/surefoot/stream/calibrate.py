"""Biases and scales taken out of raw samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.calibration import Calibration
from surefoot.analysis.orientation import ACC, GYR
from surefoot.analysis.rotation import rotate

if TYPE_CHECKING:
    from surefoot.core import Block


class Calibrate:
    """Turns raw samples into calibrated ones, in the same stream and frame.

    Parameters
    ----------
    calibration : Calibration
        Of this unit. Channels it says nothing of pass unchanged.
    """

    def __init__(self, calibration: Calibration | None = None) -> None:
        self.calibration = known = calibration or Calibration()
        self._steps = tuple(
            (names, np.array(bias), np.array(matrix))
            for names, bias, matrix in (
                (ACC, known.acc_bias, known.acc_matrix),
                (GYR, known.gyr_bias, known.gyr_matrix),
            )
            if (bias, matrix) != _NOTHING
        )

    def feed(self, block: Block) -> Block:
        """Return the block calibrated."""
        if not self._steps:
            return block
        data = block.data.copy()
        for names, bias, matrix in self._steps:
            if names[0] in block.info.channels:
                columns = block.info.columns(*names)
                data[:, columns] = rotate(matrix, data[:, columns] - bias)
        return block.with_data(data)

    def reset(self) -> None:
        """Nothing is remembered."""


_NOTHING = (Calibration().acc_bias, Calibration().acc_matrix)
