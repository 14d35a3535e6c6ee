"""`surefoot drills movement`: the movement kept for a person, or taken over."""

from __future__ import annotations

import math

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json


@click.command()
@click.argument("code")
@click.argument("name", default="own-movement")
@click.option(
    "--from",
    "other",
    metavar="CODE[:NAME]",
    help="Take over the movement of somebody else: the therapist who showed it.",
)
@click.option(
    "--scale",
    type=click.FloatRange(0.1, 1.5),
    default=1.0,
    show_default=True,
    help="How far to go, as a share of theirs.",
)
@json_option
def movement(
    code: str, name: str, other: str | None, scale: float, as_json: bool
) -> None:
    """Show the movement that CODE repeats in the drill NAME, or take one over.

    It is captured with "drills run capture-your-own --person CODE", again when the
    range that is free of pain has grown.
    """
    from surefoot.core import DrillError
    from surefoot.session.templates import keep_template, kept_template
    from surefoot.training.template import told

    whose, _, from_name = (other or code).partition(":")
    found = kept_template(whose, from_name or name)
    if found is None:
        msg = (
            f"{whose}: expected a movement kept for {from_name or name}, got none: "
            f"surefoot drills run capture-your-own --person {whose}"
        )
        raise DrillError(msg)
    if other is not None:
        found = found.scaled(scale)
        keep_template(found, code, name)
    if as_json:
        print_json({"person": code, "drill": name, **told(found)})
        return
    out, hold, back = found.tempo
    click.echo(f"{code}, {name}: {math.degrees(found.way):.0f} degrees")
    click.echo(f"  {out:.1f} s out, {hold:.1f} s hold, {back:.1f} s back, as captured")
    whose_is = "the therapist's, scaled" if found.origin == "therapist" else "their own"
    click.echo(f"  {whose_is}" + (f" by {found.scale:.2f}" if other else ""))
