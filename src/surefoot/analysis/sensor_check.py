"""How well one sensor and its link work, from a few seconds of lying still."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.clock_fit import huber_line
from surefoot.analysis.ellipsoid import STANDARD_GRAVITY
from surefoot.analysis.orientation import ACC, GYR, columns, has_gyr
from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from surefoot.core import Block

BURST = 0.003
"""Packets closer than this came together [s]. Like all limits here, our default."""
RATE_OFF = 0.02
"""A rate further from the nominal one is worth a word."""
LOST = 0.02
"""A larger share of lost samples is worth a word."""
JITTER = 0.05
"""More jitter of reception is worth a word [s]."""
GRAVITY_OFF = 0.3
"""A length of gravity further off is worth a word [m/s^2]."""
STILL_GYR, STILL_ACC = math.radians(1.0), 0.08
"""More scatter than this and it did not lie still [rad/s], [m/s^2]."""


@dataclass(frozen=True, slots=True)
class SensorCheck:
    """What was seen of one sensor.

    Attributes
    ----------
    seconds : float
        Time watched [s].
    samples, packets : int
        What came.
    rate, nominal : float
        Samples a second of this computer's clock, and as the profile says [Hz].
    drift_ppm, drift_sd : float
        The device's clock against this computer's, positive when fast, and how well
        that is known [1e-6]: to some 200 ppm after ten seconds, 15 after a minute.
    lost : float
        Share of samples missing, 0 to 1.
    longest_gap : float
        [s]
    burst : float
        Median time between arrivals: the link's interval as seen here [s].
    late_p50, late_p95 : float
        Arrival after the earliest that was possible [s]. The smallest delay itself
        cannot be seen from one side.
    acc, gyr_bias : tuple of 3 float
        Mean readings [m/s^2], [rad/s]; the second NaN without a gyroscope.
    acc_sd, gyr_sd : float
        Largest scatter of an axis [m/s^2], [rad/s].
    up : str
        The sensor's axis nearest to up: ``"+z"``.
    up_off : float
        Angle between that axis and up [rad].
    remarks : tuple of str
        What is worth a word.
    """

    seconds: float
    samples: int
    packets: int
    rate: float
    nominal: float
    drift_ppm: float
    drift_sd: float
    lost: float
    longest_gap: float
    burst: float
    late_p50: float
    late_p95: float
    acc: tuple[float, float, float]
    gyr_bias: tuple[float, float, float]
    acc_sd: float
    gyr_sd: float
    up: str
    up_off: float
    remarks: tuple[str, ...] = ()


def check_sensor(
    imu: Block, ends: NDArray[np.float64], arrivals: NDArray[np.float64]
) -> SensorCheck:
    """Return how well a sensor works that lay still.

    Parameters
    ----------
    imu : Block
        Its samples, as decoded: acc, and gyr where it has one.
    ends, arrivals : ndarray, shape (m,)
        For each packet the time of its newest sample, and when it came [s].

    Raises
    ------
    SignalError
        With fewer than 20 samples or 5 packets, or without an accelerometer.
    """
    if len(imu) < 20 or len(ends) < 5 or ACC[0] not in imu.info.channels:
        msg = (
            f"{imu.info.role}: expected a second of acceleration or more, got "
            f"{len(imu)} samples in {len(ends)} packets: listen longer, come closer"
        )
        raise SignalError(msg)
    steps = np.maximum(np.round(np.diff(imu.t) * imu.info.rate), 1)
    count = np.concatenate([[0.0], np.cumsum(steps)])
    line = huber_line(np.interp(ends, imu.t, count), arrivals)
    late = arrivals - ends
    late = late - late.min()
    acc = columns(imu, ACC)
    gyr = columns(imu, GYR) if has_gyr(imu.info) else np.full((1, 3), math.nan)
    mean = acc.mean(axis=0)
    up = int(np.argmax(np.abs(mean)))
    size = float(np.linalg.norm(mean))
    found = SensorCheck(
        seconds=float(imu.t[-1] - imu.t[0]),
        samples=len(imu),
        packets=len(ends),
        rate=line.rate,
        nominal=imu.info.rate,
        drift_ppm=(line.rate / imu.info.rate - 1.0) * 1e6,
        drift_sd=_slope_sd(late, arrivals) * 1e6,
        lost=float((steps - 1).sum() / (count[-1] + 1)),
        longest_gap=float(np.diff(imu.t).max()),
        burst=_burst(arrivals),
        late_p50=float(np.percentile(late, 50)),
        late_p95=float(np.percentile(late, 95)),
        acc=_three(mean),
        gyr_bias=_three(gyr.mean(axis=0)),
        acc_sd=float(acc.std(axis=0).max()),
        gyr_sd=float(gyr.std(axis=0).max()),
        up=("+" if mean[up] > 0 else "-") + "xyz"[up],
        up_off=math.acos(min(1.0, abs(float(mean[up])) / size)) if size else math.nan,
    )
    return _with_remarks(found, size, float(late.std()))


def _with_remarks(found: SensorCheck, gravity: float, jitter: float) -> SensorCheck:
    return replace(found, remarks=tuple(_remarks(found, gravity, jitter)))


def _remarks(found: SensorCheck, gravity: float, jitter: float) -> Iterator[str]:
    moved = found.acc_sd > STILL_ACC or found.gyr_sd > STILL_GYR
    if moved:
        yield "it moved: lay it down and do not touch it, then check again"
    if abs(found.rate / found.nominal - 1) > RATE_OFF:
        yield (
            f"{found.rate:.1f} samples a second came, {found.nominal:g} are nominal: "
            "see whether its rate was set"
        )
    if found.lost > LOST:
        yield f"{found.lost:.1%} of samples were lost: bring it closer to the computer"
    if jitter > JITTER:
        yield (
            f"packets came with {jitter * 1e3:.0f} ms of jitter: fewer sensors on this "
            "adapter, or less other radio"
        )
    if not moved and abs(gravity - STANDARD_GRAVITY) > GRAVITY_OFF:
        yield (
            f"gravity reads {gravity:.2f} m/s^2, 9.81 is right: calibrate the "
            "accelerometer"
        )


def _slope_sd(late: NDArray[np.float64], arrivals: NDArray[np.float64]) -> float:
    """Return the standard error of a rate fitted through such arrivals."""
    span = float(np.ptp(arrivals))
    return float(late.std()) * math.sqrt(12.0 / len(late)) / span if span else math.nan


def _burst(arrivals: NDArray[np.float64]) -> float:
    gaps = np.diff(np.sort(arrivals))
    apart = gaps[gaps > BURST]
    return float(np.median(apart)) if len(apart) else math.nan


def _three(values: NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = values.tolist()
    return x, y, z
