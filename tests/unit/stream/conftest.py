"""A rocker board with a sensor screwed to it anyhow, as physics has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from surefoot.core import Block, StreamInfo

if TYPE_CHECKING:
    from collections.abc import Callable

G = 9.81
RATE = 100.0
AXES = tuple(f"{quantity}_{axis}" for quantity in ("acc", "gyr") for axis in "xyz")


@dataclass(frozen=True)
class Rocking:
    """Samples in the sensor frame, the true tilt, and the true sensor-to-board turn."""

    imu: Block
    ml: np.ndarray
    rotation: np.ndarray


@pytest.fixture
def rocking() -> Callable[..., Rocking]:
    """Build 5 s of rest on level, then rocking about the board's y axis."""

    def build(
        seed: int = 0,
        *,
        seconds: float = 40.0,
        degrees: float = 8.0,
        hz: float = 0.5,
        gyr_bias: float = 0.0,
    ) -> Rocking:
        rng = np.random.default_rng(seed)
        mounting = Rotation.random(rng=rng).as_matrix()  # board to sensor
        t = np.arange(0, seconds, 1 / RATE)
        ramp = np.clip((t - 5) / 2, 0, 1)
        ml = np.radians(degrees) * ramp * np.sin(2 * np.pi * hz * (t - 5))
        rate = np.gradient(ml, 1 / RATE)
        zero = np.zeros_like(t)
        gyr = np.stack([zero, rate, zero], axis=1)
        up = np.stack([-np.sin(ml), zero, np.cos(ml)], axis=1)
        lever = np.array([0.1, 0.05, 0.03])
        turning = np.stack([zero, np.gradient(rate, 1 / RATE), zero], axis=1)
        moved = np.cross(turning, lever) + np.cross(gyr, np.cross(gyr, lever))
        gyr = (gyr + gyr_bias) @ mounting.T + rng.normal(0, 1.2e-3, gyr.shape)
        acc = (G * up + moved) @ mounting.T + rng.normal(0, 0.02, up.shape)
        info = StreamInfo("board/imu", AXES, ("m/s^2",) * 3 + ("rad/s",) * 3, RATE)
        imu = Block(info, t, np.concatenate([acc, gyr], axis=1))
        return Rocking(imu, ml, mounting.T)

    return build
