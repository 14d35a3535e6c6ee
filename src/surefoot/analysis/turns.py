"""Turning points: a zig-zag with hysteresis, one sample at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE = 0.3
"""A movement turns back for good by this share of the range that is asked for."""
LEAST = math.radians(5.0)
"""Never by less than this: posture wanders [rad]."""
LEAST_TIME = 0.4
"""Two turns of one person are never closer than this [s]."""


class Turn(NamedTuple):
    """A place where a movement turned.

    Attributes
    ----------
    t : float
        When it turned, not when that was known [s].
    angle : float
        Where [rad].
    top : bool
        Whether it is a high; else a low.
    """

    t: float
    angle: float
    top: bool


def hysteresis(target: float) -> float:
    """Return how far a movement must come back before it has turned [rad].

    ``max(5 deg, 0.3 target)``, from the range the drill's stage asks for. Never from
    the ranges so far: a person who goes from 75 to 15 degrees would lose every small
    repetition.

    Parameters
    ----------
    target : float
        Range of one repetition [rad].

    Raises
    ------
    SignalError
        If the target is not positive.
    """
    if not 0 < target < math.inf:
        msg = f"target: expected a positive range [rad], got {target}: set the drill's"
        raise SignalError(msg)
    return max(LEAST, SHARE * target)


class Turns:
    """Finds the turning points of an angle from its samples so far.

    A new extremum is taken while the movement goes on; it has turned there once the
    angle has come back by ``delta``. Turns less than ``least_time`` apart are not.

    Parameters
    ----------
    delta : float
        See `hysteresis` [rad].
    least_time : float
        Least time from one turn to the next [s].
    """

    def __init__(self, delta: float, least_time: float = LEAST_TIME) -> None:
        self._delta = delta
        self._least = least_time - 1e-9  # times are multiples of a rounded period
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.direction = 0
        """1 on the way up, -1 on the way down, 0 before the first movement."""
        self._low = Turn(math.nan, math.inf, top=False)
        self._high = Turn(math.nan, -math.inf, top=True)
        self._last = -math.inf

    @property
    def furthest(self) -> Turn | None:
        """The extremum of the present movement; None before the first."""
        if self.direction == 0:
            return None
        return self._high if self.direction > 0 else self._low

    def step(self, t: float, angle: float) -> Turn | None:
        """Take the next sample; return the turn that is now known, if any."""
        if self.direction >= 0 and angle > self._high.angle:
            self._high = Turn(t, angle, top=True)
        if self.direction <= 0 and angle < self._low.angle:
            self._low = Turn(t, angle, top=False)
        if self.direction <= 0 and angle - self._low.angle > self._delta:
            return self._turned(self._low, Turn(t, angle, top=True))
        if self.direction >= 0 and self._high.angle - angle > self._delta:
            return self._turned(self._high, Turn(t, angle, top=False))
        return None

    def _turned(self, turn: Turn, now: Turn) -> Turn | None:
        if turn.t - self._last < self._least:
            return None
        self._last = turn.t
        self.direction = 1 if now.top else -1
        if now.top:
            self._high = now
        else:
            self._low = now
        return turn


def turning_points(
    angle: NDArray[np.float64], rate: float, delta: float
) -> list[tuple[int, float]]:
    """Return the turning points of a whole angle, as `Turns` finds them.

    Parameters
    ----------
    angle : ndarray, shape (n,)
        Low-passed angle without gaps [rad].
    rate : float
        Sampling rate [Hz].
    delta : float
        See `hysteresis` [rad].

    Returns
    -------
    list of (int, float)
        Sample number and angle of each turn, and of the last extremum, which nothing
        has confirmed. Empty when the angle never moved by ``delta``.
    """
    turns = Turns(delta)
    places = _extrema(angle)
    times, values = (places / rate).tolist(), angle[places].tolist()
    found = [turns.step(t, value) for t, value in zip(times, values, strict=True)]
    told = [turn for turn in (*found, turns.furthest) if turn is not None]
    return [(round(turn.t * rate), turn.angle) for turn in told]


def _extrema(angle: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the samples that can turn the zig-zag: local extrema and both ends."""
    if len(angle) < 3:
        return np.arange(len(angle))
    step = np.diff(angle)
    inner = np.flatnonzero(step[1:] * step[:-1] <= 0) + 1
    return np.concatenate([[0], inner, [len(angle) - 1]])
