"""How well and how fast orientation is found, on real optical reference where present.

The excerpts of the BROAD data set (Laidig et al. 2021, doi:10.3390/data6070072, CC BY
4.0) are not part of this repository; where they lie beside it, errors are printed.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from vqf import VQF, offlineVQF

from surefoot.analysis import offline_up, up_from_quaternion
from surefoot.core import Block, StreamInfo
from surefoot.stream import Orientation

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = Path(__file__).parents[2] / "shared/data/orientation/broad_excerpts_95hz.npz"
NAMES = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
UNITS = ("m/s^2",) * 3 + ("rad/s",) * 3
SETTLED = 10.0  # s


def report() -> None:
    """Print errors (where there is a reference) and costs beside plain vqf."""
    print("orientation: inclination error against optical reference, RMSE in degrees")
    if not DATA.is_file():
        print("  skipped: the BROAD excerpts do not lie beside this checkout")
    else:
        errors(np.load(DATA))
    costs()


def errors(data: np.lib.npyio.NpzFile) -> None:
    """Print the inclination error of each excerpt."""
    rate = float(data["fs"])
    print("  trial     live  plain vqf    offline  plain offlineVQF")
    for trial in ("02", "10", "21"):
        gyr, acc = (
            np.ascontiguousarray(data[f"{trial}_{k}"], dtype=float)
            for k in ("gyr", "acc")
        )
        truth = data[f"{trial}_opt_quat"].astype(float)
        moving = data[f"{trial}_movement"] > 0
        block = imu(gyr, acc, rate)
        plain = VQF(1 / rate).updateBatch(gyr, acc)
        offline = offlineVQF(gyr, acc, None, 1 / rate)
        found = [
            Orientation(rate).feed(block).data,
            up_from_quaternion(plain["quat6D"]),
            offline_up(block).data,
            up_from_quaternion(offline["quat6D"]),
        ]
        use = moving & np.isfinite(truth).all(axis=1) & (block.t > SETTLED)
        rmse = [inclination(up[use], truth[use]) for up in found]
        print(f"  {trial}" + "".join(f"{error:11.2f}" for error in rmse))


def inclination(up: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Return the RMS angle between two directions of up [deg]."""
    true = up_from_quaternion(truth)
    half = np.linalg.norm(up - true, axis=1) / 2
    angle = 2 * np.arcsin(np.minimum(half, 1))
    return float(np.degrees(np.sqrt(np.mean(angle * angle))))


def imu(gyr: NDArray[np.float64], acc: NDArray[np.float64], rate: float) -> Block:
    """Return samples as the stream of a sensor."""
    info = StreamInfo("board/imu", NAMES, UNITS, rate)
    return Block(info, np.arange(len(acc)) / rate, np.hstack([acc, gyr]))


def costs() -> None:
    """Print what the operator costs beside vqf alone, in blocks and in packets."""
    rng = np.random.default_rng(0)
    n, rate = 2**15, 100.0
    gyr = rng.normal(0, 0.2, (n, 3))
    acc = rng.normal((0.0, 0.0, 9.81), 0.3, (n, 3))
    whole = imu(gyr, acc, rate)
    print("  cost of our operator beside vqf.updateBatch, same blocks, least of 15")
    for size in (4, 16, 256, 1024, 4096):
        cuts = range(0, n, size)
        blocks = [whole[i : i + size] for i in cuts]
        pairs = [(gyr[i : i + size].copy(), acc[i : i + size].copy()) for i in cuts]
        taken = [one(blocks, pairs, rate) for _ in range(15)]
        ours, theirs = (1e6 * min(times) / n for times in zip(*taken, strict=True))
        ratio, over = ours / theirs, size * (ours - theirs)
        print(
            f"  blocks of {size:5d}: {ours:6.2f} us a sample, ratio {ratio:5.2f}, ",
            end="",
        )
        print(f"{over:5.1f} us more a block")


def one(
    blocks: list[Block],
    pairs: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
    rate: float,
) -> tuple[float, float]:
    """Return the processor time of our operator, and of vqf alone [s]."""
    operator, plain = Orientation(rate), VQF(1 / rate, restThGyr=1.0)
    begun = time.process_time()
    for block in blocks:
        operator.feed(block)
    between = time.process_time()
    for gyr, acc in pairs:
        plain.updateBatch(gyr, acc)
    return between - begun, time.process_time() - between
