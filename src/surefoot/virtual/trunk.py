"""The trunk above the board: it leans a little with it, and sways on its own."""

from __future__ import annotations

from math import pi, radians, sin
from typing import TYPE_CHECKING

from surefoot.virtual.noise import STEP, Coloured, generator

if TYPE_CHECKING:
    from surefoot.virtual.board import State
    from surefoot.virtual.person import Person

_FOLLOW = 4.0  # rad/s; how fast a trunk takes up a lean
_SWAY = 0.3  # Hz


class Trunk:
    """Lean of the trunk to the right (ml) and forward (ap).

    Parameters
    ----------
    person : Person
        Whose.
    seed : int
        Of the sway.
    """

    def __init__(self, person: Person, seed: int) -> None:
        self.ml: State = (0.0, 0.0, 0.0)
        self.ap: State = (0.0, 0.0, 0.0)
        rng = generator(seed, "trunk")
        self._wander = Coloured(rng, 1.5), Coloured(rng, 1.5)
        self._phase = float(rng.uniform(0, 2 * pi))
        self._size = radians(0.5 + 1.2 * (1 - person.skill))
        self._steps = 0

    def step(self, board_tilt: float) -> None:
        """Advance by one step above a board tilted to the right by so much."""
        self._steps += 1
        own = sin(2 * pi * _SWAY * self._steps * STEP + self._phase)
        side, front = (wander.step() for wander in self._wander)
        size = self._size
        self.ml = _follow(self.ml, 0.35 * board_tilt + size * (own + 0.4 * side))
        self.ap = _follow(self.ap, size * (0.5 * own + 0.6 * front))


def _follow(state: State, target: float) -> State:
    x, v, _ = state
    a = _FOLLOW**2 * (target - x) - 2 * _FOLLOW * v
    v += a * STEP
    return x + v * STEP, v, a
