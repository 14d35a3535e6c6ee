"""The orientation filter for machines without the compiled one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Vector = tuple[float, float, float]


class Complementary:
    """Up in the sensor frame: the gyroscope turns it, the accelerometer pulls it back.

    ``u <- u - w dt x u``, ``u <- u + k (a/|a| - u)`` with ``k = dt / (tau + dt)``, then
    unit length. One sample at a time in plain floats, so every cutting is the same.

    Parameters
    ----------
    rate : float
        Sampling rate [Hz].
    tau : float
        Time constant of the pull [s]. 3 s is within 0.4 degrees of the compiled filter
        for boards below 1 Hz, provided the gyroscope's bias was taken out before.
    """

    def __init__(self, rate: float, tau: float = 3.0) -> None:
        self._dt = 1.0 / rate
        self._pull = self._dt / (tau + self._dt)
        self._up: Vector | None = None

    def reset(self) -> None:
        """Forget the past: the next acceleration is up."""
        self._up = None

    restart = reset

    def up(
        self, gyr: NDArray[np.float64], acc: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return up after each of these samples, shape (n, 3)."""
        rows = zip(gyr.tolist(), acc.tolist(), strict=True)
        return np.array([self._step(w, a) for w, a in rows]).reshape(-1, 3)

    def _step(self, w: list[float], a: list[float]) -> Vector:
        pulled = _unit(a[0], a[1], a[2])
        if self._up is None:
            self._up = pulled
            return self._up
        x, y, z = _turn(self._up, w, self._dt)
        k = self._pull
        self._up = _unit(
            x + k * (pulled[0] - x), y + k * (pulled[1] - y), z + k * (pulled[2] - z)
        )
        return self._up


def _turn(u: Vector, w: list[float], dt: float) -> Vector:
    a, b = _cross(w, u), (0.0, 0.0, 0.0)
    b = _cross(w, a)
    h = dt * dt / 2.0  # second order: half a degree a step would else cost length
    return (
        u[0] - dt * a[0] + h * b[0],
        u[1] - dt * a[1] + h * b[1],
        u[2] - dt * a[2] + h * b[2],
    )


def _cross(a: list[float] | Vector, b: Vector) -> Vector:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def _unit(x: float, y: float, z: float) -> Vector:
    norm = math.sqrt(x * x + y * y + z * z) or 1.0
    return x / norm, y / norm, z / norm
