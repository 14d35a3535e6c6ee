"""Where a moving target is: a pure function of the time since the set began."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import DrillError
from surefoot.training.chance import Chance

if TYPE_CHECKING:
    from surefoot.training.task import Follow

Place = tuple[float, float]
"""ML and AP, in the unit of the dot."""

PATHS = ("sine-ml", "sine-ap", "circle", "walk", "steps-ml", "steps-ap")
STEP = 0.25
"""A side is left for the other one over this share of a period; else it stays."""
KNOT = 0.25
"""A walk takes a new direction after this share of a period."""
STRIDE = 0.8
"""A walk goes this share of its size in one direction."""
AHEAD = 2.0
"""So much of the way to come is known beyond the end of a set [s]."""


@dataclass(frozen=True, slots=True)
class Path:
    """A way that a target goes, smooth, from the middle.

    Attributes
    ----------
    kind : str
        One of `PATHS`.
    size : float
        Largest distance from the middle, in the unit of the dot.
    period : float
        Of one to and fro, or one circle [s].
    knots : tuple of (float, float)
        Of a walk: what its curve is drawn to.
    axis : {"ml", "ap", "both"}
        A walk or circle on one axis goes to and fro on it.
    """

    kind: str
    size: float
    period: float
    knots: tuple[Place, ...] = ()
    axis: str = "both"

    def at(self, t: float) -> Place:
        """Return where the target is.

        Parameters
        ----------
        t : float
            Since the set began [s]; before it the target stands in the middle.

        Returns
        -------
        (float, float)
            ML, AP. Sines go right, or forward, first; the circle goes forward, right,
            back, left, and widens over its first quarter; steps go right, or forward,
            first, move for a quarter of a period and stay for a quarter; a walk never
            leaves the circle of its size, and stands still after its last knot.
        """
        x, y = self._at(max(t, 0.0))
        return (0.0 if self.axis == "ap" else x), (0.0 if self.axis == "ml" else y)

    def _at(self, t: float) -> Place:
        turn = 2 * math.pi * (t / self.period % 1.0)
        if self.kind == "circle":
            wide = self.size * eased(t / (self.period / 4))
            return wide * math.sin(turn), wide * math.cos(turn)
        if self.kind == "walk":
            return _spline(self.knots, t / (KNOT * self.period))
        steps = self.kind.startswith("steps")
        out = self._step(t) if steps else self.size * math.sin(turn)
        return (out, 0.0) if self.kind.endswith("ml") else (0.0, out)

    def ahead(
        self, t: float, seconds: float = AHEAD, count: int = 20
    ) -> tuple[Place, ...]:
        """Return where it will be from ``t`` on, at even times, ``t`` left out."""
        return tuple(self.at(t + seconds * (i + 1) / count) for i in range(count))

    def _step(self, t: float) -> float:
        turns, part = divmod(t / self.period, 1.0)
        side = -self.size if turns > 0 else 0.0  # where it comes from
        moved = eased(part / STEP)
        if part < 0.5:
            return side + (self.size - side) * moved
        return self.size - 2 * self.size * eased((part - 0.5) / STEP)


def path_of(task: Follow, duration: float, seed: int, axis: str = "both") -> Path:
    """Return the path of a task.

    Parameters
    ----------
    task : Follow
        Kind, size and period.
    duration : float
        Of the set [s]; a walk is drawn for it and two seconds more.
    seed : int
        Of the set; a walk comes from it alone.
    axis : {"ml", "ap", "both"}
        The axis of the drill.

    Raises
    ------
    DrillError
        If the kind is not one of `PATHS`, or size or period are not above 0.
    """
    fits = task.path in PATHS and task.size > 0 and task.period > 0
    if not fits:
        msg = (
            f"path: expected one of {', '.join(PATHS)} with size and period above 0, "
            f"got {task.path!r}, {task.size:g}, {task.period:g}: mend the drill"
        )
        raise DrillError(msg)
    knots: tuple[Place, ...] = ()
    if task.path == "walk":
        count = math.ceil((duration + AHEAD) / (KNOT * task.period)) + 4
        knots = _wander(Chance(seed), task.size, count)
    return Path(task.path, task.size, task.period, knots, axis)


def _wander(chance: Chance, size: float, count: int) -> tuple[Place, ...]:
    """Return the knots of a walk: it begins at rest in the middle and stays inside."""
    knots: list[Place] = [(0.0, 0.0)] * 3
    while len(knots) < count:
        x, y = knots[-1]
        turn = chance.uniform(0.0, 2 * math.pi)
        stride = STRIDE * size
        x, y = x + stride * math.sin(turn), y + stride * math.cos(turn)
        # a step that would leave the circle is turned back into it
        far = math.sqrt(x * x + y * y)
        if far > size:
            back = (2 * size - far) / far
            x, y = x * back, y * back
        knots.append((x, y))
    return tuple(knots)


def _spline(knots: tuple[Place, ...], at: float) -> Place:
    """Return a place on the uniform cubic B-spline: within the hull of its knots."""
    last = len(knots) - 4
    first = min(max(bisect_right(range(last + 1), at) - 1, 0), last)
    u = min(at - first, 1.0)
    v = 1.0 - u
    weights = (
        v * v * v / 6,
        (3 * u * u * u - 6 * u * u + 4) / 6,
        (3 * v * v * v - 6 * v * v + 4) / 6,
        u * u * u / 6,
    )
    near = knots[first : first + 4]
    x = sum(w * knot[0] for w, knot in zip(weights, near, strict=True))
    y = sum(w * knot[1] for w, knot in zip(weights, near, strict=True))
    return x, y


def eased(share: float) -> float:
    """Return 0 to 1 for a share of the time, at rest at either end."""
    u = min(max(share, 0.0), 1.0)
    return u * u * u * (10 + u * (6 * u - 15))
