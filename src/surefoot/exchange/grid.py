"""A table within a text: its headings, its separator, its rows cell by cell."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from surefoot.exchange.source import Source

SEPARATORS = (",", ";", "\t")

_LOOK = 200  # lines in which headings must come
_WIDEST = 1 << 14  # characters of a line of headings
_SAMPLE = 500  # rows looked at for the decimal mark
_WORD = re.compile(r"[^\W\d_]{2}")
_HEADING = re.compile(r"([^\[(]*)(?:[\[(]([^\])]*)[\])])?")
_SUFFIX = re.compile(r"(.+?)[_ ](mm|cm|m|s|ms|us|ns|N)")
_COMMA = re.compile(r"\s*[-+]?\d*,\d+([eE][-+]?\d+)?\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column name, as in ``Acc_X [g]``: the cell, the name in it, the unit in it.

    A unit may also follow the name, as in ``cop_ml_mm``.
    """

    cell: str
    name: str
    unit: str

    @staticmethod
    def of(cell: str) -> Heading:
        """Return a heading, its cell without quotes."""
        bare = cell.strip().strip("\"'").strip()
        found = _HEADING.fullmatch(bare) or _HEADING.match(bare)
        name, unit = found.groups() if found else (bare, None)
        suffix = None if unit else _SUFFIX.fullmatch(name.strip())
        if suffix:
            name, unit = suffix.groups()
        return Heading(bare, name.strip(), (unit or "").strip())


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its line, its text, its cells."""

    line: int
    text: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a source.

    Attributes
    ----------
    source : Source
        Where it is.
    member : str
        The file in the source.
    separator : str
        Between cells.
    decimal : str
        ``"."`` or ``","``.
    headings : tuple of Heading
        One a column; numbers from 1 where the table has none.
    first : int
        Line number of the first row, from 1.
    preamble : tuple of str
        The lines before the headings.
    """

    source: Source
    member: str
    separator: str
    decimal: str
    headings: tuple[Heading, ...]
    first: int
    preamble: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The name of the file, for errors."""
        name = self.source.name
        return name if self.member == name else f"{name}: {self.member}"

    def rows(self) -> Iterator[Row]:
        """Yield the rows; blank lines at the end are no rows.

        Raises
        ------
        TableError
            Naming the line, if a row has another number of cells than the headings.
        """
        blank = 0
        for line, text in enumerate(self.source.lines(self.member), 1):
            if line < self.first:
                continue
            if not text.strip():
                blank = blank or line
                continue
            if blank:
                raise self.error(blank, f"{len(self.headings)} columns", "1")
            cells = text.split(self.separator)
            if len(cells) != len(self.headings):
                columns = f"{len(self.headings)} columns"
                raise self.error(line, columns, f"{len(cells)}")
            yield Row(line, text, cells)

    def number(self, row: Row, column: int, what: str) -> float:
        """Return a cell as a number; NaN only where the cell says so.

        Raises
        ------
        TableError
            Naming the line, if it is no number, or an infinite one.
        """
        cell = row.cells[column]
        value = to_float(cell, self.decimal)
        if value is None:
            raise self.no_number(row, column, what)
        return value

    def no_number(self, row: Row, column: int, what: str) -> TableError:
        """Return the error about a cell."""
        expected = f"a number for {what}"
        return self.error(row.line, expected, repr(row.cells[column].strip()))

    def error(self, line: int, expected: str, got: str) -> TableError:
        """Return an error that names the line."""
        return TableError(
            f"{self.where}: line {line}: expected {expected}, got {got}: "
            "mend the line or cut it out"
        )

    def told(self, key: str) -> str:
        """Return what the preamble says after a key, as in ``Rate,100``; or nothing."""
        for line in self.preamble:
            name, _, rest = line.partition(self.separator)
            if not rest:
                name, _, rest = line.partition(":")
            if name.strip().rstrip(":").lower() == key.lower():
                return mended(rest.strip(f" {self.separator}"))
        return ""


def open_grid(
    source: Source, member: str, wanted: Callable[[Sequence[Heading]], bool]
) -> Grid | None:
    """Return the first table whose headings are wanted; None if there is none.

    Parameters
    ----------
    source : Source
        A file, folder or zip.
    member : str
        The file in it.
    wanted : callable
        Told the headings of a line, says whether they are those.
    """
    head = source.head(member, _LOOK)
    for at, line in enumerate(head):
        if len(line) > _WIDEST or not _WORD.search(line):
            continue
        for separator in _separators(line):
            headings = [Heading.of(mended(cell)) for cell in line.split(separator)]
            if wanted(headings):
                return _grid(source, member, separator, headings, at + 1, head[:at])
    return None


def plain_grid(source: Source, member: str) -> Grid:
    """Return the table that begins on the first line, with or without headings.

    Raises
    ------
    TableError
        If the file is empty.
    """
    head = source.head(member, 1)
    first = head[0] if head else ""
    if not first.strip() or len(first) > _WIDEST:
        long = f"a line of more than {_WIDEST} characters"
        got = long if first.strip() else "an empty file"
        msg = f"{source.name}: expected a table, got {got}: export it again"
        raise TableError(msg)
    separator = _separators(first)[0]
    cells = first.split(separator)
    marks = (".",) if separator == "," else (".", ",")
    if all(any(to_float(c, mark) is not None for mark in marks) for c in cells):
        numbers = [Heading(str(i + 1), str(i + 1), "") for i in range(len(cells))]
        return _grid(source, member, separator, numbers, 0, [])
    headings = [Heading.of(mended(cell)) for cell in cells]
    return _grid(source, member, separator, headings, 1, [])


def to_float(cell: str, decimal: str) -> float | None:
    """Return the number in a cell; None for a text or infinity."""
    if decimal == ",":
        if "." in cell:
            return None
        cell = cell.replace(",", ".")
    try:
        value = float(cell)
    except ValueError:
        return None
    return None if "_" in cell or math.isinf(value) else value


def mended(text: str) -> str:
    """Return headings readable that are in another encoding than UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape").decode("latin-1")
    return text


def _separators(line: str) -> list[str]:
    """Return the separators a line may have, the likeliest first."""
    semicolon, tab = line.count(";"), line.count("\t")
    likely = sorted(SEPARATORS, key=line.count, reverse=True)
    if 0 < max(semicolon, tab) >= line.count(",") - 1:  # each cell may hold a comma
        likely.sort(key=lambda mark: mark == ",")
    return [mark for mark in likely if mark in line] or [","]


def _grid(
    source: Source,
    member: str,
    separator: str,
    headings: list[Heading],
    top: int,
    preamble: list[str],
) -> Grid:
    sample = [line for line in source.head(member, top + _SAMPLE)[top:] if line.strip()]
    rows = [line.split(separator) for line in sample]
    if rows:
        headings = _fitted(headings, rows[0])
    cells = [cell for row in rows for cell in row]
    commas = sum(_COMMA.fullmatch(cell) is not None for cell in cells)
    points = sum("." in c and to_float(c, ".") is not None for c in cells)
    decimal = "," if separator != "," and commas > points else "."
    return Grid(
        source, member, separator, decimal, tuple(headings), top + 1, tuple(preamble)
    )


def _fitted(headings: list[Heading], row: list[str]) -> list[Heading]:
    """Allow for a separator at the end of the headings only, or of the rows only."""
    empty = Heading("", "", "")
    if len(row) == len(headings) + 1 and not row[-1].strip():
        return [*headings, empty]
    if len(row) == len(headings) - 1 and headings[-1] == empty:
        return headings[:-1]
    return headings
