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
        links = session.snapshot().links
        finished(session)
    print_rows(
        (
            (link.role, link.device, f"{link.samples} samples, {link.lost} lost")
            for link in links
        ),
        "  ",
    )
    silent = [link for link in links if not link.samples]
    if silent:
        why = silent[0].reason or silent[0].state.value
        msg = f"{silent[0].role}: expected samples, got none ({why}): see surefoot scan"
        raise RadioError(msg)


def _wait(session: LiveSession, seconds: float | None) -> None:
    """Let the session go on for its time, or until Ctrl-C: either is an orderly end."""
    label = "Recording" if seconds else "Recording until Ctrl-C"
    begun = time.monotonic()
    with suppress(KeyboardInterrupt), waiting(label, seconds):
        while seconds is None or time.monotonic() - begun < seconds:
            time.sleep(_LOOK)
            _warn(session)


def _warn(session: LiveSession) -> None:
    """Stop at once when the disk keeps nothing any more."""
    from surefoot.core import RecordingError

    if session.recorder is not None and session.recorder.failed:
        raise RecordingError(session.recorder.error)
