"""From the rows of a table to samples: read twice, held never.

The first reading checks every row and counts; the second hands the rows on. So a table
of any length is imported in the same small memory, and nothing is written of one that
is not sound.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import TableError
from surefoot.devices.limits import most_of
from surefoot.devices.units import si
from surefoot.exchange.columns import ACC, TIME, UNUSED
from surefoot.exchange.rows import LEAST, SECOND_NS, nominal_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.devices.layout import Column
    from surefoot.exchange.grid import Grid, Row

Outcome = tuple[int, Sequence[str]] | str
"""Time of a row [ns] and cells to add to it; or in words why it is no sample."""

Step = Callable[["Row", Mapping[str, float]], Outcome]
"""Takes a row and its numbers by column; may remember the rows before."""

Clock = Callable[["Row", Mapping[str, float]], int]
"""Takes the same and tells the time [ns]."""

NO_VALUE = "without a value"
ALL_ZERO = "all zero, lost by the recorder"

_STEADY = 1.5  # steps longer than this many usual ones are gaps
_RATED = 10_000  # rows the rate is taken from
_EVER = 1 << 62  # ns; what a packet can hold
_NANOSECONDS = {"s": Decimal(10**9), "ms": Decimal(10**6), "us": Decimal(10**3)}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How samples are made of the rows of a table.

    Attributes
    ----------
    grid : Grid
        The table.
    columns : tuple of Column
        What its columns are, one a heading; a `Step` gets their numbers by name.
    start : callable
        Makes a new `Step` for each reading.
    added : tuple of Column
        What is added to each row, at its end.
    packet : tuple of Column
        What its columns are in a packet, where that differs.
    padded : bool
        Whether a cell may say NaN for "nothing here"; such a row is left out.
    repeats : bool
        Whether a row with the time of the one before is left out, not refused.
    """

    grid: Grid
    columns: tuple[Column, ...]
    start: Callable[[], Step]
    added: tuple[Column, ...] = ()
    packet: tuple[Column, ...] = ()
    padded: bool = False
    repeats: bool = False

    @property
    def declared(self) -> tuple[Column, ...]:
        """The table's columns as they are in a packet."""
        return self.packet or self.columns

    @property
    def whole(self) -> tuple[Column, ...]:
        """The columns of a packet."""
        return (*self.declared, *self.added)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first reading found.

    Attributes
    ----------
    read, kept : int
        Rows, and those that are samples.
    dropped : Counter
        The others, by reason.
    first_ns : int
        Time of the first sample [ns].
    rate : float
        Usual samples a second, gaps left out.
    means : mapping of str to float
        Mean of the columns, SI; of ``acc`` the mean length of the vector.
    """

    read: int
    kept: int
    dropped: Counter[str]
    first_ns: int
    rate: float
    means: Mapping[str, float]


def samples(recipe: Recipe) -> Iterator[tuple[int, bytes]]:
    """Yield time [ns] and row of every sample.

    Raises
    ------
    TableError
        Naming the line, if a row is ragged, holds a text for a number, or is not later
        than the one before.
    """
    separator = recipe.grid.separator
    for t_ns, row, cells, _ in _read(recipe, Counter()):
        text = separator.join([row.text, *cells])
        yield t_ns, text.encode("utf-8", "surrogateescape")


def readings(recipe: Recipe) -> Iterator[tuple[int, Mapping[str, float]]]:
    """Yield time [ns] and numbers of every sample, in the units of the table.

    Raises
    ------
    TableError
        As `samples` does.
    """
    for t_ns, _, _, numbers in _read(recipe, Counter()):
        yield t_ns, numbers


def survey(recipe: Recipe) -> Survey:
    """Read a table once, and say what is in it.

    Raises
    ------
    TableError
        As `samples` does, and if there are fewer than two samples.
    """
    dropped: Counter[str] = Counter()
    sums = _Sums(recipe)
    times: list[int] = []
    kept = 0
    for t_ns, row, cells, numbers in _read(recipe, dropped):
        kept += 1
        if len(times) < _RATED:
            times.append(t_ns)
        sums.add(row, numbers, cells)
    if kept < LEAST:
        grid = recipe.grid
        line = grid.first + kept + dropped.total() - 1
        raise grid.error(max(line, 1), f"{LEAST} or more rows", f"{kept}")
    read = kept + dropped.total()
    return Survey(read, kept, dropped, times[0], usual_rate(times), sums.means(kept))


def usual_rate(t_ns: Sequence[int]) -> float:
    """Return the rate of samples [Hz], gaps left out.

    Parameters
    ----------
    t_ns : sequence of int
        Strictly increasing times [ns], two or more.
    """
    steps = np.diff(np.array(t_ns, dtype=np.int64) - t_ns[0])
    steady = steps[steps <= _STEADY * np.median(steps)]
    return float(f"{SECOND_NS / float(np.mean(steady)):.6g}")


def given(grid: Grid, columns: Sequence[Column]) -> Clock | None:
    """Return what reads the time column, exactly; None if there is no such column."""
    names = [column.name for column in columns]
    if TIME not in names:
        return None
    at = names.index(TIME)
    factor = Decimal(str(columns[at].scale)) * _NANOSECONDS[columns[at].unit]
    comma = grid.decimal == ","

    def read(row: Row, numbers: Mapping[str, float]) -> int:
        cell = row.cells[at].strip()
        t_ns = _EVER
        if abs(numbers[TIME]) < _EVER:
            t_ns = round(Decimal(cell.replace(",", ".") if comma else cell) * factor)
        if abs(t_ns) >= _EVER:
            raise grid.error(row.line, "a time within 146 years", cell)
        return t_ns

    return read


def counted(rate: float) -> Clock:
    """Return what tells the time by counting rows."""
    reached = -1

    def read(_row: Row, _numbers: Mapping[str, float]) -> int:
        nonlocal reached
        reached += 1
        return nominal_time(reached, rate)

    return read


def no_rate(grid: Grid) -> TableError:
    """Return the error about a table without times."""
    msg = (
        f"{grid.where}: expected a column of times or a rate, got neither: "
        "say it, --rate 100"
    )
    return TableError(msg)


def spelled(value: float, grid: Grid) -> str:
    """Return a number as a cell that reads back equal."""
    return repr(float(value)).replace(".", grid.decimal)


def spelled_time(t_ns: int, grid: Grid) -> str:
    """Return a time [ns] as a cell in seconds, exactly."""
    whole, part = divmod(abs(t_ns), SECOND_NS)
    return f"{'-' if t_ns < 0 else ''}{whole}{grid.decimal}{part:09d}"


def _read(
    recipe: Recipe, dropped: Counter[str]
) -> Iterator[tuple[int, Row, Sequence[str], Mapping[str, float]]]:
    grid, step = recipe.grid, recipe.start()
    used = [(i, c.name) for i, c in enumerate(recipe.columns) if c.name != UNUSED]
    last: int | None = None
    for row in grid.rows():
        numbers = {name: grid.number(row, i, name) for i, name in used}
        found = _look(recipe, row, numbers) or step(row, numbers)
        if isinstance(found, str):
            dropped[found] += 1
            continue
        t_ns, cells = found
        if last is not None and t_ns <= last:
            if recipe.repeats and t_ns == last:
                dropped["with the time of the row before"] += 1
                continue
            raise _backwards(grid, row, last, t_ns)
        last = t_ns
        yield t_ns, row, cells, numbers


def _look(recipe: Recipe, row: Row, numbers: Mapping[str, float]) -> str:
    """Return why a row is no sample, judged by its numbers alone."""
    for i, column in enumerate(recipe.columns):
        if column.name != UNUSED and math.isnan(numbers[column.name]):
            if recipe.padded:
                return NO_VALUE
            raise recipe.grid.no_number(row, i, column.name)
    return ""


def _backwards(grid: Grid, row: Row, last: int, t_ns: int) -> TableError:
    before, now = (f"{Decimal(t) / SECOND_NS:f}" for t in (last, t_ns))
    return grid.error(row.line, f"a time after {before} s", f"{now} s")


class _Sums:
    """Adds up what is in the rows, in SI units."""

    def __init__(self, recipe: Recipe) -> None:
        pairs = zip(recipe.columns, recipe.declared, strict=True)
        self._own = [
            (read.name, column.name, column.scale * si(column.unit)[1])
            for read, column in pairs
            if column.name not in {UNUSED, TIME}
        ]
        self._added = [(c.name, c.scale * si(c.unit)[1]) for c in recipe.added]
        self._grid = recipe.grid
        self._decimal = recipe.grid.decimal
        self._units = {c.name: si(c.unit)[0] for c in recipe.whole}
        self._most = {c.name: most_of(c.unit) for c in recipe.whole}
        self._most[TIME] = math.inf
        self._sums = {c.name: 0.0 for c in recipe.whole if c.name != UNUSED}
        self._length = 0.0
        self._has_acc = set(ACC) <= set(self._sums)

    def add(self, row: Row, numbers: Mapping[str, float], cells: Sequence[str]) -> None:
        """Take one row.

        Raises
        ------
        TableError
            Naming the line, if a value is one that no sensor gives.
        """
        values = {name: numbers[read] * scale for read, name, scale in self._own}
        for (name, scale), cell in zip(self._added, cells, strict=True):
            values[name] = float(cell.replace(self._decimal, ".")) * scale
        for name, value in values.items():
            if not abs(value) <= self._most[name]:
                most, unit = self._most[name], self._units[name]
                expected = f"{name} within {most:g} {unit}"
                raise self._grid.error(row.line, expected, f"{value:g} {unit}")
            self._sums[name] += value
        if self._has_acc:
            x, y, z = (values[name] for name in ACC)
            self._length += math.sqrt(x * x + y * y + z * z)

    def means(self, n: int) -> dict[str, float]:
        """Return the means over ``n`` rows; of ``acc`` that of its length."""
        means = {name: total / n for name, total in self._sums.items()}
        return means | ({"acc": self._length / n} if self._has_acc else {})
