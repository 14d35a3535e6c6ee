"""Reads ``[[streams]]`` of a table; the rest trusts what this lets through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from surefoot.devices._channel_toml import read_scale
from surefoot.devices._field_toml import read_name
from surefoot.devices._packet_toml import read_rate
from surefoot.devices.layout import Column, Stream, Timing
from surefoot.devices.units import KNOWN_UNITS, TIME_UNITS

if TYPE_CHECKING:
    from collections.abc import Collection

    from surefoot.devices._toml import Table
    from surefoot.devices.layout import Clock

ROWS = "rows"
"""The one endpoint of a table."""


def read_table_streams(top: Table) -> tuple[Stream, ...]:
    """Return the one stream of a table profile."""
    inside = top.table("table")
    separator = inside.text("separator", ",")
    decimal = inside.choice("decimal", (".", ","), ".")
    if separator == decimal:
        inside.refuse("decimal", "another mark than the separator", decimal)
    inside.close()
    streams = tuple(_row_stream(table) for table in top.tables("streams"))
    if len(streams) != 1:
        top.refuse("streams", "one stream", len(streams))
    return (replace(streams[0], separator=separator, decimal=decimal),)


def _row_stream(table: Table) -> Stream:
    columns = tuple(_column(t) for t in table.tables("columns"))
    names = [c.name for c in columns if c.name != "-"]
    if len(set(names)) != len(names):
        table.refuse("columns", "each name once", names)
    timing = table.table("time")
    clock = cast("Clock", timing.choice("clock", ("nominal", "given")))
    time_column = timing.choice("column", names) if clock == "given" else ""
    timing.close()
    _time_unit(table, columns, time_column)
    if not [name for name in names if name != time_column]:
        table.refuse("columns", "at least one channel", names)
    stream = Stream(
        id=read_name(table, "id"),
        endpoint=ROWS,
        rate=read_rate(table, {}),
        timing=Timing(clock=clock),
        columns=columns,
        time_column=time_column,
    )
    table.close()
    return stream


def _column(table: Table) -> Column:
    skipped = table.text("name") == "-"
    found = Column(
        "-" if skipped else read_name(table, "name"),
        "1" if skipped else table.choice("unit", KNOWN_UNITS),
        read_scale(table),
    )
    table.close()
    return found


def _time_unit(table: Table, columns: Collection[Column], name: str) -> None:
    for column in columns:
        if column.name == name and column.unit not in TIME_UNITS:
            table.refuse("columns", f"{name} in s, ms or us", column.unit)
