"""What a trial asks of the board: where it may be, and where its edges are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Axis = Literal["ml", "ap", "both"]

HOLD = 0.2
"""A sample stands for the time until the next one, for at most this long [s]."""


@dataclass(frozen=True, slots=True)
class Target:
    """The zone to stay in, and the rules of an edge contact.

    Attributes
    ----------
    zone : float
        Largest deviation from level that counts as inside [rad].
    axis : {"ml", "ap", "both"}
        The axis the board rocks in. The deviation is ``|ml|``, ``|ap|`` or, for a board
        that tilts every way, the radial tilt.
    edges : (float, float) or None
        Tilt at which the (left, right) or (back, front) edge lies on the floor [rad],
        low first. None: not known, no contacts.
    margin : float
        A contact begins this far before the edge [rad]; never below half the edge.
    hysteresis : float
        It ends this much further in [rad]; never below a quarter of the edge.
    debounce : float
        A contact of the same edge sooner than this after the last one continues it [s].
    at : (float, float)
        Where the middle of the zone is, ML and AP [rad]; edges stay about level.
    """

    zone: float
    axis: Axis = "ml"
    edges: tuple[float, float] | None = None
    margin: float = math.radians(1.0)
    hysteresis: float = math.radians(1.0)
    debounce: float = 0.1
    at: tuple[float, float] = (0.0, 0.0)

    def levels(self, side: str) -> tuple[float, float]:
        """Return the deviations at which a contact of that side begins and ends [rad].

        Infinite when the edges are not known.
        """
        if self.edges is None:
            return math.inf, math.inf
        low, high = abs(self.edges[0]), abs(self.edges[1])
        edge = min(low, high)
        if self.axis != "both":
            edge = low if side in {"left", "back"} else high
        begin = max(edge - self.margin, edge / 2)
        return begin, max(begin - self.hysteresis, edge / 4)


def lean(ml: float, ap: float, axis: Axis) -> tuple[float, str]:
    """Return how far one sample is from level, and the side that is low.

    Parameters
    ----------
    ml, ap : float
        Tilt, right edge down and front edge down positive [rad].
    axis : {"ml", "ap", "both"}
        As in `Target`.

    Returns
    -------
    deviation : float
        0 or more [rad].
    side : {"left", "right", "front", "back"}
        Of the larger component when the board tilts every way.
    """
    if axis == "ml":
        return abs(ml), "right" if ml > 0 else "left"
    if axis == "ap":
        return abs(ap), "front" if ap > 0 else "back"
    side = lean(ml, ap, "ml" if abs(ml) >= abs(ap) else "ap")[1]
    return math.sqrt(ml * ml + ap * ap), side


def deviation(tilt: NDArray[np.float64], axis: Axis = "both") -> NDArray[np.float64]:
    """Return how far every sample is from level.

    Parameters
    ----------
    tilt : ndarray, shape (n, 2)
        Tilt ml, ap [rad].
    axis : {"ml", "ap", "both"}
        As in `Target`.

    Returns
    -------
    ndarray, shape (n,)
        0 or more [rad]; NaN where the tilt is NaN.
    """
    ml, ap = tilt[:, 0], tilt[:, 1]
    if axis == "both":
        return np.sqrt(ml * ml + ap * ap)
    return np.abs(ml if axis == "ml" else ap)
