"""`surefoot demo`: one drill by a virtual person, recorded, replayed and summed up."""

from __future__ import annotations

import io
import textwrap
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.resources import intended_use

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.session.live import LiveSession
    from surefoot.session.snapshot import Snapshot

DRILL = "rocker-hold-level"
PERSON = "steady"
_MADE = (
    "demo.mcap",
    "demo.mcap.part",
    "live-?-*-trainee.png",
    "live-?-*-therapist.png",
    "replay-trainee.png",
    "replay-therapist.png",
    "summary.txt",
)
RING = 2.5  # degrees; small enough that a steady person leaves it now and then


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(5, 600),
    default=15.0,
    show_default=True,
    help="Length of the run.",
)
@click.option("--headless", is_flag=True, help="No window; pictures are saved anyway.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/demo"),
    show_default=True,
    help="Folder for the recording, the pictures and the summary.",
)
def demo(seconds: float, headless: bool, out: Path) -> None:
    """Watch a virtual person do a drill: live, recorded, and replayed."""
    from surefoot.session.opening import Seating, open_live
    from surefoot.session.setup import load_drill
    from surefoot.training import lasting
    from surefoot.training.agreed import Agreed
    from surefoot.ui.demo import use_platform

    out.mkdir(parents=True, exist_ok=True)
    _clear(out)
    if not use_platform(headless=headless):
        click.echo("No window: the same views are drawn out of sight and saved.")
    click.echo("A virtual person on a rocker board. Sensors and person are not real.")
    drill = lasting(load_drill(DRILL), seconds)
    agreed = Agreed(rest_pain=0, sets=1)
    session = open_live(
        Seating(virtual=PERSON), drill, out / "demo.mcap", agreed=agreed
    )
    recording, pictures = _live(session, out)
    pictures += _replay(recording, out)
    summary = _summary(recording, pictures)
    (out / "summary.txt").write_text(summary, encoding="utf-8")
    click.echo()
    click.echo(summary, nl=False)


def _clear(out: Path) -> None:
    """Remove what an earlier demonstration left, and nothing else."""
    for name in _MADE:
        for old in out.glob(name):
            old.unlink()


def _live(session: LiveSession, out: Path) -> tuple[Path, list[Path]]:
    from surefoot.core import RecordingError
    from surefoot.ui.demo import perform

    session.start()
    session.send("zone", degrees=RING)
    try:
        pictures = perform(session, out, _teller())
    finally:
        recording = session.finish()
    if recording is None:
        msg = "demo: expected a recording, got none: run it again"
        raise RecordingError(msg)
    return recording, pictures


def _teller() -> Callable[[Snapshot], None]:
    """Return what prints each step once, as it is reached."""
    last = ""

    def tell(shot: Snapshot) -> None:
        nonlocal last
        if shot.prompt != last:
            last = shot.prompt
            click.echo(f"  {shot.t:5.1f} s  {shot.prompt}")

    return tell


def _replay(recording: Path, out: Path) -> list[Path]:
    from surefoot.session.replay import open_replay
    from surefoot.ui.demo import play

    click.echo("The recording again, four times as fast.")
    return play(open_replay(recording), out)


def _summary(recording: Path, pictures: list[Path]) -> str:
    """Return one page: what was done, how good it was, the numbers, the files."""
    from surefoot.cli.story import tell
    from surefoot.session.analyse import analyse
    from surefoot.session.replay import replay

    text = io.StringIO()
    with redirect_stdout(text):
        _title("Surefoot demonstration: virtual person, virtual sensors")
        click.echo("Nothing here is from a real person.")
        _title("Live values, computed again from the recording")
        tell(_relative(replay(recording)))
        _title("Final values, with the whole recording known")
        tell(_relative(analyse(recording)))
        _title("Files")
        for path in (recording, *pictures):
            click.echo(str(path))
        click.echo()
        click.echo(textwrap.fill(intended_use()))
    return text.getvalue()


def _title(text: str) -> None:
    click.echo(f"\n{text}\n{'-' * len(text)}")


def _relative(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "file": Path(found["file"]).name}
