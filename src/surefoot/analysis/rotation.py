"""Rotations and tilt, by elementwise arithmetic only.

A matrix product takes another path for one row than for many and differs in the last
bit; sums written out do not, so live, replayed and offline values agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def rotate(matrix: ArrayLike, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``matrix @ v`` for every row v.

    Parameters
    ----------
    matrix : array_like, shape (3, 3)
        Any 3 x 3 matrix.
    vectors : ndarray, shape (n, 3)
        One vector a row.

    Returns
    -------
    ndarray, shape (n, 3)
        The same bits for a row whatever rows are beside it.
    """
    rows = np.asarray(matrix, dtype=np.float64).tolist()
    x, y, z = vectors[:, 0], vectors[:, 1], vectors[:, 2]
    out = np.empty(vectors.shape)
    for i, (a, b, c) in enumerate(rows):
        out[:, i] = a * x + b * y + c * z
    return out


def unit_rows(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return every row of shape (n, 3) at length one; a zero row stays zero."""
    x, y, z = vectors[:, 0], vectors[:, 1], vectors[:, 2]
    norm = np.sqrt(x * x + y * y + z * z)
    norm[norm == 0.0] = 1.0
    return vectors / norm[:, np.newaxis]


def up_from_quaternion(quat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the world's up in the sensor frame.

    Parameters
    ----------
    quat : ndarray, shape (n, 4)
        Sensor to world (z up), w-x-y-z, unit length.

    Returns
    -------
    ndarray, shape (n, 3)
        Unit vectors. The heading does not enter.
    """
    columns = quat.T.copy()
    w, x, y, z = columns
    out = np.empty((len(quat), 3))
    # 2 (x z - w y), 2 (y z + w x), w^2 - x^2 - y^2 + z^2; in place, it is on every path
    part = x * z
    part -= w * y
    np.multiply(part, 2.0, out=out[:, 0])
    np.multiply(y, z, out=part)
    part += w * x
    np.multiply(part, 2.0, out=out[:, 1])
    columns *= columns
    w -= x
    w -= y
    np.add(w, z, out=out[:, 2])
    return out


def tilt_from_up(up: NDArray[np.float64], rotation: ArrayLike) -> NDArray[np.float64]:
    """Return the tilt of a board (or segment) from the up vector its sensor sees.

    ``ml = atan2(-u_x, hypot(u_y, u_z))`` and ``ap = atan2(-u_y, hypot(u_x, u_z))``
    with u in the board frame: the angle of each board axis below the horizon.

    Parameters
    ----------
    up : ndarray, shape (n, 3)
        Up in the sensor frame; the length does not matter.
    rotation : array_like, shape (3, 3)
        From the sensor frame to the board frame.

    Returns
    -------
    ndarray, shape (n, 2)
        Tilt ml, ap in [-pi/2, pi/2]: right edge down, front edge down positive [rad].
        A zero vector, which says nothing, gives 0.
    """
    board = rotate(rotation, up)
    # copied out: transcendental ufuncs may take another path over strided memory
    x, y, z = (np.ascontiguousarray(board[:, i]) for i in range(3))
    out = np.empty((len(up), 2))
    out[:, 0] = np.arctan2(-x, np.sqrt(y * y + z * z))
    out[:, 1] = np.arctan2(-y, np.sqrt(x * x + z * z))
    return out
