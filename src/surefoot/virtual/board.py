"""A rocker board and whoever holds, stands on or leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians
from typing import TYPE_CHECKING

from surefoot.virtual.balance import FALL, Balance
from surefoot.virtual.noise import STEP, Coloured, generator

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.virtual.person import Person

_STOP = 120.0  # rad/s; how hard an edge meets the floor
_LOSS = 0.35  # damping ratio of that contact: about a third of the speed comes back
_SOFT = radians(0.1)  # the rubber of an edge gives before it stops
_FLEX = 20.0  # rad/s; the other axis is stiff
_REST = radians(0.05)
_HAND = 0.6  # s; a hand moves the board this fast
_MOUNT = 1.5  # s; stepping on, holding the rail

State = tuple[float, float, float]
"""Angle, its rate and its acceleration."""


@dataclass(frozen=True, slots=True)
class Move:
    """A smooth move that starts as the board is and ends at rest (quintic)."""

    start: State
    target: float
    length: float

    def at(self, t: float) -> State:
        """Return the state ``t`` seconds into the move."""
        if t >= self.length:
            return self.target, 0.0, 0.0
        x, v, a = self.start
        n = self.length
        d = self.target - x - v * n - a * n * n / 2
        e, f = -v * n - a * n * n, -a * n * n
        # Hermite conditions at the end, for the powers 3, 4 and 5 of s
        k3 = 10 * d - 4 * e + f / 2
        k4 = -15 * d + 7 * e - f
        k5 = 6 * d - 3 * e + f / 2
        s = t / n
        return (
            x + v * t + a * t * t / 2 + s**3 * (k3 + s * (k4 + s * k5)),
            v + a * t + s**2 * (3 * k3 + s * (4 * k4 + s * 5 * k5)) / n,
            a + s * (6 * k3 + s * (12 * k4 + s * 20 * k5)) / (n * n),
        )


class Board:
    """Tilt of a board about its rocking axis, and a little about the other one.

    Parameters
    ----------
    person : Person
        Who stands on it.
    seed : int
        Of every random thing about it.
    edge : float
        Tilt at which an edge meets the floor [rad].
    axis : {"ml", "ap", "both"}
        The axis it rocks about: side to side, front to back, or every way.
    """

    def __init__(
        self, person: Person, seed: int, edge: float, axis: str = "ml"
    ) -> None:
        self._axis = axis
        self.ml: State = (-edge, 0.0, 0.0)
        self.ap: State = (0.0, 0.0, 0.0)
        self.edge = edge
        self.standing = False
        """Whether somebody stands on it."""
        self._balance = Balance(person, seed)
        # a board that tilts every way is balanced twice, independently
        self._other = Balance(person, seed + 7919) if axis == "both" else None
        self._flex = Coloured(generator(seed, "flex"), 0.3)
        self._level = person.lean
        self._time = 0.0
        self._move = Move(self.ml, -edge, _HAND)
        self._step: Callable[[], State] = self._moved

    @property
    def states(self) -> tuple[State, State]:
        """Angle, rate and acceleration about (ml, ap), whatever axis it rocks about."""
        if self._axis != "ap":
            return self.ml, self.ap
        # laid on its first edge, the front one, its front is down: ap is positive
        x, v, a = self.ml
        return self.ap, (-x, -v, -a)

    def aim(self, ml: float, ap: float) -> None:
        """Let whoever stands on it hold this tilt [rad]."""
        self._balance.aim = -ap if self._axis == "ap" else ml
        if self._other is not None:
            self._other.aim = ap

    def lay(self, tilt: float) -> None:
        """Move it by hand to a tilt, and leave it there."""
        self._begin(tilt, _HAND)
        self.standing = False

    def mount(self) -> None:
        """Step on: held level first, then free. Nothing happens to one who stands."""
        if self.standing:
            return
        self._begin(self._level, _MOUNT)
        self.standing = True

    def leave(self) -> None:
        """Step off: it falls on the edge it leans to."""
        self.standing = False
        self._step = self._falling

    def step(self) -> None:
        """Advance by one step."""
        self._time += STEP
        self.ml = self._step()
        if self._other is not None and self._step == self._balanced:
            x, v, _ = self.ap
            self.ap = self._swung(self._other.step(x, v), self.ap)
            return
        x, v, _ = self.ap
        push = self._flex.step() * radians(0.25) if self.standing else 0.0
        a = _FLEX**2 * (push - x) - 2 * _FLEX * v
        v += a * STEP
        self.ap = (x + v * STEP, v, a)

    def _begin(self, target: float, length: float) -> None:
        x, v, a = self.ml
        # a hand does not take over the blow of an edge
        self._move = Move((x, v, max(-5.0, min(5.0, a))), target, length)
        self._time = 0.0
        self._step = self._moved

    def _moved(self) -> State:
        if self.standing and self._time >= self._move.length:
            self._balance.begin(self.ml[0])
            if self._other is not None:
                self._other.begin(self.ap[0])
            self._step = self._balanced
        return self._move.at(self._time)

    def _balanced(self) -> State:
        x, v, _ = self.ml
        return self._swung(self._balance.step(x, v))

    def _falling(self) -> State:
        x, v, _ = self.ml
        side = 1.0 if x >= 0 else -1.0
        state = self._swung(2 * FALL * x + 2.0 * side - 1.5 * v)
        at_rest = abs(abs(state[0]) - self.edge) < _REST and abs(state[1]) < _REST
        if at_rest:
            self._begin(side * self.edge, _HAND)
        return state

    def _swung(self, free: float, state: State | None = None) -> State:
        x, v, _ = state or self.ml
        past = abs(x) - self.edge
        if past > 0:
            side = 1.0 if x >= 0 else -1.0
            give = min(1.0, past / _SOFT)
            stop = _STOP**2 * past + 2 * _LOSS * _STOP * v * side * give
            # a floor pushes and never pulls
            free -= side * max(0.0, stop)
        v += free * STEP
        return x + v * STEP, v, free
