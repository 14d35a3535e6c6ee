"""`surefoot verify`: whether every byte that matters is intact."""

from __future__ import annotations

from pathlib import Path

import click

from surefoot.cli.progress import waiting


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """Check every checksum of a recording; damage is said in words."""
    from surefoot.core import RecordingError
    from surefoot.recording import verify as check

    with waiting(f"Checking {file.name}"):
        report = check(file)
    verdict, *damage = report.lines
    for line in damage:
        click.echo(line)
    if not report.ok:
        raise RecordingError(verdict)
    click.echo(verdict)
