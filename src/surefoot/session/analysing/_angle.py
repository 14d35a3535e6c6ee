"""The one angle that a movement there and back turns, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import Axis, rotate, rotation_from_up
from surefoot.analysis.orientation import GYR, columns, has_gyr
from surefoot.session.analysing._even import Series, series

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Block

STILL = np.radians(1.0)
"""A sensor is still when its rates scatter by less than this [rad/s]."""
STILL_TIME = 2.0
"""For so long [s]."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What a sensor that turns in one plane did.

    Attributes
    ----------
    found : Series
        Times, rate, gaps; its data are up (3) and angular velocity (0 or 3), level.
    angle : ndarray, shape (n,)
        In the plane of the movement, zero at the usual posture [rad].
    across : ndarray, shape (n,)
        Out of that plane, about its own median [rad].
    velocity : ndarray, shape (n,), or None
        Rate of ``angle`` from a gyroscope [rad/s].
    gyr : ndarray, shape (n, 3), or None
        Angular velocity less the bias [rad/s].
    outward : int
        1 when the movement first makes the angle grow, else -1.
    """

    found: Series
    angle: NDArray[np.float64]
    across: NDArray[np.float64]
    velocity: NDArray[np.float64] | None
    gyr: NDArray[np.float64] | None
    outward: int


def movement(
    imu: Block,
    up: Block,
    rotation: NDArray[np.float64] | None,
    axis: Axis = "both",
) -> Movement:
    """Return the angle a sensor moved by, in its main plane or in that of ``axis``.

    Parameters
    ----------
    imu, up : Block
        Samples and up of the same instants, at least two.
    rotation : ndarray, shape (3, 3), or None
        From the sensor to a level frame; None takes the usual posture for level.
    axis : {"ml", "ap", "both"}
        The axis that is moved about; "both" takes the one moved most.
    """
    turns = columns(imu, GYR) if has_gyr(imu.info) else np.empty((len(imu), 0))
    both = np.hstack([up.data, turns])
    found = series(imu.t, both, imu.info.rate, np.inf)
    if rotation is None:
        rotation = rotation_from_up(np.median(up.data, axis=0))
    level = rotate(rotation, found.data[:, :3])
    x, y = _direction(level, axis)
    angle = np.arctan2(-(level[:, 0] * x + level[:, 1] * y), level[:, 2])
    aside = level[:, 0] * y - level[:, 1] * x
    across = np.arcsin(np.clip(aside, -1.0, 1.0))
    gyr = velocity = None
    if found.data.shape[1] == 6:
        gyr = found.data[:, 3:] - gyr_bias(found.data[:, 3:], found.rate)
        turned = rotate(rotation, gyr)
        velocity = x * turned[:, 1] - y * turned[:, 0]
    across = across - np.median(across)
    return Movement(found, angle, across, velocity, gyr, _outward(angle, found.rate))


def gyr_bias(gyr: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """Return what a gyroscope reads at rest; zero where it never rests.

    The mean over all windows of 2 s in which every axis scatters by less than 1 deg/s.
    """
    width = max(round(STILL_TIME * rate), 2)
    whole = gyr[: len(gyr) // width * width]
    windows: NDArray[np.float64] = whole.reshape(-1, width, gyr.shape[1])
    still = (windows.std(axis=1) < STILL).all(axis=1)
    if not bool(still.any()):
        return np.zeros(3)
    return np.asarray(windows[still].mean(axis=(0, 1)), dtype=np.float64)


def _direction(level: NDArray[np.float64], axis: Axis) -> tuple[float, float]:
    if axis != "both":
        return (1.0, 0.0) if axis == "ml" else (0.0, 1.0)
    flat = level[:, :2] - level[:, :2].mean(axis=0)
    _, vectors = np.linalg.eigh(flat.T @ flat)
    x, y = vectors[:, -1].tolist()
    # a principal axis has no sign: right, or forward, is positive
    sign = 1.0 if (x if abs(x) >= abs(y) else y) >= 0 else -1.0
    return sign * x, sign * y


def _outward(angle: NDArray[np.float64], rate: float) -> int:
    """Return which way the movement goes from where it began."""
    begun = float(np.median(angle[: max(round(0.5 * rate), 1)]))
    low, high = np.percentile(angle, [5, 95]).tolist()
    return 1 if high - begun >= begun - low else -1
