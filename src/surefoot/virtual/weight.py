"""Where somebody's weight is on a firm board: a little sway, and what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.virtual.noise import STEP, Coloured, generator

if TYPE_CHECKING:
    from surefoot.virtual.board import State
    from surefoot.virtual.deeds import Want
    from surefoot.virtual.person import Person

_SPEED = 7.0  # rad/s; how fast weight is shifted


class Weight:
    """Centre of pressure to the right (ml) and forward (ap) [m].

    Parameters
    ----------
    person : Person
        Whose; less skill sways more.
    seed : int
        Of the sway.
    """

    def __init__(self, person: Person, seed: int) -> None:
        self.ml: State = (0.0, 0.0, 0.0)
        self.ap: State = (0.0, 0.0, 0.0)
        self.want: Want | None = None
        """What is meant by it now, in metres."""
        rng = generator(seed, "weight")
        self._slow = Coloured(rng, 1.2), Coloured(rng, 1.2)
        self._quick = Coloured(rng, 0.25), Coloured(rng, 0.25)
        self._size = 0.003 + 0.007 * (1 - person.skill)
        self._to_side = 0.2 * person.lean

    def step(self) -> None:
        """Advance by one step."""
        ml, ap = self._to_side, 0.0
        if self.want is not None:
            ml, ap = ml + self.want.ml, ap + self.want.ap
        sway = [
            self._size * (slow.step() + 0.35 * quick.step())
            for slow, quick in zip(self._slow, self._quick, strict=True)
        ]
        self.ml = _shift(self.ml, ml + 0.6 * sway[0])
        self.ap = _shift(self.ap, ap + sway[1])


def _shift(state: State, target: float) -> State:
    x, v, _ = state
    a = _SPEED**2 * (target - x) - 2 * _SPEED * v
    v += a * STEP
    return x + v * STEP, v, a
