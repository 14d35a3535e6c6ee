"""Reads how to recognise, connect, start and stop a device from its profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from surefoot.devices._template import CHECKSUMS, holes, literal
from surefoot.devices.layout import Endpoint, Link, Order, Param, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices._toml import Table

ORDERS = ("start", "stop", "identify", "tare", "keepalive")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT = re.compile(r"[0-9a-f]{4}")
_SIG_BASE = "0000{}-0000-1000-8000-00805f9b34fb"


def read_rules(top: Table) -> tuple[Rule, ...]:
    """Return ``[[match]]``: any rule, all keys of it."""
    rules: list[Rule] = []
    for table in top.tables("match"):
        rule = Rule(
            name=_pattern(table) if table.has("name") else "",
            service=_uuid(table, "service") if table.has("service") else "",
            manufacturer=table.integer("manufacturer", 0, 0xFFFF)
            if table.has("manufacturer")
            else None,
        )
        table.close()
        if rule == Rule():
            table.refuse("", "a name, service or manufacturer", None)
        rules.append(rule)
    if not rules:
        top.refuse("match", "at least one rule", None)
    return tuple(rules)


def read_gatt(top: Table) -> dict[str, Endpoint]:
    """Return ``[gatt]``."""
    inside = top.table("gatt")
    found: dict[str, Endpoint] = {}
    for key in inside.keys():  # noqa: SIM118
        table = inside.table(key)
        found[key] = Endpoint(
            _uuid(table, "service"), _uuid(table, "char"), table.flag("notify")
        )
        table.close()
    if not any(endpoint.notify for endpoint in found.values()):
        top.refuse("gatt", "a characteristic with notify = true", None)
    return found


def read_link(top: Table) -> Link:
    """Return ``[link]``."""
    inside = top.table("link")
    link = Link(
        min_mtu=inside.integer("min_mtu", 23, 517, 23),
        max_devices=inside.integer("max_devices", 0, 99, 0),
        acquire=inside.flag("acquire"),
    )
    inside.close()
    return link


def read_params(top: Table) -> dict[str, Param]:
    """Return ``[params.*]``: values, or values with the code each is sent as."""
    inside = top.table("params")
    return {key: _param(inside.table(key)) for key in inside.keys()}  # noqa: SIM118


def read_orders(
    top: Table, gatt: Mapping[str, Endpoint], params: Mapping[str, Param]
) -> dict[str, tuple[Order, ...]]:
    """Return the steps of every order; an order may be empty."""
    return {
        name: tuple(_order(table, gatt, params) for table in top.tables(name))
        for name in ORDERS
    }


def read_battery(top: Table, gatt: Mapping[str, Endpoint]) -> tuple[str, int] | None:
    """Return ``[battery]``: what to read and which byte is the percentage."""
    if not top.has("battery"):
        return None
    inside = top.table("battery")
    found = inside.choice("char", gatt), inside.integer("at", 0, 511, 0)
    inside.close()
    return found


def _pattern(table: Table) -> str:
    pattern = table.text("name")
    try:
        re.compile(pattern)
    except re.error:
        table.refuse("name", "a regular expression", pattern)
    return pattern


def _uuid(table: Table, key: str) -> str:
    found = table.text(key).lower()
    if _SHORT.fullmatch(found):
        return _SIG_BASE.format(found)
    if not _UUID.fullmatch(found):
        table.refuse(key, "a UUID in full, or the four digits of a SIG one", found)
    return found


def _param(table: Table) -> Param:
    default = table.number("default")
    codes = _codes(table) if table.has("codes") else _values(table)
    table.close()
    if default not in codes:
        known = ", ".join(f"{value:g}" for value in codes)
        table.refuse("default", f"one of {known}", default)
    return Param(default, codes)


def _codes(table: Table) -> dict[float, int]:
    inside = table.table("codes")
    found: dict[float, int] = {}
    for key in inside.keys():  # noqa: SIM118
        try:
            value = float(key)
        except ValueError:
            inside.refuse(key, "a number as the key", key)
        found[value] = inside.integer(key, 0, 2**32 - 1)
    return found


def _values(table: Table) -> dict[float, int]:
    found: dict[float, int] = {}
    for value in table.items("values"):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            table.refuse("values", "whole numbers", value)
        found[float(value)] = value
    if not found:
        table.refuse("values", "at least one value, or codes", None)
    return found


def _order(
    table: Table, gatt: Mapping[str, Endpoint], params: Mapping[str, Param]
) -> Order:
    if table.has("notify") == table.has("write"):
        table.refuse("", "either notify or write", None)
    delay = table.integer("delay_ms", 0, 10_000, 0)
    if table.has("notify"):
        notify = table.choice("notify", [k for k, e in gatt.items() if e.notify])
        table.close()
        return Order(notify=notify, delay_ms=delay)
    order = _write(table, gatt, params, delay)
    table.close()
    return order


def _write(
    table: Table,
    gatt: Mapping[str, Endpoint],
    params: Mapping[str, Param],
    delay: int,
) -> Order:
    inside = table.table("write")
    expect = table.table("expect")
    expecting = table.has("expect")
    order = Order(
        write=inside.choice("char", gatt),
        template=inside.text("hex", ""),
        text=inside.text("ascii", ""),
        checksum=inside.choice("checksum", ("", *CHECKSUMS), ""),
        expect_from=expect.choice("char", gatt) if expecting else "",
        expect=_hex(expect, "prefix") if expecting else b"",
        delay_ms=delay,
    )
    _filled(inside, order, params)
    inside.close()
    expect.close()
    return order


def _filled(inside: Table, order: Order, params: Mapping[str, Param]) -> None:
    if not literal(order.template):
        expected = 'hexadecimal with holes as "FF {rate:<u2}"'
        inside.refuse("hex", expected, order.template)
    for name in holes(order.template, order.text):
        if name not in params:
            inside.refuse("hex", f"one of the parameters {list(params)}", name)
    if not order.template and not order.text:
        inside.refuse("hex", "bytes to write", None)


def _hex(table: Table, key: str) -> bytes:
    try:
        return bytes.fromhex(table.text(key))
    except ValueError:
        table.refuse(key, "hexadecimal", table.text(key))
