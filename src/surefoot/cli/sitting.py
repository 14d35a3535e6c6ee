"""What `live` and `record` share: the sensors, the session, the file it goes to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from surefoot.cli.options import (
    around_options,
    files,
    person,
    sensors,
    told_around,
)
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from surefoot.session.live import LiveSession
    from surefoot.training import Drill
    from surefoot.training.agreed import Agreed

F = TypeVar("F", bound="Callable[..., Any]")
_OPTIONS = (
    click.option(
        "--sensor",
        "sensors",
        multiple=True,
        metavar="ROLE=PROFILE[:NAME]",
        callback=sensors,
        help="For example board=movesense, or trunk=movesense:2031. May be repeated. "
        "Without it: the sensors of the last time.",
    ),
    click.option(
        "--calibration",
        "calibrations",
        multiple=True,
        metavar="ROLE=FILE",
        callback=files,
        help="What surefoot calibrate wrote for a sensor.",
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
    function = around_options(function)
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def seated(
    told: dict[str, Any], drill: Drill | str, agreed: Agreed | None = None
) -> LiveSession:
    """Return the session that was asked for; it is not started yet.

    Parameters
    ----------
    told : dict
        The values of `options`.
    drill : Drill or str
        It, or its name; empty to keep what comes and ask later.
    agreed : Agreed, optional
        What holds for this sitting, told before it.
    """
    from surefoot.analysis.pipeline import circumstances_of
    from surefoot.devices.ble import known_sensors
    from surefoot.session.opening import Seating, open_live

    if not told["sensors"] and told["virtual"] is None and not known_sensors():
        msg = "no sensor: say --sensor board=PROFILE, or --virtual steady"
        raise click.UsageError(msg)
    seating = Seating(
        told["sensors"], told["virtual"], told["adapter"], told["calibrations"]
    )
    wanted = seating.told()
    if seating.virtual is None:
        ready(wanted.values(), seating.adapter)
    to: Path = told["to"] or new_file()
    _offer_leftovers()
    around = circumstances_of(told_around(told))
    return open_live(seating, drill, to, told["person"] or None, around, agreed)


def finished(session: LiveSession) -> Path | None:
    """Close a session in order and keep what it came to beside its recording.

    The recording is finished and told first; neither the sensors' roles, the final
    values nor the archive can harm it any more, or keep one another from being tried.
    """
    path = session.finish()
    click.echo(f"recording: {path}")
    _complain(_roles_kept(session))
    if path is not None:
        kept(path)
    return path


def kept(path: Path) -> None:
    """Keep what a recording came to beside it, and take it into the archive."""
    from surefoot.archive import keep
    from surefoot.session.final import keep_finals

    with waiting("Measuring"):
        troubles = [keep_finals(path), keep(path)]
    for trouble in troubles:
        _complain(trouble)


def _complain(trouble: str) -> None:
    if trouble:
        click.echo(trouble, err=True)


def _roles_kept(session: LiveSession) -> str:
    """Keep which sensor had which role; return nothing, or why not."""
    from surefoot.core import SurefootError
    from surefoot.session.opening import remember_sensors

    try:
        remember_sensors(session)
    except (SurefootError, OSError) as error:
        return f"the sensors' roles were not kept ({error})"
    return ""


def ready(sensors: Iterable[str], adapter: str | None) -> None:
    """Say at once what cannot work: a profile, or no Bluetooth here.

    Parameters
    ----------
    sensors : iterable of str
        What was asked for: ``"profile"`` or ``"profile:part of its name"``.
    adapter : str or None
        Bluetooth adapter, as ``"hci1"``.

    Raises
    ------
    SurefootError
        Saying what does not work.
    """
    from surefoot.core import ProfileError
    from surefoot.devices import load_profile
    from surefoot.devices.ble import scan
    from surefoot.devices.transports import KINDS
    from surefoot.session.asked import asked

    profiles = [load_profile(asked(told)[0]) for told in sensors]
    for profile in profiles:
        if profile.transport == "table":
            msg = f"{profile.id}: expected a sensor, got a table: use surefoot import"
            raise ProfileError(msg)
    for transport in {profile.transport for profile in profiles}:
        if transport == "ble":
            scan(0.1, adapter=adapter)
        else:
            KINDS[transport].plugged()


def _offer_leftovers() -> None:
    """Say once which recordings were left unfinished, and how to make them whole."""
    from surefoot.recording import leftovers, offer, recordings_folder

    told = offer(leftovers(recordings_folder()))
    if told:
        click.echo(told, err=True)


def new_file(name: str = "") -> Path:
    """Return a place for a recording nobody named, told by date, time and drill."""
    from surefoot.recording import recordings_folder

    when = datetime.now().astimezone().strftime("%Y-%m-%d_%H%M%S")
    file = f"{when}_{name}.mcap" if name else f"{when}.mcap"
    folder = recordings_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / file
