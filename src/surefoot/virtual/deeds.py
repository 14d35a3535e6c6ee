"""What a person does with the body in a set: where it goes, as a function of time."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, pi, radians, sin
from typing import TYPE_CHECKING, Protocol

from surefoot.training.task import Repeat, Reposition, Stretch, Walk
from surefoot.virtual.noise import generator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.training.task import Stage, Task
    from surefoot.virtual.person import Person

Push = tuple[float, float, float]
PACE = 0.95
"""Seconds a heel-to-toe step takes."""
INTENT = 0.5
"""Who moves slowly on purpose sways by this share of what is usual. Made up."""
_SLOW = 0.4  # s before a self-paced movement begins


@dataclass(frozen=True, slots=True)
class Want:
    """Where the body is meant to be.

    Attributes
    ----------
    ml, ap : float
        Lean to the right and forward [rad].
    yaw : float
        Turn to the right [rad].
    push : (float, float, float)
        Acceleration of the body to the right, forward and up [m/s^2].
    sway : float
        Share of the usual sway meanwhile.
    """

    ml: float = 0.0
    ap: float = 0.0
    yaw: float = 0.0
    push: Push = (0.0, 0.0, 0.0)
    sway: float = 1.0


class Deed(Protocol):
    """A plan of movement."""

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds into the set."""
        ...


class Bow:
    """A lean forward and back, once."""

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds after it began."""
        return Want(ap=radians(25) * _hump((t - 0.5) / 3.0))


class Repetitions:
    """A movement out and back, again and again, as well as somebody can.

    Parameters
    ----------
    task : Repeat
        Way, portion and tempo.
    person : Person
        Less skill: uneven ways and times, and a shake on the way.
    side : str
        Which side does it.
    seed : int
        Of the unevenness.
    """

    def __init__(self, task: Repeat, person: Person, side: str, seed: int) -> None:
        self._task = task
        rng = generator(seed, "repetitions")
        poor = 1.0 - person.skill
        weaker = 0.85 if side == "left" and abs(person.lean) > 0.03 else 1.0
        way = task.range * task.portion * weaker
        tired = person.fatigue * 0.02
        self._parts: list[tuple[float, float, float]] = []
        t = _SLOW
        for n in range(task.repetitions + 1):
            swing = way * (1 - tired * n + 0.12 * poor * float(rng.standard_normal()))
            slow = 1 + 0.25 * poor * float(rng.standard_normal())
            self._parts.append((t, max(0.2 * way, swing), max(0.5, slow)))
            t += sum(task.tempo) * max(0.5, slow) + 1.0
        self._shake = radians(2.5) * poor * poor
        self._sign = -1.0 if side == "left" else 1.0

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds into the set."""
        angle = 0.0
        for start, swing, slow in self._parts[: self._task.repetitions]:
            if t >= start:
                angle = self._one((t - start) / slow, swing)
        moving = min(1.0, abs(angle) / radians(10))
        angle += self._shake * moving * sin(2 * pi * 2.6 * t)
        if self._task.about == "turn":
            return Want(yaw=self._sign * angle, sway=INTENT)
        return Want(ap=angle, sway=INTENT)

    def _one(self, t: float, swing: float) -> float:
        out, hold, back = self._task.tempo
        if t < out:
            return swing * _ease(t / out)
        if t < out + hold:
            return swing
        return swing * (1 - _ease((t - out - hold) / back))


class Holds:
    """Slowly to where it stretches, stay, and back."""

    def __init__(self, task: Stretch, person: Person) -> None:
        self._task = task
        self._way = radians(45) * task.limit * (0.7 + 0.25 * person.skill)
        self._ramp = max(6.0, self._way / (0.6 * task.gentle))

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds into the set."""
        one = 2 * self._ramp + self._task.stay + 3.0
        n, t = divmod(max(0.0, t - _SLOW), one)
        if n >= self._task.holds:
            return Want()
        stayed = self._ramp + self._task.stay + 1.0
        away = t < stayed
        part = _ease(t / self._ramp) if away else 1 - _ease((t - stayed) / self._ramp)
        return Want(ap=self._way * part, sway=INTENT)


class Finding:
    """To an angle that is shown, back, and later to where it is thought to be."""

    def __init__(self, task: Reposition, person: Person, seed: int) -> None:
        rng = generator(seed, "finding")
        poor = 1.0 - person.skill
        wrong = [0.0] * task.learn + [
            radians(1.0 + 5.0 * poor) * float(rng.standard_normal())
            for _ in range(task.find)
        ]
        self._angles = [task.angle + error for error in wrong]
        self._stay = task.stay + 1.2

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds into the set."""
        ramp = 2.0
        one = 2 * ramp + self._stay + 2.0
        n, t = divmod(max(0.0, t - 1.0), one)
        if n >= len(self._angles):
            return Want()
        angle = self._angles[int(n)]
        if t < ramp + self._stay:
            return Want(ap=angle * _ease(t / ramp))
        return Want(ap=angle * (1 - _ease((t - ramp - self._stay) / ramp)))


