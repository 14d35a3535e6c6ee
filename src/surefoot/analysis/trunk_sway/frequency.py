"""Which frequencies the sway of the trunk has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway import power_density
from surefoot.analysis.trunk_sway._columns import columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Direction

CUTOFF = 3.5
"""Where the low-pass of the source lies, and the band ends [Hz]."""

BAND = (0.15, CUTOFF)
"""Frequencies of trunk sway, both ends included [Hz]."""

_ROUNDING = 1e-9  # of a frequency [Hz]


class TrunkSpectrum(NamedTuple):
    """What the spectrum of one axis of acceleration says within `BAND`.

    Attributes
    ----------
    power : float
        In the band [m^2/s^4].
    pf50, pf95 : float
        Lowest frequency with this percentage of the power at or below it [Hz].
    centroid : float
        ``sqrt(mu_2 / mu_0)``, ``mu_k = sum(f^k P df)`` [Hz].
    dispersion : float
        ``sqrt(1 - mu_1^2 / (mu_0 mu_2))``, 0 to 1 [1].
    """

    power: float
    pf50: float
    pf95: float
    centroid: float
    dispersion: float


def trunk_spectrum(
    acc: NDArray[np.float64], rate: float, axis: Direction
) -> TrunkSpectrum:
    """Return what the spectrum of one axis says between 0.15 and 3.5 Hz.

    By Welch's method as for the CoP: 20 s segments (all of a shorter trial), Hann, half
    overlapping, a line taken from each.

    Parameters
    ----------
    acc : ndarray, shape (n, 2)
        ML, AP, tilt-corrected and low-passed [m/s^2]; uniform samples.
    rate : float
        Sampling rate [Hz], at least 7.
    axis : {"ml", "ap"}
        Which axis.

    Returns
    -------
    TrunkSpectrum
        A sine of amplitude A gives the power A^2 / 2. All is NaN in less than 6.7 s
        (one period of 0.15 Hz), below 7 Hz and with samples that are not finite; the
        frequencies also without any power. Acceleration weighs a frequency by its
        fourth power against position: values lie above those of the CoP.

    Notes
    -----
    Mancini et al. (2012), doi:10.1186/1743-0003-9-59; Welch (1967),
    doi:10.1109/TAU.1967.1161901.
    """
    x = columns("trunk spectrum", acc, 2)[:, 0 if axis == "ml" else 1]
    enough = len(x) >= rate / BAND[0] - _ROUNDING and rate >= 2 * BAND[1]
    if not (enough and np.isfinite(x).all()):
        return TrunkSpectrum(*[math.nan] * 5)
    f, density = power_density(x - x.mean(), rate)
    inside = (f >= BAND[0] - _ROUNDING) & (f <= BAND[1] + _ROUNDING)
    return _told(f[inside], density[inside] * f[1])


def _told(f: NDArray[np.float64], power: NDArray[np.float64]) -> TrunkSpectrum:
    mu = [float((power * f**k).sum()) for k in range(3)]
    if not mu[0] > 0:
        return TrunkSpectrum(mu[0], *[math.nan] * 4)
    share = np.cumsum(power)
    pf50, pf95 = f[np.searchsorted(share / share[-1], [0.5, 0.95])].tolist()
    narrow = mu[1] * mu[1] / (mu[0] * mu[2])
    centroid, dispersion = math.sqrt(mu[2] / mu[0]), math.sqrt(max(1 - narrow, 0.0))
    return TrunkSpectrum(mu[0], pf50, pf95, centroid, dispersion)
