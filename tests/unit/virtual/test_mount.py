"""Rigid-body kinematics: what is measured agrees with where the sensor goes."""

from __future__ import annotations

import numpy as np
import pytest

from surefoot.virtual.mount import G, Motion, Mount

STEP = 1e-4
T = STEP * np.arange(20_000)


def swing(size: float, speed: float, phase: float) -> np.ndarray:
    at = speed * T + phase
    return size * np.stack(
        [np.sin(at), speed * np.cos(at), -(speed**2) * np.sin(at)], axis=1
    )


def board_to_world(ml: float, ap: float) -> np.ndarray:
    c, s, cq, sq = np.cos(ml), np.sin(ml), np.cos(ap), np.sin(ap)
    about_y = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    about_x = np.array([[1, 0, 0], [0, cq, sq], [0, -sq, cq]])
    return about_y @ about_x


@pytest.fixture(scope="module")
def ride() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the sensor's attitude and place, and what it measures, in a wild ride."""
    motion = Motion(swing(0.4, 9.0, 0.0), swing(0.3, 7.0, 1.0))
    any_mount = Mount.somewhere(3, "board")
    no_bias = np.zeros(3)
    mount = Mount(any_mount.rotation, np.array([0.08, -0.12, 0.07]), no_bias, no_bias)
    acc, gyr = mount.measure(motion, np.zeros(len(T)), 0.0)
    angles = zip(motion.ml[:, 0], motion.ap[:, 0], strict=True)
    board = np.array([board_to_world(ml, ap) for ml, ap in angles])
    return board @ mount.rotation, board @ mount.lever, acc, gyr


def test_the_force_is_gravity_and_the_acceleration_of_the_place(ride):
    attitude, place, acc, _ = ride
    force = np.einsum("nij,nj->ni", attitude, acc)[1:-1]
    moved = np.diff(place, 2, axis=0) / STEP**2
    assert np.abs(moved).max() > 2.0
    assert force - [0.0, 0.0, G] == pytest.approx(moved, abs=0.01)


def test_the_turn_rate_is_that_of_the_attitude(ride):
    attitude, _, _, gyr = ride
    change = (attitude[2:] - attitude[:-2]) / (2 * STEP)
    skew = np.einsum("nji,njk->nik", attitude[1:-1], change)
    turned = np.stack([skew[:, 2, 1], skew[:, 0, 2], skew[:, 1, 0]], axis=1)
    assert np.abs(turned).max() > 2.0
    assert gyr[1:-1] == pytest.approx(turned, abs=1e-4)


def test_a_mounting_is_a_rotation():
    rotation = Mount.somewhere(5, "trunk").rotation
    assert rotation @ rotation.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(rotation) == pytest.approx(1.0)
