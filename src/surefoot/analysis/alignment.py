"""How a sensor sits on a board, found from resting the board on its edges.

An empty rocker rests tilted, standing level is the skill itself, and a principal axis
has no sign. So the board is rested on each edge as named: the midpoint is level, the
ends are the edge angles, and the order fixes the signs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.rotation import tilt_from_up
from surefoot.core import CalibrationError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from surefoot.analysis.target import Axis

EDGES_MIN = math.radians(6.0)
"""Closer together than this, the direction between the edges is noise."""
EDGES_MAX = math.radians(80.0)
"""Further apart, the board was turned over or stood up."""
ROCKED_MIN = 0.9
"""Share of the turning that must be about one axis."""
AXIS_MAX = math.radians(10.0)
"""Largest angle between the axis of turning and the one the edges tell."""


@dataclass(frozen=True, slots=True, eq=False)
class BoardFit:
    """How the sensor sits, and where the edges are.

    Attributes
    ----------
    rotation : ndarray, shape (3, 3)
        From the sensor frame to the board frame (x right, y forward, z up when level).
    edges : (float, float)
        Tilt on the left and right (or back and front) edge [rad], low first. Equal and
        opposite, since level is their midpoint.
    crosstalk : float
        Tilt about the other axis with the board on its edges, largest [rad]. More than
        a few degrees: the board turned between the two rests.
    rocked : float
        Share of the turning about one axis, 0 to 1; NaN when no gyroscope told it.
    disagreement : float
        Angle between the axis of turning and the one the edges tell [rad]; NaN too.
    """

    rotation: NDArray[np.float64]
    edges: tuple[float, float]
    crosstalk: float
    rocked: float
    disagreement: float


def board_rotation(
    up_first: ArrayLike,
    up_second: ArrayLike,
    axis: Axis,
    gyr_moment: ArrayLike | None = None,
) -> BoardFit:
    """Return how a sensor sits on the board that was rested on both edges.

    Parameters
    ----------
    up_first, up_second : array_like, shape (3,)
        Mean acceleration at rest in the sensor frame, of any length: first on the left
        (axis "ap": front) edge, then on the right (back) edge.
    axis : {"ml", "ap", "both"}
        The axis the board rocks in; "both" is rested left, then right.
    gyr_moment : array_like, shape (3, 3), optional
        Sum of ``w w^T`` while it was tipped from the first edge to the second, bias
        removed. Its principal axis is then the tilt axis, and must fit. Not used for
        "both": a round board has no axis of its own.

    Returns
    -------
    BoardFit
        A constant accelerometer bias shifts rests and later samples alike, so tilt
        about this level hardly feels it; a floor that slopes shifts level by its slope.

    Raises
    ------
    CalibrationError
        If the edges are less than 6 or more than 80 degrees apart, or if the board was
        turned, not rocked, in between.
    """
    first, second = _unit(up_first), _unit(up_second)
    apart = 2.0 * math.asin(min(1.0, float(np.linalg.norm(first - second)) / 2.0))
    _check_apart(apart)
    level = _unit(first + second)
    # about the tilt axis, the first edge comes up: from the order, hence the sign
    about = _unit(np.cross(second, first))
    rocked = disagreement = math.nan
    if gyr_moment is not None and axis != "both":
        turned, rocked = principal_axis(gyr_moment)
        turned = turned if float(turned @ about) >= 0 else -turned
        disagreement = math.acos(min(1.0, float(turned @ about)))
        _check_rocked(rocked, disagreement)
        about = _unit(turned - float(turned @ level) * level)
    rotation = _board_axes(level, about, axis)
    return _fit(rotation, first, second, axis, (rocked, disagreement))


def principal_axis(moment: ArrayLike) -> tuple[NDArray[np.float64], float]:
    """Return the axis most of the turning was about, and its share.

    Parameters
    ----------
    moment : array_like, shape (3, 3)
        Sum of ``w w^T`` [rad^2/s^2].

    Returns
    -------
    axis : ndarray, shape (3,)
        Unit vector; its sign says nothing.
    share : float
        Largest eigenvalue over their sum, 1/3 to 1; NaN when nothing turned.
    """
    values, vectors = np.linalg.eigh(np.asarray(moment, dtype=np.float64))
    total = float(values.sum())
    share = float(values[-1]) / total if total > 0 else math.nan
    return vectors[:, -1].copy(), share


def rotation_from_up(up: ArrayLike) -> NDArray[np.float64]:
    """Return the rotation to a level frame when only the mean up is known.

    Heading is free: the sensor's x axis (its y axis where x points up or down) is kept
    as near ml (ap) as it can be. For files made without resting the board on its edges:
    "level" is then the mean, which a lean to one side shifts.

    Parameters
    ----------
    up : array_like, shape (3,)
        Mean acceleration in the sensor frame, of any length.

    Raises
    ------
    CalibrationError
        If the vector is zero or not finite.
    """
    z = _unit(up)
    if abs(float(z[0])) <= 0.9:
        x = _unit(np.array([1.0, 0.0, 0.0]) - float(z[0]) * z)
        return np.stack([x, np.cross(z, x), z])
    y = _unit(np.array([0.0, 1.0, 0.0]) - float(z[1]) * z)
    return np.stack([np.cross(y, z), y, z])


def _board_axes(
    level: NDArray[np.float64], about: NDArray[np.float64], axis: Axis
) -> NDArray[np.float64]:
    # first edge left: tipping from left to right turns about y (forward);
    # first edge front: tipping from front to back turns about x (right)
    if axis == "ap":
        return np.stack([about, np.cross(level, about), level])
    return np.stack([np.cross(about, level), about, level])


def _fit(
    rotation: NDArray[np.float64],
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    axis: Axis,
    turning: tuple[float, float],
) -> BoardFit:
    tilt = tilt_from_up(np.stack([first, second]), rotation)
    along, across = (tilt[::-1, 1], tilt[:, 0]) if axis == "ap" else tilt.T
    edges = (float(along[0]), float(along[1]))
    return BoardFit(rotation, edges, float(np.abs(across).max()), *turning)


def _unit(vector: ArrayLike) -> NDArray[np.float64]:
    v = np.asarray(vector, dtype=np.float64)
    norm = float(np.linalg.norm(v))
    if not (math.isfinite(norm) and norm > 0):
        msg = f"level: expected a rest that feels gravity, got {v.tolist()}: rest again"
        raise CalibrationError(msg)
    return v / norm


def _check_apart(apart: float) -> None:
    if not EDGES_MIN <= apart <= EDGES_MAX:
        low, high = math.degrees(EDGES_MIN), math.degrees(EDGES_MAX)
        msg = (
            f"level: expected edges {low:.0f} to {high:.0f} degrees apart, got "
            f"{math.degrees(apart):.1f}: rest the empty board on one edge, then on the "
            "other"
        )
        raise CalibrationError(msg)


def _check_rocked(rocked: float, disagreement: float) -> None:
    if rocked >= ROCKED_MIN and disagreement <= AXIS_MAX:
        return
    msg = (
        "level: expected the board rocked from edge to edge, got "
        f"{100 * rocked:.0f} % of the turning about one axis, "
        f"{math.degrees(disagreement):.0f} degrees off: the board was turned, not "
        "rocked, so level it again without lifting it"
    )
    raise CalibrationError(msg)
