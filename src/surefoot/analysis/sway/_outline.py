"""The convex hull of points in a plane, degenerate ones included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_FEW = 64  # corners; a person's sway has about twenty


def outline(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the corners of the hull, counter-clockwise.

    Two corners when the points lie on a line, all NaN when they are NaN.
    """
    if np.isnan(points[0, 0]):
        return points
    from scipy.spatial import ConvexHull, QhullError  # heavy; most commands need none

    try:
        return points[ConvexHull(points).vertices] if len(points) > 2 else points
    except QhullError:  # all on one line
        order = np.lexsort((points[:, 1], points[:, 0]))
        return points[order[[0, -1]]]


def area(corners: NDArray[np.float64]) -> float:
    """Return the area within the corners."""
    x, y = corners.T
    after_x, after_y = _next(corners).T
    return float((x * after_y - after_x * y).sum()) / 2


def perimeter(corners: NDArray[np.float64]) -> float:
    """Return the length around the corners; twice the length of a line."""
    side = _next(corners) - corners
    return float(np.sqrt((side * side).sum(axis=1)).sum())


def diameter(corners: NDArray[np.float64]) -> float:
    """Return the largest distance between two corners."""
    few = len(corners) <= _FEW
    apart = corners[:, np.newaxis] - corners if few else _facing(corners)
    return float(np.sqrt((apart * apart).sum(axis=-1).max()))


def _facing(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the distances that may be the largest (rotating calipers).

    Only corners that face each other can be that far apart: the ends of each side, and
    the corner furthest from it, found by the directions of the sides.
    """
    after = _next(corners)
    side = after - corners
    angle = np.unwrap(np.arctan2(side[:, 1], side[:, 0]))  # rises by one turn in all
    turns = np.concatenate([angle, angle + 2 * math.pi])
    furthest = np.searchsorted(turns, angle + math.pi)
    beside = np.arange(-1, 2)[:, np.newaxis]  # parallel sides, rounding
    across = corners[(furthest + beside) % len(corners)]
    return np.stack([corners, after])[:, np.newaxis] - across


def _next(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([corners[1:], corners[:1]])
