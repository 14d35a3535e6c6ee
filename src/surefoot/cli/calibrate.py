"""`surefoot calibrate`: what one unit reads wrong, measured step by step."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import bench_options, needs_sensor
from surefoot.cli.output import print_rows
from surefoot.cli.sitting import ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.analysis import Calibration
    from surefoot.session.bench import Bench
    from surefoot.session.calibrating import Ask, Outcome

    Procedure = Callable[[Bench, str, Calibration, Ask], Outcome]

KINDS = ("gyro", "accelerometer", "mounting", "force", "board")


@click.command()
@click.argument("what", type=click.Choice(KINDS))
@bench_options
@click.option("--axis", type=click.Choice(["ml", "ap"]), default="ml")
@click.option("--poses", type=click.IntRange(12, 40), default=18, show_default=True)
@click.option("--mass", metavar="KG", type=float, help="What is put on a force board.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; what it holds already stays.",
)
def calibrate(what: str, to: Path | None, **told: Any) -> None:
    """Calibrate one unit, step by step, and write what was found to a file.

    Nothing is written when the movement was wrong. The file is given to live and record
    with --calibration.
    """
    from surefoot.analysis import Calibration
    from surefoot.session.on_bench import on_bench

    force = what in {"force", "board"}
    needs_sensor(told, "surefoot-board" if force else "surefoot-sketch")
    if force and told["mass"] is None:
        msg = "say the mass that is put on the board: --mass 20"
        raise click.UsageError(msg)
    if len(told["sensors"]) != 1:
        msg = f"expected one --sensor, got {len(told['sensors'])}: one unit at a time"
        raise click.UsageError(msg)
    (role,) = told["sensors"]
    old = _known(to) if to is not None and to.is_file() else None
    if not told["virtual"]:
        ready(told["sensors"].values(), told["adapter"])
    with on_bench(
        told["sensors"], virtual=told["virtual"], adapter=told["adapter"]
    ) as (bench, follow):
        device = bench.device(role)
        made = _procedure(what, told)(
            bench, role, old or Calibration(), _asking(follow, told["virtual"])
        )
    print_rows(made.rows)
    for remark in made.remarks:
        click.echo(remark)
    click.echo(f"calibration: {_keep(made.calibration, what, device, to)}")


def _known(path: Path) -> Calibration:
    """Return what a file holds already."""
    from surefoot.analysis import parse_calibration
    from surefoot.core import CalibrationError

    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path}: expected a text in UTF-8, got {error.reason}: take another name"
        raise CalibrationError(msg) from None
    return parse_calibration(text, path.name)


def _procedure(what: str, told: dict[str, Any]) -> Procedure:
    from functools import partial

    from surefoot.session import calibrating, calibrating_board

    mass = told["mass"]
    return {
        "gyro": calibrating.calibrate_gyro,
        "accelerometer": partial(
            calibrating.calibrate_accelerometer, poses=told["poses"]
        ),
        "mounting": partial(calibrating.calibrate_mounting, axis=told["axis"]),
        "force": partial(calibrating_board.calibrate_force, mass=mass),
        "board": partial(calibrating_board.calibrate_board, mass=mass),
    }[what]


def _asking(follow: Callable[[str], None], virtual: bool) -> Ask:
    def ask(sentence: str, do: str) -> None:
        if virtual:
            click.echo(sentence)
            follow(do)
        else:
            click.prompt(
                f"{sentence}\nPress Enter", default="", show_default=False, err=True
            )

    return ask


def _keep(made: Calibration, what: str, device: str, to: Path | None) -> Path:
    """Write a calibration in one step, so that no half file is ever read."""
    from dataclasses import replace

    from surefoot.analysis.calibration_text import calibration_text

    today = datetime.now(UTC).date().isoformat()
    dated = replace(made, serial=made.serial or device, date=today)
    path = to or _place(device)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    remark = f"Made by surefoot calibrate; last: {what}, {today}."
    part.write_text(calibration_text(dated, [remark]), "utf-8")
    part.replace(path)
    return path


def _place(device: str) -> Path:
    """Return where a unit's file is kept: here, else with the user's data."""
    import platformdirs

    name = re.sub(r"[^A-Za-z0-9-]+", "-", device).strip("-") or "sensor"
    here = Path("calibration")
    folder = here if here.is_dir() else platformdirs.user_data_path("surefoot") / here
    return folder / f"{name}.toml"
