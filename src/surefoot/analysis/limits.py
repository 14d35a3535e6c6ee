"""Limits of stability and weight shift: how far and how straight a person leans.

Leans are angles ML, AP (right and forward positive) in rad, of the centre of mass over
the ankle (`lean_angle`) or of a board or trunk. A direction is an angle from forward
towards the right: 0 forward, pi/2 right, pi back. Nothing is filtered, and speeds are
taken by differences: low-pass leans beforehand.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

CENTRE = 0.55
"""Height of the centre of mass over the ground, as a share of body height."""

FORWARD = math.radians(8.0)
"""Lean to the front and to either side that is taken for the limit [rad]."""

BACKWARD = math.radians(4.5)
"""Lean to the back that is taken for the limit [rad]."""

ONSET = 3.0
"""How many standard deviations of the rest before are movement."""

HOLD = 0.1
"""For how long it must stay beyond them [s]."""


class Reach(NamedTuple):
    """One lean to a target as far as a person can go.

    Attributes
    ----------
    reaction_time : float
        From the cue to the first movement towards the target [s].
    mean_velocity : float
        Mean speed from 5 % to 95 % of the endpoint [rad/s].
    endpoint : float
        How far the first movement went, as a share of the limit (EPE) [1].
    maximum : float
        How far the person got in all, as a share of the limit (MXE) [1].
    directional_control : float
        ``(on - off) / on``, path along the target's line and across it (DCL) [1].
    """

    reaction_time: float
    mean_velocity: float
    endpoint: float
    maximum: float
    directional_control: float


class Shift(NamedTuple):
    """Rhythmic weight shift along one line.

    Attributes
    ----------
    velocity : float
        Mean speed along the line [rad/s].
    directional_control : float
        ``(on - off) / on``, path along the line and across it [1].
    """

    velocity: float
    directional_control: float


def lean_angle(position: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Return the angle from the ankle to the centre of mass over a position.

    ``atan(position / (0.55 height))``.

    Parameters
    ----------
    position : ndarray, shape (n, 2)
        ML, AP, zero at the ankle [m].
    height : float
        Body height [m].

    Returns
    -------
    ndarray, shape (n, 2)
        ML, AP [rad]; NaN where the position is.

    Raises
    ------
    SignalError
        Wrong shape, or a height that is not positive.
    """
    position = _plane("lean angle", position)
    if not height > 0:
        msg = f"lean angle: expected a body height above 0, got {height}: give it in m"
        raise SignalError(msg)
    return np.asarray(np.arctan(position / (CENTRE * height)), dtype=np.float64)


def theoretical_limit(direction: float) -> float:
    """Return the lean that is taken for the limit in one direction.

    8 degrees to the front and to either side, 4.5 to the back; on an ellipse between
    them: ``1 / sqrt((sin / side)^2 + (cos / front or back)^2)``.

    Parameters
    ----------
    direction : float
        From forward towards the right [rad].

    Returns
    -------
    float
        From 4.5 to 8 degrees, in rad. A convention: people's own limits differ, with
        age and stance. The ellipse is ours; the source gives the four axes.
    """
    across, along = math.sin(direction), math.cos(direction)
    ahead = FORWARD if along >= 0 else BACKWARD
    return 1 / math.hypot(across / FORWARD, along / ahead)


