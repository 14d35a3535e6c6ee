"""Reads ``[[streams]]`` of a device; the rest trusts what this lets through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, TypeVar, cast

from surefoot.devices._channel_toml import read_channels, read_range, read_scale
from surefoot.devices._connect_toml import read_when
from surefoot.devices._field_toml import (
    read_fields,
    read_framing,
    read_name,
    read_selects,
)
from surefoot.devices.layout import (
    Channel,
    Combine,
    Field,
    Framing,
    Lines,
    Stream,
    Timing,
)
from surefoot.devices.units import KNOWN_UNITS, TIME_UNITS, si

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from surefoot.devices._toml import Table
    from surefoot.devices.layout import Codec, Endpoint, Param, Probe, Stamp

Named = TypeVar("Named", Field, Channel)

_STAMPS = ("first", "last", "each")
_CODECS = ("bytes", "delta", "text", "events")
EVENT_TIME = "time"
"""What the kernel's time of an event is called in ``time.field``."""

_TICKS = {"s": 1_000_000, "ms": 1_000, "us": 1_000_000}


@dataclass(frozen=True, slots=True)
class Around:
    """What streams refer to."""

    gatt: Mapping[str, Endpoint]
    params: Mapping[str, Param]
    probes: Collection[Probe]


def read_streams(top: Table, around: Around) -> tuple[Stream, ...]:
    """Return the streams of a device that sends packets."""
    found: dict[str, Stream] = {}
    combined: dict[str, Table] = {}
    for table in top.tables("streams"):
        like = table.choice("like", found) if table.has("like") else ""
        if table.has("combine"):
            stream = Stream(id=read_name(table, "id"), endpoint="", rate=1.0)
            combined[stream.id] = table
        elif like:
            stream = _alike(table, found[like], around)
            table.close()
        else:
            stream = _stream(table, around)
            table.close()
        if stream.id in found:
            table.refuse("id", "an id of its own", stream.id)
        found[stream.id] = stream
    plain = {name: s for name, s in found.items() if name not in combined}
    for name, table in combined.items():
        found[name] = _combined(table, name, plain)
        table.close()
    return _complete(top, found, around.params)


def _complete(
    top: Table, found: Mapping[str, Stream], params: Mapping[str, Param]
) -> tuple[Stream, ...]:
    if not found:
        top.refuse("streams", "at least one stream", None)
    framings = {(s.endpoint, s.framing) for s in found.values() if not s.combine}
    if len(framings) != len({endpoint for endpoint, _ in framings}):
        top.refuse("streams", "one framing an endpoint", "two")
    if not all(_some(found.values(), values) for values in _used(found, params)):
        top.refuse("streams", "one that is there under every setting", list(found))
    return tuple(found.values())


def _used(
    found: Mapping[str, Stream], params: Mapping[str, Param]
) -> list[dict[str, float]]:
    """Return every choice of the settings that streams depend on."""
    names = sorted({name for s in found.values() for name, _ in s.when})
    choices = product(*(params[name].codes for name in names))
    return [dict(zip(names, values, strict=True)) for values in choices]


def _some(streams: Collection[Stream], values: Mapping[str, float]) -> bool:
    return any(all(values[name] in some for name, some in s.when) for s in streams)


def _stream(table: Table, around: Around) -> Stream:
    codec = cast("Codec", table.choice("codec", _CODECS, "bytes"))
    if codec == "text":
        return _text_stream(table, around)
    header = read_fields(table, "header")
    sample = read_fields(table, "sample")
    if not sample:
        table.refuse("sample", "at least one field", None)
    stream = replace(
        _place(table, around),
        codec=codec,
        select=read_selects(table, "select"),
        framing=read_framing(table) if table.has("framing") else None,
        min_len=table.integer("min_len", 1, 512, 1),
        header=header,
        sample=sample,
        codes=_codes(table, sample) if codec == "events" else (),
        repeat=_repeat(table, header) if codec == "bytes" else 1,
        timing=_timing(table.table("time"), header, sample, codec),
        channels=read_channels(table, sample, around.params, around.probes),
    )
    if codec == "bytes":
        stream = _ordered(table, stream)
    _fits(table, stream)
    return stream


