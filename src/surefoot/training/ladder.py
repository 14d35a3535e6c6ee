"""Ladders: an exercise from easy to hard, one thing harder at every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from surefoot.training.decision import ProgrammeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.training.decision import Basis

Stage = Literal["flexibility", "opponents", "setting", "balance"]
Kind = Literal["stretch", "repetitions", "hold"]
Position = tuple[tuple[str, str], ...]
"""Axis and value, in the order of the plan's axes."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that can get harder.

    Attributes
    ----------
    name : str
        For example ``"support"``.
    values : tuple of str
        From easy to hard.
    words : tuple of str
        The same, as people read them.
    shares : tuple of float
        For ``"feedback"``: share of the sets with picture; else empty.
    grade, source : str
        How well the order is founded, and where it is from.
    """

    name: str
    values: tuple[str, ...]
    words: tuple[str, ...]
    shares: tuple[float, ...]
    grade: Basis
    source: str

    def rank(self, value: str) -> int:
        """Return how hard a value is, 0 the easiest."""
        return self.values.index(value)


@dataclass(frozen=True, slots=True)
class Ladder:
    """One exercise and its steps.

    Attributes
    ----------
    name, title, focus : str
        Kebab-case; as people read it; the one sentence said during it.
    stage : str
        The part of the programme it belongs to.
    kind : {"stretch", "repetitions", "hold"}
        What is counted.
    steps : tuple of Position
        From the easiest; each is harder than the one before in exactly one axis.
    sets : int
        How many sets are done where no step says it; 0 where the rules do.
    minutes : float
        How long it takes, rests included.
    after : str
        The ladder that has to come first; empty for none.
    opens_next : int
        The step from which later things may begin.
    drills : tuple of (Position, str)
        The drills of the catalogue that belong to it: the last whose values a step has.
    """

    name: str
    title: str
    focus: str
    stage: Stage
    kind: Kind
    steps: tuple[Position, ...]
    sets: int
    minutes: float
    after: str
    opens_next: int
    drills: tuple[tuple[Position, str], ...] = ()

    @property
    def top(self) -> int:
        """The last step."""
        return len(self.steps) - 1

    def drill_at(self, step: int) -> str:
        """Return the drill that belongs to a step; empty where there is none."""
        here = set(self.steps[step])
        found = [drill for values, drill in self.drills if here.issuperset(values)]
        return found[-1] if found else ""

    def sets_at(self, step: int) -> int:
        """Return how many sets are done at a step; 0 where the rules say it."""
        repetitions = self.at(step).get("repetitions", "")
        return int(repetitions.partition("x")[0] or self.sets)

    def at(self, step: int) -> dict[str, str]:
        """Return the value of each axis at a step."""
        return dict(self.steps[step])


def harder(axes: Mapping[str, Axis], old: Position, new: Position) -> tuple[str, ...]:
    """Return the axes in which a position is harder than another.

    An axis that only one of them has counts as harder: it cannot be compared.
    """
    before, after = dict(old), dict(new)
    found: list[str] = []
    for name in axes:
        here, there = before.get(name), after.get(name)
        if here == there:
            continue
        if (
            here is None
            or there is None
            or axes[name].rank(there) > axes[name].rank(here)
        ):
            found.append(name)
    return tuple(found)


def climbed(
    axes: Mapping[str, Axis], start: Position, moves: tuple[str, ...], where: str
) -> tuple[Position, ...]:
    """Return the positions of a ladder.

    Parameters
    ----------
    axes : mapping of str to Axis
        The things that can get harder.
    start : Position
        The easiest.
    moves : tuple of str
        ``"axis=value"`` for what gets harder; what follows after a blank gets easier.
    where : str
        For errors.

    Raises
    ------
    ProgrammeError
        If a value is not known, nothing gets harder, or more than one thing does.
    """
    steps = [placed(axes, dict(start), where)]
    for move in moves:
        position = dict(steps[-1])
        for part in move.split():
            name, _, value = part.partition("=")
            position[name] = value
        made = placed(axes, position, f"{where}: {move!r}")
        first = move.partition("=")[0]
        got = harder(axes, steps[-1], made)
        if got != (first,):
            told = ", ".join(got) or "nothing"
            msg = (
                f"{where}: {move!r}: expected only {first} to get harder, got {told}: "
                "one thing at a time"
            )
            raise ProgrammeError(msg)
        steps.append(made)
    return tuple(steps)


def placed(axes: Mapping[str, Axis], values: Mapping[str, str], where: str) -> Position:
    """Return a position in the order of the axes.

    Raises
    ------
    ProgrammeError
        If an axis or a value is not known.
    """
    for name, value in values.items():
        if name not in axes:
            msg = f"{where}: expected one of {', '.join(axes)}, got {name!r}: mend it"
            raise ProgrammeError(msg)
        if value not in axes[name].values:
            known = ", ".join(axes[name].values)
            msg = f"{where}: {name}: expected one of {known}, got {value!r}: mend it"
            raise ProgrammeError(msg)
    return tuple((name, values[name]) for name in axes if name in values)


def in_words(axes: Mapping[str, Axis], position: Position) -> str:
    """Return a position as people read it: ``"feet apart, eyes open"``."""
    told = [axes[n].words[axes[n].rank(v)] for n, v in position if n != "feedback"]
    return ", ".join(told)


def share_of(axes: Mapping[str, Axis], position: Position) -> float | None:
    """Return the share of sets with picture at a position, None where it says none."""
    value = dict(position).get("feedback")
    if value is None:
        return None
    axis = axes["feedback"]
    return axis.shares[axis.rank(value)]
