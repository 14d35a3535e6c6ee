"""`surefoot devices`: which sensors are known, and how well."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surefoot.devices import Profile, Row


@click.group()
def devices() -> None:
    """List, show and check the device profiles."""


@devices.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the devices, one a line, and how well their bytes are known."""
    from surefoot.devices import shipped_profiles

    profiles = shipped_profiles().values()
    if as_json:
        print_json([_facts(profile) for profile in profiles])
    else:
        print_rows((p.id, p.name, p.transport, _trust(p)) for p in profiles)


@devices.command()
@click.argument("profile")
@json_option
def show(profile: str, as_json: bool) -> None:
    """Show what PROFILE (a name from the list, or a TOML file) says."""
    from surefoot.devices import load_profile, stream_rates

    found = load_profile(profile)
    if as_json:
        print_json(_facts(found))
        return
    click.echo(f"{found.id}: {found.name}")
    click.echo(f"  evidence: {found.evidence} ({_trust(found)})")
    click.echo(f"  read by: {_TRANSPORTS[found.transport]}")
    for source in found.sources:
        click.echo(f"  source: {source}")
    orders = ", ".join(name for name, parts in found.orders.items() if parts)
    click.echo(f"  orders: {orders or 'none'}")
    for stream, rate in stream_rates(found).items():
        click.echo(f"  stream: {stream}, {rate:g} Hz unless asked otherwise")
    for name, param in found.params.items():
        values = ", ".join(f"{value:g}" for value in param.codes)
        click.echo(f"  setting: {name} = {param.default:g}, may be {values}")


@devices.command()
@click.argument("profile", required=False)
@click.option("--all", "every", is_flag=True, help="Print every single check.")
@json_option
def check(profile: str | None, every: bool, as_json: bool) -> None:
    """Decode packets of known meaning with every profile, or with PROFILE alone.

    PROFILE is a name from the list, or a TOML file with its vectors*.json beside it.
    """
    from dataclasses import asdict

    from surefoot.core import ProfileError
    from surefoot.devices import check_profiles

    profiles, where = _chosen(profile)
    with waiting("Checking the profiles"):
        rows = check_profiles(profiles, where)
    if as_json:
        print_json([asdict(row) for row in rows])
    elif every:
        print_rows(
            (row.profile, row.stream, row.test, "ok" if row.ok else row.detail)
            for row in rows
        )
    else:
        print_rows(_summary(profiles, rows))
    wrong = [f"{r.profile} {r.stream} ({r.test}): {r.detail}" for r in rows if not r.ok]
    if wrong:
        msg = f"{len(wrong)} of {len(rows)} checks failed, the first {wrong[0]}: "
        msg += "mend devices/ or the vectors"
        raise ProfileError(msg)


def _chosen(name: str | None) -> tuple[dict[str, Profile], Path | None]:
    """Return the profiles to check, and where their packets are if not with ours."""
    from surefoot.devices import load_profile, shipped_profiles

    shipped = shipped_profiles()
    if name is None:
        return shipped, None
    found = load_profile(name)
    return {found.id: found}, None if name in shipped else Path(name).parent


def _summary(
    profiles: Mapping[str, Profile], rows: Sequence[Row]
) -> Iterable[tuple[str, ...]]:
    yield "profile", "evidence", "packets", "commands", "breaks noticed", "result"
    for name, profile in profiles.items():
        own = [row for row in rows if row.profile == name]
        packets = [row for row in own if row.test.startswith("packet")]
        breaks = [row for row in own if row.test.startswith("notices")]
        orders = [row for row in own if not row.stream]
        failed = [row for row in own if not row.ok]
        origins = Counter(row.test[8:-1] for row in packets)
        yield (
            name,
            f"{profile.evidence}, {_trust(profile)}",
            ", ".join(f"{n} {origin}" for origin, n in sorted(origins.items())) or "-",
            f"{sum(row.ok for row in orders)} of {len(orders)}",
            f"{sum(row.ok for row in breaks)} of {len(breaks)}",
            f"{len(failed)} failed" if failed else "ok",
        )


_TRANSPORTS = {
    "ble": "Bluetooth Low Energy",
    "serial": "serial port",
    "hid": "raw HID reports",
    "evdev": "Linux input driver",
    "table": "files only; such a device cannot be scanned for",
}


def _trust(profile: Profile) -> str:
    if profile.transport == "table":
        return "files"
    return "verified" if profile.verified else "not verified on hardware"


def _facts(profile: Profile) -> dict[str, object]:
    return {
        "id": profile.id,
        "name": profile.name,
        "kind": list(profile.kind),
        "transport": profile.transport,
        "evidence": profile.evidence,
        "verified": profile.verified,
        "sources": list(profile.sources),
        "streams": [stream.id for stream in profile.streams],
        "orders": [name for name, parts in profile.orders.items() if parts],
        "settings": {name: list(param.codes) for name, param in profile.params.items()},
    }
