"""`surefoot live`: a drill with live feedback, recorded."""

from __future__ import annotations

from typing import Any

import click

from surefoot.cli.sitting import options, seated

DRILL = "rocker-hold-level"


@click.command()
@options
@click.option("--drill", default=DRILL, show_default=True, help="A name, or a TOML.")
def live(drill: str, **told: Any) -> None:
    """Do a drill with live feedback; everything is recorded."""
    from surefoot.ui.app import run_live
    from surefoot.ui.display import require_display

    require_display()
    session = seated(told, drill)
    session.start()
    try:
        status = run_live(session)
    finally:
        click.echo(f"recording: {session.finish()}")
    raise click.exceptions.Exit(status)
