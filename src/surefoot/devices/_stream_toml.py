"""Reads ``[[streams]]`` of a profile; the rest trusts what this lets through."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from surefoot.devices.layout import (
    Channel,
    Column,
    Field,
    Framing,
    Select,
    Stream,
    Timing,
)
from surefoot.devices.units import KNOWN_UNITS, TIME_UNITS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from surefoot.devices._toml import Table
    from surefoot.devices.layout import Clock, Endpoint, Param, Stamp

ROWS = "rows"
"""The one endpoint of a table."""

_TYPE = re.compile(r"([<>]?)([uif])([1-8])")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_AXIS = re.compile(r"(-?)([xyzw])")
_STAMPS = ("first", "last", "each")


def read_streams(
    top: Table,
    gatt: Mapping[str, Endpoint],
    params: Mapping[str, Param],
) -> tuple[Stream, ...]:
    """Return the streams of a radio profile."""
    found: dict[str, Stream] = {}
    for table in top.tables("streams"):
        like = table.choice("like", found) if table.has("like") else ""
        stream = _alike(table, found[like]) if like else _stream(table, gatt, params)
        _add(table, found, stream)
    return _complete(top, found)


def read_table_streams(top: Table) -> tuple[Stream, ...]:
    """Return the one stream of a table profile."""
    separator = top.table("table").text("separator", ",")
    found: dict[str, Stream] = {}
    for table in top.tables("streams"):
        _add(table, found, _row_stream(table, separator))
    streams = _complete(top, found)
    if len(streams) != 1:
        top.refuse("streams", "one stream", len(streams))
    return streams


def _add(table: Table, found: dict[str, Stream], stream: Stream) -> None:
    table.close()
    if stream.id in found:
        table.refuse("id", "an id of its own", stream.id)
    found[stream.id] = stream


def _complete(top: Table, found: dict[str, Stream]) -> tuple[Stream, ...]:
    if not found:
        top.refuse("streams", "at least one stream", None)
    framings = {(s.endpoint, s.framing) for s in found.values()}
    if len(framings) != len({endpoint for endpoint, _ in framings}):
        top.refuse("streams", "one framing an endpoint", "two")
    return tuple(found.values())


def _name(table: Table, key: str) -> str:
    name = table.text(key)
    if not _NAME.fullmatch(name):
        table.refuse(key, "a name of small letters, digits and _", name)
    return name


def _stream(
    table: Table, gatt: Mapping[str, Endpoint], params: Mapping[str, Param]
) -> Stream:
    header = _fields(table, "header")
    sample = _fields(table, "sample")
    if not sample:
        table.refuse("sample", "at least one field", None)
    endpoint = table.choice("char", [k for k, e in gatt.items() if e.notify])
    stream = Stream(
        id=_name(table, "id"),
        endpoint=endpoint,
        rate=_rate(table, params),
        select=tuple(_select(t) for t in table.tables("select")),
        framing=_framing(table) if table.has("framing") else None,
        min_len=table.integer("min_len", 1, 512, 1),
        header=header,
        sample=sample,
        repeat=_repeat(table, header),
        planar=table.choice("layout", ("interleaved", "planar"), "interleaved")
        == "planar",
        newest_first=table.choice(
            "order", ("oldest_first", "newest_first"), "oldest_first"
        )
        == "newest_first",
        timing=_timing(table.table("time"), header, sample),
        channels=_channels(table, sample),
    )
    _fits(table, stream)
    return stream


def _alike(table: Table, base: Stream) -> Stream:
    return replace(
        base,
        id=_name(table, "id"),
        like=base.like or base.id,
        channels=_channels(table, base.sample),
    )


def _fits(table: Table, stream: Stream) -> None:
    smallest = stream.header_size + stream.sample_size
    if stream.framing and stream.framing.length < smallest:
        expected = f"at least {smallest} bytes"
        table.refuse("framing.length", expected, stream.framing.length)
    if stream.planar and stream.timing.stamp == "each":
        table.refuse("time.stamp", '"first" or "last" when planar', "each")


def _rate(table: Table, params: Mapping[str, Param]) -> float | str:
    if table.has("rate") and isinstance(table.raw("rate"), str):
        return table.choice("rate", params)
    rate = table.number("rate")
    if not 0.1 <= rate <= 10_000:
        table.refuse("rate", "0.1 to 10000 Hz", rate)
    return rate


def _repeat(table: Table, header: Collection[Field]) -> int | str:
    if isinstance(table.raw("repeat"), str):
        counts = [f.name for f in header if f.kind == "u" and f.count == 1]
        return table.choice("repeat", ("rest", *counts))
    return table.integer("repeat", 1, 512, 1)


def _fields(table: Table, key: str) -> tuple[Field, ...]:
    fields: list[Field] = []
    for item in table.items(key):
        field = _field(item)
        if field is None or field.name in {f.name for f in fields}:
            expected = '["name", "<i2"] or ["name", "<i2", 3], each name once'
            table.refuse(key, expected, item)
        fields.append(field)
    return tuple(fields)


def _field(item: object) -> Field | None:
    parts = cast("list[object]", item) if isinstance(item, list) else []
    if len(parts) not in {2, 3}:
        return None
    name, spelled, count = (*parts, 1)[:3]
    found = _TYPE.fullmatch(spelled) if isinstance(spelled, str) else None
    if found is None or not isinstance(name, str) or not isinstance(count, int):
        return None
    order, kind, width = found[1], found[2], int(found[3])
    if (width > 1 and not order) or (kind == "f" and width != 4):
        return None
    if not _NAME.fullmatch(name) or not 1 <= count <= 512:
        return None
    return Field(
        name,
        "big" if order == ">" else "little",
        cast("Literal['u', 'i', 'f']", kind),
        width,
        count,
    )


def _select(table: Table) -> Select:
    found = Select(
        table.integer("at", 0, 511),
        table.integer("mask", 1, 255, 255),
        table.integer("eq", 0, 255),
    )
    table.close()
    return found


def _framing(table: Table) -> Framing:
    inside = table.table("framing")
    words = inside.texts("sync")
    try:
        sync = tuple(bytes.fromhex(word) for word in words)
    except ValueError:
        inside.refuse("sync", 'hexadecimal, as "5561"', words)
    found = Framing(sync, inside.integer("length", 1, 512))
    inside.close()
    return found


def _timing(
    table: Table, header: Collection[Field], sample: Collection[Field]
) -> Timing:
    stamp = cast("Stamp", table.choice("stamp", _STAMPS, "first"))
    holders = sample if stamp == "each" else header
    clocks = {f.name: f for f in holders if f.kind == "u" and f.count == 1}
    counters = {f.name: f for f in header if f.kind == "u" and f.count == 1}
    field = table.choice("field", clocks) if table.has("field") else ""
    if stamp == "each" and not field:
        table.refuse("field", "a field of the sample", None)
    width = 8 * clocks[field].width if field else 64
    timing = Timing(
        field=field,
        tick_hz=table.integer("tick_hz", 1, 10**9) if field else 1,
        bits=table.integer("bits", 4, width, width) if field else 64,
        stamp=stamp,
        counter=table.choice("counter", counters) if table.has("counter") else "",
    )
    table.close()
    return timing


def _channels(table: Table, sample: Collection[Field]) -> tuple[Channel, ...]:
    found: dict[str, Channel] = {}
    for inside in table.tables("channels"):
        channel = _channel(inside, {f.name: f for f in sample})
        inside.close()
        if channel.name in found:
            inside.refuse("name", "a name of its own", channel.name)
        found[channel.name] = channel
    if not found:
        table.refuse("channels", "at least one channel", None)
    return tuple(found.values())


def _channel(table: Table, fields: Mapping[str, Field]) -> Channel:
    field = fields[table.choice("field", fields)]
    return Channel(
        name=_name(table, "name"),
        field=field.name,
        unit=table.choice("unit", KNOWN_UNITS),
        scale=_scale(table),
        offset=table.number("offset", 0.0),
        axes=_axes(table, field.count) if table.has("axes_map") else (),
    )


def _scale(table: Table) -> float:
    scale = table.number("scale", 1.0)
    if scale == 0.0:
        table.refuse("scale", "a number that is not zero", scale)
    return scale


def _axes(table: Table, count: int) -> tuple[tuple[int, int], ...]:
    letters = "wxyz" if count == 4 else "xyz"
    axes: list[tuple[int, int]] = []
    for item in table.texts("axes_map"):
        found = _AXIS.fullmatch(item)
        if found and found[2] in letters[:count]:
            axes.append((letters.index(found[2]), -1 if found[1] else 1))
    if sorted(position for position, _ in axes) != list(range(count)):
        expected = f"each of {', '.join(letters[:count])} once, with - to flip"
        table.refuse("axes_map", expected, table.raw("axes_map"))
    return tuple(axes)


def _row_stream(table: Table, separator: str) -> Stream:
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
    return Stream(
        id=_name(table, "id"),
        endpoint=ROWS,
        rate=_rate(table, {}),
        timing=Timing(clock=clock),
        separator=separator,
        columns=columns,
        time_column=time_column,
    )


def _column(table: Table) -> Column:
    skipped = table.text("name") == "-"
    found = Column(
        "-" if skipped else _name(table, "name"),
        "1" if skipped else table.choice("unit", KNOWN_UNITS),
        _scale(table),
    )
    table.close()
    return found


def _time_unit(table: Table, columns: Collection[Column], name: str) -> None:
    for column in columns:
        if column.name == name and column.unit not in TIME_UNITS:
            table.refuse("columns", f"{name} in s, ms or us", column.unit)
