"""`surefoot live`: a drill with live feedback, recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.sitting import finished, options, seated

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.session.engine import Engine
    from surefoot.session.live import LiveSession
    from surefoot.training import Drill
    from surefoot.training.agreed import Agreed
    from surefoot.ui.panels.today import DayPlan

DRILL = "rocker-hold-level"


@click.command()
@options
@click.option("--drill", default=DRILL, show_default=True, help="A name, or a TOML.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="Close the window by itself."
)
@click.option("--auto", is_flag=True, help="A virtual person answers by itself too.")
def live(drill: str, seconds: float | None, auto: bool, **told: Any) -> None:
    """Do a drill with live feedback; everything is recorded."""
    from surefoot.ui.display import require_display

    if auto and told["virtual"] is None:
        msg = "say --virtual PERSON: nobody else answers by itself"
        raise click.UsageError(msg)
    require_display()
    raise click.exceptions.Exit(shown(seated(told, drill), seconds, auto=auto))


def sat(code: str, drill: Drill, agreed: Agreed, to: Path | None) -> Engine:
    """Let a person do a drill of the programme in a window; return what came of it."""
    from surefoot.ui.display import require_display

    require_display()
    told: dict[str, Any] = {
        "sensors": {},
        "virtual": None,
        "adapter": None,
        "calibrations": {},
        "to": to,
        "person": code,
    }
    session = seated(told, drill, agreed)
    shown(session, None)
    return session.engine


def shown(
    session: LiveSession,
    seconds: float | None,
    plan: DayPlan | None = None,
    *,
    auto: bool = False,
) -> int:
    """Show a session until its window is closed, and keep all that came of it."""
    from surefoot.session.director import SelfRunning
    from surefoot.session.opening import remember
    from surefoot.session.templates import captured, keep_template, kept_for
    from surefoot.ui.app import run_live

    session.start()
    try:
        stage = SelfRunning(session) if auto else session
        return run_live(stage, seconds=seconds, plan=plan)
    finally:
        finished(session)
        zone = remember(session)
        if zone is not None:
            click.echo(f"ring for the next time: {zone:.1f} degrees")
        setup = session.setup
        moved = captured(session.engine.events)
        if moved is not None and setup.person and setup.drill is not None:
            path = keep_template(moved, setup.person, kept_for(setup.drill))
            click.echo(f"movement kept: {path}")
