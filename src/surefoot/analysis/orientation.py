"""Orientation and tilt of a finished recording, with the future known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.complementary import Complementary
from surefoot.analysis.gaps import segments
from surefoot.analysis.rotation import tilt_from_up, unit_rows, up_from_quaternion
from surefoot.analysis.smoothing import smooth
from surefoot.core import Block, StreamInfo

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ACC = ("acc_x", "acc_y", "acc_z")
GYR = ("gyr_x", "gyr_y", "gyr_z")
REST_GYR_DEG = 1.0
"""Rest threshold of the filter [deg/s]: its default of 2 takes slow sway for rest."""
GAP = 0.1
"""Nothing is integrated over a longer step in time [s]."""
ACC_CUTOFF = 4.0
"""Low-pass of an accelerometer that has no gyroscope beside it [Hz]."""


def up_info(info: StreamInfo) -> StreamInfo:
    """Return the stream of up vectors made from this stream of samples."""
    names = ("u_x", "u_y", "u_z")
    return StreamInfo(f"{info.role}/up", names, ("1", "1", "1"), info.rate, info.frame)


def tilt_info(info: StreamInfo) -> StreamInfo:
    """Return the stream of tilt made from this stream."""
    frame = "board" if info.role == "board" else "segment"
    name = f"{info.role}/tilt"
    return StreamInfo(name, ("ml", "ap"), ("rad", "rad"), info.rate, frame)


def has_gyr(info: StreamInfo) -> bool:
    """Return whether the stream has a gyroscope."""
    return _has(info.channels, GYR)


def columns(block: Block, names: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the named channels as a contiguous array of shape (n, len(names))."""
    return np.ascontiguousarray(block.data[:, _place(block.info.channels, names)])


@cache
def _has(channels: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return all(name in channels for name in names)


@cache
def _place(channels: tuple[str, ...], names: tuple[str, ...]) -> slice | list[int]:
    """Return where channels stand: a slice where they stand side by side."""
    found = [channels.index(name) for name in names]
    run = list(range(found[0], found[0] + len(found)))
    return slice(found[0], found[0] + len(found)) if found == run else found


def measured_rate(t: NDArray[np.float64], nominal: float) -> float:
    """Return the sampling rate the times tell [Hz].

    From the longest run without a gap; the nominal rate when that is shorter than 100
    samples.
    """
    runs = segments(t, GAP)
    longest = max(runs, key=lambda run: run.stop - run.start, default=slice(0, 0))
    n = longest.stop - longest.start
    if n < 100:
        return nominal
    return (n - 1) / float(t[longest.stop - 1] - t[longest.start])


def offline_up(imu: Block) -> Block:
    """Return where up is in the sensor frame, sample by sample.

    Every stretch without a gap of more than 0.1 s is taken by itself: by
    `vqf.offlineVQF` (6D) with a gyroscope (by `Complementary` where that is not
    installed), otherwise from the acceleration, zero-phase low-passed at 4 Hz.

    Parameters
    ----------
    imu : Block
        Channels acc_x..z [m/s^2] and, where there is one, gyr_x..z [rad/s].

    Returns
    -------
    Block
        ``role/up``, unit vectors u_x, u_y, u_z. Empty for an empty block. Wrong by the
        accelerometer's bias (0.1 m/s^2: 0.6 degrees); without a gyroscope also by every
        movement of the sensor that is not a tilt.

    Notes
    -----
    Laidig D, Seel T (2023), Information Fusion 91:187-204,
    doi:10.1016/j.inffus.2022.10.014
    """
    rate = measured_rate(imu.t, imu.info.rate)
    up = np.empty((len(imu), 3))
    for run in segments(imu.t, GAP):
        up[run] = _up(imu[run], rate)
    return imu.with_data(up, up_info(imu.info))


def offline_tilt(imu: Block, rotation: ArrayLike, cutoff: float = 6.0) -> Block:
    """Return the final tilt of a board, from its samples.

    Parameters
    ----------
    imu : Block
        As for `offline_up`.
    rotation : array_like, shape (3, 3)
        From the sensor frame to the board frame.
    cutoff : float
        Zero-phase low-pass of the tilt, -3 dB [Hz].

    Returns
    -------
    Block
        ``role/tilt``, ml and ap [rad].
    """
    up = offline_up(imu)
    tilt = tilt_from_up(up.data, rotation)
    for run in segments(imu.t, GAP):
        tilt[run] = smooth(tilt[run], imu.info.rate, cutoff)
    return imu.with_data(tilt, tilt_info(imu.info))


def _up(run: Block, rate: float) -> NDArray[np.float64]:
    acc = columns(run, ACC)
    if not has_gyr(run.info):
        return unit_rows(smooth(acc, rate, ACC_CUTOFF))
    gyr = columns(run, GYR)
    try:
        from vqf import offlineVQF
    except ImportError:  # no wheel for this machine
        return Complementary(rate).up(gyr, acc)
    told = offlineVQF(gyr, acc, None, 1.0 / rate, {"restThGyr": REST_GYR_DEG})
    return up_from_quaternion(told["quat6D"])
