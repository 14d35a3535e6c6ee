"""`surefoot scan`: which sensors are in the air, and which boards are plugged in."""

from __future__ import annotations

import math
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, table
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from surefoot.devices.ble import Found, Known, Transport

    Listen = Callable[[float], list[Found]]

_ROUND = 1.0  # s between two pictures of the table
_HEAD = ("profile", "name", "role", "signal", "battery", "address")
_BARS = ((-60, "strong"), (-75, "good"), (-85, "weak"))  # dBm, our defaults
_ADVICE = (
    "no profile: not a model surefoot knows. docs/profiles.md says how to add one with "
    "one file and one packet."
)

_NOTHING = (
    "nothing heard in {:g} s: wake the sensor, bring it closer, see that no phone is "
    "connected to it"
)


@click.command()
@click.option(
    "--seconds", type=click.FloatRange(0.1, 600.0), default=5.0, show_default=True
)
@click.option("--all", "everything", is_flag=True, help="Also what has no profile.")
@click.option("--virtual", is_flag=True, help="Listen to virtual sensors instead.")
@click.option("--adapter", metavar="NAME", help="Bluetooth adapter, as hci1.")
@json_option
def scan(
    seconds: float, everything: bool, virtual: bool, adapter: str | None, as_json: bool
) -> None:
    """List the sensors that can be heard, the nearest first, and boards plugged in.

    In a terminal the table is drawn anew every second; Ctrl-C ends it early.
    """
    from surefoot.core import RadioError

    plugged = _plugged(virtual)
    listen = _listen(virtual, adapter)
    if as_json:
        known = _known(virtual)
        heard = [asdict(f) | {"role": _role(f, known)} for f in listen(seconds)]
        print_json(heard + plugged)
        return
    try:
        found = _heard(listen, seconds, _known(virtual), everything=everything)
    except RadioError as error:
        if not plugged:
            raise
        found = []
        click.echo(str(error), err=True)
    for board in plugged:
        model = board["profile_id"] or "no profile"
        click.echo(f"plugged in: {model}  {board['name']}  {board['address']}")
    strangers = sum(not sensor.profile_id for sensor in found)
    if strangers:
        more = f"{strangers} more without a profile: --all shows them"
        click.echo(_ADVICE if everything else more)
    if not found and not plugged:
        click.echo(_NOTHING.format(seconds))


def _heard(
    listen: Listen, seconds: float, known: Mapping[str, Known], *, everything: bool
) -> list[Found]:
    if sys.stdout.isatty():
        return _live(listen, seconds, known, everything=everything)
    with waiting("Listening", seconds):
        found = listen(seconds)
    for line in _table(found, known, everything=everything):
        click.echo(line)
    return found


def _listen(virtual: bool, adapter: str | None) -> Listen:
    from surefoot.devices.ble import scan as listen

    transport = _virtual_air() if virtual else None
    return lambda seconds: listen(seconds, transport, adapter)


def _live(
    listen: Listen, seconds: float, known: Mapping[str, Known], *, everything: bool
) -> list[Found]:
    """Draw the table over itself while listening."""
    heard: dict[str, Found] = {}
    drawn = 0
    try:
        for _ in range(max(1, math.ceil(seconds / _ROUND))):
            heard |= {sensor.address: sensor for sensor in listen(_ROUND)}
            near = sorted(heard.values(), key=lambda sensor: -sensor.rssi)
            lines = list(_table(near, known, everything=everything))
            over = f"\x1b[{drawn}A\x1b[J" if drawn else ""
            click.echo(over + "\n".join(lines), color=True)  # leave the codes in
            drawn = len(lines)
    except KeyboardInterrupt:
        click.echo()
    return list(heard.values())


def _table(
    found: list[Found], known: Mapping[str, Known], *, everything: bool
) -> Iterator[str]:
    shown = [f for f in found if everything or f.profile_id]
    rows = [
        (
            f.profile_id or "no profile",
            f.name or "(no name)",
            _role(f, known),
            _signal(f.rssi),
            "" if f.battery is None else f"{f.battery} %",
            f.address,
        )
        for f in shown
    ]
    return table([_HEAD, *rows]) if rows else iter(["nothing that surefoot knows yet"])


def _role(found: Found, known: Mapping[str, Known]) -> str:
    """Return the role it had the last time; of sensors alike, by its place."""
    roles = {
        role: told
        for role, told in known.items()
        if found.profile_id in {told.profile, None} and told.name == found.name
    }
    there = (role for role, told in roles.items() if told.address == found.address)
    return next(there, next(iter(roles), "") if len(roles) == 1 else "")


def _signal(rssi: int) -> str:
    word = next((word for least, word in _BARS if rssi >= least), "very weak")
    return f"{rssi} dBm, {word}"


def _known(virtual: bool) -> Mapping[str, Known]:
    from surefoot.devices.ble import known_sensors

    return known_sensors() if not virtual else dict[str, "Known"]()


def _plugged(virtual: bool) -> list[dict[str, object]]:
    from surefoot.devices.transports import found

    return [] if virtual else [asdict(device) for device in found()]


def _virtual_air() -> Transport:
    from surefoot.virtual.radio import VirtualAir

    return VirtualAir().transport
