"""`surefoot scan`: which sensors are in the air."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from surefoot.devices.ble import Transport


@click.command()
@click.option(
    "--seconds", type=click.FloatRange(0.1, 60.0), default=5.0, show_default=True
)
@click.option("--virtual", is_flag=True, help="Listen to virtual sensors instead.")
@click.option("--adapter", metavar="NAME", help="Bluetooth adapter, as hci1.")
@json_option
def scan(seconds: float, virtual: bool, adapter: str | None, as_json: bool) -> None:
    """List the sensors that can be heard, the nearest first."""
    from surefoot.devices.ble import scan as listen

    transport = _virtual_air() if virtual else None
    with waiting("Listening", seconds):
        found = listen(seconds, transport, adapter)
    if as_json:
        print_json([asdict(sensor) for sensor in found])
        return
    print_rows(
        (f.profile_id or "no profile", f.name, f.address, f"{f.rssi} dBm")
        for f in found
    )
    if not found:
        click.echo(f"nothing heard in {seconds:g} s: wake the sensor, bring it closer")


def _virtual_air() -> Transport:
    from surefoot.virtual.radio import VirtualAir

    return VirtualAir().transport
