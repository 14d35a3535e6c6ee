"""Sample entropy: how little the past of a signal tells about what comes next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway_dynamics._checks import one_axis, usable
from surefoot.analysis.sway_dynamics._pairs import agreeing_pairs
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Matches(NamedTuple):
    """Pairs of templates that agree within the tolerance, self-matches left out.

    Attributes
    ----------
    shorter : int
        Of m samples, B.
    longer : int
        Of m + 1 samples, A; at most B.
    """

    shorter: int
    longer: int


def sample_entropy(x: NDArray[np.float64], m: int = 2, r: float = 0.2) -> float:
    """Return the sample entropy: how little the past tells about the next sample.

    ``-ln(A / B)``: B pairs of templates of m samples agree within ``r SD`` in every
    sample (Chebyshev distance, SD with ddof 0), A of them also in the next. All n - m
    templates are used for both, a template is not paired with itself.

    Parameters
    ----------
    x : ndarray, shape (n,)
        One axis; uniform samples.
    m : int
        Length of the templates.
    r : float
        Tolerance as a share of the standard deviation.

    Returns
    -------
    float
        0 or more [1]; near 0 for a smooth or regular signal. White Gaussian noise has
        2.19 with m = 2 and r = 0.2. NaN without movement, with samples that are not
        finite, with fewer than m + 2 samples, and where no pair agrees.

        It depends on the rate: a faster rate makes neighbours alike and the value
        small. It depends on drift, which widens the SD and so the tolerance: for
        the CoP take increments, or detrend, at 20 to 25 Hz. Below some 200 samples the
        scatter is large. Exact, and no comparison of each with each: 60 s at 100 Hz
        take some milliseconds, ten minutes a tenth of a second, an hour a second.

    Notes
    -----
    Richman & Moorman (2000), doi:10.1152/ajpheart.2000.278.6.H2039; for the CoP Ramdani
    et al. (2009), Med Eng Phys 31:1023-1031.
    """
    x = one_axis("sample entropy", x)
    if not usable(x, m + 2) or not np.ptp(x) > 0:
        return math.nan
    found = template_matches(x, m, r * float(x.std()))
    return math.log(found.shorter / found.longer) if found.longer else math.nan


def template_matches(x: NDArray[np.float64], m: int, tolerance: float) -> Matches:
    """Return how many pairs of templates agree within a tolerance.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Finite samples.
    m : int
        Length of the shorter templates, 1 or more.
    tolerance : float
        Largest ``|x_i - x_j|`` of samples that agree, itself included; unit of x.

    Returns
    -------
    Matches
        Of the n - m templates that have a next sample; 0 and 0 with fewer than two. At
        most ``(n - m)(n - m - 1) / 2``.

    Raises
    ------
    SignalError
        More than one axis, samples that are not finite, m below 1, a tolerance
        below 0.
    """
    x = one_axis("template matches", x)
    if m < 1 or not tolerance >= 0 or not np.isfinite(x).all():
        msg = (
            "template matches: expected finite samples, m of 1 or more, a tolerance of "
            f"0 or more, got m {m} and tolerance {tolerance}: cut out gaps first"
        )
        raise SignalError(msg)
    return Matches(*agreeing_pairs(x, m, tolerance))
