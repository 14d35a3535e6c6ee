"""The bias of a gyroscope from a rest, and whether the rest was one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

SHORTEST = 2.0
"""Shortest rest [s]. Like all limits here, our default."""
GYR_SD = math.radians(1.0)
"""Largest scatter of an axis [rad/s]."""
ACC_SD = 0.05
"""Largest scatter of the length of the acceleration [m/s^2]."""
WANDER = math.radians(0.2)
"""Largest difference between the means of the two halves, an axis [rad/s]."""
BIAS_MAX = math.radians(5.0)
"""Largest length of a bias that is believed [rad/s]."""
CHANGE = math.radians(0.5)
"""A bias that moved further than this since the last time is worth a word [rad/s]."""


@dataclass(frozen=True, slots=True)
class RestBias:
    """What a gyroscope reads at rest.

    Attributes
    ----------
    bias : tuple of 3 float
        Mean reading [rad/s].
    sd : float
        Largest standard deviation of an axis [rad/s].
    acc_sd : float
        Standard deviation of the length of the acceleration [m/s^2]; NaN without one.
    wander : float
        Largest difference between the two halves [rad/s].
    refusals : tuple of str
        Why it should not be used, a clause each.
    """

    bias: tuple[float, float, float]
    sd: float
    acc_sd: float
    wander: float
    refusals: tuple[str, ...] = ()


def rest_bias(
    gyr: NDArray[np.float64], acc: NDArray[np.float64] | None, rate: float
) -> RestBias:
    """Return the bias of a gyroscope that should have been at rest.

    Parameters
    ----------
    gyr : ndarray, shape (n, 3)
        Raw gyroscope [rad/s].
    acc : ndarray, shape (n, 3), or None
        Raw accelerometer of the same samples [m/s^2]; tells slow turning from bias
        about level axes.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    RestBias
        With the reasons why it should not be used. A slow, steady turn about the
        vertical looks like a bias: nothing here can tell.

    Raises
    ------
    SignalError
        If an array is not (n, 3), holds fewer than 4 samples or is not finite.
    """
    _check("gyroscope", gyr)
    if acc is not None:
        _check("accelerometer", acc)
    mean = gyr.mean(axis=0)
    half = len(gyr) // 2
    wander = float(abs(gyr[:half].mean(axis=0) - gyr[half:].mean(axis=0)).max())
    felt = math.nan if acc is None else float(((acc * acc).sum(axis=1) ** 0.5).std())
    x, y, z = mean.tolist()
    found = RestBias((x, y, z), float(gyr.std(axis=0).max()), felt, wander)
    refusals = tuple(_refusals(found, len(gyr) / rate))
    return RestBias(found.bias, found.sd, found.acc_sd, found.wander, refusals)


def _refusals(found: RestBias, seconds: float) -> Iterator[str]:
    degrees = math.degrees
    if seconds < SHORTEST:
        yield f"expected {SHORTEST:g} s of rest, got {seconds:.1f} s"
    if found.sd > GYR_SD:
        yield (
            f"expected less than {degrees(GYR_SD):g} deg/s of scatter at rest, got "
            f"{degrees(found.sd):.2f}"
        )
    if found.acc_sd > ACC_SD:
        yield (
            f"expected less than {ACC_SD:g} m/s^2 of scatter at rest, got "
            f"{found.acc_sd:.3f}"
        )
    if found.wander > WANDER:
        yield (
            f"expected both halves within {degrees(WANDER):g} deg/s, got "
            f"{degrees(found.wander):.2f}"
        )
    size = math.hypot(*found.bias)
    if size > BIAS_MAX:
        yield (
            f"expected a bias below {degrees(BIAS_MAX):g} deg/s, got "
            f"{degrees(size):.1f}: it turned, or it is broken"
        )


def _check(what: str, data: NDArray[np.float64]) -> None:
    if data.ndim != 2 or data.shape[1] != 3 or len(data) < 4:
        msg = f"{what}: expected 4 or more samples of 3, got {data.shape}: rest longer"
        raise SignalError(msg)
    if not math.isfinite(float(data.sum())):
        msg = f"{what}: expected numbers, got some that are not finite: rest again"
        raise SignalError(msg)
