"""Recordings exported from Movella (Xsens) DOT sensors as CSV."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.devices.layout import Column
from surefoot.exchange.columns import ACC, GYR, TIME, UNUSED
from surefoot.exchange.declare import About, rows_of
from surefoot.exchange.grid import open_grid
from surefoot.exchange.rows import SECOND_NS, expect_gravity
from surefoot.exchange.samples import Outcome, Recipe, Step, spelled_time, survey
from surefoot.exchange.table import is_lost, turned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.grid import Grid, Heading, Row
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.source import Source

_COUNTER = "packetcounter"
_TICKS = "sampletimefine"
_WRAP = 1 << 32  # microseconds
_STARTED = re.compile(r"(\d+-\d+-\d+_\d+:\d+:\d+)_(\d{3})(?: GMT([+-]\d{1,2})?)?")
_UNITS = {"acc": "m/s^2", "gyr": "deg/s"}
_SPARE = Column(UNUSED, "1")


def misfit_xsens_dot(source: Source, _choice: Choice) -> str:
    """Return why a source is no export of a DOT; nothing if it is one."""
    if len(source.names) != 1:
        return "more than one file"
    if open_grid(source, source.names[0], _is_own) is None:
        return "no headings PacketCounter, SampleTimeFine"
    return ""


def read_xsens_dot(source: Source, choice: Choice) -> Rows:
    """Return the rows of a DOT export.

    Times are ``SampleTimeFine``, microseconds of the sensor's clock, unwrapped at 32
    bits and counted from the first row. Rows that are all zero are left out.

    Parameters
    ----------
    source : Source
        The CSV file, with the lines before its headings.
    choice : Choice
        Axes as a person says them.

    Raises
    ------
    TableError
        If the export has no acceleration with gravity, or naming the line.
    """
    grid = open_grid(source, source.names[0], _is_own)
    if grid is None:
        msg = (
            f"{source.name}: expected the headings PacketCounter and SampleTimeFine, "
            "got none: export the recording as CSV again"
        )
        raise TableError(msg)
    columns = _columns(grid)
    packet = tuple(c if c.name[:3] in _UNITS else _SPARE for c in columns)

    def start() -> Step:
        ticks = _Ticks()

        def step(_row: Row, numbers: Mapping[str, float]) -> Outcome:
            t_ns = ticks.read(int(numbers["ticks"]))
            return is_lost(numbers) or (t_ns, [spelled_time(t_ns, grid)])

        return step

    added = (Column(TIME, "s"),)
    recipe = Recipe(grid, columns, start, added, turned(packet, choice, grid))
    found = survey(recipe)
    expect_gravity(grid.where, found.means["acc"])
    recorded = grid.told("StartTime")
    about = About(
        "xsens-dot",
        source="Xsens DOT BLE Services Specifications, revision F",
        recorded=recorded,
        started_ns=_started(recorded),
        notes=_notes(grid, columns),
    )
    return rows_of(recipe, found, choice, about)


class _Ticks:
    """Unwraps the sensor's clock; its first value is zero."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._reached = 0

    def read(self, ticks: int) -> int:
        """Return the time [ns]."""
        if self._last is not None:
            step = (ticks - self._last) % _WRAP
            self._reached += step if step < _WRAP // 2 else step - _WRAP
        self._last = ticks
        return self._reached * 1000


def _columns(grid: Grid) -> tuple[Column, ...]:
    """Return the columns that are used, among them counter and clock.

    Raises
    ------
    TableError
        If there are no accelerations with gravity.
    """
    names = [heading.cell.lower() for heading in grid.headings]
    if not set(ACC) <= set(names):
        got = "FreeAcc, which is without" if "freeacc_x" in names else "none"
        msg = (
            f"{grid.where}: expected Acc_X, Acc_Y, Acc_Z with gravity, got {got}: "
            "there is no tilt without it, record rate quantities or custom mode 5"
        )
        raise TableError(msg)
    known = [*ACC, *(GYR if set(GYR) <= set(names) else ())]
    columns: list[Column] = []
    for name in names:
        if name in known:
            columns.append(Column(name, _UNITS[name[:3]]))
        elif name in {_TICKS, _COUNTER}:
            columns.append(Column("ticks" if name == _TICKS else "counter", "1"))
        else:
            columns.append(_SPARE)
    return tuple(columns)


def _notes(grid: Grid, columns: Sequence[Column]) -> tuple[str, ...]:
    """Return how many samples the sensor's own counter misses."""
    at = [column.name for column in columns].index("counter")
    missing, last = 0, None
    for row in grid.rows():
        count = int(grid.number(row, at, "counter"))
        missing += max(0, count - last - 1) if last is not None else 0
        last = count
    what = "sample" if missing == 1 else "samples"
    return (f"{missing} {what} missing by PacketCounter",) if missing else ()


def _started(told: str) -> int | None:
    found = _STARTED.fullmatch(told.strip())
    if found is None:
        return None
    try:
        zone = timezone(timedelta(hours=int(found[3]))) if found[3] else UTC
        when = datetime.strptime(found[1], "%Y-%m-%d_%H:%M:%S").replace(tzinfo=zone)
    except ValueError:
        return None
    return int(when.timestamp()) * SECOND_NS + int(found[2]) * 1_000_000


def _is_own(headings: Sequence[Heading]) -> bool:
    return {_COUNTER, _TICKS} <= {heading.cell.lower() for heading in headings}
