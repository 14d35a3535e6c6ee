"""Takes the log of somebody's programme into the catalogue, and gives it back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from surefoot.archive._archive import open_archive
from surefoot.archive._clean import clean
from surefoot.archive._models import PROGRAMME, DecisionRow, PainRow, PersonRow
from surefoot.archive._place import place_of
from surefoot.archive._register import person_id
from surefoot.core import SurefootError
from surefoot.session.programme_store import history_path, load_plan, read_history
from surefoot.training.programme import fold
from surefoot.training.programme.entries import Block, CheckIn, Ended, Morning
from surefoot.training.programme.lines import as_object, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from surefoot.archive._archive import Archive
    from surefoot.training.decision import Decision
    from surefoot.training.pain import Felt
    from surefoot.training.programme import Entry, Plan

ENTRY, STEP = "entry", "programme"
"""What the catalogue calls an entry of the log, and a decision that followed."""
_SIGNS = ("sharp", "stretch", "leg")


def take_programme(
    archive: Archive, person: str, entries: Sequence[Entry], plan: Plan
) -> None:
    """Keep somebody's log instead of what was known of it, all or nothing.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    person : str
        A code; somebody unknown is taken in.
    entries : sequence of Entry
        The whole log, oldest first.
    plan : Plan
        Gives the decisions that followed, with their reasons and numbers.

    Raises
    ------
    SurefootError
        If the log cannot be followed, or the database does not answer. Nothing changes
        then.
    """
    log = fold(plan, entries).log

    def work(session: Session) -> None:
        number = person_id(session, person)
        for table in (PainRow, DecisionRow):
            mine = (table.person_id == number) & (table.source == PROGRAMME)
            session.execute(delete(table).where(mine))
        rows = [*_answers(number, entries), *_decisions(number, entries, log)]
        for row in rows:
            session.add(row)
            session.flush()  # rows of one day keep their order

    archive.write(work)


def take_programmes(archive: Archive) -> list[str]:
    """Take the logs kept here of everybody whom the catalogue knows.

    Somebody it does not know is left out: that may be somebody who was erased.

    Returns
    -------
    list of str
        Logs that could not be taken, one line each; the others are.

    Raises
    ------
    ArchiveError
        If the database does not answer.
    """
    with archive.reading() as session:
        codes = sorted(session.scalars(select(PersonRow.code)))
    troubles: list[str] = []
    plan = load_plan()
    for code in codes:
        if not history_path(code).is_file():
            continue
        try:
            take_programme(archive, code, read_history(code), plan)
        except SurefootError as error:
            troubles.append(str(error))
    return troubles


def keep_programme(code: str, where: str | Path | None = None) -> str:
    """Take somebody's log into the archive, if there is one.

    Parameters
    ----------
    code : str
        The person.
    where : str or Path, optional
        As for `open_archive`.

    Returns
    -------
    str
        Empty, or in words why it was not taken in. The log is not touched, and is taken
        in with the next entry.
    """
    try:
        place = place_of(where)
        if place.file is None or place.file.exists():
            with open_archive(where) as archive:
                take_programme(archive, code, read_history(code), load_plan())
    except Exception as error:  # noqa: BLE001 what was written down must not be lost
        return f"written down, and not in the archive ({error})"
    return ""


def programme_entries(archive: Archive, person: str) -> tuple[Entry, ...]:
    """Return somebody's log as the catalogue has it, oldest first; empty without one.

    Raises
    ------
    ProgrammeError
        If what was kept is no entry.
    """
    query = (
        select(DecisionRow)
        .join(PersonRow, PersonRow.id == DecisionRow.person_id)
        .where(PersonRow.code == person, DecisionRow.what == ENTRY)
        .where(DecisionRow.source == PROGRAMME)
        .order_by(DecisionRow.at, DecisionRow.id)
    )
    with archive.reading() as session:
        rows = [row.decision for row in session.scalars(query)]
    where = f"archive, log of {person}"
    return tuple(entry_of(row, f"{where}: {n}") for n, row in enumerate(rows, 1))


def _answers(number: str, entries: Sequence[Entry]) -> Iterator[PainRow]:
    for entry in entries:
        for moment, kind, value, detail in _asked(entry):
            yield PainRow(
                person_id=number,
                session_uuid=None,
                at=_at(entry.day),
                moment=moment,
                kind=kind,
                value=value,
                detail=detail,
                source=PROGRAMME,
            )


def _asked(entry: Entry) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Yield moment, kind, value and signs of the answers of an entry."""
    match entry:
        case CheckIn():
            taken = {"painkillers": True} if entry.painkillers else {}
            yield "before", "rest", entry.rest, taken
            yield "before", "movement", entry.moved.pain, _signs(entry.moved)
        case Block():
            told = _signs(entry.felt) | {"exercise": entry.exercise}
            yield "block", "movement", entry.felt.pain, told
        case Ended():
            yield "end", "movement", entry.felt.pain, _signs(entry.felt)
        case Morning():
            yield "next-morning", "rest", entry.pain, {}
        case _:
            pass


def _signs(felt: Felt) -> dict[str, Any]:
    return {sign: True for sign in _SIGNS if getattr(felt, sign)}


def _decisions(
    number: str, entries: Sequence[Entry], log: Sequence[tuple[date, Decision]]
) -> Iterator[DecisionRow]:
    told = [(entry.day, ENTRY, as_object(entry)) for entry in entries]
    told += [(day, STEP, _plain(decision)) for day, decision in log]
    for day, what, decision in told:
        yield DecisionRow(
            person_id=number,
            at=_at(day),
            what=what,
            decision=clean(decision),
            session_uuid=None,
            source=PROGRAMME,
        )


def _plain(decision: Decision) -> dict[str, object]:
    numbers = [asdict(number) for number in decision.numbers]
    told = {"what": decision.what.value, "about": decision.about}
    return {**told, "reason": decision.reason, "numbers": numbers}


def _at(day: date) -> datetime:
    """Return an instant of a day of which nothing but the day is known."""
    return datetime.combine(day, time(), UTC)
