"""What a set of repetitions was like: tempo, evenness, symmetry, trend, smoothness."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.smoothness import angular_speed, spectral_arc_length
from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from surefoot.analysis.repetitions import Repetition

POINTS = 101
"""A repetition is compared with another at so many points, 0 to 100 % of its time."""


def ranges(reps: Sequence[Repetition]) -> NDArray[np.float64]:
    """Return the range of every repetition.

    Parameters
    ----------
    reps : sequence of Repetition
        From `surefoot.analysis.repetitions.find_repetitions`.

    Returns
    -------
    ndarray, shape (len(reps),)
        0 or more [rad].
    """
    return np.array([rep.extent for rep in reps], dtype=np.float64)


def tempos(reps: Sequence[Repetition]) -> NDArray[np.float64]:
    """Return the tempo of every repetition.

    Parameters
    ----------
    reps : sequence of Repetition
        From `surefoot.analysis.repetitions.find_repetitions`.

    Returns
    -------
    ndarray, shape (len(reps), 4)
        Seconds out, held, back, at rest; the last rest is NaN. The times of movement
        are 0.88 of the true ones for minimum-jerk movements (the 5 % rule), and what
        they lose the hold and the rest gain.
    """
    return np.array([rep.tempo for rep in reps], dtype=np.float64).reshape(-1, 4)


def peak_rates(reps: Sequence[Repetition]) -> NDArray[np.float64]:
    """Return the largest rate of every repetition, either way [rad/s].

    Parameters
    ----------
    reps : sequence of Repetition
        From `surefoot.analysis.repetitions.find_repetitions`.

    Returns
    -------
    ndarray, shape (len(reps),)
        0 or more [rad/s], low-passed at 6 Hz.
    """
    return np.array([rep.peak_rate for rep in reps], dtype=np.float64)


def arc_lengths(
    gyr: NDArray[np.float64], rate: float, reps: Sequence[Repetition]
) -> NDArray[np.float64]:
    """Return the spectral arc length of every way out and every way back.

    Parameters
    ----------
    gyr : ndarray, shape (n, 3)
        Angular velocity of the recording, bias removed [rad/s].
    rate : float
        Sampling rate [Hz].
    reps : sequence of Repetition
        Found in the same samples.

    Returns
    -------
    ndarray, shape (len(reps), 2)
        Of the norm, each phase widened by 5 % of its length at each end but never past
        its turning points. NaN as `surefoot.analysis.smoothness.spectral_arc_length`.
        Compare with the person's own earlier values and not with -1.41: a movement
        round a corner is less smooth by nature.
    """
    speed = angular_speed(gyr)
    found = [
        [
            spectral_arc_length(speed[slice(*phase.widened())], rate)
            for phase in (rep.out, rep.back)
        ]
        for rep in reps
    ]
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def plane_deviation(off_plane: NDArray[np.float64], rep: Repetition) -> float:
    """Return how far one repetition left its plane.

    ``sqrt(mean(a^2))`` over both movements of the repetition, the time between them
    included.

    Parameters
    ----------
    off_plane : ndarray, shape (n,) or (n, k)
        The angle or angles across the one that the drill moves [rad], zero in the
        plane.
    rep : Repetition
        Found in the same samples.

    Returns
    -------
    float
        0 or more [rad]; NaN with NaN samples. A mounting turned by an angle a
        adds sin a of the movement itself.
    """
    part = off_plane[rep.out.start : rep.back.stop].reshape(
        rep.back.stop - rep.out.start, -1
    )
    return float(np.sqrt((part * part).sum(axis=1).mean()))


def symmetry_index(left: ArrayLike, right: ArrayLike) -> float:
    """Return how much larger a feature is on the left than on the right.

    ``(L - R) / ((L + R) / 2)`` of the two means. Multiply by 100 for the percent in
    which Robinson RO, Herzog W, Nigg BM (1987, J Manipulative Physiol Ther 10:172-176,
    no DOI) gave it.

    Parameters
    ----------
    left, right : array_like, shape (n,), (m,)
        A feature that is 0 or more, one value a repetition.

    Returns
    -------
    float
        -2 to 2, 0 when equal. NaN with fewer than three repetitions on a side, with NaN
        values, or when both means are zero. Which side is stronger or healthy it does
        not know.
    """
    a, b = (np.asarray(side, dtype=np.float64) for side in (left, right))
    if len(a) < 3 or len(b) < 3:
        return math.nan
    both = float(a.mean() + b.mean())
    return 2.0 * float(a.mean() - b.mean()) / both if both != 0 else math.nan


def coefficient_of_variation(values: ArrayLike) -> float:
    """Return the standard deviation (ddof 1) of a feature over its mean.

    Parameters
    ----------
    values : array_like, shape (n,)
        A feature that is 0 or more, one value a repetition; leave out the first
        repetition.

    Returns
    -------
    float
        0 or more; 0 when all are equal. NaN with fewer than four values, NaN values, or
        a mean that is not positive. Uncertain by about ``1 / sqrt(2 n)`` of itself.
    """
    x = np.asarray(values, dtype=np.float64)
    if len(x) < 4 or not float(x.mean()) > 0:
        return math.nan
    return float(x.std(ddof=1) / x.mean())


def trend(values: ArrayLike) -> float:
    """Return how a feature changes from one repetition to the next (Theil-Sen).

    The median of the slopes between all pairs.

    Parameters
    ----------
    values : array_like, shape (n,)
        One value a repetition; NaN values are left out, their places are kept.

    Returns
    -------
    float
        In the feature's unit per repetition; exact for a straight line, and unmoved by
        a few odd repetitions (up to 29 %). NaN with fewer than four values.

    Notes
    -----
    Sen PK (1968), doi:10.1080/01621459.1968.10480934. It says that something changed
    along the set, not why: learning, boredom and tiring look alike.
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1:
        msg = f"trend: expected shape (n,), got {y.shape}: mend the call"
        raise SignalError(msg)
    x = np.flatnonzero(np.isfinite(y))
    if len(x) < 4:
        return math.nan
    first, second = np.triu_indices(len(x), k=1)
    slopes = (y[x[second]] - y[x[first]]) / (x[second] - x[first])
    return float(np.median(slopes))


