"""One measure of one person over months."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from surefoot.archive._archive import person_row
from surefoot.archive._models import MeasureRow, ResultRow, SessionRow, TrialRow
from surefoot.core import Measure
from surefoot.session.analysing import identity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from surefoot.analysis.comparison import Finding
    from surefoot.archive._archive import Archive


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a measure.

    Attributes
    ----------
    session : str
        The number of the session.
    started : datetime or None
        When that was.
    trial : int or None
        Which run of it; None for a measure of no run.
    virtual : bool
        Whether nobody real was measured.
    measure : Measure
        The value itself.
    primary : bool
        Whether it is the one its drill is about.
    finding : Finding or None
        What it is a value of, for `surefoot.analysis.comparison`; None if the results
        do not tell.
    """

    session: str
    started: datetime | None
    trial: int | None
    virtual: bool
    measure: Measure
    primary: bool
    finding: Finding | None


def progress(
    archive: Archive, person: str, measure: str, *, excluded: bool = False
) -> list[Point]:
    """Return all values of one measure of one person, oldest first.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    person : str
        A code.
    measure : str
        Its name in the registry, for example ``"tilt_rms"``.
    excluded : bool
        Whether to give values of intervals that were excluded, too.

    Returns
    -------
    list of Point
        By the newest results of each session; empty if there is none. They may differ
        in how they came about: see `Point.finding` before comparing two.

    Raises
    ------
    ArchiveError
        If nobody has that code.
    """
    with archive.reading() as session:
        mine = _query(person_row(session, person).id, measure, excluded=excluded)
        found = [
            Point(
                session=uuid,
                started=started,
                trial=number,
                virtual=virtual,
                measure=measure_of(row),
                primary=row.primary,
                finding=finding_of(row, pipelines, told),
            )
            for uuid, started, virtual, number, told, pipelines, row in session.execute(
                mine
            )
        ]
    return sorted(found, key=_when)


def measured(archive: Archive, person: str) -> list[str]:
    """Return the names of the measures that somebody has values of."""
    query = (
        select(MeasureRow.name)
        .distinct()
        .join(ResultRow, ResultRow.id == MeasureRow.result_id)
        .join(SessionRow, SessionRow.uuid == ResultRow.session_uuid)
        .where(ResultRow.current)
    )
    with archive.reading() as session:
        mine = query.where(SessionRow.person_id == person_row(session, person).id)
        return sorted(session.scalars(mine))


def _query(
    number: str, measure: str, *, excluded: bool
) -> Select[
    str,
    datetime | None,
    bool,
    int,
    dict[str, Any],
    list[Any],
    MeasureRow,
]:
    query = (
        select(
            SessionRow.uuid,
            SessionRow.started,
            SessionRow.virtual,
            TrialRow.number,
            TrialRow.circumstances,
            ResultRow.pipelines,
            MeasureRow,
        )
        .select_from(SessionRow)
        .join(ResultRow, ResultRow.session_uuid == SessionRow.uuid)
        .join(MeasureRow, MeasureRow.result_id == ResultRow.id)
        .outerjoin(TrialRow, TrialRow.id == MeasureRow.trial_id)
        .where(SessionRow.person_id == number)
        .where(ResultRow.current, MeasureRow.name == measure)
    )
    return query if excluded else query.where(~MeasureRow.excluded)


def _when(point: Point) -> tuple[float, str, float, str]:
    """Return the order of time, which is the same in every database."""
    started = point.started.timestamp() if point.started else 0.0
    return (started, point.session, point.measure.t0, point.measure.stream)


def measure_of(row: MeasureRow) -> Measure:
    """Return the measure that a row holds."""
    value = float("nan") if row.value is None else row.value
    flags = tuple(map(str, row.flags))
    return Measure(row.name, value, row.unit, row.t0, row.t1, row.stream, flags)


def finding_of(
    row: MeasureRow, pipelines: Sequence[dict[str, Any]], told: dict[str, Any] | None
) -> Finding | None:
    """Return what a row is a value of, by the interval that it was measured in."""
    one = {key: getattr(row, key) for key in ("name", "unit", "stream", "t0", "t1")}
    # the run's own, whatever its limits: the row stands under that run
    around = [{**told, "t0": row.t0, "t1": math.inf}] if told else []
    try:
        return identity({"pipelines": pipelines, "circumstances": around}, one)
    except (KeyError, TypeError, AttributeError):  # another program wrote them
        return None
