"""Reads how to recognise, connect, start and stop a device from its profile."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.devices._template import CHECKSUMS, holes, literal
from surefoot.devices.layout import Endpoint, Expect, Link, Order, Param, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices._toml import Table
    from surefoot.devices.layout import When

ORDERS = ("start", "stop", "identify", "tare", "keepalive")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT = re.compile(r"[0-9a-f]{4}")
_SIG_BASE = "0000{}-0000-1000-8000-00805f9b34fb"
_USB = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}")

PORT = "port"
"""The one endpoint of what is not on the radio."""


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
            usb=_usb(table) if table.has("usb") else None,
        )
        table.close()
        if rule == Rule():
            table.refuse("", "a name, service, manufacturer or usb", None)
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
        keepalive=_seconds(inside, "keepalive_s", 600.0),
        baud=inside.integer("baud", 300, 4_000_000, 0) if inside.has("baud") else 0,
    )
    inside.close()
    if bool(link.keepalive) != top.has("keepalive"):
        expected = "keepalive_s together with [[keepalive]]"
        top.refuse("link.keepalive_s", expected, link.keepalive or None)
    return link


def read_port(top: Table, transport: str) -> dict[str, Endpoint]:
    """Return the one endpoint of a device that is plugged in."""
    if (transport == "serial") != top.table("link").has("baud"):
        top.refuse("link.baud", "the speed, of a serial port only", None)
    return {PORT: Endpoint("", "", notify=True)}


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


def read_when(table: Table, params: Mapping[str, Param]) -> When:
    """Return ``when``: settings and the values under which something is there."""
    inside = table.table("when")
    found: list[tuple[str, tuple[float, ...]]] = []
    for name in inside.keys():  # noqa: SIM118
        if name not in params:
            inside.refuse(name, f"one of the parameters {list(params)}", name)
        values = inside.numbers(name)
        for value in values:
            if value not in params[name].codes:
                known = ", ".join(f"{v:g}" for v in params[name].codes)
                inside.refuse(name, f"values out of {known}", value)
        found.append((name, values))
    return tuple(found)


def _seconds(table: Table, key: str, longest: float) -> float:
    found = table.number(key, 0.0)
    if not 0.0 <= found <= longest:
        table.refuse(key, f"0 to {longest:g} s", found)
    return found


def _usb(table: Table) -> tuple[int, int]:
    told = table.text("usb").lower()
    if not _USB.fullmatch(told):
        table.refuse("usb", 'vendor and product as "057e:0306"', told)
    return int(told[:4], 16), int(told[5:], 16)


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
    told = [key for key in ("notify", "read", "write") if table.has(key)]
    if len(told) != 1:
        table.refuse("", "one of notify, read and write", told or None)
    delay = table.integer("delay_ms", 0, 10_000, 0)
    when = read_when(table, params)
    if told == ["notify"]:
        notify = table.choice("notify", [k for k, e in gatt.items() if e.notify])
        order = Order(notify=notify, delay_ms=delay, when=when)
    elif told == ["read"]:
        order = Order(read=table.choice("read", gatt), delay_ms=delay, when=when)
    else:
        order = replace(_write(table, gatt, params), delay_ms=delay, when=when)
    table.close()
    return order


def _write(
    table: Table, gatt: Mapping[str, Endpoint], params: Mapping[str, Param]
) -> Order:
    inside = table.table("write")
    order = Order(
        write=inside.choice("char", gatt),
        template=inside.text("hex", ""),
        text=inside.text("ascii", ""),
        checksum=inside.choice("checksum", ("", *CHECKSUMS), ""),
        expect=_expect(table.table("expect"), gatt) if table.has("expect") else None,
    )
    _filled(inside, order, params)
    inside.close()
    return order


def _expect(table: Table, gatt: Mapping[str, Endpoint]) -> Expect:
    words = table.table("refusals")
    found = Expect(
        endpoint=table.choice("char", [k for k, e in gatt.items() if e.notify]),
        prefix=_hex(table, "prefix"),
        within=table.integer("within_ms", 10, 60_000, 3_000) / 1000,
        refusals=tuple((_bytes(words, k, k), words.text(k)) for k in words.keys()),  # noqa: SIM118
    )
    table.close()
    return found


def _filled(inside: Table, order: Order, params: Mapping[str, Param]) -> None:
    if not literal(order.template):
        expected = 'hexadecimal with holes as "FF {rate:<u2}"'
        inside.refuse("hex", expected, order.template)
    for name, width in holes(order.template, order.text):
        if name not in params:
            inside.refuse("hex", f"one of the parameters {list(params)}", name)
        most = max(params[name].codes.values())
        if most >= 256**width:
            inside.refuse("hex", f"a hole of {name} that {most} fits in", width)
    if not order.text.isascii():
        inside.refuse("ascii", "ASCII", order.text)
    if not order.template and not order.text:
        inside.refuse("hex", "bytes to write", None)


def _hex(table: Table, key: str) -> bytes:
    return _bytes(table, key, table.text(key))


def _bytes(table: Table, key: str, told: str) -> bytes:
    try:
        return bytes.fromhex(told)
    except ValueError:
        table.refuse(key, "hexadecimal", told)
