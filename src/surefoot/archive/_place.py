"""Where the archive is: a file of this computer, or a server."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from surefoot.archive._errors import ArchiveError
from surefoot.archive._share import refuse_share

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

VARIABLE = "SUREFOOT_ARCHIVE"
IDENTITIES = "SUREFOOT_IDENTITIES"
_PATIENCE = 30.0  # s for another program's write; our default
_WRITING = "surefoot_writing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is.

    Attributes
    ----------
    url : URL
        Of its database.
    file : Path or None
        The SQLite file; None for a server.
    folder : Path
        Where the files beside it lie: the list of what was erased.
    identities : Path
        Where the encrypted store of identities is, if there is one.
    """

    url: URL
    file: Path | None
    folder: Path
    identities: Path

    def __str__(self) -> str:
        url = self.url.set(drivername="postgresql")
        return str(self.file or url.render_as_string(hide_password=True))


def data_folder() -> Path:
    """Return where everything of this user is kept; it may not exist."""
    return Path(platformdirs.user_data_path("surefoot"))


def place_of(where: str | Path | None = None) -> Place:
    """Return the place that is meant.

    Parameters
    ----------
    where : str or Path, optional
        A file, a folder, or ``postgresql://...``; else what the environment variable
        ``SUREFOOT_ARCHIVE`` says, else ``archive/catalogue.db`` among the user's data.

    Raises
    ------
    ArchiveError
        If it is another kind of database.
    """
    told = str(where or os.environ.get(VARIABLE, "") or data_folder() / "archive")
    if "://" not in told:
        path = Path(told).expanduser().absolute()
        bare = path.is_dir() or not path.suffix
        file = path / "catalogue.db" if bare else path
        url = URL.create("sqlite", database=str(file))
        return Place(url, file, file.parent, _identities(file.parent))
    folder = data_folder() / "archive"
    return Place(_server(told), None, folder, _identities(folder))


def engine_of(place: Place) -> Engine:
    """Return what connects to a place; nothing is opened yet.

    Raises
    ------
    ArchiveError
        If it is on a network share, or a package for it is missing.
    """
    if place.file is not None:
        return sqlite(place.file)
    if find_spec("psycopg") is None:
        msg = (
            "archive: expected the package psycopg for PostgreSQL, got none: "
            "pip install 'surefoot[postgresql]'"
        )
        raise ArchiveError(msg)
    return create_engine(place.url, pool_pre_ping=True)


def sqlite(file: Path) -> Engine:
    """Return what connects to a SQLite file in WAL mode; its folder is made.

    Raises
    ------
    ArchiveError
        If it is on a network share, or its folder cannot be made.
    """
    refuse_share(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)  # nobody else's; what SQLite puts beside it, too
    except OSError as error:
        msg = f"archive {file}: expected a folder to write to, got {error.strerror!r}"
        raise ArchiveError(msg + ": name another place") from error
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(url, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def snapshots(engine: Engine) -> Engine:
    """Return the same connections, whose transactions see one state to their end."""
    if engine.dialect.name == "sqlite":
        return engine  # in WAL mode they do anyhow
    return engine.execution_options(isolation_level="REPEATABLE READ")


def writing(engine: Engine) -> Engine:
    """Return the same connections, whose transactions take the write lock at once.

    Two that only read at first and then both want to write could never agree.
    """
    return engine.execution_options(**{_WRITING: True})


def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy begins, not the module
    cursor = connection.cursor()
    for line in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _identities(folder: Path) -> Path:
    told = os.environ.get(IDENTITIES, "")
    return Path(told).expanduser().absolute() if told else folder / "identities.db"


def _server(told: str) -> URL:
    try:
        url = make_url(told)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in {"postgresql", "postgres"}:
        msg = (
            f"archive {told}: expected a file or postgresql://USER@HOST/DATABASE, got "
            "another kind of database: use one of these"
        )
        raise ArchiveError(msg)
    return url.set(drivername="postgresql+psycopg")
