"""Whether the archive answers, found out without making or changing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine
from sqlalchemy.exc import SQLAlchemyError

from surefoot.archive._errors import ArchiveError, trouble
from surefoot.archive._place import engine_of, place_of
from surefoot.archive._schema import version, versions
from surefoot.archive._share import refuse_share

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from surefoot.archive._place import Place

PATIENCE = 5.0
"""How long a server may take to answer [s]; our default."""


def reach(where: str | Path | None = None) -> tuple[str, Path | None]:
    """Return where the archive is and which version its tables have.

    Parameters
    ----------
    where : str or Path, optional
        As for `surefoot.archive.open_archive`.

    Returns
    -------
    str
        One line. A file that is not there yet is no trouble.
    Path or None
        The folder that must be writable; None for a server.

    Raises
    ------
    ArchiveError
        If it is on a network share, does not answer, is a newer program's, or a package
        for it is missing.
    """
    place = place_of(where)
    if place.file is not None:
        refuse_share(place.file)
        if not place.file.exists():
            told = f"{place}: none yet, the first `surefoot archive add` makes it"
            return told, place.file.parent
    engine = _reader(place)
    try:
        with engine.connect() as connection:
            found = version(connection)
    except SQLAlchemyError as error:
        raise trouble(str(place), error) from error
    finally:
        engine.dispose()
    if found and found not in versions():
        msg = f"archive {place}: expected a version this program knows, got {found!r}"
        raise ArchiveError(msg + ": update Surefoot to open it")
    folder = place.file.parent if place.file else None
    return f"{place}: answers, version {found or 'none yet'}", folder


def _reader(place: Place) -> Engine:
    if place.file is None:
        engine_of(place).dispose()  # says which package is missing
        asked = {"connect_timeout": round(PATIENCE)}
        return create_engine(place.url, connect_args=asked)
    # written to by nobody here, but a reader alone leaves its shared memory behind
    query = {"mode": "rw", "uri": "true"}
    url = URL.create("sqlite", database=place.file.as_uri(), query=query)
    return create_engine(url)
