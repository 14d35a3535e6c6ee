"""CSV tables of a centre of pressure, as balance data sets have them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.devices.layout import Column
from surefoot.devices.units import si
from surefoot.exchange.columns import (
    COP,
    FORCE,
    PLANE,
    TIME,
    UNUSED,
    Choice,
    assign,
    column,
    expect_axes,
    recognise,
    require,
    unit_of,
)
from surefoot.exchange.declare import COP as STREAM
from surefoot.exchange.declare import About, rows_of
from surefoot.exchange.samples import (
    ALL_ZERO,
    Outcome,
    Recipe,
    Step,
    counted,
    given,
    no_rate,
    spelled,
    survey,
)
from surefoot.exchange.table import general_grid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from surefoot.exchange.grid import Grid, Row
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.samples import Survey
    from surefoot.exchange.source import Source

CHANNELS = {"ml": "cop_ml", "ap": "cop_ap"}
FORCE_CHANNEL = "force_v"

OFF_PLATE = "with a position off any plate: hardly a load"

_KINDS = (TIME, "ml", "ap", "cop", FORCE)
_FAR = 1.0  # m; no plate is so wide that the mean stands there


def misfit_cop(source: Source, choice: Choice) -> str:
    """Return why a source is no table of a centre of pressure; nothing if it is."""
    if len(source.names) != 1:
        return "more than one file"
    grid = general_grid(source, choice, _KINDS, (COP, PLANE))
    told = set(choice.columns) & set(COP)
    named = set(recognise(grid.headings, _KINDS)) & {*COP, *PLANE}
    return "" if told or named else "no column of a centre of pressure"


def read_cop(source: Source, choice: Choice) -> Rows:
    """Return the rows of a CSV table of a centre of pressure.

    The result is a stream ``cop`` with the channels ``cop_ml`` (right positive) and
    ``cop_ap`` (forward positive) in metres, and ``force_v`` in newtons where the table
    has it. Rows in which all of these are zero are left out where there is a force.

    Parameters
    ----------
    source : Source
        The file.
    choice : Choice
        Columns, unit of length, axes and rate as a person says them. Which plate axis
        is sideways, and the unit of length, are never guessed.

    Raises
    ------
    TableError
        Naming the line, if a row is ragged, not all numbers, or not later than the
        row before; or if columns, units, axes or a rate are missing.
    """
    grid = general_grid(source, choice, _KINDS, (COP, PLANE))
    targets = assign(grid, choice, _KINDS)
    targets = _without_plane(targets)
    if not set(PLANE) & set(targets):
        require(grid, targets, COP)
    signed = signs(grid, targets, choice)
    columns = tuple(
        _column(target, i, signed, choice, grid) for i, target in enumerate(targets)
    )
    return cop_rows(grid, columns, choice, About("cop", STREAM))


def signs(
    grid: Grid, targets: Sequence[str], choice: Choice
) -> dict[str, tuple[str, int]]:
    """Return channel and sign by target, for the two columns of the position.

    Raises
    ------
    TableError
        If a person has to say which axis of the plate is sideways.
    """
    expect_axes(grid, choice, COP)
    plane = set(PLANE) <= set(targets)
    own = dict(zip("xy", PLANE, strict=True)) if plane else {"ml": "ml", "ap": "ap"}
    told = {k: choice.axes[k] for k in COP if k in choice.axes}
    if not plane:
        told = {"ml": "ml", "ap": "ap"} | told
    used = [value.lstrip("-") for value in told.values()]
    if sorted(used) != sorted(own):
        a, b = own
        got = ",".join(f"{k}={v}" for k, v in told.items()) or "nothing"
        msg = (
            f"{grid.where}: expected which axis is sideways, which forward, got {got}: "
            f"say it, --axes ml={a},ap={b} or --axes ml={b},ap={a}, with a minus where "
            "right or forward is negative"
        )
        raise TableError(msg)
    return {
        own[value.lstrip("-")]: (CHANNELS[name], -1 if value.startswith("-") else 1)
        for name, value in told.items()
    }


@dataclass(frozen=True, slots=True)
class Work:
    """What is worked out of each row.

    Attributes
    ----------
    packet : tuple of Column
        What the columns of the table are in a packet.
    added : tuple of Column
        What is added to them.
    values : callable
        Takes the numbers of a row, returns those to add, or why there are none.
    """

    packet: tuple[Column, ...] = ()
    added: tuple[Column, ...] = ()
    values: Callable[[Mapping[str, float]], Sequence[float] | str] = lambda _numbers: ()


def cop_rows(
    grid: Grid,
    columns: tuple[Column, ...],
    choice: Choice,
    about: About,
    work: Work | None = None,
) -> Rows:
    """Return the rows of a table whose columns are known.

    Where rows are counted for their time and one may be lost, its number is added to
    each, so that a lost row leaves a gap.

    Raises
    ------
    TableError
        As `read_cop` does, and if the position cannot be in the unit it was said to be
        in.
    """
    timed = given(grid, columns) is not None
    if not timed and choice.rate is None:
        raise no_rate(grid)
    may_be_lost = work is not None or FORCE_CHANNEL in {c.name for c in columns}
    rate = choice.rate or math.nan
    number = (Column(TIME, "s", 1 / rate),) if may_be_lost and not timed else ()
    padded = work is not None  # a plate's position without a load is NaN
    work = work or Work()

    def start() -> Step:
        clock = given(grid, columns) or counted(rate)
        read = -1

        def step(row: Row, numbers: Mapping[str, float]) -> Outcome:
            nonlocal read
            read += 1
            t_ns = clock(row, numbers)
            if may_be_lost and _all_zero(numbers):
                return ALL_ZERO
            values = work.values(numbers)
            if isinstance(values, str):
                return values
            if padded and _is_off(columns, numbers, values):
                return OFF_PLATE
            cells = [spelled(value, grid) for value in values]
            return t_ns, [*cells, str(read)] if number else cells

        return step

    recipe = Recipe(grid, columns, start, (*work.added, *number), work.packet, padded)
    found = survey(recipe)
    expect_plate(grid, found)
    facts = {**about.facts, "clock": "given" if timed else "nominal"}
    return rows_of(_upright(recipe, found), found, choice, replace(about, facts=facts))


def expect_plate(grid: Grid, found: Survey) -> None:
    """Refuse positions that cannot be in the unit they were said to be in.

    Raises
    ------
    TableError
        If the mean position is off any plate.
    """
    far = max(abs(found.means[name]) for name in CHANNELS.values())
    if far > _FAR:
        msg = (
            f"{grid.where}: expected a position within {_FAR:g} m of the middle of a "
            f"plate, got {far:.3g} m on average: look at the unit, --units cop=mm"
        )
        raise TableError(msg)


def _is_off(
    columns: Sequence[Column], numbers: Mapping[str, float], values: Sequence[float]
) -> bool:
    """Return whether a position is further off than any plate is wide."""
    told = [
        numbers[c.name] * c.scale * si(c.unit)[1]
        for c in columns
        if c.name in CHANNELS.values()
    ]
    return any(abs(at) > _FAR for at in (*told, *values))


def _all_zero(numbers: Mapping[str, float]) -> bool:
    return not any(value for name, value in numbers.items() if name != TIME)


def _upright(recipe: Recipe, found: Survey) -> Recipe:
    """Return the recipe with the load positive: a plate may count it downward."""
    if found.means.get(FORCE_CHANNEL, 1.0) >= 0:
        return recipe
    packet = tuple(
        replace(c, scale=-c.scale) if c.name == FORCE_CHANNEL else c
        for c in recipe.declared
    )
    return replace(recipe, packet=packet)


def _without_plane(targets: list[str]) -> list[str]:
    """Leave the plate's axes out where the body's are there."""
    if set(COP) & set(targets):
        return [UNUSED if target in PLANE else target for target in targets]
    return targets


def _column(
    target: str,
    at: int,
    signed: Mapping[str, tuple[str, int]],
    choice: Choice,
    grid: Grid,
) -> Column:
    heading = grid.headings[at]
    if target == FORCE:
        unit, scale = unit_of(FORCE, heading.unit, choice, grid)
        return Column(FORCE_CHANNEL, unit, scale)
    if target not in signed:
        return column(target, heading, choice, grid)
    name, sign = signed[target]
    plain = column(target, heading, choice, grid)
    return replace(plain, name=name, scale=sign * plain.scale)
