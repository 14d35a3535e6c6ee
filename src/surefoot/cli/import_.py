"""`surefoot import`: a file of somebody else's becomes a recording."""

from __future__ import annotations

from pathlib import Path

import click

from surefoot.cli.options import pairs
from surefoot.cli.progress import waiting

_TARGETS = ("time", "acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
_QUANTITIES = ("time", "acc", "gyr")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", required=True, type=click.Path(path_type=Path), help="Recording to write."
)
@click.option(
    "--format",
    "form",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "wobbleboard", "csv"]),
)
@click.option(
    "--columns",
    callback=pairs(_TARGETS),
    default="",
    help="Which column is what: acc_x=ax,acc_y=ay,time=t. Without headings: numbers.",
)
@click.option(
    "--units",
    callback=pairs(_QUANTITIES),
    default="",
    help="acc in m/s^2, g, mg; gyr in rad/s, deg/s; time in s, ms, us: acc=g,time=ms.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 10_000),
    help="Samples a second, where there is no column of times.",
)
def import_(
    file: Path,
    to: Path,
    form: str,
    columns: dict[str, str],
    units: dict[str, str],
    rate: float | None,
) -> None:
    """Turn the rows of FILE into a recording; FILE itself is only read.

    FILE is a wobble-board JSON or a CSV table of accelerations, with a gyroscope and
    times where there are any.
    """
    from surefoot.exchange import Choice, import_file
    from surefoot.recording import open_recording

    with waiting(f"Importing {file.name}"):
        path = import_file(file, to, form, Choice(columns, units, rate))
        made = open_recording(path)
    rows = made.counts.get("board/rows", 0)
    label = made.header.session["imported"]["label"]
    called = f", labelled {label!r}" if label else ""
    click.echo(f"{path}: {rows} rows, {made.duration:.1f} s{called}")
