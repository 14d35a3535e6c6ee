"""How a person keeps a rocker level: late, imperfectly, and now and then disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, radians
from typing import TYPE_CHECKING

from surefoot.virtual.noise import STEP, Coloured, Kicks, generator

if TYPE_CHECKING:
    from surefoot.virtual.person import Person

FALL = 6.5
"""Square of the rate at which a rocker with a person on it falls [1/s^2]."""

_MEMORY = 128  # steps kept; 0.256 s, more than the longest delay
_RENEW = 250  # steps between two looks at how tired the person is
_LIMIT = 9.0  # rad/s^2; the strongest correction


@dataclass(frozen=True, slots=True)
class Control:
    """What a skill comes to."""

    delay: int
    """Steps between a tilt and the answer to it: 0.15 to 0.25 s."""
    stiffness: float
    damping: float
    threshold: float
    """A smaller tilt is not felt [rad]."""
    blur: float
    """Error of the felt tilt [rad]."""
    tremor: float
    """Error of the answer [rad/s^2]."""
    kick: float
    """Size of a disturbance [rad/s]."""
    kicks: float
    """How often [1/s]."""

    @staticmethod
    def of(skill: float, effort: float) -> Control:
        """Return the control that goes with a skill of 0 to 1."""
        poor = 1 - skill
        return Control(
            delay=round((0.15 + 0.10 * poor) / STEP),
            stiffness=FALL * (1.75 - 0.35 * poor) * effort,
            damping=(3.6 - 0.9 * poor) * effort,
            threshold=radians(0.15 + 1.2 * poor),
            blur=radians(0.35 + 1.5 * poor),
            tremor=0.06 + 0.25 * poor,
            kick=0.06 + 0.22 * poor,
            kicks=0.08 + 0.25 * poor,
        )


class Balance:
    """The correction of one person, as an acceleration of the board.

    Parameters
    ----------
    person : Person
        Who.
    seed : int
        Of the disturbances; the same seed gives the same motion.
    """

    def __init__(self, person: Person, seed: int) -> None:
        self.aim = 0.0
        """The tilt that is meant to be held [rad]."""
        self._person = person
        self._blur = Coloured(generator(seed, "blur"), 0.6)
        self._tremor = Coloured(generator(seed, "tremor"), 0.15)
        self._kicks = Kicks(generator(seed, "kicks"))
        self._steps = 0
        self._control = Control.of(person.skill, person.effort)
        self._past: list[tuple[float, float]] = [(0.0, 0.0)] * _MEMORY

    def begin(self, tilt: float) -> None:
        """Forget the past: the board was held at this tilt."""
        self._past = [(tilt, 0.0)] * _MEMORY

    def step(self, tilt: float, rate: float) -> float:
        """Return the acceleration of the board in this step [rad/s^2]."""
        self._past[self._steps % _MEMORY] = (tilt, rate)
        if self._steps % _RENEW == 0:
            self._renew()
        c = self._control
        push = self._tremor.step() * c.tremor + self._kicks.step(c.kicks) * c.kick
        answer = self._answer(c)
        self._steps += 1
        return FALL * tilt - answer + push

    def _answer(self, c: Control) -> float:
        seen, rate = self._past[(self._steps - c.delay) % _MEMORY]
        felt = seen - (self._person.lean + self.aim) + self._blur.step() * c.blur
        beyond = max(0.0, abs(felt) - c.threshold)
        # standing at a lean takes a torque of its own
        hold = FALL * (self._person.lean + self.aim)
        wanted = c.stiffness * copysign(beyond, felt) + c.damping * rate + hold
        return max(-_LIMIT, min(_LIMIT, wanted))

    def _renew(self) -> None:
        skill = self._person.skill_after(self._steps * STEP)
        self._control = Control.of(skill, self._person.effort)
