"""What a sensor somewhere on a moving body measures. Frames: docs/frames.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.virtual.noise import generator

if TYPE_CHECKING:
    from numpy.typing import NDArray

G = 9.80665
"""Standard gravity [m/s^2]."""


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Tilt of a body at n instants: angle, rate and acceleration in three columns.

    Attributes
    ----------
    ml, ap : ndarray, shape (n, 3)
        Right side down and front side down are positive.
    yaw : ndarray, shape (n,), or None
        Rate of the turn to the right [rad/s].
    push : ndarray, shape (n, 3), or None
        Acceleration to the right, forward and up [m/s^2].
    """

    ml: NDArray[np.float64]
    ap: NDArray[np.float64]
    yaw: NDArray[np.float64] | None = None
    push: NDArray[np.float64] | None = None

    def rates(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return angular velocity and its derivative in the body frame, (n, 3) each."""
        c, s = np.cos(self.ap[:, 0]), np.sin(self.ap[:, 0])
        _, p1, p2 = self.ml.T
        _, q1, q2 = self.ap.T
        turn = np.array([-q1, p1 * c, p1 * s]).T
        speed = np.array([-q2, p2 * c - p1 * q1 * s, p2 * s + p1 * q1 * c]).T
        return turn, speed

    def up(self) -> NDArray[np.float64]:
        """Return the unit vector that points up, in the body frame, (n, 3)."""
        c, s = np.cos(self.ml[:, 0]), np.sin(self.ml[:, 0])
        cq, sq = np.cos(self.ap[:, 0]), np.sin(self.ap[:, 0])
        return np.array([-s, -c * sq, c * cq]).T


@dataclass(frozen=True, slots=True, eq=False)
class Mount:
    """One sensor on a body.

    Attributes
    ----------
    rotation : ndarray, shape (3, 3)
        From sensor to body coordinates.
    lever : ndarray, shape (3,)
        From the axis of the body to the sensor [m].
    acc_bias, gyr_bias : ndarray, shape (3,)
        Constant errors [m/s^2], [rad/s].
    acc_noise, gyr_noise : float
        Standard deviation of a sample [m/s^2], [rad/s].
    """

    rotation: NDArray[np.float64]
    lever: NDArray[np.float64]
    acc_bias: NDArray[np.float64]
    gyr_bias: NDArray[np.float64]
    acc_noise: float = 0.025
    gyr_noise: float = 0.0015

    @staticmethod
    def somewhere(seed: int, role: str) -> Mount:
        """Return a sensor taped on in any direction, 2 to 16 cm from the axis."""
        rng = generator(seed, "mount", role)
        lever = rng.uniform([-0.08, -0.12, 0.02], [0.08, 0.12, 0.07])
        return Mount(
            rotation=_any_rotation(rng),
            lever=lever,
            acc_bias=rng.normal(0, 0.02, 3),
            gyr_bias=rng.normal(0, 0.004, 3),
        )

    def measure(
        self, motion: Motion, slip: NDArray[np.float64], slip_rate: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return acceleration and turn rate without noise, in the sensor's frame.

        Parameters
        ----------
        motion : Motion
            Of the body.
        slip : ndarray, shape (n,)
            How far the sensor has turned about the body's forward axis [rad].
        slip_rate : float
            Its rate [rad/s].

        Returns
        -------
        acc, gyr : ndarray, shape (n, 3)
            Specific force [m/s^2] and angular velocity [rad/s], biases included.
        """
        turn, speed = motion.rates()
        if motion.yaw is not None:
            turn = turn - motion.yaw[:, None] * motion.up()
        x, y, z = self.lever
        # speed x lever, and turn x (turn x lever), written out: np.cross is slow
        tangential = speed @ np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        along = (turn @ self.lever)[:, None]
        radial = turn * along - (turn * turn).sum(axis=1)[:, None] * self.lever
        force = tangential + radial + G * motion.up()
        if motion.push is not None:
            force = force + motion.push
        own = np.array([0.0, slip_rate, 0.0])
        acc = self._seen(force, slip) + self.acc_bias
        gyr = self._seen(turn, slip) + own @ self.rotation + self.gyr_bias
        return acc, gyr

    def _seen(
        self, vectors: NDArray[np.float64], slip: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        if not slip.any():
            return vectors @ self.rotation
        c, s = np.cos(slip), np.sin(slip)
        x, y, z = vectors.T
        turned = np.array([c * x - s * z, y, s * x + c * z]).T
        return turned @ self.rotation


def _any_rotation(rng: np.random.Generator) -> NDArray[np.float64]:
    w, x, y, z = (q := rng.standard_normal(4)) / np.linalg.norm(q)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