def waveforms(
    angle: NDArray[np.float64], reps: Sequence[Repetition]
) -> NDArray[np.float64]:
    """Return every repetition at 101 points from its start to its end.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        The angle that the repetitions were found in [rad].
    reps : sequence of Repetition
        Found in the same samples.

    Returns
    -------
    ndarray, shape (len(reps), 101)
        Linear between samples [rad].
    """
    places = np.arange(len(angle))
    share = np.linspace(0.0, 1.0, POINTS)
    rows = [
        np.interp(
            rep.out.start + share * (rep.back.stop - 1 - rep.out.start), places, angle
        )
        for rep in reps
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, POINTS)


def consistency(curves: NDArray[np.float64]) -> float:
    """Return how alike repetitions are in shape: the mean correlation of all pairs.

    Parameters
    ----------
    curves : ndarray, shape (n, 101)
        From `waveforms`, without the first repetition.

    Returns
    -------
    float
        -1 to 1; 1 for equal shapes, whatever their size. NaN with fewer than two, a
        curve without movement, or NaN. Always high for large plain movements: look at
        `spread` as well.
    """
    if len(curves) < 2 or not bool((np.ptp(curves, axis=1) > 0).all()):
        return math.nan
    return _pair_mean(np.asarray(np.corrcoef(curves)))


def spread(curves: NDArray[np.float64]) -> float:
    """Return how far repetitions are apart: the mean RMS difference of all pairs.

    Parameters
    ----------
    curves : ndarray, shape (n, 101)
        From `waveforms`, without the first repetition [rad].

    Returns
    -------
    float
        0 or more [rad]; NaN with fewer than two, or NaN. Size, timing and wander of
        posture all enter.
    """
    if len(curves) < 2:
        return math.nan
    apart = curves[:, np.newaxis, :] - curves[np.newaxis, :, :]
    return _pair_mean(np.sqrt((apart * apart).mean(axis=2)))


def _pair_mean(table: NDArray[np.float64]) -> float:
    return float(table[np.triu_indices(len(table), k=1)].mean())
