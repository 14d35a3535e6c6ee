"""CSV tables of IMU samples: one row a sample, one line of column names on top."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import TableError
from surefoot.devices import parse_profile
from surefoot.devices.units import si
from surefoot.exchange.columns import ACC, TIME, Choice, read_columns
from surefoot.exchange.rows import (
    LEAST,
    SECOND_NS,
    Rows,
    expect_gravity,
    nominal_times,
    wall_time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from surefoot.devices.layout import Column

_SEPARATORS = (",", ";", "\t")
_STEADY = 1.5  # steps longer than this many usual ones are gaps


def read_table(text: str, where: str, choice: Choice) -> Rows:
    """Return the rows of a CSV table.

    The separator (comma, semicolon, tab) and the columns are read off the first line;
    a table without headings has its columns numbered from 1.

    Parameters
    ----------
    text : str
        The file.
    where : str
        Its name, for errors.
    choice : Choice
        Columns, units and rate as a person says them.

    Raises
    ------
    TableError
        Naming the line, if a row is ragged, not all numbers, or not later than the
        row before; or if columns, units or a rate are missing.
    """
    lines = text.rstrip().splitlines()
    first = lines[0] if lines else ""
    separator = max(_SEPARATORS, key=first.count)
    header = first.split(separator)
    top = 0 if all(_is_number(cell) for cell in header) else 1
    names = header if top else [str(i + 1) for i in range(len(header))]
    columns = read_columns(names, choice, where)
    reader = _Reader(where, separator, columns, top + 1)
    rows = lines[top:]
    if len(rows) < LEAST:
        raise reader.error(len(lines), f"{LEAST} or more rows", f"{len(rows)}")
    cells = [reader.cells(i, row) for i, row in enumerate(rows)]
    expect_gravity(where, reader.acc(cells))
    return _rows(reader, rows, cells, choice)


def _rows(
    reader: _Reader, rows: list[str], cells: list[list[str]], choice: Choice
) -> Rows:
    given = reader.times(cells)
    rate = choice.rate or (usual_rate(given) if given else None)
    if rate is None:
        msg = (
            f"{reader.where}: expected a column of times or a rate, got neither: "
            "say it, --rate 100"
        )
        raise TableError(msg)
    text = _profile_text(reader, rate, given=bool(given))
    return Rows(
        format="csv",
        profile=parse_profile(text, f"profile of {reader.where}"),
        rows=[row.encode() for row in rows],
        t_ns=given or nominal_times(len(rows), rate),
        started_ns=wall_time(given[0]) if given else None,
    )


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


class _Reader:
    """Reads the cells of rows; every refusal names the line."""

    def __init__(
        self, where: str, separator: str, columns: list[Column], first: int
    ) -> None:
        self.where = where
        self.separator = separator
        self.columns = columns
        self._first = first
        self._used = [i for i, column in enumerate(columns) if column.name != "-"]

    def error(self, line: int, expected: str, got: str) -> TableError:
        return TableError(
            f"{self.where}: line {line}: expected {expected}, got {got}: "
            "mend the line or cut it out"
        )

    def cells(self, row: int, text: str) -> list[str]:
        """Return the cells of a row, all that are used being finite numbers."""
        cells = text.split(self.separator)
        line = row + self._first
        if len(cells) != len(self.columns):
            raise self.error(line, f"{len(self.columns)} columns", f"{len(cells)}")
        for i in self._used:
            if not _is_number(cells[i]):
                column = f"a number for {self.columns[i].name}"
                raise self.error(line, column, repr(cells[i].strip()))
        return cells

    def acc(self, cells: list[list[str]]) -> NDArray[np.float64]:
        """Return the accelerations [m/s^2]."""
        at = [[c.name for c in self.columns].index(name) for name in ACC]
        factor = [self.columns[i].scale * si(self.columns[i].unit)[1] for i in at]
        return np.array([[float(row[i]) for i in at] for row in cells]) * factor

    def times(self, cells: list[list[str]]) -> list[int]:
        """Return the times of the rows [ns]; none if there is no such column."""
        names = [column.name for column in self.columns]
        if TIME not in names:
            return []
        at = names.index(TIME)
        column = self.columns[at]
        factor = Decimal(str(column.scale)) * _NANOSECONDS[column.unit]
        times = [round(Decimal(row[at].strip()) * factor) for row in cells]
        for row in range(1, len(times)):
            if times[row] <= times[row - 1]:
                expected = f"a time after {cells[row - 1][at].strip()}"
                got = cells[row][at].strip()
                raise self.error(row + self._first, expected, got)
        return times


_NANOSECONDS = {"s": Decimal(10**9), "ms": Decimal(10**6), "us": Decimal(10**3)}


def _is_number(cell: str) -> bool:
    try:
        return "_" not in cell and math.isfinite(float(Decimal(cell.strip())))
    except (InvalidOperation, OverflowError):
        return False


def _profile_text(reader: _Reader, rate: float, *, given: bool) -> str:
    """Return the table profile that says what the rows mean."""
    columns = "\n".join(f"  {{ {_told(column)} }}," for column in reader.columns)
    separator = "\\t" if reader.separator == "\t" else reader.separator
    time = (
        f'{{ clock = "given", column = "{TIME}" }}'
        if given
        else ('{ clock = "nominal" }')
    )
    return f"""\
# Written by the import of {reader.where!r}: what its columns were said to be.
schema = 1
id = "imported-table"
name = "Imported table"
kind = ["imu"]
transport = "table"
evidence = "inferred"
sources = ["The headings of the file, or the person who imported it"]

[table]
separator = "{separator}"

[[streams]]
id = "imu"
rate = {rate!r}
columns = [
{columns}
]
time = {time}
"""


def _told(column: Column) -> str:
    if column.name == "-":
        return 'name = "-"'
    return f'name = "{column.name}", unit = "{column.unit}", scale = {column.scale!r}'
