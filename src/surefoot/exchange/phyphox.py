"""Exports of the app phyphox: a zip or folder of CSV files, or one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.exchange.columns import ACC, GYR, TIME, UNUSED, column, recognise
from surefoot.exchange.declare import About
from surefoot.exchange.grid import mended, open_grid, to_float
from surefoot.exchange.merge import Part, merged_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.grid import Grid, Heading
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.source import Source

_OWN = re.compile(r"(linear )?(accelerat(ion|ometer)) [xyz] \(m/s[\^]?[2²]\)")
_META = "meta/"
_TIMES = "meta/time.csv"


def misfit_phyphox(source: Source, _choice: Choice) -> str:
    """Return why a source is no phyphox export; nothing if it is one."""
    if any(open_grid(source, name, _is_own) for name in _tables(source)):
        return ""
    return 'no headings "Time (s)" and "Acceleration x (m/s^2)"'


def read_phyphox(source: Source, choice: Choice) -> Rows:
    """Return the rows of a phyphox export.

    Parameters
    ----------
    source : Source
        A zip, a folder or a CSV file, with any separator and decimal mark the app
        offers. Its headings must be English.
    choice : Choice
        Axes as a person says them.

    Raises
    ------
    TableError
        If there is no acceleration with gravity, or more than one; or naming the line.
    """
    base = _the_one(source, ACC, choice)
    if base is None:
        linear = any(open_grid(source, name, _is_own) for name in _tables(source))
        got = "acceleration without gravity only" if linear else "none"
        msg = (
            f"{source.name}: expected accelerations with gravity, got {got}: there is "
            "no tilt without it, record Acceleration (with g)"
        )
        raise TableError(msg)
    alone = GYR[0] not in {c.name for c in base.columns}
    gyr = _the_one(source, GYR, choice) if alone else None
    recorded, started_ns = _started(source)
    facts = (
        {"merged": "turn rate, interpolated linearly to the times of the accelerometer"}
        if gyr
        else {}
    )
    about = About(
        "phyphox",
        source="The headings phyphox writes",
        recorded=recorded,
        started_ns=started_ns,
        facts=facts,
    )
    return merged_rows(base, choice, about, gyr)


def _the_one(source: Source, wanted: Sequence[str], choice: Choice) -> Part | None:
    """Return the table with these columns, or None.

    Raises
    ------
    TableError
        If there are two.
    """

    def has(headings: Sequence[Heading]) -> bool:
        return {TIME, *wanted} <= set(_targets(headings))

    grids = [open_grid(source, name, has) for name in _tables(source)]
    found = [grid for grid in grids if grid is not None]
    if len(found) > 1:
        names = " and ".join(grid.member for grid in found)
        msg = (
            f"{source.name}: expected {wanted[0][:3]} in one table, got it in {names}: "
            "give one of the files"
        )
        raise TableError(msg)
    return _part(found[0], choice) if found else None


def _part(grid: Grid, choice: Choice) -> Part:
    pairs = zip(_targets(grid.headings), grid.headings, strict=True)
    return Part(grid, tuple(column(t, h, choice, grid) for t, h in pairs))


def _targets(headings: Sequence[Heading]) -> list[str]:
    """Return what each column is; of several times the first."""
    found = recognise(headings, (TIME, "acc", "gyr"))
    return [
        UNUSED if target != UNUSED and target in found[:i] else target
        for i, target in enumerate(found)
    ]


def _is_own(headings: Sequence[Heading]) -> bool:
    cells = [heading.cell.lower() for heading in headings]
    return "time (s)" in cells and any(_OWN.fullmatch(cell) for cell in cells)


def _tables(source: Source) -> list[str]:
    return [name for name in source.names if _META not in f"/{name}"]


def _started(source: Source) -> tuple[str, int | None]:
    """Return when the recording began, in words and as wall time [ns]."""
    for name in source.names:
        if name.endswith(_TIMES):
            grid = open_grid(
                source, name, lambda h: "system time" in {x.cell for x in h}
            )
            row = next(grid.rows(), None) if grid else None
            if grid is None or row is None:
                continue
            at = [heading.cell for heading in grid.headings].index("system time")
            seconds = to_float(row.cells[at], grid.decimal) or 0.0
            words = mended(row.cells[-1]).strip().strip('"')
            known = seconds > 0  # and not NaN
            return words, round(seconds * 1000) * 1_000_000 if known else None
    return "", None