def _place(table: Table, around: Around) -> Stream:
    return Stream(
        id=read_name(table, "id"),
        endpoint=table.choice("char", [k for k, e in around.gatt.items() if e.notify]),
        rate=read_rate(table, around.params),
        when=read_when(table, around.params),
    )


def _ordered(table: Table, stream: Stream) -> Stream:
    layout = table.choice("layout", ("interleaved", "planar"), "interleaved")
    order = table.choice("order", ("oldest_first", "newest_first"), "oldest_first")
    return replace(
        stream, planar=layout == "planar", newest_first=order == "newest_first"
    )


def _text_stream(table: Table, around: Around) -> Stream:
    sample: list[Field] = []
    channels: list[Channel] = []
    units: dict[str, str] = {}
    for i, inside in enumerate(table.tables("columns")):
        skipped = inside.text("name") == "-"
        name = f"skipped_{i}" if skipped else read_name(inside, "name")
        unit = "1" if skipped else inside.choice("unit", KNOWN_UNITS)
        scale = read_scale(inside)
        ends = None if skipped else read_range(inside, unit)
        inside.close()
        if name in units:
            inside.refuse("name", "a name of its own", name)
        units[name] = unit
        sample.append(Field(name, "little", "f", 8))
        if not skipped:
            channels.append(Channel(name, name, unit, scale, range=ends))
    framing = read_framing(table)
    if not isinstance(framing, Lines):
        table.refuse("framing", "{ lines = 128 }, the longest line", framing)
    timing = _text_timing(table.table("time"), units)
    own = {timing.field, timing.counter}
    stream = replace(
        _place(table, around),
        codec="text",
        framing=framing,
        sample=tuple(sample),
        separator=table.text("separator", ","),
        timing=timing,
        channels=tuple(c for c in channels if c.name not in own),
    )
    if not stream.channels:
        table.refuse("columns", "at least one channel", list(units))
    return stream


def _text_timing(table: Table, units: Mapping[str, str]) -> Timing:
    times = [name for name, unit in units.items() if unit in TIME_UNITS]
    counts = [name for name, unit in units.items() if unit == "1"]
    field = table.choice("field", times) if table.has("field") else ""
    timing = Timing(
        field=field,
        tick_hz=_TICKS[units[field]] if field else 1,
        bits=table.integer("bits", 4, 62, 62 if units.get(field) == "s" else 32),
        counter=table.choice("counter", counts) if table.has("counter") else "",
        counter_bits=table.integer("counter_bits", 4, 62, 16),
        ticks=_TICKS["s"] if units.get(field) == "s" else 1,
    )
    table.close()
    return timing


def _alike(table: Table, base: Stream, around: Around) -> Stream:
    if base.codec == "text":
        table.refuse("like", "a stream that is not text", base.id)
    return replace(
        base,
        id=read_name(table, "id"),
        like=base.like or base.id,
        channels=read_channels(table, base.sample, around.params, around.probes),
    )


def _combined(table: Table, name: str, found: Mapping[str, Stream]) -> Stream:
    inside = table.table("combine")
    tracks: list[tuple[str, ...]] = []
    for item in inside.items("of"):
        names = (item,) if isinstance(item, str) else item
        if not isinstance(names, (list, tuple)) or not names:
            inside.refuse("of", "streams, or lists of the same stream in formats", item)
        for one in cast("list[object]", names):
            if not isinstance(one, str) or one not in found:
                inside.refuse("of", f"streams out of {list(found)}", one)
        tracks.append(tuple(cast("list[str]", names)))
    gap = inside.number("longest_gap_ms", 100.0)
    inside.close()
    if len(tracks) < 2 or not 1.0 <= gap <= 1000.0:
        table.refuse("combine", "two streams or more, a gap of 1 to 1000 ms", tracks)
    for track in tracks:
        if len({_shape(found[one]) for one in track}) != 1:
            table.refuse("combine.of", "one stream in several formats", track)
    firsts = [found[track[0]] for track in tracks]
    return Stream(
        id=name,
        endpoint=firsts[0].endpoint,
        rate=firsts[0].rate,
        sample=_beside(table, [s.sample for s in firsts]),
        channels=_beside(table, [s.channels for s in firsts]),
        when=firsts[0].when,
        combine=Combine(tuple(tracks), gap / 1000),
    )


