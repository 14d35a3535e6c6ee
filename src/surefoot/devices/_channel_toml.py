"""Reads what the numbers of a stream mean: ``channels`` and ``probes``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from surefoot.devices._field_toml import read_name, read_selects, read_type
from surefoot.devices.layout import Channel, Curve, Probe
from surefoot.devices.units import KNOWN_UNITS, si

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from surefoot.devices._toml import Table
    from surefoot.devices.layout import Endpoint, Field, Param

_AXIS = re.compile(r"(-?)([xyzw])")


def read_probes(top: Table, gatt: Mapping[str, Endpoint]) -> tuple[Probe, ...]:
    """Return ``[[probes]]``: numbers a device tells once."""
    found: dict[str, Probe] = {}
    for table in top.tables("probes"):
        field = read_type(table, "type")
        probe = Probe(
            id=read_name(table, "id"),
            endpoint=table.choice("char", gatt),
            select=read_selects(table, "select"),
            at=table.integer("at", 0, 511, 0),
            field=field,
            default=_as_many(table, "default", field),
            virtual=_as_many(table, "virtual", field),
        )
        table.close()
        if probe.id in found:
            table.refuse("id", "an id of its own", probe.id)
        found[probe.id] = probe
    return tuple(found.values())


def read_channels(
    table: Table,
    sample: Collection[Field],
    params: Mapping[str, Param],
    probes: Collection[Probe],
) -> tuple[Channel, ...]:
    """Return ``channels`` of a stream."""
    fields = {field.name: field for field in sample}
    found: dict[str, Channel] = {}
    for inside in table.tables("channels"):
        channel = _channel(inside, fields, params, {p.id: p for p in probes})
        inside.close()
        if channel.name in found:
            inside.refuse("name", "a name of its own", channel.name)
        found[channel.name] = channel
    if not found:
        table.refuse("channels", "at least one channel", None)
    return tuple(found.values())


def read_scale(table: Table) -> float:
    """Return ``scale``, a number that is not zero."""
    scale = table.number("scale", 1.0)
    if not 1e-30 < abs(scale) < 1e30:
        table.refuse("scale", "a number that is not zero", scale)
    return scale


def read_range(table: Table, unit: str) -> tuple[float, float] | None:
    """Return ``range`` in SI: what a sensor can give at most, either way."""
    if not table.has("range"):
        return None
    told: object = table.raw("range")
    ends = table.numbers("range") if isinstance(told, list) else ()
    if not ends:
        most = table.number("range")
        ends = (-most, most)
    if len(ends) != 2 or not ends[0] < ends[1]:
        expected = "a number, or the lower and the upper end"
        table.refuse("range", expected, table.raw("range"))
    factor = si(unit)[1]
    return ends[0] * factor, ends[1] * factor


def _as_many(table: Table, key: str, field: Field) -> tuple[float, ...]:
    if not table.has(key):
        return ()
    values = table.numbers(key)
    if len(values) != field.count:
        table.refuse(key, f"{field.count} numbers", len(values))
    if not all(value == 0.0 or 1e-12 < abs(value) < 1e12 for value in values):
        table.refuse(key, "numbers between 1e-12 and 1e12, or 0", list(values))
    return values


def _channel(
    table: Table,
    fields: Mapping[str, Field],
    params: Mapping[str, Param],
    probes: Mapping[str, Probe],
) -> Channel:
    field = fields[table.choice("field", fields)]
    unit = table.choice("unit", KNOWN_UNITS)
    by = table.choice("scale_by", (*params, *probes)) if table.has("scale_by") else ""
    if by in probes and probes[by].field.count != 1:
        table.refuse("scale_by", "a probe of one number", by)
    offset = table.number("offset", 0.0)
    if abs(offset) > 1e12:
        table.refuse("offset", "a number up to 1e12", offset)
    return Channel(
        name=read_name(table, "name"),
        field=field.name,
        unit=unit,
        scale=read_scale(table),
        offset=offset,
        axes=_axes(table, field.count) if table.has("axes_map") else (),
        range=read_range(table, unit),
        scale_by=by,
        scales=_scales(table, params[by]) if by in params else (),
        curve=_curve(table, field, probes) if table.has("curve") else None,
    )


def _scales(table: Table, param: Param) -> tuple[tuple[float, float], ...]:
    inside = table.table("scales")
    found: dict[float, float] = {}
    for key in inside.keys():  # noqa: SIM118
        try:
            found[float(key)] = inside.number(key)
        except ValueError:
            inside.refuse(key, "a number as the key", key)
    wrong = [value for value in found.values() if not 1e-30 < abs(value) < 1e30]
    if set(found) != set(param.codes) or wrong:
        known = ", ".join(f"{value:g}" for value in param.codes)
        table.refuse("scales", f"a factor for each of {known}", sorted(found))
    return tuple(found.items())


def _curve(table: Table, field: Field, probes: Mapping[str, Probe]) -> Curve:
    inside = table.table("curve")
    names = inside.texts("by")
    for name in names:
        if name not in probes:
            inside.refuse("by", f"some of the probes {list(probes)}", name)
    room = sum(probes[name].field.count for name in names)
    places = tuple(int(place) for place in inside.numbers("at"))
    values = inside.numbers("values")
    inside.close()
    if field.count != 1:
        table.refuse("field", "a field of one number", field.name)
    if not all(0 <= place < room for place in places):
        inside.refuse("at", f"whole numbers 0 to {room - 1}", places)
    if (
        len(values) != len(places)
        or len(values) < 2
        or list(values) != sorted(set(values))
    ):
        inside.refuse("values", "a growing value for each place, two or more", values)
    parts = [probes[name].virtual or probes[name].default for name in names]
    known = [number for part in parts for number in part]
    points = [known[place] for place in places] if len(known) == room else []
    if not points or points != sorted(set(points)):
        inside.refuse("by", "probes with virtual numbers that grow", list(names))
    return Curve(names, places, values)


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
