"""Text that the programs of WitMotion write: accelerations in g, times in words."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.devices.layout import Column
from surefoot.exchange.columns import ACC, TIME, UNUSED
from surefoot.exchange.declare import About, rows_of
from surefoot.exchange.grid import open_grid, to_float
from surefoot.exchange.rows import SECOND_NS, expect_gravity
from surefoot.exchange.samples import (
    Outcome,
    Recipe,
    Step,
    counted,
    spelled_time,
    survey,
)
from surefoot.exchange.table import is_lost, turned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.grid import Grid, Heading, Row
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.source import Source

_ACC = re.compile(r"(?:a|acc)([xyz])\(g\)")
_GYR = re.compile(r"(?:w|as)([xyz])\((?:deg|°|º)/s\)")
_CHIP = "chiptime"
_TIMES = (_CHIP, "chiptime()", "time(s)", "time", "time()")
"""The sensor's own clock first: the other is that of the computer, and stutters."""

_DEVICES = ("devicename", "devicename()", "address")
_NOTHING = frozenset({"", "null", "none", "nan"})
_CLOCK = re.compile(r"(\d+):(\d+):(\d+)(?:[.,](\d+))?")
_DAY_NS = 86_400 * SECOND_NS
_LONG = 1e9  # s
_FORMS = (
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
)


def misfit_witmotion(source: Source, _choice: Choice) -> str:
    """Return why a source is no text of WitMotion's; nothing if it is one."""
    if len(source.names) != 1:
        return "more than one file"
    if open_grid(source, source.names[0], _is_own) is None:
        return "no headings ax(g), wx(deg/s) or AccX(g), AsX(°/s)"
    return ""


def read_witmotion(source: Source, choice: Choice) -> Rows:
    """Return the rows of a text written by a program of WitMotion.

    Times are those of the sensor where the file has them, else those at which the
    computer received the row. A rate that is told goes before both, and rows are
    counted: received rows come in bursts.

    Parameters
    ----------
    source : Source
        The text file.
    choice : Choice
        Rate and axes as a person says them.

    Raises
    ------
    TableError
        If it holds more than one sensor, or naming the line.
    """
    grid = open_grid(source, source.names[0], _is_own)
    if grid is None:
        msg = (
            f"{source.name}: expected the headings ax(g) and wx(deg/s), or AccX(g) and "
            "AsX(°/s), got none: use --format csv for another table"
        )
        raise TableError(msg)
    columns = tuple(_column(heading) for heading in grid.headings)
    device = _place(grid, _DEVICES)
    timed = None if choice.rate else _timed(grid)
    if timed is None and choice.rate is None:
        msg = f"{grid.where}: expected times or a rate, got neither: say it, --rate 50"
        raise TableError(msg)

    def start() -> Step:
        clock = counted(choice.rate or 1.0)
        words = _Words(grid, timed if timed is not None else -1)
        names: list[str] = []

        def step(row: Row, numbers: Mapping[str, float]) -> Outcome:
            if device is not None:
                _one_device(grid, row, device, names)
            t_ns = clock(row, numbers) if timed is None else words.read(row)
            return is_lost(numbers) or (t_ns, [spelled_time(t_ns, grid)])

        return step

    packet = turned(columns, choice, grid)
    recipe = Recipe(grid, columns, start, (Column(TIME, "s"),), packet)
    found = survey(recipe)
    expect_gravity(grid.where, found.means["acc"])
    told = grid.told("StartTime")
    facts = {"clock": "nominal" if timed is None else "given"}
    source_told = "The headings of the file"
    return rows_of(
        recipe,
        found,
        choice,
        About("witmotion", source=source_told, recorded=told, facts=facts),
    )


class _Words:
    """Reads times written as text; the first one is zero."""

    def __init__(self, grid: Grid, at: int) -> None:
        self._grid = grid
        self._at = at
        self._zero: int | None = None
        self._last = 0

    def read(self, row: Row) -> int:
        """Return the time [ns] since the first row.

        Raises
        ------
        TableError
            Naming the line, if it is no time, or the one of the row before: then a
            rate has to be told.
        """
        told = row.cells[self._at].strip()
        found = _nanoseconds(told)
        if found is None and self._grid.headings[self._at].unit == "s":
            found = _seconds(told, self._grid.decimal)
        if found is None:
            raise self._grid.error(row.line, "a time", repr(told))
        if self._zero is None:
            self._zero = self._last = found
            return 0
        if found < _DAY_NS // 2 < self._last - found < _DAY_NS:  # midnight, no date
            self._zero -= _DAY_NS
        elif found == self._last:
            where = f"{self._grid.where}: line {row.line}"
            msg = (
                f"{where}: expected a later time than that of the row before, got "
                f"{told!r} again: rows were received in bursts, count them, --rate 50"
            )
            raise TableError(msg)
        self._last = found
        return found - self._zero


def _seconds(told: str, decimal: str) -> int | None:
    number = to_float(told, decimal)
    if number is None or not abs(number) < _LONG:
        return None
    return round(number * SECOND_NS)


def _nanoseconds(told: str) -> int | None:
    clock = _CLOCK.fullmatch(told)
    if clock:
        hours, minutes, seconds, part = clock.groups()
        whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
        return whole * SECOND_NS + int((part or "0").ljust(9, "0")[:9])
    for form in _FORMS:
        try:
            when = datetime.strptime(told.replace(",", "."), form)  # noqa: DTZ007
        except ValueError:
            continue
        since = when - datetime(1970, 1, 1)  # noqa: DTZ001 differences only
        return (since.days * 86_400 + since.seconds) * SECOND_NS + (
            since.microseconds * 1000
        )
    return None


def _timed(grid: Grid) -> int | None:
    """Return the column of times, as told by the first row; None without one."""
    row = next(grid.rows(), None)
    for name in _TIMES:
        at = _place(grid, (name,))
        if at is not None and row and row.cells[at].strip().lower() not in _NOTHING:
            return at
    return None


def _one_device(grid: Grid, row: Row, at: int, names: list[str]) -> None:
    name = row.cells[at].strip()
    if not names:
        names.append(name)
    if name != names[0]:
        raise grid.error(row.line, f"rows of one sensor, {names[0]}", name)


def _place(grid: Grid, names: Sequence[str]) -> int | None:
    for i, heading in enumerate(grid.headings):
        if heading.cell.lower() in names:
            return i
    return None


def _column(heading: Heading) -> Column:
    cell = heading.cell.lower().replace(" ", "")
    found = _ACC.fullmatch(cell)
    if found:
        return Column(f"acc_{found[1]}", "g")
    found = _GYR.fullmatch(cell)
    if found:
        return Column(f"gyr_{found[1]}", "deg/s")
    return Column(UNUSED, "1")


def _is_own(headings: Sequence[Heading]) -> bool:
    names = {_column(heading).name for heading in headings}
    cells = {heading.cell.lower() for heading in headings}
    own = {_CHIP, "chiptime()", *_DEVICES} | {
        c for c in cells if c.startswith("anglex")
    }
    return {*ACC, "gyr_x"} <= names and bool(cells & own)
