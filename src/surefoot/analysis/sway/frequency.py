"""Which frequencies sway has: power, percentiles, centroid, dispersion, bands."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.sway.trace import as_trace, ratio
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis.sway.trace import Cop, Direction

BAND = (0.15, 5.0)
"""The frequencies of sway, both ends included [Hz]."""

LOW, HIGH = 0.5, 2.0
"""Where the low band ends and where the high band begins [Hz]."""

SEGMENT = 20.0
"""Length of a segment, or the whole of a shorter trial [s]."""

_ROUNDING = 1e-9  # of a frequency [Hz]
_SHORT = 0.01  # of half a segment, that may be missing at the end


class Spectrum(NamedTuple):
    """What the spectrum of one axis says, within `BAND`.

    Attributes
    ----------
    power : float
        ``mu_0``, ``mu_k = sum(f^k P df)`` [m^2].
    low, mid, high : float
        Power below 0.5 Hz, from 0.5 to below 2 Hz, from 2 Hz [m^2].
    quotient : float
        ``high / (low + mid)`` [1].
    pf50, pf80, pf95 : float
        Lowest frequency that has this percentage of the power at or below it [Hz].
    peak : float
        Frequency of the largest density [Hz].
    mean : float
        ``mu_1 / mu_0`` [Hz].
    centroid : float
        ``sqrt(mu_2 / mu_0)`` (CFREQ) [Hz].
    dispersion : float
        ``sqrt(1 - mu_1^2 / (mu_0 mu_2))`` (FREQD), 0 to 1 [1].
    """

    power: float
    low: float
    mid: float
    high: float
    quotient: float
    pf50: float
    pf80: float
    pf95: float
    peak: float
    mean: float
    centroid: float
    dispersion: float


_UNKNOWN = Spectrum(*[math.nan] * len(Spectrum._fields))


def spectrum(cop: Cop, rate: float, axis: Direction) -> Spectrum:
    """Return what the spectrum of one axis says between 0.15 and 5 Hz.

    By `power_density`: Welch, Hann, 20 s, half overlapping, a line taken from each
    segment.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m]; uniform samples (resample others first).
    rate : float
        Sampling rate [Hz], at least 10.
    axis : {"ml", "ap"}
        Which axis.

    Returns
    -------
    Spectrum
        A sine of amplitude A gives the power A^2 / 2. Without any power the frequencies
        are NaN. All is NaN in less than 6.7 s (one period of 0.15 Hz), below 10 Hz,
        with times that are not uniform and with samples that are not finite.

        The lower edge leaks: of a sine at 0.15 Hz 84 % is seen with 20 s and 51 % with
        10 s, of one at 0.2 Hz all and 89 %; from 0.5 Hz nothing is lost. Below 20 s
        frequencies go in steps of the inverse length. A Hann window leaves a dispersion
        of 0.03 (at 1 Hz) to 0.14 (at 0.2 Hz) on a pure sine. Other lower edges give
        other percentiles: 0.10 to 0.40 Hz for one PF50.

    Notes
    -----
    Prieto et al. (1996), doi:10.1109/10.532130, for the quantities (he used
    multitapers); Welch (1967), doi:10.1109/TAU.1967.1161901; band and sub-bands as in
    Quijoux et al. (2021), doi:10.14814/phy2.15067.
    """
    trace = as_trace(cop, rate)
    enough = trace.duration + 1 / trace.rate >= (1 - 1e-9) / BAND[0]
    if not (enough and trace.uniform and trace.rate >= 2 * BAND[1]):
        return _UNKNOWN
    f, density = power_density(trace.along(axis), trace.rate)
    return _told(f, density)


def power_density(
    x: NDArray[np.float64], rate: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the one-sided power density of a signal by Welch's method.

    Segments of 20 s (an even number of samples; all of a shorter signal) that overlap
    by half, each less its line of best fit and under a Hann window; samples left over
    at the end are not used. A signal that is up to 0.1 s short of one segment more
    gets it all the same, all of them a little closer: a lost sample at the end of a
    minute must not cost its last ten seconds.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Uniform samples.
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    f : ndarray
        Frequencies from 0 to half the rate [Hz].
    density : ndarray
        Unit of x, squared, per Hz; its sum times the step of f is the power.

    Raises
    ------
    SignalError
        Fewer than two samples, or not one axis.

    Notes
    -----
    Welch (1967), doi:10.1109/TAU.1967.1161901. Sums are plain sums, no linear algebra:
    live values must not depend on how a library splits its work.
    """
    # even and not above 20 s: else a hair of the rate loses the line at 0.15 Hz, or the
    # last of the segments that half overlap
    length = min(2 * int(SEGMENT / 2 * rate), len(x))
    if x.ndim != 1 or length < 2:
        msg = f"spectrum: expected 2 samples of one axis or more, got shape {x.shape}"
        raise SignalError(msg + ": give one column")
    pieces = np.lib.stride_tricks.sliding_window_view(x, length)[_starts(x, length)]
    window = _hann(length)
    lines = np.fft.rfft(_detrended(pieces) * window)
    squares = lines.real * lines.real + lines.imag * lines.imag
    scale = rate * float((window * window).sum())
    density = np.asarray(squares.mean(axis=0) / scale, dtype=np.float64)
    density[1 : (length + 1) // 2] *= 2  # all but 0 and half the rate stand for two
    return np.arange(len(density), dtype=np.float64) * (rate / length), density


def time_constant(cop: Cop, rate: float, axis: Direction) -> float:
    """Return the time after which the autocorrelation has fallen to 1 / e.

    Of the autocorrelation ``sum(x_i x_(i+k)) / sum(x_i^2)`` about the mean, the first
    crossing, on a line between two samples.

    Parameters
    ----------
    cop : ndarray, shape (n, 2), or Trace
        Centre of pressure ML, AP [m]; uniform samples (resample others first).
    rate : float
        Sampling rate [Hz].
    axis : {"ml", "ap"}
        Which axis.

    Returns
    -------
    float
        More than 0, below the length of the trial [s]; arccos(1 / e) / (2 pi f) for a
        sine, the time constant itself for an exponential decay. NaN without movement.
        Taking out the mean shortens it: a trial should last twenty time constants.

    Notes
    -----
    The usual definition of a correlation time; no one paper is its source.
    """
    trace = as_trace(cop, rate)
    x = trace.along(axis)
    if not trace.uniform or not (x * x).sum() > 0:
        return math.nan
    fall = _autocorrelation(x)
    below = int(np.argmax(fall <= 1 / math.e))
    if below == 0:  # never
        return math.nan
    before, after = float(fall[below - 1]), float(fall[below])
    return (below - (1 / math.e - after) / (before - after)) / trace.rate


def _autocorrelation(x: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.fft import next_fast_len  # heavy; most commands need none

    size = next_fast_len(2 * len(x), real=True)
    lines = np.fft.rfft(x, size)
    power = lines.real * lines.real + lines.imag * lines.imag
    fall = np.fft.irfft(power, size)[: len(x)]
    return fall / fall[0]


def _starts(x: NDArray[np.float64], length: int) -> NDArray[np.intp]:
    hop, room = length - length // 2, len(x) - length
    steps = int(room / hop + _SHORT)
    if steps * hop <= room:
        return np.arange(steps + 1) * hop
    return np.arange(steps + 1) * room // steps


@lru_cache(maxsize=8)  # live windows have one length
def _hann(length: int) -> NDArray[np.float64]:
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)
    window.flags.writeable = False
    return window


def _detrended(pieces: NDArray[np.float64]) -> NDArray[np.float64]:
    length = pieces.shape[1]
    k = np.arange(length, dtype=np.float64) - (length - 1) / 2
    rise = (pieces * k).sum(axis=1, keepdims=True) / (k * k).sum()
    return pieces - pieces.mean(axis=1, keepdims=True) - rise * k


def _told(f: NDArray[np.float64], density: NDArray[np.float64]) -> Spectrum:
    df = float(f[1])
    inside = (f >= BAND[0] - _ROUNDING) & (f <= BAND[1] + _ROUNDING)
    f, power = f[inside], density[inside] * df
    low, mid, high = _bands(f + _ROUNDING, power)
    mu = [float((power * f**k).sum()) for k in range(3)]
    if not mu[0] > 0:  # no movement, or NaN
        nothing = [mu[0]] * 4 + [math.nan] * 8
        return Spectrum(*nothing)
    share = np.cumsum(power)
    marks = np.searchsorted(share / share[-1], [0.5, 0.8, 0.95])
    pf50, pf80, pf95 = f[marks].tolist()
    narrow = mu[1] * mu[1] / (mu[0] * mu[2])
    return Spectrum(
        power=mu[0],
        low=low,
        mid=mid,
        high=high,
        quotient=ratio(high, low + mid),
        pf50=pf50,
        pf80=pf80,
        pf95=pf95,
        peak=float(f[np.argmax(power)]),
        mean=mu[1] / mu[0],
        centroid=math.sqrt(mu[2] / mu[0]),
        dispersion=math.sqrt(max(1 - narrow, 0.0)),
    )


def _bands(
    f: NDArray[np.float64], power: NDArray[np.float64]
) -> tuple[float, float, float]:
    first, second = np.searchsorted(f, [LOW, HIGH]).tolist()
    low, mid, high = power[:first], power[first:second], power[second:]
    return float(low.sum()), float(mid.sum()), float(high.sum())
