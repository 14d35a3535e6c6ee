"""Sway density: for how long the CoP stays near where it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway_dynamics._checks import in_plane, positive, usable

if TYPE_CHECKING:
    from numpy.typing import NDArray

RADIUS = 0.003
"""Radius of the circle [m]; the first papers took 2.5 mm, later ones 3 mm."""

CUTOFF = 2.5
"""Low-pass of the density curve [Hz]."""

_ORDER = 4
_LEAST = 16  # samples; the filter's own run-in takes 15
_JUMPS = (512, 64, 8)  # samples looked at together; each a power of two
_STEPS = 16  # samples looked at one by one, in between
_RIPPLE = 1e-9  # lower than this, a peak is rounding of the filter [s]


class SwayDensity(NamedTuple):
    """The peaks of the sway density curve, where the CoP dwells.

    Attributes
    ----------
    mean_peak : float
        Mean height of the peaks (MP) [s].
    mean_distance : float
        Mean distance of the CoP between successive peaks (MD) [m].
    mean_time : float
        Mean time between successive peaks (MT) [s].
    peaks : int
        How many there are.
    """

    mean_peak: float
    mean_distance: float
    mean_time: float
    peaks: int


def sway_density(
    cop: NDArray[np.float64], rate: float, radius: float = RADIUS
) -> SwayDensity:
    """Return height, distance and time of the peaks of the sway density curve.

    The curve (`sway_density_curve`) is low-passed at 2.5 Hz (Butterworth order 4,
    forwards and backwards); each local maximum is a peak.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m]; uniform samples.
    rate : float
        Sampling rate [Hz], above 5.
    radius : float
        Radius of the circle [m]; state it with the value.

    Returns
    -------
    SwayDensity
        High peaks far from each other in time: long rests. NaN with fewer than one
        peak, distance and time with fewer than two; all NaN and 0 peaks with
        samples that are not finite, fewer than 16, or a rate of 5 Hz or less. Somebody
        who stays within the circle has no peaks.

        Where the curve is level, the ripple of its low-pass makes small peaks of its
        own (not those below 1e-9 s). The height grows steeply with the radius. Noise
        shortens stays: filter the CoP as the pipeline says. A code that counts a stay
        without its own sample reads one period less (10 ms at 100 Hz, 40 ms at 25 Hz).

    Notes
    -----
    Baratto et al. (2002), doi:10.1123/mcj.6.3.246; Jacono et al. (2004),
    Motor Control 8:292-311, doi:10.1123/mcj.8.3.292 (DOI not verified).
    """
    curve = sway_density_curve(cop, rate, radius)
    if not usable(curve, _LEAST) or rate <= 2 * CUTOFF:
        return SwayDensity(math.nan, math.nan, math.nan, 0)
    from scipy import signal  # heavy; most commands need none

    sos = signal.butter(_ORDER, CUTOFF, fs=rate, output="sos")
    height = np.asarray(signal.sosfiltfilt(sos, curve), dtype=np.float64)
    found, _ = signal.find_peaks(height, prominence=_RIPPLE)
    return _peaks(np.asarray(cop, dtype=np.float64)[found], height[found], found / rate)


def sway_density_curve(
    cop: NDArray[np.float64], rate: float, radius: float = RADIUS
) -> NDArray[np.float64]:
    """Return for each sample for how long the CoP is within a circle around it.

    The number of consecutive samples, before and after, itself included, that lie
    within the radius, over the rate.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m]; uniform samples.
    rate : float
        Sampling rate [Hz].
    radius : float
        Radius of the circle, its edge included [m].

    Returns
    -------
    ndarray, shape (n,)
        From one period up to ``n / rate`` [s]. NaN with samples that are not finite;
        empty when empty. Stays cut by the ends of the trial read short.

    Notes
    -----
    As `sway_density`. Not filtered.
    """
    points = in_plane("sway density", cop)
    positive("sway density", "a rate", rate)
    positive("sway density", "a radius in m", radius)
    if not usable(points, 1):
        return np.full(len(points), math.nan)
    after = _stays(points.T, radius)
    before = _stays(points.T[:, ::-1], radius)[::-1]
    return (before + after + 1) / rate


def _peaks(
    where: NDArray[np.float64], height: NDArray[np.float64], at: NDArray[np.float64]
) -> SwayDensity:
    if len(at) == 0:
        return SwayDensity(math.nan, math.nan, math.nan, 0)
    if len(at) == 1:
        return SwayDensity(float(height[0]), math.nan, math.nan, 1)
    apart = np.diff(where, axis=0)
    far = float(np.sqrt((apart * apart).sum(axis=1)).mean())
    time = float(at[-1] - at[0]) / (len(at) - 1)
    return SwayDensity(float(height.mean()), far, time, len(at))


def _stays(xy: NDArray[np.float64], radius: float) -> NDArray[np.intp]:
    """Return how many samples after each one are within the radius, without a break.

    A few samples one by one, as most leave soon; then runs of samples at once where
    their bounding box lies in the circle; and so on while any is within.
    """
    xy = np.ascontiguousarray(xy)
    start = np.arange(xy.shape[1], dtype=np.intp)
    reached = start.copy()  # the last sample known to be within
    runs = [(jump, _boxes(xy, jump)) for jump in _JUMPS if jump < len(start)]
    going = start
    while len(going):
        for _ in range(_STEPS):
            going = _move(xy, (xy, xy), 1, going, reached, radius)
        for jump, boxes in runs:
            jumping = going
            while len(jumping):
                jumping = _move(xy, boxes, jump, jumping, reached, radius)
    return reached - start


def _boxes(
    xy: NDArray[np.float64], length: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return lowest and highest coordinates of every run of so many samples."""
    low = high = xy
    size = 1
    while size < length:
        low = np.minimum(low[:, :-size], low[:, size:])
        high = np.maximum(high[:, :-size], high[:, size:])
        size *= 2
    return low, high


def _move(
    xy: NDArray[np.float64],
    boxes: tuple[NDArray[np.float64], NDArray[np.float64]],
    jump: int,
    going: NDArray[np.intp],
    reached: NDArray[np.intp],
    radius: float,
) -> NDArray[np.intp]:
    """Move on, by a run each, the samples whose next run is within; return those."""
    low, high = boxes
    following = reached[going] + 1
    exist = following < low.shape[1]
    going, following = going[exist], following[exist]
    away = np.zeros(len(going))
    for values, least, most in zip(xy, low, high, strict=True):
        centre = values.take(going)
        far = centre - least.take(following)
        if jump > 1:
            far = np.maximum(far, most.take(following) - centre)
        away += far * far
    going = going[away <= radius * radius]
    reached[going] += jump
    return going
