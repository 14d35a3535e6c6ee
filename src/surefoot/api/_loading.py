"""From a name to a session."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from surefoot.api._catalogue import samples
from surefoot.api._session import Session
from surefoot.exchange import Choice, import_file

if TYPE_CHECKING:
    from collections.abc import Mapping


def load(recording: str | Path) -> Session:
    """Open a recording.

    Parameters
    ----------
    recording : str or Path
        A file, also a ``.part`` that was not closed, or the name of a sample.

    Raises
    ------
    SurefootError
        If it is not a readable recording.
    """
    path = Path(recording).expanduser()
    return Session(path if path.exists() else samples().get(str(recording), path))


def load_table(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    axes: Mapping[str, str] | None = None,
    rate: float | None = None,
    role: str = "board",
) -> Session:
    """Open a table of somebody else's: a force plate, a phone, a sensor.

    It is read as ``surefoot import`` reads it and takes the same words; see
    ``docs/importing.md``. What cannot be known, as which axis is sideways, is never
    guessed.

    Parameters
    ----------
    path : str or Path
        The file, zip or folder.
    columns : mapping of str to str, optional
        Heading by target, as ``{"time": "t", "ml": "copY", "ap": "copX"}``.
    units : mapping of str to str, optional
        As ``{"cop": "cm", "time": "s"}``.
    axes : mapping of str to str, optional
        As ``{"ml": "-x", "ap": "y"}``.
    rate : float, optional
        Samples a second [Hz], where the table has no time.
    role : str
        Where the sensor was.

    Returns
    -------
    Session
        Like one of a recording. It is kept in a temporary folder that goes with it;
        ``surefoot import`` keeps it for good.

    Raises
    ------
    SurefootError
        Naming the line, if the table is not as it was said to be.
    """
    source = Path(path).expanduser()
    choice = Choice(columns or {}, units or {}, rate, axes or {})
    folder = Path(tempfile.mkdtemp(prefix="surefoot-"))
    try:
        target = folder / f"{source.stem or 'table'}.mcap"
        session = Session(import_file(source, target, "auto", choice, role))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(session, shutil.rmtree, folder, ignore_errors=True)
    return session
