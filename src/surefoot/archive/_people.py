"""People as codes, and what is told of them that no recording holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from surefoot.archive._archive import now, person_row
from surefoot.archive._clean import clean
from surefoot.archive._errors import ArchiveError
from surefoot.archive._models import (
    HERE,
    DecisionRow,
    NoteRow,
    PainRow,
    PersonRow,
    SessionRow,
)
from surefoot.archive._register import person_id
from surefoot.archive._sitting import KINDS, MOMENTS, WORST
from surefoot.session.people import check_code

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from surefoot.archive._archive import Archive

_OLDEST = 1900


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who trains.

    Attributes
    ----------
    code : str
        Never a name.
    birth_year : int or None
        If somebody said.
    sessions : int
        How many are in the catalogue.
    last : datetime or None
        When the latest was started.
    """

    code: str
    birth_year: int | None
    sessions: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session as the catalogue knows it.

    Attributes
    ----------
    uuid, person, drill, path, state, trouble : str
        ``person`` is a code, empty for nobody's.
    started : datetime or None
        As recorded.
    duration : float
        In seconds.
    virtual, there : bool
        ``there`` says whether the file is where it was.
    """

    uuid: str
    person: str
    started: datetime | None
    drill: str
    path: str
    duration: float
    state: str
    virtual: bool
    trouble: str
    there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """One answer about pain.

    Attributes
    ----------
    value : int
        0 (none) to 10.
    moment : str
        ``before``, ``block``, ``end`` or ``next-morning``.
    kind : str
        ``rest`` or ``movement``.
    at : datetime, optional
        When; now unless told.
    session : str, optional
        The number of the session.
    detail : dict
        Whatever else was said, JSON-ready.
    source : str
        Where it was told: ``"recording"``, ``"programme"``; empty for here only.
    """

    value: int
    moment: str
    kind: str
    at: datetime | None = None
    session: str | None = None
    detail: dict[str, Any] = field(default_factory=dict[str, Any])
    source: str = HERE


def add_person(archive: Archive, code: str, birth_year: int | None = None) -> None:
    """Take somebody in, or correct the year of birth; None leaves it as it is.

    Raises
    ------
    SurefootError
        If the code is none, the year cannot be meant, or the database does not answer.
    """
    check_code(code)
    if birth_year is not None and not _OLDEST <= birth_year <= now().year:
        msg = f"birth year: expected {_OLDEST} to {now().year}, got {birth_year}: say"
        raise ArchiveError(msg + " it again, or leave it out")

    def work(session: Session) -> None:
        row = session.get_one(PersonRow, person_id(session, code))
        row.birth_year = row.birth_year if birth_year is None else birth_year

    archive.write(work)


def people(archive: Archive) -> list[Person]:
    """Return everybody, in the order of their codes."""
    query = (
        select(
            PersonRow.code,
            PersonRow.birth_year,
            func.count(SessionRow.uuid),
            func.max(SessionRow.started, type_=SessionRow.started.type),
        )
        .outerjoin(SessionRow, SessionRow.person_id == PersonRow.id)
        .group_by(PersonRow.id, PersonRow.code, PersonRow.birth_year)
    )
    with archive.reading() as session:
        found = [Person(*row) for row in session.execute(query)]
    return sorted(found, key=lambda one: one.code)


def numbers(archive: Archive) -> dict[str, str]:
    """Return everybody's random number by code."""
    with archive.reading() as session:
        rows = session.execute(select(PersonRow.code, PersonRow.id))
        return {row.code: row.id for row in rows}


def sessions(archive: Archive, person: str | None = None) -> list[Sitting]:
    """Return sessions, oldest first.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    person : str, optional
        A code, ``""`` for nobody's; everybody's unless told.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """
    query = select(SessionRow, PersonRow.code).outerjoin(PersonRow)
    with archive.reading() as session:
        if person:
            query = query.where(SessionRow.person_id == person_row(session, person).id)
        elif person is not None:
            query = query.where(SessionRow.person_id.is_(None))
        found = [_sitting(row, code) for row, code in session.execute(query)]
    return sorted(found, key=_when)


def answer(archive: Archive, person: str, pain: Pain) -> None:
    """Keep an answer about pain.

    Raises
    ------
    ArchiveError
        If nobody has that code, there is no such session, or the answer cannot be
        meant.
    """
    fits = 0 <= pain.value <= WORST
    if not fits or pain.moment not in MOMENTS or pain.kind not in KINDS:
        msg = (
            f"pain: expected 0 to {WORST}, one of {', '.join(MOMENTS)} and one of "
            f"{', '.join(KINDS)}, got {pain.value}, {pain.moment!r}, {pain.kind!r}: "
            "ask again"
        )
        raise ArchiveError(msg)

    def work(session: Session) -> None:
        if pain.session and session.get(SessionRow, pain.session) is None:
            msg = f"pain: expected a session of the archive, got {pain.session!r}: take"
            raise ArchiveError(msg + " its recording in first")
        session.add(
            PainRow(
                person_id=person_row(session, person).id,
                session_uuid=pain.session,
                at=pain.at or now(),
                moment=pain.moment,
                kind=pain.kind,
                value=pain.value,
                detail=clean(pain.detail),
                source=HERE,
            )
        )

    archive.write(work)


def decide(
    archive: Archive,
    person: str,
    what: str,
    decision: dict[str, Any],
    at: datetime | None = None,
) -> None:
    """Keep what the programme or a therapist decided, with its reason, as JSON.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """

    def work(session: Session) -> None:
        number = person_row(session, person).id
        told = clean(decision)
        row = DecisionRow(
            person_id=number, at=at or now(), what=what, decision=told, source=HERE
        )
        session.add(row)

    archive.write(work)


def write_note(archive: Archive, person: str, text: str, by: str = "") -> None:
    """Keep a note on somebody; one on a recording goes to the file beside it.

    Raises
    ------
    SurefootError
        If nobody has that code, there is no text, or ``by`` is no code.
    """
    if by:
        check_code(by)
    told = clean(text.strip())
    if not told:
        msg = "note: expected a text, got nothing: say it again"
        raise ArchiveError(msg)

    def work(session: Session) -> None:
        number = person_row(session, person).id
        row = NoteRow(session_uuid=None, person_id=number, at=now(), by=by, text=told)
        session.add(row)

    archive.write(work)


def _sitting(row: SessionRow, code: str | None) -> Sitting:
    return Sitting(
        uuid=row.uuid,
        person=code or "",
        started=row.started,
        drill=row.drill,
        path=row.path,
        duration=row.duration,
        state=row.state,
        virtual=row.virtual,
        trouble=row.trouble,
        there=Path(row.path).is_file(),
    )


def _when(one: Sitting) -> tuple[float, str]:
    return (one.started.timestamp() if one.started else 0.0, one.uuid)
