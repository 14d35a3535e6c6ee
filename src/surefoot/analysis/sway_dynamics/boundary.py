"""Time to boundary: when the CoP would leave the base of support, going on as now."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from surefoot.analysis.sway_dynamics._checks import in_plane, positive, usable
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Motion = Literal["linear", "quadratic"]

_SLACK = 1e-9  # of an edge: a corner belongs to both
_ROUNDING = 1e-12  # of a position: a smaller step is none, whatever the digits say


class TimeToBoundary(NamedTuple):
    """What the times to boundary of one trial say.

    Attributes
    ----------
    mean : float
        Of the samples that have a time [s].
    median : float
        Of all samples inside, those that never arrive being the longest [s].
    minimum : float
        The shortest [s].
    mean_of_minima : float
        Mean over the local minima of the series [s].
    outside : float
        Share of samples outside the boundary, which have no time; 0 to 1 [1].
    """

    mean: float
    median: float
    minimum: float
    mean_of_minima: float
    outside: float


def time_to_boundary(
    cop: NDArray[np.float64],
    rate: float,
    boundary: NDArray[np.float64],
    motion: Motion = "quadratic",
) -> TimeToBoundary:
    """Return mean, median and minima of the time to boundary.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m]; uniform samples, low-passed.
    rate : float
        Sampling rate [Hz].
    boundary : ndarray, shape (k, 2)
        Corners of the base of support in order, either way round [m].
    motion : {"linear", "quadratic"}
        See `boundary_times`.

    Returns
    -------
    TimeToBoundary
        0 or more; short times are close calls. NaN where no sample has a time, minima
        also without a local one.

        The two kinds of motion are two measures: on one real trial the shortest times
        are 2.7 s (linear) and 0.49 s (quadratic). Noise shortens them, through the
        second derivative most: the cut-off decides. Close to a turn a sample hardly
        moves and its time is as long as you like: a few of them make the mean, so read
        the median or the minima. A drawn boundary is an estimate of what a person can
        use.

    Notes
    -----
    Riccio (1993), in Newell & Corcos (eds), Variability and Motor Control (no DOI), for
    the linear form; Slobounov et al. (1997), J Mot Behav 29:263-281, for the quadratic
    one.
    """
    times = boundary_times(cop, rate, boundary, motion)
    inside = times[~np.isnan(times)]
    if len(inside) == 0:
        outside = 1.0 if usable(np.asarray(cop), 3) else math.nan
        return TimeToBoundary(math.nan, math.nan, math.nan, math.nan, outside)
    arrives = inside[np.isfinite(inside)]
    dips = times[1:-1][(times[1:-1] < times[:-2]) & (times[1:-1] < times[2:])]
    return TimeToBoundary(
        mean=_mean(arrives),
        median=_known(float(np.median(inside))),
        minimum=_known(float(inside.min())),
        mean_of_minima=_mean(dips),
        outside=1 - len(inside) / len(times),
    )


def boundary_times(
    cop: NDArray[np.float64],
    rate: float,
    boundary: NDArray[np.float64],
    motion: Motion = "quadratic",
) -> NDArray[np.float64]:
    """Return for each sample the time until the CoP would cross the boundary.

    With the velocity v and acceleration a of the sample, the smallest ``tau >= 0`` at
    which ``r + v tau + a tau^2 / 2`` lies on an edge; on the edge itself, between its
    corners, not on the endless line through it. ``"linear"`` has a = 0. A velocity or
    acceleration that is nothing but rounding, as at an exact turn, counts as none.

    Parameters
    ----------
    cop : ndarray, shape (n, 2)
        Centre of pressure ML, AP [m]; uniform samples, low-passed: central differences
        are taken once or twice (one-sided at the ends).
    rate : float
        Sampling rate [Hz].
    boundary : ndarray, shape (k, 2)
        Corners in order, either way round; need not be convex [m].
    motion : {"linear", "quadratic"}
        Whether the CoP keeps its velocity, or its acceleration too.

    Returns
    -------
    ndarray, shape (n,)
        0 or more [s]; infinite where it would never arrive; NaN outside the boundary.
        All NaN with fewer than 3 samples or with samples that are not finite.

    Raises
    ------
    SignalError
        Wrong shapes, a rate that is not positive, fewer than three corners, corners
        that are not finite or not in order.

    Notes
    -----
    As `time_to_boundary`.
    """
    points = in_plane("time to boundary", cop)
    corners = _corners(boundary)
    positive("time to boundary", "a rate", rate)
    if not usable(points, 3):
        return np.full(len(points), math.nan)
    least = _ROUNDING * float(np.abs(points).max()) * rate
    velocity = _moved(np.gradient(points, 1 / rate, axis=0), least)
    bend = np.zeros_like(velocity)
    if motion == "quadratic":
        bend = _moved(np.gradient(velocity, 1 / rate, axis=0), least * rate) / 2
    times = np.full(len(points), math.inf)
    for p, q in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        arrival = _to_edge(points - p, velocity, bend, q - p)
        times = np.minimum(times, arrival)
    times[~_inside(points, corners)] = math.nan
    return times


def _moved(change: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """Return a velocity or an acceleration without what is only rounding."""
    return np.where(np.abs(change) < least, 0.0, change)


def _corners(boundary: NDArray[np.float64]) -> NDArray[np.float64]:
    corners = in_plane("boundary", boundary)
    if not usable(corners, 3):
        msg = f"boundary: expected 3 finite corners or more, got {len(corners)}"
        raise SignalError(msg + ": give them in order, in m")
    if _crosses_itself(corners):
        msg = "boundary: expected corners in order, got edges that cross each other"
        raise SignalError(msg + ": go round the feet one way")
    return corners


def _crosses_itself(corners: NDArray[np.float64]) -> bool:
    """Return whether two edges meet anywhere but at a corner."""
    ends = np.roll(corners, -1, axis=0)
    # on which side of each edge, row, the two ends of each edge, column, lie
    edges = (ends - corners)[:, np.newaxis]
    sides: list[NDArray[np.float64]] = []
    for points in (corners, ends):
        off = points[np.newaxis] - corners[:, np.newaxis]
        sides.append(edges[..., 0] * off[..., 1] - edges[..., 1] * off[..., 0])
    parted = sides[0] * sides[1] < 0
    return bool((parted & parted.T).any())


def _to_edge(
    r: NDArray[np.float64],
    v: NDArray[np.float64],
    bend: NDArray[np.float64],
    edge: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the first time on an edge that starts at the origin, or infinity."""
    a, b, c = (_cross(edge, part) for part in (bend, v, r))
    best = np.full(len(r), math.inf)
    for tau in _roots(a, b, c):
        step = tau[:, np.newaxis]
        at = ((r + v * step + bend * step * step) * edge).sum(axis=1)
        share = at / (edge * edge).sum()
        hit = (tau >= 0) & (share >= -_SLACK) & (share <= 1 + _SLACK)
        best = np.where(hit & (tau < best), tau, best)
    return best


def _roots(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both roots of ``a t^2 + b t + c``, NaN where not real, without loss."""
    with np.errstate(divide="ignore", invalid="ignore"):
        q = -(b + np.copysign(np.sqrt(b * b - 4 * a * c), b)) / 2
        one, other = q / a, c / q
    one[~np.isfinite(one)] = math.nan
    other[~np.isfinite(other)] = math.nan
    return one, other


def _cross(edge: NDArray[np.float64], of: NDArray[np.float64]) -> NDArray[np.float64]:
    return edge[0] * of[:, 1] - edge[1] * of[:, 0]


def _inside(
    points: NDArray[np.float64], corners: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which points a ray to the right leaves an odd number of times."""
    odd = np.zeros(len(points), dtype=np.bool_)
    x, y = points.T
    for p, q in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        spans = (p[1] > y) != (q[1] > y)
        if p[1] != q[1]:
            odd ^= spans & (x < p[0] + (y - p[1]) * ((q[0] - p[0]) / (q[1] - p[1])))
    return odd


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else math.nan


def _known(value: float) -> float:
    return value if math.isfinite(value) else math.nan
