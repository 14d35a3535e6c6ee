"""The archive: recordings that were made, whose they are and what came of them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.orm import Session

from surefoot.archive._errors import ArchiveError, trouble
from surefoot.archive._models import PersonRow
from surefoot.archive._place import engine_of, place_of, snapshots, writing
from surefoot.archive._schema import migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from surefoot.archive._place import Place

T = TypeVar("T")
_ATTEMPTS = 8  # our default; another program came first each time


class Archive:
    """An open catalogue; the functions of this package work on it.

    Use it in a ``with`` statement, or `close` it.

    Attributes
    ----------
    place : Place
        Where it is.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.engine = engine_of(place)
        self.writer = writing(self.engine)
        self._reader = snapshots(self.engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Generator[Session]:
        """Give a session that sees one state of the database, and writes nothing.

        Raises
        ------
        ArchiveError
            If the database does not answer.
        """
        try:
            with Session(self._reader) as session:
                yield session
        except SQLAlchemyError as error:
            raise trouble(str(self.place), error) from error

    def write(self, work: Callable[[Session], T]) -> T:
        """Do some work in one transaction: all of it is kept, or nothing.

        Parameters
        ----------
        work : callable
            Given a session; done again from the start when another program came
            first, so it must do nothing but work on the session.

        Returns
        -------
        object
            What ``work`` returned.

        Raises
        ------
        ArchiveError
            If the database does not answer, or another program always comes first.
        """
        left = _ATTEMPTS
        while True:
            left -= 1
            try:
                with Session(self.writer) as session, session.begin():
                    return work(session)
            except (IntegrityError, OperationalError) as error:
                if not left:
                    raise trouble(str(self.place), error) from error
            except SQLAlchemyError as error:
                raise trouble(str(self.place), error) from error


def open_archive(where: str | Path | None = None) -> Archive:
    """Open the archive, made or brought up to date as needed.

    Whatever was erased and has come back, with a backup, is erased again.

    Parameters
    ----------
    where : str or Path, optional
        A file, a folder or ``postgresql://...``; else what the environment variable
        ``SUREFOOT_ARCHIVE`` says, else ``archive/catalogue.db`` among the user's data.

    Raises
    ------
    ArchiveError
        If it is on a network share, a newer program's or another's, does not answer,
        or a package for it is missing.
    """
    from surefoot.archive._purge import purge

    archive = Archive(place_of(where))
    try:
        migrate(archive.writer)
        purge(archive)
    except DBAPIError as error:
        archive.close()
        raise trouble(str(archive.place), error) from error
    except BaseException:
        archive.close()
        raise
    return archive


def person_row(session: Session, code: str) -> PersonRow:
    """Return somebody's row.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """
    row = session.scalar(select(PersonRow).where(PersonRow.code == code))
    if row is None:
        msg = f"person {code!r}: expected somebody of the archive, got nobody: see "
        raise ArchiveError(msg + "surefoot people list")
    return row


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)
