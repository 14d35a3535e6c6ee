"""`surefoot replay`: a recording again, in a window or as numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import language_option
from surefoot.cli.output import print_json
from surefoot.cli.progress import steps, waiting

if TYPE_CHECKING:
    from surefoot.core import Event

SLOWEST = 0.01
"""Times real time; slower is standing still."""


def speed_of(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> float | None:
    """Return a factor on real time; ``max`` is infinite."""
    if value is None or value == "max":
        return None if value is None else float("inf")
    try:
        speed = float(value)
    except ValueError:
        speed = 0.0
    if not speed >= SLOWEST:
        msg = f"{value!r}: expected a number from {SLOWEST:g} on, or max"
        raise click.BadParameter(msg)
    return speed


@click.command()
@click.argument("file", required=False)
@click.argument("beside", required=False)
@click.option(
    "--speed",
    metavar="N|max",
    callback=speed_of,
    help="Times real time. In a window 1, headless max, unless told.",
)
@click.option("--headless", is_flag=True, help="Compute and print, no window.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document; no window.")
@click.option("--profile", metavar="TOML|NAME", help="Decode by another profile.")
@click.option(
    "--calibration",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Calibrate by another file.",
)
@click.option("--role", default="board", show_default=True, help="Whose they are.")
@click.option("--list", "listing", is_flag=True, help="List the shipped samples.")
@language_option
def replay(
    file: str | None,
    speed: float | None,
    headless: bool,
    as_json: bool,
    listing: bool,
    language: str | None,
    **told: Any,
) -> None:
    """Replay FILE, a recording or the name of a shipped sample.

    With BESIDE, a second one, both are shown side by side, aligned where a run begins;
    in the window F7 and F8 choose the run. With --profile or --calibration FILE is
    decoded anew; the recording stays as it is.
    """
    beside: str | None = told.pop("beside")
    if listing:
        _list(as_json)
    elif file is None:
        msg = "FILE is missing; `surefoot replay --list` shows the samples"
        raise click.UsageError(msg)
    elif beside is not None:
        if headless or as_json or told["profile"] or told["calibration"]:
            msg = "two recordings are only shown in a window, and decoded as they are"
            raise click.UsageError(msg)
        _show_both(find(file), find(beside), speed or 1.0, language)
    elif headless or as_json:
        _print(find(file), speed, as_json, told)
    else:
        _show(find(file), 1.0 if speed is None else speed, language, told)


def samples() -> dict[str, Path]:
    """Return the recordings that ship as samples, by name."""
    from surefoot.resources import folder

    return {p.stem: p for p in sorted(folder("recordings").glob("*.mcap"))}


def find(name: str) -> Path:
    """Return the recording of that path, or the sample of that name."""
    path = Path(name)
    return path if path.exists() else samples().get(name, path)


def _list(as_json: bool) -> None:
    if as_json:
        print_json([{"name": name} for name in samples()])
        return
    for name in samples():
        click.echo(name)


def _print(
    path: Path, speed: float | None, as_json: bool, told: dict[str, Any]
) -> None:
    from surefoot.cli.story import event_line, tell
    from surefoot.session.replay import replay as again
    from surefoot.session.setup import Instead

    instead = Instead(**told)
    if speed is None or speed == float("inf"):
        with waiting(f"Replaying {path.name}"):
            found = again(path, instead=instead)
    elif as_json:
        with waiting(f"Replaying {path.name}"):
            found = again(path, speed, None, instead)
    else:

        def say(event: Event) -> None:
            click.echo(event_line(event))

        found = again(path, speed, say, instead)
    if as_json:
        print_json(found)
    else:
        tell(found)


def _show_both(first: Path, second: Path, speed: float, language: str | None) -> None:
    from surefoot.recording import open_recording
    from surefoot.ui.display import require_display
    from surefoot.ui.side_by_side import run_pair
    from surefoot.ui.side_by_side.opening import open_pair

    for path in (first, second):
        open_recording(path)  # a wrong file is said before a missing screen
    require_display()
    with steps(f"Opening {first.name} and {second.name}", 1.0) as progress:
        pair = open_pair(first, second, progress)
    pair.send("speed", factor=speed)
    raise click.exceptions.Exit(run_pair(pair, language=language))


def _show(path: Path, speed: float, language: str | None, told: dict[str, Any]) -> None:
    from surefoot.recording import open_recording
    from surefoot.session.replay import open_replay
    from surefoot.session.setup import Instead
    from surefoot.ui.app import run_replay
    from surefoot.ui.display import require_display

    open_recording(path)  # a wrong file is said before a missing screen
    require_display()
    with steps(f"Opening {path.name}", 1.0) as progress:
        stage = open_replay(path, progress, Instead(**told))
    stage.send("speed", factor=speed)
    raise click.exceptions.Exit(run_replay(stage, language=language))
