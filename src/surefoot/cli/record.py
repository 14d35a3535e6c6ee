"""`surefoot record`: keep what the sensors send, without a window."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.output import print_rows
from surefoot.cli.progress import waiting
from surefoot.cli.sitting import finished, options, seated

if TYPE_CHECKING:
    from surefoot.session.live import LiveSession

_LOOK = 0.1  # s between looks at the clock


@click.command()
@options
@click.option("--drill", default="", help="Kept beside the packets; none is needed.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), help="How long; else until Ctrl-C."
)
def record(drill: str, seconds: float | None, **told: Any) -> None:
    """Record first, ask later: every packet is kept, no drill is needed."""
    from surefoot.core import RadioError

    session = seated(told, drill)
    session.start()
    try:
        _wait(session, seconds)
    finally:
        before = session.snapshot().links
        finished(session)
    links = session.snapshot().links  # with what came until the sensors were closed
    print_rows(
        (
            (link.role, link.device, f"{link.samples} samples, {link.lost} lost")
            for link in links
        ),
        "  ",
    )
    heard = {link.role for link in links if link.samples}
    silent = [link for link in before if link.role not in heard]
    if silent:
        why = silent[0].reason or silent[0].state.value
        msg = f"{silent[0].role}: expected samples, got none ({why}): see surefoot scan"
        raise RadioError(msg)


def _wait(session: LiveSession, seconds: float | None) -> None:
    """Let the session go on for its time, or until Ctrl-C: either is an orderly end."""
    label = "Recording" if seconds else "Recording until Ctrl-C"
    begun = time.monotonic()
    told = 0
    with suppress(KeyboardInterrupt), waiting(label, seconds):
        while seconds is None or time.monotonic() - begun < seconds:
            time.sleep(_LOOK)
            _warn(session)
            told = _tell(session, told)


def _tell(session: LiveSession, told: int) -> int:
    """Say what was warned of since the last look; return how far that was."""
    events = session.engine.events[told:]
    for event in events:
        if event.name == "warning":
            click.echo(str(event.detail.get("text", "")), err=True)
    return told + len(events)


def _warn(session: LiveSession) -> None:
    """Stop at once when the disk keeps nothing any more."""
    from surefoot.core import RecordingError

    if session.recorder is not None and session.recorder.failed:
        raise RecordingError(session.recorder.error)
