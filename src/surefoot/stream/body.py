"""How a part of the body moves away from the pose it began in."""

from __future__ import annotations

import numpy as np

from surefoot.analysis.orientation import ACC, GYR, columns, has_gyr
from surefoot.core import Block, StreamInfo

_GAP = 1.0  # s; over a longer one nothing is integrated


def angle_info(info: StreamInfo) -> StreamInfo:
    """Return what the columns of `Bend` and `Turn` mean."""
    name = f"{info.role}/angle"
    return StreamInfo(name, ("angle", "turn"), ("rad", "rad/s"), info.rate, "world")


def lean_info(info: StreamInfo) -> StreamInfo:
    """Return what the columns of a lean mean."""
    channels = ("ml", "ap", "acc", "turn", *ACC)
    units = ("rad", "rad", "m/s^2", "rad/s", *(("m/s^2",) * len(ACC)))
    return StreamInfo(f"{info.role}/tilt", channels, units, info.rate, "world")


def speed_of_turning(clean: Block) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the size of the angular velocity, (n,) [rad/s]; 0 without a gyroscope."""
    if not has_gyr(clean.info):
        return np.zeros(len(clean))
    x, y, z = columns(clean, GYR).T
    return np.sqrt(x * x + y * y + z * z)


def beyond_gravity(
    clean: Block,
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the size of the specific force less that of gravity, (n,) [m/s^2]."""
    x, y, z = columns(clean, ACC).T
    return np.sqrt(x * x + y * y + z * z) - 9.80665


class Bend:
    """The angle between up now and up at rest: how far a segment is inclined.

    0 to pi; blind for turns about the vertical.

    Parameters
    ----------
    up : tuple of 3 float
        Up in the sensor's frame at rest, of any length.
    """

    def __init__(self, up: tuple[float, float, float]) -> None:
        size = float(np.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2]))
        self._x, self._y, self._z = (axis / size for axis in up)

    def feed(self, clean: Block, up: Block) -> Block:
        """Return angle and speed of turning of each sample."""
        a, b, c = up.data.T
        x, y, z = self._x, self._y, self._z
        along = a * x + b * y + c * z
        across = np.sqrt(
            (b * z - c * y) * (b * z - c * y)
            + (c * x - a * z) * (c * x - a * z)
            + (a * y - b * x) * (a * y - b * x)
        )
        data = np.column_stack([np.arctan2(across, along), speed_of_turning(clean)])
        return Block(angle_info(clean.info), clean.t, data)

    def reset(self) -> None:
        """Nothing is remembered."""


class Turn:
    """The angle turned about the vertical since the beginning, to the right positive.

    Integrated from the gyroscope; what its bias at rest does not explain lets it drift,
    about a degree or two a minute. It is taken from anew at each set.

    Parameters
    ----------
    bias : tuple of 3 float
        Mean of the gyroscope at rest [rad/s].
    """

    def __init__(self, bias: tuple[float, float, float]) -> None:
        self._bias = bias
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._angle = 0.0
        self._last: float | None = None

    def feed(self, clean: Block, up: Block) -> Block:
        """Return angle and speed of turning of each sample."""
        n = len(clean)
        data = np.zeros((n, 2))
        if n and has_gyr(clean.info):
            a, b, c = up.data.T
            x, y, z = columns(clean, GYR).T
            p, q, r = self._bias
            rate = (x - p) * a + (y - q) * b + (z - r) * c
            first = clean.t[0] if self._last is None else self._last
            steps = np.diff(clean.t, prepend=first)
            steps[steps > _GAP] = 0.0
            walked = np.cumsum(np.concatenate([[self._angle], -rate * steps]))[1:]
            self._angle, self._last = float(walked[-1]), float(clean.t[-1])
            data[:, 0], data[:, 1] = walked, speed_of_turning(clean)
        return Block(angle_info(clean.info), clean.t, data)
