"""Orientation against the published filter, its values written down once."""

from pathlib import Path

import numpy as np
import pytest

from surefoot.analysis import offline_up, up_from_quaternion
from surefoot.core import Block, StreamInfo
from surefoot.stream import Orientation

FILE = (
    Path(__file__).parents[3]
    / "shared/golden/motion/orientation_golden_wobble_fs100.npz"
)
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the reference values are not on this machine"
)
NAMES = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
INFO = StreamInfo("board/imu", NAMES, ("m/s^2",) * 3 + ("rad/s",) * 3, 100.0)


@pytest.fixture(scope="module")
def golden():
    with np.load(FILE) as file:
        return dict(file)


def block(golden) -> Block:
    data = np.hstack([golden["acc"], golden["gyr"]])
    return Block(INFO, np.arange(len(data)) / 100.0, data)


def angle(up, truth) -> float:
    """Return the RMS angle between two directions [deg]."""
    half = np.linalg.norm(up - truth, axis=1) / 2
    return float(np.degrees(np.sqrt(np.mean((2 * np.arcsin(half)) ** 2))))


def test_live_is_the_published_filter(golden):
    """Its limit of rest is another one, so only nearly; both are equally right."""
    ours = Orientation(100.0).feed(block(golden)).data
    theirs = up_from_quaternion(golden["vqf_quat6D"])
    assert angle(ours, theirs) < 0.002


def test_offline_is_the_published_filter(golden):
    ours = offline_up(block(golden)).data
    theirs = up_from_quaternion(golden["offline_quat6D"])
    assert angle(ours, theirs) < 0.02


def test_both_are_near_the_truth(golden):
    truth = up_from_quaternion(golden["q_true"])
    assert angle(Orientation(100.0).feed(block(golden)).data, truth) < 0.1
    assert angle(offline_up(block(golden)).data, truth) < 0.11
