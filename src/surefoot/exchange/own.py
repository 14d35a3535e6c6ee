"""Our own exports, imported again: CSV and Parquet tables of decoded samples."""

from __future__ import annotations

import json
import math
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from surefoot.core import TableError
from surefoot.devices.layout import Column
from surefoot.devices.units import KNOWN_UNITS
from surefoot.exchange.columns import TIME
from surefoot.exchange.declare import COP, IMU, About, rows_of
from surefoot.exchange.export.csv_files import TIME as TIME_HEADING
from surefoot.exchange.export.description import EVEN
from surefoot.exchange.export.parquet_files import KEY, arrow
from surefoot.exchange.export.parquet_files import TIME as TIME_COLUMN
from surefoot.exchange.grid import Grid, Heading, Row, plain_grid
from surefoot.exchange.samples import Recipe, given, spelled, survey
from surefoot.exchange.table import plain_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.samples import Step
    from surefoot.exchange.source import Source

_MAGIC = b"PAR1"
_SOURCE = "The export of Surefoot that the rows are from"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BATCH = 4096  # rows


def is_parquet(source: Source) -> bool:
    """Return whether a source is a Parquet file, ours or not."""
    if not source.path.is_file():
        return False
    try:
        with source.path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return False
            file.seek(-len(_MAGIC), os.SEEK_END)
            return file.read() == _MAGIC
    except OSError:
        return False


def misfit_own_csv(source: Source, _choice: Choice) -> str:
    """Return why a source is no CSV table that we exported; nothing if it is."""
    if len(source.names) != 1:
        return "more than one file"
    head = source.head(source.names[0], 1)
    first = head[0].partition(",")[0].strip('"') if head else ""
    return "" if first == TIME_HEADING else f"its first column is not {TIME_HEADING!r}"


def read_own_csv(source: Source, choice: Choice) -> Rows:
    """Return the rows of a CSV table that we exported; numbers are exact.

    Times count from the first row, to the nanosecond. Rows that say ``nan``, inside
    the gaps of a resampled table, are left out.

    Parameters
    ----------
    source : Source
        The file.
    choice : Choice
        Not used: the headings say all that is needed.

    Raises
    ------
    TableError
        If the table was changed into something else.
    """
    grid = plain_grid(source, source.names[0])
    names = [(heading.name, heading.unit) for heading in grid.headings[1:]]
    resampled = "_resampled_" in source.name
    return _rows(grid, names, choice, About("surefoot-csv", notes=_notes(resampled)))


def misfit_own_parquet(source: Source, _choice: Choice) -> str:
    """Return why a source is no Parquet table that we exported; nothing if it is."""
    return "" if is_parquet(source) else "no Parquet file"


def read_own_parquet(source: Source, choice: Choice) -> Rows:
    """Return the rows of a Parquet table that we exported.

    The packets hold the numbers as text that reads back equal. Times and gaps are as
    with CSV.

    Parameters
    ----------
    source : Source
        The file.
    choice : Choice
        Not used: the file says all that is needed.

    Raises
    ------
    TableError
        If it is not a table of ours, damaged, or pyarrow is not installed.
    """
    told = _told(source)
    names = list(told["columns"].items())
    headings = (
        Heading(TIME_HEADING, TIME, "s"),
        *(Heading(f"{name} [{unit}]", name, unit) for name, unit in names),
    )
    grid = _ParquetGrid(source, source.name, ",", ".", headings, 1)
    notes = _notes(told.get("sampling") == EVEN)
    return _rows(grid, names, choice, About("surefoot-parquet", notes=notes))


@dataclass(frozen=True, slots=True)
class _ParquetGrid(Grid):
    """The rows of a Parquet file as rows of text."""

    def rows(self) -> Iterator[Row]:
        names = [heading.name for heading in self.headings]
        columns = [TIME_COLUMN, *names[1:]]
        line = 0
        for batch in _batches(self.source, columns):
            for values in zip(*batch, strict=True):
                line += 1
                if None in values:
                    raise self.error(line, "a number in every column", "none")
                cells = [spelled(value, self) for value in values]
                yield Row(line, self.separator.join(cells), cells)


def _rows(
    grid: Grid, names: Sequence[tuple[str, str]], choice: Choice, about: About
) -> Rows:
    known: set[str] = {TIME}
    for name, unit in names:
        if unit not in KNOWN_UNITS or name in known or not _NAME.fullmatch(name):
            got = repr(f"{name} [{unit}]")
            raise grid.error(1, "columns as an export names them", got)
        known.add(name)
    columns = (Column(TIME, "s"), *(Column(name, unit) for name, unit in names))

    def start() -> Step:
        clock = given(grid, columns)
        assert clock is not None  # the time is the first column
        return plain_step(clock)

    recipe = Recipe(grid, columns, start, padded=True)
    channels = {name for name, _ in names}
    stream = COP if {"cop_ml", "cop_ap"} <= channels else IMU
    told = replace(about, stream=stream, source=_SOURCE)
    return rows_of(recipe, survey(recipe), choice, told)


def _notes(resampled: bool) -> tuple[str, ...]:
    done = "these samples were resampled when they were exported"
    return (done,) if resampled else ()


def _told(source: Source) -> dict[str, Any]:
    """Return what the metadata of a Parquet file of ours says."""
    _, pq = arrow()
    try:
        found: Any = pq.read_schema(source.path).metadata or {}
        told = json.loads(found[KEY])
        columns = told["columns"]
        sound = bool(columns) and all(
            isinstance(unit, str) for unit in columns.values()
        )
    except Exception as error:  # noqa: BLE001 - pyarrow has many errors for damage
        raise _strange(source, f"{error}" or type(error).__name__) from None
    if not sound:
        raise _strange(source, "no names of columns in it")
    return told


def _batches(source: Source, columns: Sequence[str]) -> Iterator[list[list[float]]]:
    _, pq = arrow()
    try:
        with pq.ParquetFile(source.path, page_checksum_verification=True) as file:
            for batch in file.iter_batches(_BATCH, columns=list(columns)):
                found = [batch.column(name).to_pylist() for name in columns]
                yield [[_number(v) for v in column] for column in found]
    except TableError:
        raise
    except Exception as error:  # noqa: BLE001 - pyarrow has many errors for damage
        raise _strange(source, f"{error}" or type(error).__name__) from None


def _number(value: object) -> float:
    return float(value) if isinstance(value, float) else math.nan


def _strange(source: Source, got: str) -> TableError:
    why = " ".join(got.split())
    return TableError(
        f"{source.name}: expected a Parquet table that Surefoot exported, got {why}: "
        "export it again, or as CSV"
    )
