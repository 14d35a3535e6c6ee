"""What the trainee should do right now, for a picture: where to, and what next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Movement:
    """A repetition under way, beside the one that is asked for.

    Attributes
    ----------
    template : tuple of (float, float)
        One repetition at today's portion and tempo: time in it [s], angle [rad].
    trace : tuple of (float, float)
        The one under way, likewise.
    portion : float
        Of the whole way, 0.25 to 1.1.
    part : {"out", "hold", "back", "rest"}
        What the tempo asks for now.
    turn_in : float or None
        Time left in that part [s].
    """

    template: tuple[tuple[float, float], ...]
    trace: tuple[tuple[float, float], ...]
    portion: float
    part: Literal["out", "hold", "back", "rest"]
    turn_in: float | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """What to do with the dot now.

    Attributes
    ----------
    at : (float, float)
        Centre of the zone or target, in the unit of the dot.
    moving : bool
        Whether it moves.
    ahead : tuple of (float, float)
        Where it will be over the next two seconds; for targets, all of them.
    say : str
        A word or short sentence that goes with it: ``"Hold"``, ``"Step down now"``.
    done, of : int
        Repetitions, steps or targets done, and how many are asked for; 0 of 0: none.
    movement : Movement or None
        Of tasks with a template.
    """

    at: tuple[float, float] = (0.0, 0.0)
    moving: bool = False
    ahead: tuple[tuple[float, float], ...] = ()
    say: str = ""
    done: int = 0
    of: int = 0
    movement: Movement | None = None
