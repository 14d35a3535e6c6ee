"""From where up is to how the board is tilted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.orientation import tilt_info
from surefoot.analysis.rotation import tilt_from_up

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from surefoot.core import Block


class ToBoard:
    """Turns ``role/up`` into ``role/tilt``: ml and ap, right and front down positive.

    Parameters
    ----------
    rotation : array_like, shape (3, 3)
        From the sensor frame to the frame of the board (or body segment).
    """

    def __init__(self, rotation: ArrayLike) -> None:
        self.rotation = np.array(rotation, dtype=np.float64)
        self.rotation.setflags(write=False)

    def feed(self, block: Block) -> Block:
        """Return the tilt for each sample of the block [rad]."""
        tilt = tilt_from_up(block.data, self.rotation)
        return block.with_data(tilt, tilt_info(block.info))

    def reset(self) -> None:
        """Nothing is remembered."""
