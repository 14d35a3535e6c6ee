"""The convex hull of all positions of the centre of pressure.

Arguments as in `surefoot.analysis.sway.position`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.analysis.sway import _outline
from surefoot.analysis.sway.ellipse import prediction_ellipse_area
from surefoot.analysis.sway.trace import as_trace, ratio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop


def hull_area(cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None) -> float:
    """Return the area of the convex hull of all positions.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m^2]; 0 on a line, towards pi R^2 on a circle. The outermost samples
        alone decide it: spikes, and the length of the trial.
    """
    return _outline.area(as_trace(cop, rate, t).hull)


def hull_perimeter(
    cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None
) -> float:
    """Return the length around the convex hull of all positions.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [m]; twice the length of a line, towards 2 pi R on a circle. Biased
        as `hull_area`.
    """
    return _outline.perimeter(as_trace(cop, rate, t).hull)


def hull_ratio(cop: Cop, rate: float, *, t: NDArray[np.float64] | None = None) -> float:
    """Return the area of the hull over that of the prediction ellipse.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m].
    rate : float
        Sampling rate [Hz].
    t : ndarray, shape (n,), optional
        Sample times where they are not uniform [s].

    Returns
    -------
    float
        0 or more [1]; 1/3 on a circle, above 1 with single large excursions. NaN on a
        line. Biased as `hull_area`.
    """
    trace = as_trace(cop, rate, t)
    return ratio(hull_area(trace, rate), prediction_ellipse_area(trace, rate))
