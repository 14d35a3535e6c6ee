"""`surefoot recover`: a whole recording from an unfinished or damaged one."""

from __future__ import annotations

from pathlib import Path

import click

from surefoot.cli.progress import waiting


@click.command()
@click.argument("file", metavar="FILE.part", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="The recording to write.")
def recover(file: Path, to: Path | None) -> None:
    """Make a whole recording of what can be read; the original stays as it is."""
    from surefoot.recording import open_recording
    from surefoot.recording import recover as mend

    with waiting(f"Recovering {file.name}"):
        made = open_recording(mend(file, to))
    packets = sum(made.counts.values())
    click.echo(f"{made.path}: {packets} packets, {made.duration:.1f} s")
    for line in made.header.session["recovered"]["damage"]:
        click.echo(f"  lost: {line}")
