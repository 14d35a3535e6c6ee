"""Tables of one device with clocks of their own rows, brought to the rows of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.devices.layout import Column
from surefoot.devices.units import si
from surefoot.exchange.columns import ACC, GYR, UNUSED
from surefoot.exchange.declare import rows_of
from surefoot.exchange.rows import SECOND_NS, expect_gravity
from surefoot.exchange.samples import (
    ALL_ZERO,
    Outcome,
    Recipe,
    Step,
    readings,
    spelled,
    survey,
)
from surefoot.exchange.table import imu_clock, plain_step, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.declare import About
    from surefoot.exchange.grid import Grid, Row
    from surefoot.exchange.rows import Rows

REACH = 0.1
"""Seconds between two samples that may be interpolated over; our default."""

_SPARE = Column(UNUSED, "1")
_REACH_NS = round(REACH * SECOND_NS)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a device: the grid, and what its columns are."""

    grid: Grid
    columns: tuple[Column, ...]


def merged_rows(
    base: Part,
    choice: Choice,
    about: About,
    gyr: Part | None = None,
    gravity: Part | None = None,
) -> Rows:
    """Return the rows of an accelerometer with those of others added to them.

    The others are interpolated linearly between their two nearest samples, to the times
    of the accelerometer. A row with no such two samples within `REACH` is left out.

    Parameters
    ----------
    base : Part
        The accelerometer, its times kept as they are.
    choice : Choice
        What a person said.
    about : About
        What the format knows.
    gyr : Part, optional
        A gyroscope; its turn rates are added to each row.
    gravity : Part, optional
        Gravity, where the accelerations are without; the sum is added to each row.

    Raises
    ------
    TableError
        Naming the line, as `read_table` does.
    """
    grid = base.grid
    columns = base.columns
    bare = [_SPARE if gravity and c.name in ACC else c for c in columns]
    others = _Others(base, choice, gyr, gravity)

    def start() -> Step:
        clock = imu_clock(grid, columns, choice)
        work = others.begin()

        def step(row: Row, numbers: Mapping[str, float]) -> Outcome:
            t_ns = clock(row, numbers)
            values = work(t_ns, numbers)
            if isinstance(values, str):
                return values
            return t_ns, [spelled(value, grid) for value in values]

        return step

    recipe = Recipe(
        grid,
        columns,
        start,
        turned(others.columns, choice, grid),
        turned(bare, choice, grid),
        padded=True,
        repeats=True,
    )
    found = survey(recipe)
    expect_gravity(grid.where, found.means["acc"])
    return rows_of(recipe, found, choice, about)


@dataclass(frozen=True, slots=True)
class _Others:
    """What is added to the rows of an accelerometer."""

    base: Part
    choice: Choice
    gyr: Part | None
    gravity: Part | None

    @property
    def columns(self) -> list[Column]:
        """The columns added, in the sensor's own axes."""
        sums = [Column(name, "m/s^2") for name in ACC] if self.gravity else []
        turns = [Column(name, "rad/s") for name in GYR] if self.gyr else []
        return [*sums, *turns]

    def begin(self) -> Callable[[int, Mapping[str, float]], list[float] | str]:
        """Return what gives the values for one row after the other, SI."""
        pull = self._track(self.gravity, ACC, "gravity")
        turn = self._track(self.gyr, GYR, "the gyroscope")

        def values(t_ns: int, numbers: Mapping[str, float]) -> list[float] | str:
            own = _in_si(numbers, self.base.columns, ACC)
            if pull is None and not any(own):
                return ALL_ZERO
            sums = pull.at(t_ns) if pull else []
            turns = turn.at(t_ns) if turn else []
            for found, track in ((sums, pull), (turns, turn)):
                if found is None and track:
                    return track.missing
            added = [a + g for a, g in zip(own, sums or (), strict=False)]
            return [*added, *(turns or ())]

        return values

    def _track(
        self, part: Part | None, names: Sequence[str], what: str
    ) -> _Track | None:
        return _Track(part, names, what, self.choice) if part else None


class _Track:
    """The samples of one table at any times that grow."""

    def __init__(
        self, part: Part, names: Sequence[str], what: str, choice: Choice
    ) -> None:
        self.missing = f"without two samples of {what} within {REACH:g} s"
        recipe = Recipe(
            part.grid,
            part.columns,
            lambda: plain_step(imu_clock(part.grid, part.columns, choice)),
            padded=True,
            repeats=True,
        )
        self._samples: Iterator[tuple[int, list[float]]] = (
            (t_ns, _in_si(numbers, part.columns, names))
            for t_ns, numbers in readings(recipe)
        )
        self._before: tuple[int, list[float]] | None = None
        self._after = next(self._samples, None)

    def at(self, t_ns: int) -> list[float] | None:
        """Return the values at a time [ns], SI; None where they are not known."""
        while self._after is not None and self._after[0] < t_ns:
            self._before, self._after = self._after, next(self._samples, None)
        if self._after is None:
            return None
        late, second = self._after
        if late == t_ns:
            return second
        if self._before is None or late - self._before[0] > _REACH_NS:
            return None
        early, first = self._before
        share = (t_ns - early) / (late - early)
        return [a + (b - a) * share for a, b in zip(first, second, strict=True)]


def _in_si(
    numbers: Mapping[str, float], columns: Sequence[Column], names: Sequence[str]
) -> list[float]:
    by_name = {column.name: column for column in columns}
    return [
        numbers[name] * by_name[name].scale * si(by_name[name].unit)[1]
        for name in names
    ]
