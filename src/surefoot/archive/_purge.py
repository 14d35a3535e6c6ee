"""Erases again what was erased and has come back, in the database and on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from surefoot.archive._errors import trouble
from surefoot.archive._family import family, holdings, remove, unlink
from surefoot.archive._identities import forget
from surefoot.archive._models import (
    RECORDING,
    Base,
    DecisionRow,
    MarkerRow,
    NoteRow,
    PainRow,
    PersonRow,
    ResultRow,
    SessionRow,
    TombstoneRow,
    TrialRow,
)
from surefoot.archive._tombs import buried

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Engine, Select
    from sqlalchemy.orm import Session

    from surefoot.archive._archive import Archive

_PATIENCE = 3000  # ms for those who read the old pages; our default


def purge(archive: Archive, *, always: bool = False) -> list[str]:
    """Erase what has a tombstone: rows, files of these rows, identities.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    always : bool
        Whether to clean the pages of the database even if nothing was found.

    Returns
    -------
    list of str
        What could not be removed, one line each; it is tried again the next time.

    Raises
    ------
    ArchiveError
        If the database does not answer.
    """
    gone, news = buried(archive)
    elsewhere = _erased_elsewhere({n for n in news if gone[n] == "session"})
    people = {number for number, kind in gone.items() if kind == "person"}
    with archive.reading() as session:
        mine = SessionRow.person_id.in_(_tombs("person"))
        sessions = {
            row.uuid: row.path
            for row in session.scalars(
                select(SessionRow).where(SessionRow.uuid.in_(_tombs("session")) | mine)
            )
        }
        back = session.scalar(
            select(PersonRow.id).where(PersonRow.id.in_(_tombs("person"))).limit(1)
        )
    stay: dict[str, list[str]] = {}
    for uuid, path in sessions.items():
        troubles = remove(Path(path), uuid)
        if troubles:
            stay[uuid] = troubles
    if sessions or back:
        archive.write(lambda session: _delete(session, set(sessions), set(stay)))
    troubles = elsewhere + [line for lines in stay.values() for line in lines]
    if forget(archive.place.identities, people) | bool(sessions or back) | always:
        troubles += compact(archive.engine, str(archive.place))
    return troubles


def _erased_elsewhere(uuids: Collection[str]) -> list[str]:
    """Remove recordings here that another station erased and could not reach."""
    if not uuids:
        return []
    found = holdings("", uuids)
    files = {file for path in found.recordings for file in family(path)}
    return unlink(sorted(files | set(found.kept)))


def compact(engine: Engine, where: str) -> list[str]:
    """Write the tables anew, so that no page holds what was deleted.

    Returns
    -------
    list of str
        Why that is not complete, one line each; empty if it is.
    """
    try:
        if engine.dialect.name == "postgresql":
            _vacuum_server(engine)
            return []
        return _vacuum_file(engine, where)
    except SQLAlchemyError as error:
        return [str(trouble(where, error))]


def _tombs(kind: str) -> Select[str]:
    return select(TombstoneRow.id).where(TombstoneRow.kind == kind)


def _delete(session: Session, sessions: Collection[str], stay: Collection[str]) -> None:
    """Delete rows; of a session whose file is in use only where that file is stays."""
    for table in (TrialRow, ResultRow, MarkerRow, NoteRow):
        session.execute(delete(table).where(table.session_uuid.in_(stay)))
    for said in (PainRow, DecisionRow):
        mine = said.session_uuid.in_(sessions) & (said.source == RECORDING)
        session.execute(delete(said).where(mine))
    bare: dict[str, Any] = {
        "person_id": None,
        "drill": "",
        "labels": [],
        "exclusions": [],
    }
    kept = SessionRow.uuid.in_(stay)
    session.execute(update(SessionRow).where(kept).values(trouble="erased", **bare))
    going = set(sessions) - set(stay)
    session.execute(delete(SessionRow).where(SessionRow.uuid.in_(going)))
    session.execute(delete(PersonRow).where(PersonRow.id.in_(_tombs("person"))))


def _vacuum_server(engine: Engine) -> None:
    with engine.connect() as connection:
        free = connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in Base.metadata.sorted_tables:
            free.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))


def _vacuum_file(engine: Engine, where: str) -> list[str]:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA busy_timeout")
        before = (cursor.fetchone() or (0,))[0]
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = (cursor.fetchone() or (0,))[0]
        cursor.execute(f"PRAGMA busy_timeout = {before}")
        cursor.close()
    finally:
        connection.close()
    if not busy:
        return []
    return [
        f"archive {where}: expected nobody else to read it, got another program: close "
        "it and open the archive again, so that old pages go"
    ]
