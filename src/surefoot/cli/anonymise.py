"""`surefoot anonymise`: a copy of a recording by which nobody is known."""

from __future__ import annotations

from pathlib import Path

import click

from surefoot.cli.progress import waiting


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", required=True, type=click.Path(path_type=Path), help="The copy to write."
)
@click.option("--code", default="", metavar="CODE", help="New code; one is drawn.")
def anonymise(file: Path, to: Path, code: str) -> None:
    """Write a copy of FILE without what tells a person, a device or a day.

    Its measures are those of FILE. Movement may still be known again by whoever has it
    from elsewhere: give the copy only to people you would give FILE to under a code.
    """
    from surefoot.exchange.anonymise import anonymise as write

    with waiting(f"Anonymising {file.name}"):
        made = write(file, to, code)
    click.echo(f"{made.path}: person {made.code}, times from 0, no texts, no serials")
    if made.left_out:
        one = made.left_out == 1
        what = "packet" if one else "packets"
        click.echo(f"  {made.left_out} {what} left out: no sample is made of them")
    if made.excluded:
        click.echo(f"  {made.excluded} excluded intervals stay excluded")
