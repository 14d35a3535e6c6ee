"""How the path is folded: fractal dimension and phase plane.

Arguments as in `surefoot.analysis.sway.position`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from surefoot.analysis.sway.ellipse import prieto_ellipse_area, prieto_radius
from surefoot.analysis.sway.motion import path_length, velocity_deviation
from surefoot.analysis.sway.position import rms_distance, sway_range
from surefoot.analysis.sway.trace import as_trace, ratio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop, Trace
    from surefoot.analysis.target import Axis

Extent = Literal["ellipse", "circle", "range"]


def fractal_dimension(
    cop: Cop,
    rate: float,
    extent: Extent = "ellipse",
    *,
    t: NDArray[np.float64] | None = None,
) -> float:
    """Return how much the path fills the plane it moves in (FD-CE, FD-CC, FD-PD).

    ``ln n / ln(n d / path)``, d the extent of the sway.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    extent : {"ellipse", "circle", "range"}
        d: ``sqrt(4 a b)`` of the semi-axes of Prieto's ellipse, the diameter of his
        circle, or the largest distance between two positions.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        1 on a straight line (by the range), larger the more the path is folded [1];
        NaN without movement or where the path is n times the extent. It is not free of
        the sampling: one and the same sway gives 1.84 at 100 Hz and 2.24 at 20 Hz.
        Compare only equal rates, lengths and filters.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130, after Katz (1988),
    doi:10.1016/0010-4825(88)90041-8.
    """
    trace = as_trace(cop, rate, t)
    inverse = ratio(trace.n * _extent(trace, extent), path_length(trace, rate))
    return math.log(trace.n) / math.log(inverse) if inverse > 1 else math.nan


def phase_plane(
    cop: Cop, rate: float, axis: Axis = "both", *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the spread of position and velocity in one number.

    ``sqrt(sd_x^2 + sd_v^2)`` of one axis, the root of the squares of both axes for the
    plane; ddof 0, velocity by first differences.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap", "both"}
        One axis, or both together.
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m, velocity counted in m/s]; R sqrt(1 + (2 pi f)^2) on a circle. It
        adds a length to a speed, so it holds only with the second as the unit of
        time; the speed usually outweighs, with all its bias.

    Notes
    -----
    Riley et al. (1995), J Rehabil Res Dev 32:227-235 (pages not verified).
    """
    trace = as_trace(cop, rate, t)
    if axis == "both":
        return math.hypot(
            phase_plane(trace, rate, "ml"), phase_plane(trace, rate, "ap")
        )
    position = rms_distance(trace, rate, axis)
    return math.hypot(position, velocity_deviation(trace, rate, axis))


def _extent(trace: Trace, extent: Extent) -> float:
    if extent == "range":
        return sway_range(trace, trace.rate)
    if extent == "circle":
        return 2 * prieto_radius(trace, trace.rate)
    return math.sqrt(4 * prieto_ellipse_area(trace, trace.rate) / math.pi)