def _shape(stream: Stream) -> tuple[tuple[str, str, int], ...]:
    """Return name, unit and columns of every channel."""
    counts = {field.name: field.count for field in stream.sample}
    return tuple((c.name, si(c.unit)[0], counts[c.field]) for c in stream.channels)


def _beside(table: Table, parts: Collection[tuple[Named, ...]]) -> tuple[Named, ...]:
    whole = tuple(item for part in parts for item in part)
    names = [item.name for item in whole]
    if len(set(names)) != len(names):
        table.refuse("combine", "streams with names of their own", names)
    return whole


def _fits(table: Table, stream: Stream) -> None:
    smallest = stream.header_size + stream.sample_size
    framing = stream.framing
    if isinstance(framing, Lines):
        table.refuse("framing", "sync words or parts, lines are for text", "lines")
    if isinstance(framing, Framing):
        least = smallest + bool(framing.checksum)
        if framing.length < least:
            table.refuse("framing.length", f"at least {least} bytes", framing.length)
    if stream.planar and stream.timing.stamp == "each":
        table.refuse("time.stamp", '"first" or "last" when planar', "each")
    if stream.codec == "delta" and (
        len(stream.sample) != 1 or stream.sample[0].width not in {2, 4}
    ):
        table.refuse("sample", "one field of two or four bytes", stream.sample)
    for select in stream.select:
        if select.at >= stream.header_size:
            table.refuse("select", "bytes of the header", select.at)


def _codes(table: Table, sample: Collection[Field]) -> tuple[tuple[str, int], ...]:
    inside = table.table("codes")
    return tuple((f.name, inside.integer(f.name, 0, 0xFFFF)) for f in sample)


def read_rate(table: Table, params: Mapping[str, Param]) -> float | str:
    """Return ``rate``: Hz, or the setting that holds it."""
    if table.has("rate") and isinstance(table.raw("rate"), str):
        name = table.choice("rate", params)
        if not all(0.1 <= value <= 10_000 for value in params[name].codes):
            table.refuse("rate", "a setting with 0.1 to 10000 Hz", name)
        return name
    rate = table.number("rate")
    if not 0.1 <= rate <= 10_000:
        table.refuse("rate", "0.1 to 10000 Hz", rate)
    return rate


def _repeat(table: Table, header: Collection[Field]) -> int | str:
    if isinstance(table.raw("repeat"), str):
        counts = [f.name for f in header if f.kind == "u" and f.count == 1]
        return table.choice("repeat", ("rest", *counts))
    return table.integer("repeat", 1, 512, 1)


def _timing(
    table: Table, header: Collection[Field], sample: Collection[Field], codec: Codec
) -> Timing:
    stamp = cast("Stamp", table.choice("stamp", _STAMPS, "first"))
    holders = sample if stamp == "each" else header
    whole = "u" if stamp == "each" else "uf"
    clocks = {f.name: f for f in holders if f.kind in whole and f.count == 1}
    widths = {name: 62 if f.kind == "f" else 8 * f.width for name, f in clocks.items()}
    if codec == "events":
        widths = {EVENT_TIME: 64}
    counters = [f.name for f in header if f.kind == "u" and f.count == 1]
    field = table.choice("field", widths) if table.has("field") else ""
    if stamp == "each" and (not field or codec != "bytes"):
        table.refuse("field", "a field of the sample", field or None)
    width = widths[field] if field else 64
    timing = Timing(
        field=field,
        tick_hz=table.integer("tick_hz", 1, 10**9) if field else 1,
        bits=table.integer("bits", 4, width, width) if field else 64,
        stamp=stamp,
        counter=table.choice("counter", counters) if table.has("counter") else "",
    )
    table.close()
    return timing