class Steps:
    """Heel to toe: a push forward and a blow at each step, and a sway to the side."""

    def __init__(self, task: Walk, person: Person) -> None:
        self._steps = task.steps
        self._sway = radians(1.0 + 4.0 * (1 - person.skill))

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds into the set."""
        t -= 1.0
        n, part = divmod(t, PACE)
        if t < 0 or n >= self._steps:
            return Want()
        forward = 1.6 * sin(2 * pi * part / PACE)
        blow = 2.5 * exp(-(((part - 0.12) / 0.03) ** 2))
        side = self._sway * sin(pi * t / PACE)
        return Want(ml=side, push=(0.0, forward, blow))


class StepDown:
    """A step down: nothing bears for a moment, a blow, and a sway that dies away."""

    def __init__(self, person: Person, side: str = "") -> None:
        poor = 1.0 - person.skill
        self._wait = 0.35 + 0.25 * poor
        self._sway = radians(2.0 + 8.0 * poor)
        self._calm = 0.5 + 1.6 * poor
        self._side = -1.0 if side == "left" else 1.0

    def at(self, t: float) -> Want:
        """Return what is wanted ``t`` seconds after the cue."""
        t -= self._wait
        if t < 0:
            return Want()
        fall = -5.0 * _hump(t / 0.22)
        landed = t - 0.25
        blow = 14.0 * exp(-((landed / 0.025) ** 2))
        if landed < 0:
            return Want(push=(0.0, 0.5, fall + blow))
        left = exp(-landed / self._calm)
        swing = self._sway * left * cos(2 * pi * 1.1 * landed)
        return Want(ml=self._side * swing, ap=0.6 * swing, push=(0.0, 0.0, fall + blow))


class Shown:
    """Wherever the picture says, after a moment.

    Parameters
    ----------
    person : Person
        Less skill: later, and less far.
    """

    def __init__(self, person: Person) -> None:
        self._gain = 0.75 + 0.25 * person.skill
        self._late = 0.15 + 0.15 * (1 - person.skill)
        self._seen: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)]

    def see(self, t: float, places: Sequence[tuple[float, float]], step: float) -> None:
        """Look at the picture: where to be at ``t``, and at each ``step`` after it."""
        due = t + self._late
        self._seen = [seen for seen in self._seen if due - 1.0 < seen[0] < due]
        self._seen += [(due + i * step, ml, ap) for i, (ml, ap) in enumerate(places)]

    def at(self, t: float) -> Want:
        """Return what is wanted at ``t``."""
        before = [seen for seen in self._seen if seen[0] <= t]
        if not before:
            return Want()
        _, ml, ap = before[-1]
        return Want(ml=self._gain * ml, ap=self._gain * ap)


def deed_of(stage: Stage, person: Person, seed: int) -> Deed:
    """Return what somebody does in a set."""
    task: Task = stage.task
    if isinstance(task, Repeat):
        return Repetitions(task, person, stage.side, seed)
    if isinstance(task, Stretch):
        return Holds(task, person)
    if isinstance(task, Reposition):
        return Finding(task, person, seed)
    if isinstance(task, Walk):
        return Steps(task, person)
    return Shown(person)


def _ease(part: float) -> float:
    """Return a smooth step from 0 to 1."""
    s = min(1.0, max(0.0, part))
    return s * s * s * (10 + s * (6 * s - 15))


def _hump(part: float) -> float:
    """Return a smooth rise and fall over 0 to 1."""
    return sin(pi * part) ** 2 if 0 < part < 1 else 0.0
