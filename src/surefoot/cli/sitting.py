"""What `live` and `record` share: the sensors, the session, the file it goes to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from surefoot.cli.options import person, sensors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from surefoot.session.live import LiveSession

F = TypeVar("F", bound="Callable[..., Any]")
_OPTIONS = (
    click.option(
        "--sensor",
        "sensors",
        multiple=True,
        metavar="ROLE=PROFILE[:NAME]",
        callback=sensors,
        help="For example board=movesense, or trunk=movesense:2031. May be repeated.",
    ),
    click.option(
        "--virtual",
        metavar="PERSON",
        callback=person,
        help="A virtual person on a virtual board: steady, unsteady, tiring ...",
    ),
    click.option(
        "--to",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Recording to write.",
    ),
    click.option("--person", metavar="CODE", default="", help="A code, never a name."),
    click.option("--adapter", metavar="NAME", help="Bluetooth adapter, as hci1."),
)


def options(function: F) -> F:
    """Give a command the options of a sitting."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def seated(told: dict[str, Any], drill: str) -> LiveSession:
    """Return the session that was asked for; it is not started yet.

    Parameters
    ----------
    told : dict
        The values of `options`.
    drill : str
        Its name; empty to keep what comes and ask later.
    """
    from surefoot.session.opening import open_live

    if not told["sensors"] and told["virtual"] is None:
        msg = "no sensor: say --sensor board=PROFILE, or --virtual steady"
        raise click.UsageError(msg)
    if told["virtual"] is None:
        _ready(told["sensors"].values(), told["adapter"])
    to: Path = told["to"] or _new_file()
    return open_live(
        told["sensors"],
        told["virtual"],
        drill,
        to,
        told["person"] or None,
        told["adapter"],
    )


def _ready(sensors: Iterable[str], adapter: str | None) -> None:
    """Say at once what cannot work: a profile, or no Bluetooth here."""
    from surefoot.devices import load_profile
    from surefoot.devices.ble import scan

    for told in sensors:
        load_profile(told.partition(":")[0])
    scan(0.1, adapter=adapter)


def _new_file() -> Path:
    """Return a place for a recording nobody named, told by date and time."""
    import platformdirs

    name = datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S.mcap")
    folder = platformdirs.user_data_path("surefoot") / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
