"""Inclination beside an optical reference: not worse than the plain published filter.

Excerpts of BROAD (Laidig et al. 2021, doi:10.3390/data6070072, CC BY 4.0).
"""

import numpy as np
import pytest
from vqf import VQF, offlineVQF

from surefoot.analysis import offline_up, up_from_quaternion
from surefoot.core import Block, StreamInfo
from surefoot.stream import Orientation

NAMES = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
UNITS = ("m/s^2",) * 3 + ("rad/s",) * 3


@pytest.fixture(params=["02", "10", "21"])
def trial(request, data):
    with np.load(data / "orientation/broad_excerpts_95hz.npz") as file:
        found = {
            key: np.ascontiguousarray(file[f"{request.param}_{key}"], dtype=float)
            for key in ("gyr", "acc", "opt_quat", "movement")
        }
        return found | {"rate": float(file["fs"])}


def block(trial) -> Block:
    info = StreamInfo("board/imu", NAMES, UNITS, trial["rate"])
    t = np.arange(len(trial["acc"])) / trial["rate"]
    return Block(info, t, np.hstack([trial["acc"], trial["gyr"]]))


def error(trial, up) -> float:
    """Return the RMS angle to the reference while moving, after 10 s [deg]."""
    use = (trial["movement"] > 0) & np.isfinite(trial["opt_quat"]).all(axis=1)
    use[: round(10 * trial["rate"])] = False
    away = up[use] - up_from_quaternion(trial["opt_quat"][use])
    half = np.linalg.norm(away, axis=1) / 2
    return float(np.degrees(np.sqrt(np.mean((2 * np.arcsin(half)) ** 2))))


def test_live(trial):
    plain = VQF(1 / trial["rate"]).updateBatch(trial["gyr"], trial["acc"])
    ours = error(trial, Orientation(trial["rate"]).feed(block(trial)).data)
    assert ours <= error(trial, up_from_quaternion(plain["quat6D"])) + 0.01
    assert ours < 3.0


def test_offline(trial):
    plain = offlineVQF(trial["gyr"], trial["acc"], None, 1 / trial["rate"])
    ours = error(trial, offline_up(block(trial)).data)
    assert ours <= error(trial, up_from_quaternion(plain["quat6D"])) + 0.01
    live = error(trial, Orientation(trial["rate"]).feed(block(trial)).data)
    assert ours < live
