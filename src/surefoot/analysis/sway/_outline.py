"""The convex hull of points in a plane, degenerate ones included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def perimeter(corners: NDArray[np.float64]) -> float:
    """Return the length around the corners; twice the length of a line."""
    side = np.roll(corners, -1, axis=0) - corners
    return float(np.sqrt(side[:, 0] ** 2 + side[:, 1] ** 2).sum())


def diameter(corners: NDArray[np.float64]) -> float:
    """Return the largest distance between two corners.

    Only corners that face each other can be that far apart: for each side those
    furthest from it, found by the direction of the sides (rotating calipers).
    """
    if len(corners) < 4:
        return _furthest(corners, corners)
    side = np.roll(corners, -1, axis=0) - corners
    angle = np.unwrap(np.arctan2(side[:, 1], side[:, 0]))  # rises by one turn in all
    turns = np.concatenate([angle, angle + 2 * math.pi])
    facing = np.searchsorted(turns, angle + math.pi)
    beside = np.arange(-1, 2)[:, np.newaxis]  # parallel sides, rounding
    across = corners[(facing + beside) % len(corners)]
    ends = np.stack([corners, np.roll(corners, -1, axis=0)])[:, np.newaxis]
    apart = ends - across
    return float(np.sqrt((apart * apart).sum(axis=-1)).max())


def _furthest(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    apart = a[:, np.newaxis] - b
    return float(np.sqrt((apart * apart).sum(axis=-1)).max())
