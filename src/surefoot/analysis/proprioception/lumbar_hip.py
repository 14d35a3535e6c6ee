"""How low back and hip share a bend, from a sensor on each side of the low back.

``trunk`` is the inclination of the sensor above the low back (T12 or sternum),
``pelvis`` that of the sensor below it (S2), both in rad, same plane, zero in stance.
The low back bends by ``trunk - pelvis``; while the thighs stay upright, the hips bend
by ``pelvis``. A thigh that moves is counted as hip.

Measures of this kind and their many definitions: Vazirian M, Van Dillen L, Bazrgari B
(2016), doi:10.7243/2055-2386-3-5.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_BEND = math.radians(5.0)
"""A smaller bend says nothing about shares [rad]; 5 degrees is noise of two sensors."""


def lumbar_share(trunk: NDArray[np.float64], pelvis: NDArray[np.float64]) -> float:
    """Return the share of the low back in one movement.

    ``(lumbar_end - lumbar_start) / (trunk_end - trunk_start)``.

    Parameters
    ----------
    trunk, pelvis : ndarray, shape (n,)
        Inclinations during one way out or back [rad].

    Returns
    -------
    float
        Usually 0 to 1: 1 is all low back, 0 all hip; beyond that one of them moved
        against the other. NaN when empty, when the trunk bent by less than 5 degrees,
        or with NaN at an end.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,).
    """
    _check(trunk, pelvis)
    if len(trunk) < 2:
        return math.nan
    return _share(float(trunk[-1] - trunk[0]), float(pelvis[-1] - pelvis[0]))


def lumbar_shares(
    trunk: NDArray[np.float64], pelvis: NDArray[np.float64], parts: int = 4
) -> NDArray[np.float64]:
    """Return the share of the low back in each part of one movement.

    Parameters
    ----------
    trunk, pelvis : ndarray, shape (n,)
        Inclinations during one way out or back [rad], low-passed.
    parts : int
        Equal parts of the trunk's bend; 4: quarters.

    Returns
    -------
    ndarray, shape (parts,)
        As `lumbar_share`, first part of the movement first. The boundary of a part is
        the first sample that reaches it. NaN throughout where `lumbar_share` is.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,), or ``parts`` is not positive.
    """
    _check(trunk, pelvis)
    if parts < 1:
        msg = f"lumbar_shares: expected 1 or more parts, got {parts}: mend the call"
        raise SignalError(msg)
    if math.isnan(lumbar_share(trunk, pelvis)):
        return np.full(parts, math.nan)
    bend = trunk - trunk[0]
    reached = np.maximum.accumulate(bend / bend[-1])  # a way back over is no new part
    levels = np.arange(parts + 1) / parts
    places = np.minimum(np.searchsorted(reached, levels - 1e-12), len(trunk) - 1)
    moved = np.diff(trunk[places])
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = 1.0 - np.diff(pelvis[places]) / moved
    return np.where(moved != 0.0, shares, math.nan)


def lead(
    trunk: NDArray[np.float64],
    pelvis: NDArray[np.float64],
    rate: float,
    longest: float = 1.0,
) -> float:
    """Return how far the low back moves ahead of the hips in time.

    The shift at which the rates of the two agree best (largest correlation), with the
    place of the maximum refined by a parabola.

    Parameters
    ----------
    trunk, pelvis : ndarray, shape (n,)
        Inclinations during one repetition or more [rad], low-passed.
    rate : float
        Sampling rate [Hz].
    longest : float
        Largest shift looked at [s].

    Returns
    -------
    float
        Positive when the low back leads [s], within ``longest``. NaN when shorter than
        twice the longest shift, when one of them does not move, with NaN samples, or
        when the best shift is the longest one.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,), or the rate is not positive.
    """
    _check(trunk, pelvis, rate)
    reach = round(longest * rate)
    if len(trunk) < 2 * reach + 2 or not bool(np.isfinite(trunk + pelvis).all()):
        return math.nan
    lumbar, hip = np.diff(trunk - pelvis), np.diff(pelvis)
    core = lumbar[reach : len(lumbar) - reach]
    windows = np.lib.stride_tricks.sliding_window_view(hip, len(core))
    agreement = _correlations(windows, core)
    best = int(np.argmax(agreement))
    if math.isnan(float(agreement[best])) or best in {0, len(agreement) - 1}:
        return math.nan
    below, top, above = agreement[best - 1 : best + 2].tolist()
    bowl = below - 2.0 * top + above
    fine = 0.5 * (below - above) / bowl if bowl < 0 else 0.0
    return (best - reach + fine) / rate


def halfway_delay(
    trunk: NDArray[np.float64], pelvis: NDArray[np.float64], rate: float
) -> float:
    """Return how much later the hips are half-way than the low back.

    Parameters
    ----------
    trunk, pelvis : ndarray, shape (n,)
        Inclinations during one way out or back [rad].
    rate : float
        Sampling rate [Hz].

    Returns
    -------
    float
        Positive when the low back is half-way first [s]. NaN when either moves by less
        than 5 degrees from start to end, when empty, or with NaN at an end.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,), or the rate is not positive.
    """
    _check(trunk, pelvis, rate)
    return _halfway(pelvis, rate) - _halfway(trunk - pelvis, rate)


def relative_phase(trunk: NDArray[np.float64], pelvis: NDArray[np.float64]) -> float:
    """Return the mean absolute relative phase of low back and hip.

    The phase of each is that of its analytic signal (Hilbert transform) about the
    middle of its range; the mean size of their difference.

    Parameters
    ----------
    trunk, pelvis : ndarray, shape (n,)
        Inclinations during whole repetitions, from turn to turn [rad], low-passed.

    Returns
    -------
    float
        0 (in step) to pi (against each other) [rad]. NaN when shorter than 16 samples,
        when one moves by less than 5 degrees, or with NaN samples.

    Raises
    ------
    SignalError
        If the two are not of one shape (n,).

    Notes
    -----
    Lamb PF, Stöckl M (2014), doi:10.1016/j.clinbiomech.2014.03.008. Distorted near the
    ends of the samples and by pauses: use it on rhythmic movement only.
    """
    _check(trunk, pelvis)
    signals = np.stack([trunk - pelvis, pelvis], axis=1)
    if len(trunk) < 16 or not bool((np.ptp(signals, axis=0) >= LEAST_BEND).all()):
        return math.nan
    middle = (signals.max(axis=0) + signals.min(axis=0)) / 2.0
    lumbar, hip = _analytic(signals - middle).T
    return float(np.abs(np.angle(lumbar * hip.conj())).mean())


def _analytic(signals: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Return the signals with their negative frequencies taken away."""
    n = len(signals)
    gain = np.zeros((n, 1))
    gain[1 : (n + 1) // 2] = 2.0
    gain[[0, n // 2] if n % 2 == 0 else [0]] = 1.0
    return np.fft.ifft(np.fft.fft(signals, axis=0) * gain, axis=0)


def _share(trunk: float, pelvis: float) -> float:
    return (trunk - pelvis) / trunk if abs(trunk) >= LEAST_BEND else math.nan


def _halfway(angle: NDArray[np.float64], rate: float) -> float:
    if len(angle) < 2 or not abs(float(angle[-1] - angle[0])) >= LEAST_BEND:
        return math.nan
    done = (angle - angle[0]) / (angle[-1] - angle[0])
    after = int(np.argmax(done >= 0.5))
    before = float(done[after - 1])
    return (after - 1 + (0.5 - before) / (float(done[after]) - before)) / rate


def _correlations(
    windows: NDArray[np.float64], core: NDArray[np.float64]
) -> NDArray[np.float64]:
    a = core - core.mean()
    b = windows - windows.mean(axis=1, keepdims=True)
    size = np.sqrt((a * a).sum() * (b * b).sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return (b @ a) / size


def _check(
    trunk: NDArray[np.float64], pelvis: NDArray[np.float64], rate: float = 1.0
) -> None:
    if trunk.ndim != 1 or trunk.shape != pelvis.shape or not rate > 0:
        msg = (
            "lumbar and hip: expected two angles of one shape (n,) and a positive rate,"
            f" got {trunk.shape}, {pelvis.shape}, {rate}: bring them to one clock first"
        )
        raise SignalError(msg)
