"""The spectral arc length: the headline of smoothness."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.smoothness._checks import moves, profile_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

CUTOFF = 10.0
"""Highest frequency that counts for the spectral arc length [Hz]."""
THRESHOLD = 0.05
"""Share of the largest amplitude below which the spectrum has ended."""

_LEAST_SAMPLES = 16
_LEAST_TIME = 0.25


class SpectralArc(NamedTuple):
    """The spectral arc length and what it was taken over.

    Attributes
    ----------
    length : float
        As `spectral_arc_length`.
    low, high : float
        First and last frequency of the arc [Hz]. Near ``cutoff``: the movement has more
        in it than the measure can see.
    cutoff : float
        The highest frequency that could count [Hz].
    """

    length: float
    low: float
    high: float
    cutoff: float


def spectral_arc_length(
    speed: ArrayLike,
    rate: float,
    *,
    cutoff: float = CUTOFF,
    threshold: float = THRESHOLD,
    padlevel: int = 4,
) -> float:
    """Return the spectral arc length (SPARC) of one movement.

    The negative length of the amplitude spectrum drawn in the unit square:
    ``-sum sqrt((df / (f1 - f0))^2 + dM^2)`` over the frequencies from the first to the
    last one up to ``cutoff`` whose amplitude ``M = |V(f)| / max |V|`` is at least
    ``threshold``, on the grid ``rate / nfft``, ``nfft = 2^(ceil log2 n + padlevel)``.

    Parameters
    ----------
    speed : array_like, shape (n,)
        Speed of ONE movement, 0 or more [any unit, rad/s usually].
    rate : float
        Sampling rate [Hz].
    cutoff : float
        Highest frequency that counts [Hz]; at most 0.45 of the rate is used.
    threshold : float
        Share of the largest amplitude, 0 to 1.
    padlevel : int
        How often the length is doubled with zeros.

    Returns
    -------
    float
        Below 0; nearer to 0 is smoother. A minimum-jerk movement of any size and
        duration gives -1.406, two such movements in a row -3.1. NaN when empty, shorter
        than 0.25 s or 16 samples, without movement, or with samples not finite.

    Raises
    ------
    SignalError
        If ``speed`` is not one-dimensional, or the rate not positive.

    Notes
    -----
    Balasubramanian S, Melendez-Calderon A, Roby-Brami A, Burdet E (2015),
    doi:10.1186/s12984-015-0090-9. Does not depend on amplitude, duration or rest
    around the movement, and hardly on noise. The grid makes differences below 0.02
    meaningless (-1.4004 at 60 Hz, -1.4058 at 100 Hz for one movement). A signed
    velocity (-2.6 instead of -1.4), several movements at once, or the norm of an
    acceleration give other numbers: do not compare them.
    """
    return spectral_arc(
        speed, rate, cutoff=cutoff, threshold=threshold, padlevel=padlevel
    ).length


def spectral_arc(
    speed: ArrayLike,
    rate: float,
    *,
    cutoff: float = CUTOFF,
    threshold: float = THRESHOLD,
    padlevel: int = 4,
) -> SpectralArc:
    """Return the spectral arc length with the band it was taken over.

    Parameters
    ----------
    speed : array_like, shape (n,)
        As `spectral_arc_length`.
    rate, cutoff, threshold, padlevel
        As `spectral_arc_length`.

    Returns
    -------
    SpectralArc
        All NaN, but for ``cutoff``, where the length is undefined.
    """
    v = profile_of(speed, rate)
    top = min(cutoff, 0.45 * rate)
    if len(v) < max(_LEAST_SAMPLES, _LEAST_TIME * rate) or not moves(v):
        return SpectralArc(math.nan, math.nan, math.nan, top)
    nfft = 2 ** (math.ceil(math.log2(len(v))) + padlevel)
    amplitude = np.abs(np.fft.rfft(v, nfft))
    amplitude /= amplitude.max()
    kept = amplitude[: int(top * nfft / rate + 1e-9) + 1]
    above = np.flatnonzero(kept >= threshold)
    if len(above) == 0 or above[0] == above[-1]:
        return SpectralArc(math.nan, math.nan, math.nan, top)
    first, last = int(above[0]), int(above[-1])
    rise = np.diff(kept[first : last + 1])
    run = 1.0 / (last - first)
    length = -float(np.sqrt(run * run + rise * rise).sum())
    return SpectralArc(length, first * rate / nfft, last * rate / nfft, top)
