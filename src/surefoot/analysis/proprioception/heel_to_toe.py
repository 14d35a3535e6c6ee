"""Walking a line heel to toe: which steps counted, and the trunk over each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.smoothing import smooth
from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

REACTION = 0.3
"""A therapist presses the key so long after what they saw [s]. Our default."""


@dataclass(frozen=True, slots=True)
class HeelToToe:
    """One walk along a line.

    Attributes
    ----------
    steps : int
        Steps taken.
    missteps : int
        Steps that somebody keyed as off the line, with a gap, or with arms uncrossed.
    correct : int
        The others; they need not follow each other.
    longest_run : int
        Most correct steps in a row.
    step_time : float
        Median time of a step [s]; NaN with fewer than two contacts.
    missed : tuple of int
        Which steps, from 0.
    """

    steps: int
    missteps: int
    correct: int
    longest_run: int
    step_time: float
    missed: tuple[int, ...]


def heel_to_toe(
    contacts: ArrayLike, keyed: ArrayLike, reaction: float = REACTION
) -> HeelToToe:
    """Return which steps of a walk were correct.

    A step lasts from its foot's contact to the next contact. Whether it was on the line
    is what a person saw and keyed; no sensor on the trunk knows.

    Parameters
    ----------
    contacts : array_like, shape (n,)
        When each step's foot came down, keyed or from `step_times`, increasing [s].
    keyed : array_like, shape (m,)
        When the misstep key was pressed [s], same clock. Two presses within one step
        are one misstep; a press before the first step counts for the first.
    reaction : float
        Taken off every press before it is given to a step [s].

    Returns
    -------
    HeelToToe
        All zero, and NaN for the time, without a step.

    Raises
    ------
    SignalError
        If a shape is wrong, or times are not increasing or not finite.

    Notes
    -----
    Ten steps with the eyes closed, arms crossed, three trials, is the usual form.
    """
    feet = _times(contacts)
    keys = np.sort(np.asarray(keyed, dtype=np.float64).reshape(-1)) - reaction
    places = np.maximum(np.searchsorted(feet, keys, side="right") - 1, 0)
    missed = np.unique(places) if len(feet) else places[:0]
    edges = np.concatenate([[-1], missed, [len(feet)]])
    return HeelToToe(
        steps=len(feet),
        missteps=len(missed),
        correct=len(feet) - len(missed),
        longest_run=int((np.diff(edges) - 1).max()),
        step_time=float(np.median(np.diff(feet))) if len(feet) > 1 else math.nan,
        missed=tuple(missed.tolist()),
    )


def step_sway(
    lean: NDArray[np.float64], rate: float, contacts: ArrayLike
) -> NDArray[np.float64]:
    """Return how much the trunk moved during each step.

    The RMS distance of the lean from its mean over the step, both directions together.

    Parameters
    ----------
    lean : ndarray, shape (n, 2)
        Inclination of the trunk, ml and ap [rad].
    rate : float
        Sampling rate [Hz].
    contacts : array_like, shape (m,)
        Contacts, increasing, since the first sample [s].

    Returns
    -------
    ndarray, shape (max(m - 1, 0),)
        0 or more [rad], from each contact to the next; NaN where fewer than two samples
        lie between them, or with NaN samples. Slower steps have more time to sway.

    Raises
    ------
    SignalError
        If a shape is wrong, or times are not increasing or not finite.
    """
    if lean.ndim != 2 or lean.shape[1] != 2 or not rate > 0:
        msg = f"step_sway: expected (n, 2) and a rate, got {lean.shape}: give ml and ap"
        raise SignalError(msg)
    places = np.ceil(_times(contacts) * rate - 1e-9).astype(int).clip(0, len(lean))
    parts = [lean[a:b] for a, b in pairwise(places.tolist())]
    return np.array([_spread(part) for part in parts], dtype=np.float64)


def step_times(
    forward: NDArray[np.float64], rate: float, shortest: float = 0.4
) -> NDArray[np.float64]:
    """Return when steps were taken, from the forward acceleration of the pelvis.

    Peaks of the acceleration low-passed at 2 Hz (zero phase, order 4) that stand out by
    half its standard deviation, at least ``shortest`` apart.

    Parameters
    ----------
    forward : ndarray, shape (n,)
        Forward acceleration at the pelvis without gravity [m/s^2].
    rate : float
        Sampling rate [Hz].
    shortest : float
        Least time between steps [s].

    Returns
    -------
    ndarray, shape (m,)
        Since the first sample [s]; empty when too short (1 s), still, or not finite.

    Raises
    ------
    SignalError
        If ``forward`` is not one-dimensional, or the rate not positive.

    Notes
    -----
    After Zijlstra W, Hof AL (2003), doi:10.1016/S0966-6362(02)00190-X, who worked with
    ordinary walking. Nobody has checked it on heel-to-toe walking, which is slow and
    halting: contacts that a person keyed are better.
    """
    if forward.ndim != 1 or not rate > 0:
        msg = f"step_times: expected (n,) and a rate, got {forward.shape}: give forward"
        raise SignalError(msg)
    if len(forward) < rate or not bool(np.isfinite(forward).all()):
        return np.empty(0)
    from scipy import signal  # takes a third of a second; most commands need none

    low = smooth(forward[:, np.newaxis], rate, 2.0, order=4)[:, 0]
    if not low.std() > 1e-9:
        return np.empty(0)
    found, _ = signal.find_peaks(
        low, prominence=0.5 * float(low.std()), distance=max(shortest * rate, 1.0)
    )
    return np.asarray(found, dtype=np.float64) / rate


def _spread(part: NDArray[np.float64]) -> float:
    if len(part) < 2:
        return math.nan
    away = part - part.mean(axis=0)
    return float(np.sqrt((away * away).sum(axis=1).mean()))


def _times(contacts: ArrayLike) -> NDArray[np.float64]:
    feet = np.asarray(contacts, dtype=np.float64)
    if feet.ndim != 1 or not bool(
        (np.diff(feet) > 0).all() and np.isfinite(feet).all()
    ):
        msg = (
            "steps: expected increasing contact times (n,), got something else: sort "
            "them and take out what was keyed twice"
        )
        raise SignalError(msg)
    return feet
