"""How well a position is found again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class RepositionErrors(NamedTuple):
    """The errors of several attempts at a position [rad].

    Attributes
    ----------
    constant : float
        Mean signed error: a habit of going too far (+) or not far enough (-).
    absolute : float
        Mean size of the error.
    variable : float
        Standard deviation (ddof 0) of the signed errors: how steady the habit is.
    total : float
        Root mean square error; ``total^2 = constant^2 + variable^2``.
    """

    constant: float
    absolute: float
    variable: float
    total: float


def reposition_errors(reached: ArrayLike, target: ArrayLike) -> RepositionErrors:
    """Return constant, absolute and variable error of repeated attempts.

    Parameters
    ----------
    reached : array_like, shape (n,)
        Angle held at each attempt [rad].
    target : array_like, shape () or (n,)
        The angle that was learnt, one for all or one for each [rad]. Where the sign of
        the movement changes, turn angles so that further is positive.

    Returns
    -------
    RepositionErrors
        In rad; absolute, variable and total 0 or more. Variable NaN for one attempt;
        all NaN for none or with NaN. Three to six attempts are usual and little:
        variable is then uncertain by a third of itself.

    Raises
    ------
    SignalError
        If the shapes do not fit.

    Notes
    -----
    The errors of Schmidt & Lee, Motor Control and Learning, after Chapanis A (1951),
    Theory and methods for analyzing errors in man-machine systems (no DOI). A target
    measured with the same attempt-to-attempt wander adds it to every error.
    """
    a, b = np.asarray(reached, dtype=np.float64), np.asarray(target, dtype=np.float64)
    if a.ndim != 1 or b.shape not in {(), a.shape}:
        msg = (
            "reposition_errors: expected attempts (n,) and one target or (n,), got "
            f"{a.shape} and {b.shape}: give one angle for each attempt"
        )
        raise SignalError(msg)
    error = a - b
    if len(error) == 0:
        return RepositionErrors(math.nan, math.nan, math.nan, math.nan)
    variable = float(error.std()) if len(error) > 1 else math.nan
    return RepositionErrors(
        constant=float(error.mean()),
        absolute=float(np.abs(error).mean()),
        variable=variable,
        total=float(np.sqrt((error * error).mean())),
    )


def held_angle(
    angle: NDArray[np.float64], rate: float, moment: float, window: float = 0.5
) -> float:
    """Return the angle a person held when they said *there*.

    The median over the ``window`` seconds before the moment.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        The angle of the drill [rad].
    rate : float
        Sampling rate [Hz].
    moment : float
        When they said so, since the first sample [s].
    window : float
        [s]

    Returns
    -------
    float
        [rad]; NaN when the window lies outside the samples or holds NaN. Biased towards
        the start while the person is still moving.

    Raises
    ------
    SignalError
        If ``angle`` is not one-dimensional, or the rate or window not positive.
    """
    if angle.ndim != 1 or not (rate > 0 and window > 0):
        msg = f"held_angle: expected shape (n,) and a rate, got {angle.shape}: mend it"
        raise SignalError(msg)
    stop = round(moment * rate) + 1
    start = stop - max(round(window * rate), 1)
    if start < 0 or stop > len(angle):
        return math.nan
    return float(np.median(angle[start:stop]))
