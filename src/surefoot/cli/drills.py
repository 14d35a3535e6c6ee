"""`surefoot drills`: which there are, what each asks for, and a file checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from surefoot.cli.drills_movement import movement
from surefoot.cli.drills_run import run
from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from surefoot.session.drill_shelf import Shelved

_HEAD = ("drill", "family", "sensors", "signal", "sets", "primary measure")
FAMILIES = ("proprioceptive", "setting", "flexibility", "opponents", "test")


@click.group()
def drills() -> None:
    """List, show, check and run the drills.

    A therapist's own drills are files in the folder that "drills list" names.
    """


drills.add_command(run)
drills.add_command(movement)


@drills.command("list")
@click.option("--family", type=click.Choice(FAMILIES), help="Only these.")
@click.option("--role", metavar="ROLE", help="Only those this sensor is enough for.")
@json_option
def list_(family: str | None, role: str | None, as_json: bool) -> None:
    """List the drills, one a line; a therapist's own come last."""
    from surefoot.cli.drills_facts import facts, row
    from surefoot.session.drill_shelf import drills_folder, shelved

    found, wrong = shelved()
    kept = [one for one in found if _fits(one, family, role)]
    if as_json:
        print_json([facts(one) for one in kept])
    else:
        print_rows([_HEAD, *(row(one) for one in kept)])
        click.echo(f"own drills: {drills_folder()}")
    for line in wrong:
        click.echo(f"surefoot: not listed: {line}", err=True)


@drills.command()
@click.argument("name")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show the drill NAME (from the list, or a TOML file): all that it says."""
    from surefoot.cli.drills_facts import lines, whole
    from surefoot.session.drill_shelf import load_drill

    drill = load_drill(name)
    if as_json:
        print_json(whole(drill))
    else:
        click.echo("\n".join(lines(drill)))


@drills.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether the drill in FILE can be done, or which line to mend."""
    from surefoot.cli.drills_facts import sets_of
    from surefoot.session.drill_shelf import read_drill

    drill = read_drill(file)
    parts = len(drill.stages)
    told = f"{parts} parts, {sets_of(drill)} sets" if parts > 1 else f"{drill.title}"
    click.echo(f"{file.name}: ok, {told}")


def _fits(one: Shelved, family: str | None, role: str | None) -> bool:
    drill = one.drill
    enough = role is None or set(drill.roles) <= {role}
    return enough and family in {None, drill.family}
