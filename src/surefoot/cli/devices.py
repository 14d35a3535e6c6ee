"""`surefoot devices`: which sensors are known, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from surefoot.devices import Profile


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
        print_rows((p.id, p.name, _trust(p)) for p in profiles)


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
    for source in found.sources:
        click.echo(f"  source: {source}")
    for stream, rate in stream_rates(found).items():
        click.echo(f"  stream: {stream}, {rate:g} Hz unless asked otherwise")
    for name, param in found.params.items():
        values = ", ".join(f"{value:g}" for value in param.codes)
        click.echo(f"  setting: {name} = {param.default:g}, may be {values}")


@devices.command()
@json_option
def check(as_json: bool) -> None:
    """Decode packets of known meaning with every profile."""
    from dataclasses import asdict

    from surefoot.core import ProfileError
    from surefoot.devices import check_profiles

    with waiting("Checking the profiles"):
        rows = check_profiles()
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        print_rows(
            (row.profile, row.stream, row.test, "ok" if row.ok else row.detail)
            for row in rows
        )
    wrong = [f"{r.profile} {r.stream} ({r.test})" for r in rows if not r.ok]
    if wrong:
        msg = f"{len(wrong)} of {len(rows)} checks failed, the first {wrong[0]}: "
        msg += "mend devices/ or the vectors"
        raise ProfileError(msg)


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
    }
