"""`surefoot live`: a drill with live feedback, recorded."""

from __future__ import annotations

from typing import Any

import click

from surefoot.cli.sitting import finished, options, seated

DRILL = "rocker-hold-level"


@click.command()
@options
@click.option("--drill", default=DRILL, show_default=True, help="A name, or a TOML.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="Close the window by itself."
)
def live(drill: str, seconds: float | None, **told: Any) -> None:
    """Do a drill with live feedback; everything is recorded."""
    from surefoot.session.opening import remember
    from surefoot.ui.app import run_live
    from surefoot.ui.display import require_display

    require_display()
    session = seated(told, drill)
    session.start()
    try:
        status = run_live(session, seconds=seconds)
    finally:
        finished(session)
        zone = remember(session)
        if zone is not None:
            click.echo(f"ring for the next time: {zone:.1f} degrees")
    raise click.exceptions.Exit(status)