def reach(
    lean: NDArray[np.float64],
    rate: float,
    direction: float,
    quiet: NDArray[np.float64],
    limit: float | None = None,
) -> Reach:
    """Return how quickly, how far and how straight a person leaned to a target.

    Everything is about the mean of ``quiet``. Movement begins at the first sample that
    is more than 3 SD of ``quiet`` towards the target and stays there for 0.1 s. The
    first movement ends where the speed towards the target first is 0 or less. Path
    counts from the beginning to that end.

    Parameters
    ----------
    lean : ndarray, shape (n, 2)
        ML, AP from the cue on, low-passed [rad]; uniform samples.
    rate : float
        Sampling rate [Hz].
    direction : float
        Of the target, from forward towards the right [rad].
    quiet : ndarray, shape (m, 2)
        ML, AP of at least 1 s before the cue [rad].
    limit : float, optional
        What counts as 1 [rad]; `theoretical_limit` by default.

    Returns
    -------
    Reach
        Time 0 or more; shares from 0, above 1 beyond the limit; control 1 on a straight
        line, 0 at 45 degrees beside it, negative beyond. Without movement: no
        time, velocity, endpoint or control, and the largest lean as maximum. All NaN
        with fewer than three samples, fewer than two quiet ones, or with samples that
        are not finite.

        Reaction time is late by as long as 3 SD take: a restless start makes it longer.
        Noise ends the first movement early and adds path across: the cut-off matters.

    Raises
    ------
    SignalError
        Wrong shapes, or a rate or limit that is not positive.

    Notes
    -----
    The measures of commercial platforms as their manuals describe them; onset, hold and
    path are stated here because the manuals do not (no DOI).
    """
    full = theoretical_limit(direction) if limit is None else limit
    lean, quiet = _plane("reach", lean), _plane("reach", quiet)
    if not (rate > 0 and full > 0):
        msg = f"reach: expected a rate and a limit above 0, got {rate} and {full}"
        raise SignalError(msg + ": give Hz and rad")
    finite = np.isfinite(lean).all() and np.isfinite(quiet).all()
    if len(lean) < 3 or len(quiet) < 2 or not finite:
        return Reach(*[math.nan] * 5)
    on, off = _along(lean - quiet.mean(axis=0), direction)
    maximum = max(float(on.max()), 0.0) / full
    start = _onset(on, ONSET * float(_along(quiet, direction)[0].std()), rate)
    if start is None:
        return Reach(math.nan, math.nan, math.nan, maximum, math.nan)
    end = _first_end(on, start)
    return Reach(
        reaction_time=start / rate,
        mean_velocity=_speed(on[: end + 1], off[: end + 1], rate),
        endpoint=float(on[end]) / full,
        maximum=maximum,
        directional_control=_control(on[start : end + 1], off[start : end + 1]),
    )


def weight_shift(lean: NDArray[np.float64], rate: float, direction: float) -> Shift:
    """Return how fast and how straight a person swayed to and fro on a line.

    Parameters
    ----------
    lean : ndarray, shape (n, 2)
        ML, AP, low-passed [rad]; uniform samples.
    rate : float
        Sampling rate [Hz].
    direction : float
        Of the line, either way, from forward towards the right [rad].

    Returns
    -------
    Shift
        Velocity 0 or more; control 1 on the line, 0 at 45 degrees beside it, negative
        beyond, NaN without movement along it. NaN with fewer than two samples or with
        samples that are not finite. Noise adds path along and across.

    Notes
    -----
    As `reach`.
    """
    lean = _plane("weight shift", lean)
    if len(lean) < 2 or not np.isfinite(lean).all():
        return Shift(math.nan, math.nan)
    on, off = _along(lean, direction)
    return Shift(float(np.abs(np.diff(on)).mean()) * rate, _control(on, off))


def _plane(who: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != 2:
        msg = f"{who}: expected shape (n, 2), got {x.shape}: give ML, AP"
        raise SignalError(msg)
    return x


def _along(
    lean: NDArray[np.float64], direction: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lean along a direction and across it."""
    across, along = math.sin(direction), math.cos(direction)
    ml, ap = lean.T
    return ml * across + ap * along, ml * along - ap * across


def _onset(on: NDArray[np.float64], beyond: float, rate: float) -> int | None:
    """Return the first sample beyond and staying there, None if there is none."""
    hold = max(round(HOLD * rate), 1)
    if len(on) < hold:
        return None
    stays = np.lib.stride_tricks.sliding_window_view(on > beyond, hold).all(axis=1)
    return int(np.argmax(stays)) if stays.any() else None


def _first_end(on: NDArray[np.float64], start: int) -> int:
    """Return where the movement towards the target first stops."""
    stopped = np.diff(on[start:]) <= 0
    return start + int(np.argmax(stopped)) if stopped.any() else len(on) - 1


def _speed(on: NDArray[np.float64], off: NDArray[np.float64], rate: float) -> float:
    """Return the mean speed from 5 % to 95 % of the last lean along the target."""
    first = int(np.argmax(on >= 0.05 * on[-1]))
    last = int(np.argmax(on >= 0.95 * on[-1]))
    if last <= first:
        return math.nan
    path = np.hypot(np.diff(on[first : last + 1]), np.diff(off[first : last + 1]))
    return float(path.mean()) * rate


def _control(on: NDArray[np.float64], off: NDArray[np.float64]) -> float:
    along, across = (float(np.abs(np.diff(part)).sum()) for part in (on, off))
    return (along - across) / along if along > 0 else math.nan
