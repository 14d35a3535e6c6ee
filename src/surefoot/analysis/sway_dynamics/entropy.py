"""Sample entropy, exact and fast: pairs are counted 64 at a time.

Whether sample j is within the tolerance of sample i is one bit. The bits of all j for
one i are the difference of two rows of a table that has, in the order of value, the
samples seen so far. A template of m samples matches where m such bit rows, each shifted
by one sample more, have a bit in common. So n^2 comparisons take n^2 / 64 words, and
memory for a block of the samples only. Nothing is approximated.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway_dynamics._checks import one_axis, usable
from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_WORDS = 16  # of a block: its table stays in the fast cache
_BLOCK = 64 * _WORDS
_ROWS = 512


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


class _Shift(NamedTuple):
    """One block of samples: its bits in order of value, and where each row lies."""

    bits: NDArray[np.uint64]
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    def near(self, rows: slice) -> NDArray[np.uint64]:
        """Return for each row the samples of the block within its tolerance."""
        found = self.bits.take(self.last[rows], axis=0)
        found ^= self.bits.take(self.first[rows], axis=0)
        return found


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
        scatter is large. Cost grows with the square of n: 60 s at 100 Hz take some
        milliseconds, ten minutes half a second, an hour twenty seconds.

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
    values, rank = np.unique(x, return_inverse=True)
    first, last = _reach(values, tolerance)
    counts = [0, 0]
    for start in range(0, len(x) - m, _BLOCK):
        stop = min(start + _BLOCK, len(x) - m)
        shifts = [
            _shift(rank[: stop + k], slice(start + k, stop + k), first, last, k)
            for k in range(m + 1)
        ]
        _count(shifts, start, stop, counts)
    return Matches(counts[0] // 2, counts[1] // 2)


def _reach(
    values: NDArray[np.float64], tolerance: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first value within tolerance of each value, and one past the last.

    A bound ``value - tolerance`` is rounded and may miss a value at the very edge:
    the difference itself decides.
    """
    end = len(values) - 1
    first = np.maximum(np.searchsorted(values, values - tolerance) - 1, 0)
    last = np.minimum(np.searchsorted(values, values + tolerance), end)
    for _ in range(2):
        first = first + (values - values[first] > tolerance)
        last = last - (values[last] - values > tolerance)
    return first, last + 1


def _shift(
    rank: NDArray[np.intp],
    block: slice,
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    k: int,
) -> _Shift:
    """Return the table of one block of samples, k after the start of their templates.

    Row q of ``bits`` holds the q samples of the block that are lowest in value.
    """
    inside = rank[block]
    order = np.argsort(inside, kind="stable")
    bits = np.zeros((len(inside) + 1, _WORDS), dtype=np.uint64)
    at = np.arange(1, len(inside) + 1)
    bits[at, order >> 6] = np.uint64(1) << (order & 63).astype(np.uint64)
    np.add.accumulate(bits, axis=0, out=bits)  # each bit is set once: no carries
    below = np.bincount(inside + 1, minlength=len(first) + 1).cumsum()
    rows = rank[k:]
    return _Shift(bits, below[first[rows]], below[last[rows]])


def _count(shifts: Sequence[_Shift], start: int, stop: int, counts: list[int]) -> None:
    """Count the pairs of the block with what comes before it, and within it.

    Twice the pairs are counted: a pair within the block is met from both sides.
    """
    cuts = [*range(0, start, _ROWS), *range(start, stop, _ROWS), stop]
    for a, b in pairwise(cuts):
        rows = slice(a, b)
        common = shifts[0].near(rows)
        for k, shift in enumerate(shifts[1:], 1):
            if k == len(shifts) - 1:
                counts[0] += _pairs(common, a < start)
            common &= shift.near(rows)
        counts[1] += _pairs(common, a < start)


def _pairs(common: NDArray[np.uint64], before: bool) -> int:
    ones = int(np.bitwise_count(common).sum(dtype=np.int64))
    return 2 * ones if before else ones - len(common)
