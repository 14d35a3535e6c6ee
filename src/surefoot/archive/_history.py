"""All of one person over months: every value, answers about pain, decisions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from surefoot.archive._archive import person_row
from surefoot.archive._models import (
    PROGRAMME,
    RECORDING,
    DecisionRow,
    MeasureRow,
    PainRow,
    PersonRow,
    ResultRow,
    SessionRow,
    TrialRow,
)
from surefoot.archive._people import Pain
from surefoot.archive._progress import Point, finding_of, measure_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from surefoot.archive._archive import Archive


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a person's history.

    Attributes
    ----------
    drill : str
        What was done; empty for none.
    path : str
        Of the recording, as the catalogue knows it.
    point : Point
        The value.
    """

    drill: str
    path: str
    point: Point


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set of a sitting.

    Attributes
    ----------
    session, drill : str
        The number of the session, and what was done.
    started : datetime or None
        When the session was.
    number : int
        Which set of the sitting, from 1.
    stage, invalid : str
        The part of the drill; why it does not count, empty where it does.
    kept : float or None
        Share of what was asked, 0 to 1; None when it was not scored.
    told : dict
        All that was told of it, its score and rule among it, as `analyse` gives it.
    """

    session: str
    drill: str
    started: datetime | None
    number: int
    stage: str
    invalid: str
    kept: float | None
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about somebody.

    Attributes
    ----------
    person, what : str
        The code, and the kind of it.
    at : datetime
        When.
    decision : dict
        As it was kept.
    """

    person: str
    what: str
    at: datetime
    decision: dict[str, Any]


def history(archive: Archive, person: str, names: Collection[str] = ()) -> list[Value]:
    """Return values of one person, oldest first.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    person : str
        A code.
    names : collection of str
        Only these measures, and what drills declare; all when empty.

    Returns
    -------
    list of Value
        By the newest results of each session, without excluded intervals.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """
    with archive.reading() as session:
        number = person_row(session, person).id
        # long texts once a result and once a run, not once a value
        results = {
            result.id: (sitting, result)
            for sitting, result in session.execute(
                select(SessionRow, ResultRow)
                .join(ResultRow, ResultRow.session_uuid == SessionRow.uuid)
                .where(SessionRow.person_id == number, ResultRow.current)
            )
        }
        trials = {
            trial.id: trial
            for trial in session.scalars(
                select(TrialRow)
                .join(SessionRow, SessionRow.uuid == TrialRow.session_uuid)
                .where(SessionRow.person_id == number)
            )
        }
        query = (
            select(MeasureRow)
            .join(ResultRow, ResultRow.id == MeasureRow.result_id)
            .join(SessionRow, SessionRow.uuid == ResultRow.session_uuid)
            .where(SessionRow.person_id == number, ResultRow.current)
            .where(~MeasureRow.excluded)
        )
        if names:
            query = query.where(MeasureRow.name.in_(names) | MeasureRow.primary)
        found = [
            _value(*results[row.result_id], trials.get(row.trial_id or 0), row)
            for row in session.scalars(query)
        ]
    return sorted(found, key=_when)


def pain_answers(archive: Archive, person: str) -> list[Pain]:
    """Return somebody's answers about pain, oldest first, each once.

    A sitting of the programme tells an answer twice: its recording, and the log. Of
    like answers of one day as many are told as the one of the two has that has more.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """
    with archive.reading() as session:
        number = person_row(session, person).id
        query = (
            select(PainRow)
            .where(PainRow.person_id == number)
            .order_by(PainRow.at, PainRow.id)
        )
        found = [
            Pain(
                value=row.value,
                moment=row.moment,
                kind=row.kind,
                at=row.at,
                session=row.session_uuid,
                detail=row.detail,
                source=row.source,
            )
            for row in session.scalars(query)
        ]
    return _once(found)


def _once(told: list[Pain]) -> list[Pain]:
    """Leave out what the log tells of answers that recordings tell, too."""
    recorded = Counter(_like(one) for one in told if one.source == RECORDING)
    left: list[Pain] = []
    for one in told:
        if one.source == PROGRAMME and recorded[_like(one)]:
            recorded[_like(one)] -= 1
        else:
            left.append(one)
    return left


def _like(one: Pain) -> tuple[object, ...]:
    day = one.at.date() if one.at else None
    return (day, one.moment, one.kind, one.value)


def sets_done(archive: Archive, person: str) -> list[SetDone]:
    """Return the sets of somebody's sittings, oldest first, excluded ones left out.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """
    with archive.reading() as session:
        number = person_row(session, person).id
        query = (
            select(SessionRow, TrialRow)
            .join(TrialRow, TrialRow.session_uuid == SessionRow.uuid)
            .where(SessionRow.person_id == number, TrialRow.set_no > 0)
            .where(~TrialRow.excluded)
            .order_by(SessionRow.started, SessionRow.uuid, TrialRow.number)
        )
        return [
            SetDone(
                session=sitting.uuid,
                drill=trial.drill or sitting.drill,
                started=sitting.started,
                number=trial.set_no,
                stage=trial.stage,
                invalid=trial.invalid,
                kept=trial.kept,
                told=trial.sitting,
            )
            for sitting, trial in session.execute(query)
        ]


def decided(
    archive: Archive, what: str | None = None, person: str | None = None
) -> list[Decided]:
    """Return what was decided, oldest first: about everybody unless told whom.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    what : str, optional
        Only this kind.
    person : str, optional
        Only of this code; nothing if nobody has it.
    """
    query = select(PersonRow.code, DecisionRow).join(
        PersonRow, PersonRow.id == DecisionRow.person_id
    )
    if what is not None:
        query = query.where(DecisionRow.what == what)
    if person is not None:
        query = query.where(PersonRow.code == person)
    query = query.order_by(DecisionRow.at, DecisionRow.id)
    with archive.reading() as session:
        return [
            Decided(code, row.what, row.at, row.decision)
            for code, row in session.execute(query)
        ]


def _value(
    sitting: SessionRow, result: ResultRow, trial: TrialRow | None, row: MeasureRow
) -> Value:
    told = trial.circumstances if trial is not None else None
    point = Point(
        session=sitting.uuid,
        started=sitting.started,
        trial=trial.number if trial is not None else None,
        virtual=sitting.virtual,
        measure=measure_of(row),
        primary=row.primary,
        finding=finding_of(row, result.pipelines, told),
    )
    return Value(sitting.drill, sitting.path, point)


def _when(value: Value) -> tuple[float, str, float, str]:
    point = value.point
    started = point.started.timestamp() if point.started else 0.0
    return (started, point.session, point.measure.t0, point.measure.name)
