"""The load on the four cells of a board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALF_ML, HALF_AP = 0.2165, 0.119  # m from the middle of a board to its cells
CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))
"""Right and forward of each cell: top right, bottom right, top left, bottom left."""


def cell_forces(
    weight: float | NDArray[np.float64],
    ml: NDArray[np.float64],
    ap: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the force on every corner, (n, 4) [N], of a weight at a place [m].

    All of it is borne by the foot it stands on.
    """
    parts = [
        weight / 4 * (1 + right * ml / HALF_ML) * (1 + top * ap / HALF_AP)
        for right, top in CORNERS
    ]
    return np.stack(parts, axis=1)
