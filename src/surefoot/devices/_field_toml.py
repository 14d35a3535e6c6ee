"""Reads the parts packets are made of: fields, conditions, framing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from surefoot.devices._template import CHECKSUMS
from surefoot.devices.layout import Field, Framing, Lines, Parts, Select

if TYPE_CHECKING:
    from surefoot.devices._toml import Table

_TYPE = re.compile(r"([<>]?)([uif])([1-8])")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_name(table: Table, key: str) -> str:
    """Return a name of small letters, digits and underscores."""
    name = table.text(key)
    if not _NAME.fullmatch(name):
        table.refuse(key, "a name of small letters, digits and _", name)
    return name


def read_fields(table: Table, key: str) -> tuple[Field, ...]:
    """Return fields, as ``["name", "<i2", 3]``."""
    fields: list[Field] = []
    for item in table.items(key):
        field = _field(item)
        if field is None or field.name in {f.name for f in fields}:
            expected = '["name", "<i2"] or ["name", "<i2", 3], each name once'
            table.refuse(key, expected, item)
        fields.append(field)
    return tuple(fields)


def read_type(table: Table, key: str) -> Field:
    """Return a field without a name, as ``["<i2", 3]``."""
    items = table.items(key)
    field = _field(["number", *items])
    if field is None:
        table.refuse(key, '["<u2"] or ["<u2", 3]', items or None)
    return field


def read_selects(table: Table, key: str) -> tuple[Select, ...]:
    """Return conditions a packet must meet."""
    return tuple(_select(inside) for inside in table.tables(key))


def read_framing(table: Table) -> Framing | Lines | Parts:
    """Return ``framing``: sync words, lines, or a message in parts."""
    inside = table.table("framing")
    found: Framing | Lines | Parts
    if inside.has("lines"):
        found = Lines(inside.integer("lines", 8, 4096))
    elif inside.has("more"):
        found = Parts(
            more=read_selects(inside, "more"),
            skip=inside.integer("skip", 0, 64, 0),
            same=tuple(_place(inside, item) for item in inside.items("same")),
        )
    else:
        found = Framing(
            _sync(inside),
            inside.integer("length", 1, 512),
            inside.choice("checksum", ("", *CHECKSUMS), ""),
        )
    inside.close()
    return found


def _sync(inside: Table) -> tuple[bytes, ...]:
    words = inside.texts("sync")
    try:
        sync = tuple(bytes.fromhex(word) for word in words)
    except ValueError:
        inside.refuse("sync", 'hexadecimal, as "5561"', words)
    if not all(sync):
        inside.refuse("sync", 'hexadecimal, as "5561"', words)
    return sync


def _place(table: Table, item: object) -> int:
    if isinstance(item, bool) or not isinstance(item, int) or not 0 <= item < 64:
        table.refuse("same", "places of bytes, 0 to 63", item)
    return item


def _field(item: object) -> Field | None:
    parts = cast("list[object]", item) if isinstance(item, list) else []
    if len(parts) not in {2, 3}:
        return None
    name, spelled, count = (*parts, 1)[:3]
    found = _TYPE.fullmatch(spelled) if isinstance(spelled, str) else None
    if found is None or not isinstance(name, str) or isinstance(count, bool):
        return None
    if not isinstance(count, int):
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
    if found.eq & ~found.mask:
        table.refuse("eq", f"only bits of the mask {found.mask:#04x}", found.eq)
    table.close()
    return found
