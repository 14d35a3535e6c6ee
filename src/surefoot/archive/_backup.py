"""A copy of the catalogue that is whole, made while others go on writing."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from surefoot.archive._archive import now
from surefoot.archive._errors import ArchiveError
from surefoot.archive._purge import purge
from surefoot.archive._schema import migrate, versions
from surefoot.archive._tombs import buried

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.archive._archive import Archive


def backup(archive: Archive, folder: Path) -> list[Path]:
    """Copy the catalogue, and the store of identities as it is sealed, to a folder.

    Recordings are not copied: they never change, any copying program does that.

    Parameters
    ----------
    archive : Archive
        The catalogue, in a file.
    folder : Path
        Where; it is made. A share will do: nothing writes there later.

    Returns
    -------
    list of Path
        The files made, named by the time (UTC), each read back and found whole.

    Raises
    ------
    ArchiveError
        If the archive is on a server (`dump_line` says how), or the copy not whole.
    """
    if archive.place.file is None:
        line = dump_line(archive)
        msg = f"archive {archive.place}: expected a file, got a server: use {line}"
        raise ArchiveError(msg)
    stamp = now().strftime("%Y%m%dT%H%M%SZ")
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made.extend(
            _copied(file, folder / f"{file.stem}-{stamp}.db")
            for file in (archive.place.file, archive.place.identities)
            if file.exists()
        )
    except (OSError, sqlite3.Error) as error:
        msg = f"{folder}: expected room for a backup, got {error}: name another place"
        raise ArchiveError(msg) from error
    return made


def restore(archive: Archive, copy: Path) -> list[str]:
    """Put a backup of the catalogue in the place of what is there.

    What was erased since the backup was made is erased again, also its recordings if
    they are back where they were.

    Parameters
    ----------
    archive : Archive
        The catalogue, in a file.
    copy : Path
        What `backup` made; it stays as it is.

    Returns
    -------
    list of str
        What could not be erased again, one line each.

    Raises
    ------
    ArchiveError
        If the copy is no whole catalogue, a newer program's, or the archive on a
        server. Nothing is changed then.
    """
    if archive.place.file is None:
        msg = f"archive {archive.place}: expected a file, got a server: use pg_restore"
        raise ArchiveError(msg)
    _check(copy)
    buried(archive)  # the file then knows all, whatever the copy says
    try:
        source, target = sqlite3.connect(copy), sqlite3.connect(archive.place.file)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
        migrate(archive.writer)
    except (sqlite3.Error, SQLAlchemyError) as error:
        msg = f"{copy}: expected to put it back, got {error}: close other programs"
        raise ArchiveError(msg) from error
    return purge(archive, always=True)


def dump_line(archive: Archive) -> str:
    """Return the command that backs up an archive on a server, without a password."""
    url = archive.place.url
    bare = URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    )
    told = bare.render_as_string()
    return f"pg_dump --format=custom --file=catalogue.dump '{told}'"


def _copied(file: Path, to: Path) -> Path:
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()
    connection = sqlite3.connect(part)
    try:
        told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    if told != "ok":
        msg = f"{part}: expected a whole copy, got {told}: look after the disk"
        raise ArchiveError(msg)
    part.replace(to)
    to.chmod(0o600)
    return to


def _check(copy: Path) -> None:
    """Refuse what is no whole catalogue; the copy is opened read-only."""
    expected = f"{copy}: expected a backup of the catalogue"
    if not copy.is_file():
        msg = f"{expected}, got no file: check the name"
        raise ArchiveError(msg)
    try:
        connection = sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)
        try:
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
            found = connection.execute("SELECT * FROM surefoot_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        msg = f"{expected}, got another file ({error}): check the name"
        raise ArchiveError(msg) from error
    if found and found[0] not in versions():
        msg = f"{expected}, got version {found[0]}: update Surefoot to put it back"
        raise ArchiveError(msg)
    if told != "ok" or not found:
        msg = f"{expected}, got a damaged one: take another"
        raise ArchiveError(msg)
