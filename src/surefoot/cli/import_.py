"""`surefoot import`: a file of somebody else's becomes a recording."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import ROLES, pairs
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENSOR = ("time", "acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")
_TARGETS = (*_SENSOR, "ml", "ap", "force")
_QUANTITIES = ("time", "acc", "gyr", "cop", "force", "moment")
_AXES = ("ml", "ap", "x", "y", "z", "rest")
_FORMATS = (
    "auto",
    "surefoot-csv",
    "surefoot-parquet",
    "wobbleboard",
    "phyphox",
    "sensor-logger",
    "xsens-dot",
    "witmotion",
    "force-plate",
    "csv",
    "cop",
)


def _origin(
    _ctx: click.Context, _param: click.Parameter, value: str
) -> tuple[float, float, float] | None:
    """Return three numbers of metres."""
    if not value:
        return None
    try:
        x, y, z = (float(part) for part in value.split(","))
    except ValueError:
        x = y = z = math.nan
    if not all(map(math.isfinite, (x, y, z))):
        msg = f"{value!r}: expected three numbers of metres, X,Y,Z"
        raise click.BadParameter(msg)
    return x, y, z


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
    type=click.Choice(_FORMATS),
    help="csv is any table of accelerations, cop any of a centre of pressure.",
)
@click.option(
    "--role",
    default="board",
    show_default=True,
    type=click.Choice(ROLES),
    help="Where the sensor was.",
)
@click.option(
    "--columns",
    callback=pairs(_TARGETS),
    default="",
    help="Which column is what: acc_x=ax,acc_y=ay,time=t or ml=copY,ap=copX. Without "
    "headings: numbers. time=- leaves it out.",
)
@click.option(
    "--units",
    callback=pairs(_QUANTITIES),
    default="",
    help="acc in m/s^2, g, mg; gyr in rad/s, deg/s; time in s, ms, us, ns; cop in m, "
    "cm, mm; force in N; moment in Nm, Nmm: acc=g,time=ms.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 10_000),
    help="Samples a second, where there is no column of times.",
)
@click.option(
    "--axes",
    callback=pairs(_AXES),
    default="",
    help="Of a plate, which axis is right and which forward: ml=-x,ap=y. Of a sensor, "
    "how to turn it: x=-y,y=x,z=z; rest=down if accelerations point down at rest.",
)
@click.option(
    "--origin",
    callback=_origin,
    default="",
    metavar="X,Y,Z",
    help="Where a plate's moments are about, from the middle of its top, in metres.",
)
def import_(file: Path, to: Path, form: str, role: str, **told: Any) -> None:
    """Turn the rows of FILE into a recording; FILE itself is only read.

    FILE is a table of accelerations or of a centre of pressure, a force-plate table, an
    export of phyphox, Sensor Logger, Movella DOT or WitMotion (a file, a zip or a
    folder), a wobble-board JSON, or a CSV or Parquet table that Surefoot exported. What
    it is taken for is said.
    """
    from surefoot.exchange import Choice, import_file
    from surefoot.recording import open_recording

    with waiting(f"Importing {file.name}"):
        path = import_file(file, to, form, Choice(**told), role)
        made = open_recording(path)
    imported = made.header.session["imported"]
    click.echo(f"{path}: {_story(imported, made.duration)}")
    for line in _remarks(imported):
        click.echo(f"  {line}")


def _story(imported: Mapping[str, Any], seconds: float) -> str:
    label = imported["label"]
    called = f", labelled {label!r}" if label else ""
    return f"{imported['rows']} rows, {seconds:.1f} s, {imported['format']}{called}"


def _remarks(imported: Mapping[str, Any]) -> list[str]:
    """Return what a person should know of the rows, a line each."""
    dropped = [
        f"{n} {'row' if n == 1 else 'rows'} left out: {why}"
        for why, n in imported["rows_dropped"].items()
    ]
    nominal = f"times counted at {imported['rate']:g} Hz: a missing row is not seen"
    counted = [nominal] if imported["clock"] == "nominal" else []
    merged = [f"merged: {imported['merged']}"] if "merged" in imported else []
    return [*dropped, *counted, *merged, *imported["notes"]]
