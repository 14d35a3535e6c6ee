"""CSV tables of IMU samples: one row a sample, one line of column names on top."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.exchange.columns import (
    ACC,
    GYR,
    TIME,
    UNUSED,
    Choice,
    assign,
    column,
    expect_axes,
    recognise,
    require,
)
from surefoot.exchange.declare import About, rows_of
from surefoot.exchange.grid import open_grid, plain_grid
from surefoot.exchange.rows import Rows, expect_gravity
from surefoot.exchange.samples import (
    ALL_ZERO,
    Outcome,
    Recipe,
    Step,
    counted,
    given,
    no_rate,
    survey,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.devices.layout import Column
    from surefoot.exchange.grid import Grid, Heading, Row
    from surefoot.exchange.samples import Clock
    from surefoot.exchange.source import Source

_KINDS = (TIME, "acc", "gyr")


def misfit_table(source: Source, choice: Choice) -> str:
    """Return why a source is no CSV table of accelerations; nothing if it is one."""
    if len(source.names) != 1:
        return "more than one file"
    grid = general_grid(source, choice, _KINDS, (ACC,))
    told = set(choice.columns) & {*ACC, *GYR}
    named = set(recognise(grid.headings, _KINDS)) & set(ACC)
    return "" if told or named else "no column of accelerations"


def read_table(source: Source, choice: Choice) -> Rows:
    """Return the rows of a CSV table.

    The separator (comma, semicolon, tab), the decimal mark and the columns are read
    off the first lines; a table without headings has its columns numbered from 1.

    Parameters
    ----------
    source : Source
        The file.
    choice : Choice
        Columns, units, axes and rate as a person says them.

    Raises
    ------
    TableError
        Naming the line, if a row is ragged, not all numbers, or not later than the
        row before; or if columns, units or a rate are missing.
    """
    grid = general_grid(source, choice, _KINDS, (ACC,))
    targets = assign(grid, choice, _KINDS)
    some_gyr = any(target in targets for target in GYR)
    require(grid, targets, (*ACC, *(GYR if some_gyr else ())))
    columns = columns_of(grid, targets, choice)
    return imu_rows(grid, columns, choice, About("csv"))


def general_grid(
    source: Source, choice: Choice, kinds: Sequence[str], sets: Sequence[Sequence[str]]
) -> Grid:
    """Return the table under the first line that names one of the sets of columns.

    Without such a line it is the table that begins on the first.

    Parameters
    ----------
    source : Source
        The file.
    choice : Choice
        Columns told have to be there.
    kinds : sequence of str
        What `recognise` looks for.
    sets : sequence of sequence of str
        Targets, all of one of which have to be there.

    Raises
    ------
    TableError
        If the file is empty.
    """
    told = [name for name in choice.columns.values() if name != UNUSED]

    def wanted(headings: Sequence[Heading]) -> bool:
        if told:
            return all(any(n in {h.name, h.cell} for h in headings) for n in told)
        found = set(recognise(headings, kinds))
        return any(found.issuperset(targets) for targets in sets)

    member = source.names[0]
    return open_grid(source, member, wanted) or plain_grid(source, member)


def columns_of(
    grid: Grid, targets: Sequence[str], choice: Choice
) -> tuple[Column, ...]:
    """Return the columns of a table of an IMU, turned as a person says.

    Raises
    ------
    TableError
        If a unit is missing or the axes are no turn.
    """
    pairs = zip(targets, grid.headings, strict=True)
    return turned(
        tuple(column(target, heading, choice, grid) for target, heading in pairs),
        choice,
        grid,
    )


def turned(columns: Sequence[Column], choice: Choice, grid: Grid) -> tuple[Column, ...]:
    """Return columns renamed and flipped to the axes a person asks for.

    Raises
    ------
    TableError
        If the axes are not x, y and z once each, or mirror the sensor.
    """
    told = _turn(choice, grid)
    down = choice.axes.get("rest") == "down"
    found: list[Column] = []
    for old in columns:
        quantity, _, axis = old.name.partition("_")
        name, sign = told.get(axis, (axis, 1))
        if quantity not in {"acc", "gyr"}:
            found.append(old)
            continue
        flip = -sign if down and quantity == "acc" else sign
        found.append(replace(old, name=f"{quantity}_{name}", scale=old.scale * flip))
    return tuple(found)


def imu_rows(
    grid: Grid, columns: tuple[Column, ...], choice: Choice, about: About
) -> Rows:
    """Return the rows of a table of an IMU whose columns are known.

    Raises
    ------
    TableError
        As `read_table` does.
    """

    def start() -> Step:
        return plain_step(imu_clock(grid, columns, choice))

    recipe = Recipe(grid, columns, start)
    found = survey(recipe)
    expect_gravity(grid.where, found.means["acc"])
    return rows_of(recipe, found, choice, about)


def imu_clock(grid: Grid, columns: Sequence[Column], choice: Choice) -> Clock:
    """Return what tells the time of a row: its column, or its number.

    Raises
    ------
    TableError
        If there is neither a column nor a rate.
    """
    clock = given(grid, columns)
    if clock is None and choice.rate is None:
        raise no_rate(grid)
    return clock or counted(choice.rate or math.nan)


def plain_step(clock: Clock) -> Step:
    """Return a step that adds nothing to a row."""

    def step(row: Row, numbers: Mapping[str, float]) -> Outcome:
        return clock(row, numbers), ()

    return step


def is_lost(numbers: Mapping[str, float]) -> str:
    """Return why a row of an IMU is no sample: no sensor at rest reads zero."""
    read = [numbers[name] for name in (*ACC, *GYR) if name in numbers]
    return "" if any(read) else ALL_ZERO


def _turn(choice: Choice, grid: Grid) -> dict[str, tuple[str, int]]:
    """Return the new axis and its sign by the old axis."""
    expect_axes(grid, choice, ("x", "y", "z", "rest"))
    told = {axis: choice.axes[axis] for axis in "xyz" if axis in choice.axes}
    if not told:
        return {}
    turn = {v.lstrip("-"): (k, -1 if v.startswith("-") else 1) for k, v in told.items()}
    order = ["xyz".find(told.get(axis, "?").lstrip("-")) for axis in "xyz"]
    signs = math.prod(sign for _, sign in turn.values())
    even = order in ([0, 1, 2], [1, 2, 0], [2, 0, 1])
    if sorted(order) != [0, 1, 2] or (signs > 0) != even:
        axes = ",".join(f"{k}={v}" for k, v in choice.axes.items())
        msg = (
            f"{grid.where}: expected axes that turn the sensor and do not mirror it, "
            f"got {axes}: for example --axes x=-y,y=x,z=z"
        )
        raise TableError(msg)
    return turn
