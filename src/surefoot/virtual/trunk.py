"""The trunk above the board: it leans a little with it, and sways on its own."""

from __future__ import annotations

from math import pi, radians, sin
from typing import TYPE_CHECKING

from surefoot.virtual.noise import STEP, Coloured, generator

if TYPE_CHECKING:
    from surefoot.virtual.board import State
    from surefoot.virtual.deeds import Want
    from surefoot.virtual.person import Person

_FOLLOW = 4.0  # rad/s; how fast a trunk takes up a lean
_MEANT = 9.0  # rad/s; how fast it does what is meant
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
        self.yaw: State = (0.0, 0.0, 0.0)
        """Turn to the right."""
        self.want: Want | None = None
        """What is meant by it now."""
        self.quiet = 1.0
        """Share of the usual sway."""
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
        size = self._size * self.quiet
        want = self.want
        if want is not None:
            size *= want.sway
            self._mean(want, size * own, size * (0.4 * side), size * (0.6 * front))
            return
        self.ml = _follow(self.ml, 0.35 * board_tilt + size * (own + 0.4 * side))
        self.ap = _follow(self.ap, size * (0.5 * own + 0.6 * front))
        self.yaw = _follow(self.yaw, 0.0)

    def _mean(self, want: Want, own: float, side: float, front: float) -> None:
        self.ml = _follow(self.ml, want.ml + own + side, _MEANT)
        self.ap = _follow(self.ap, want.ap + 0.5 * own + front, _MEANT)
        self.yaw = _follow(self.yaw, want.yaw, _MEANT)


def _follow(state: State, target: float, speed: float = _FOLLOW) -> State:
    x, v, _ = state
    a = speed**2 * (target - x) - 2 * speed * v
    v += a * STEP
    return x + v * STEP, v, a
