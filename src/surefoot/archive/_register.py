"""Takes recordings into the catalogue, one or all of a folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, insert, select

from surefoot.archive._archive import now, open_archive
from surefoot.archive._errors import ArchiveError
from surefoot.archive._facts import facts_of
from surefoot.archive._models import (
    RECORDING,
    DecisionRow,
    MarkerRow,
    MeasureRow,
    NoteRow,
    PainRow,
    PersonRow,
    ResultRow,
    SessionRow,
    TombstoneRow,
    TrialRow,
)
from surefoot.archive._place import place_of
from surefoot.core import SurefootError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from surefoot.archive._archive import Archive
    from surefoot.archive._facts import Facts, TrialFact

_CLOSE = 1e-6  # s; one interval told twice


class ErasedError(ArchiveError):
    """The recording was erased and has come back."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of a folder of recordings.

    Attributes
    ----------
    taken : tuple of Facts
        Those that are in the catalogue now.
    troubles : tuple of str
        Those that could not be read, one line each.
    erased : tuple of Path
        Those that had been erased before, and were erased again.
    """

    taken: tuple[Facts, ...]
    troubles: tuple[str, ...]
    erased: tuple[Path, ...]


def register(archive: Archive, path: Path, *, measure: bool = True) -> Facts:
    """Take a finished recording into the catalogue, or take note of what changed.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    path : Path
        The recording; what is kept beside it is read too.
    measure : bool
        Whether to measure it now when no results are kept beside it.

    Returns
    -------
    Facts
        What was taken. ``trouble`` says why there are no measures, if there are none.

    Raises
    ------
    SurefootError
        If it is not a readable recording, was erased before, or the database does not
        answer. Then nothing of it is kept.
    """
    facts = facts_of(path, measure=measure)
    take(archive, facts)
    return facts


def keep(path: Path, where: str | Path | None = None) -> str:
    """Take a recording that was just finished into the archive, if there is one.

    Parameters
    ----------
    path : Path
        The recording.
    where : str or Path, optional
        As for `open_archive`.

    Returns
    -------
    str
        Empty, or in words why it was not taken in. The recording is not touched and the
        same can be done later.
    """
    try:
        place = place_of(where)
        if place.file is None or place.file.exists():
            with open_archive(where) as archive:
                register(archive, path)
    except Exception as error:  # noqa: BLE001 the recording is what must not be lost
        again = f"surefoot archive add {path}"
        return f"not in the archive ({error}); the recording is whole: {again}"
    return ""


def rebuild(
    archive: Archive,
    folder: Path,
    *,
    measure: bool = True,
    each: Callable[[Sequence[Path]], Iterable[Path]] | None = None,
) -> Rebuilt:
    """Take all recordings of a folder, and of those in it, into the catalogue.

    What no file holds (people's years of birth, pain answers, decisions, notes on
    people) is not touched. A recording that is gone stays known: see `sessions`.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    folder : Path
        Where to look.
    measure : bool
        As for `register`.
    each : callable, optional
        Given the files, returns them one after the other: to show how far it is.

    Returns
    -------
    Rebuilt
        One file that cannot be read keeps no other back.

    Raises
    ------
    ArchiveError
        If it is no folder, or the database does not answer.
    """
    from surefoot.archive._family import remove

    if not folder.is_dir():
        msg = f"{folder}: expected a folder of recordings, got none: check the name"
        raise ArchiveError(msg)
    taken: list[Facts] = []
    troubles: list[str] = []
    erased: list[Path] = []
    files = sorted(folder.rglob("*.mcap"))
    for path in each(files) if each else files:
        facts = _facts(path, troubles, measure=measure)
        if facts is None:
            continue
        try:
            take(archive, facts)
            taken.append(facts)
        except ErasedError:
            troubles += remove(path, facts.uuid)
            erased.append(path)
    return Rebuilt(tuple(taken), tuple(troubles), tuple(erased))


def take(archive: Archive, *facts: Facts) -> None:
    """Keep these facts instead of what was known of the recordings, all or nothing.

    Raises
    ------
    ErasedError
        If a recording was erased before.
    ArchiveError
        If the database does not answer.
    """

    def work(session: Session) -> None:
        for one in facts:
            _take(session, one)

    archive.write(work)


def person_id(session: Session, code: str) -> str:
    """Return the number of somebody, who is made if there is none of that code."""
    found = session.scalar(select(PersonRow.id).where(PersonRow.code == code))
    if found is None:
        found = uuid4().hex
        session.add(PersonRow(id=found, code=code, birth_year=None, added=now()))
        session.flush()
    return found


def _facts(path: Path, troubles: list[str], *, measure: bool) -> Facts | None:
    try:
        return facts_of(path, measure=measure)
    except SurefootError as error:
        troubles.append(str(error))
    except OSError as error:
        troubles.append(f"{path}: {error.strerror or error}")
    return None


def _take(session: Session, facts: Facts) -> None:
    if session.get(TombstoneRow, facts.uuid) is not None:
        msg = f"{facts.path}: expected a recording that was not erased, got one that "
        raise ErasedError(msg + "was: remove the file")
    # locked: who takes the same recording meanwhile must wait, or it would be doubled
    row = session.get(SessionRow, facts.uuid, with_for_update=True)
    if row is not None and _is_a_copy(row, facts):
        return
    uuid = facts.uuid
    owner = person_id(session, facts.person) if facts.person else None
    if row is not None:
        for table in (TrialRow, ResultRow, MarkerRow, NoteRow):
            session.execute(delete(table).where(table.session_uuid == uuid))
        for said in (PainRow, DecisionRow):
            told = (said.session_uuid == uuid) & (said.source == RECORDING)
            session.execute(delete(said).where(told))
    row = row or SessionRow(uuid=uuid)
    _fill(row, facts, owner)
    session.add(row)
    session.flush()
    trials = _keep_trials(session, facts)
    for number, result in enumerate(facts.results, 1):
        current = number == len(facts.results)
        _keep_result(session, facts, (number, result), trials if current else {})
    session.add_all(
        MarkerRow(session_uuid=uuid, t=m.t, label=m.label, detail=m.detail)
        for m in facts.markers
    )
    session.add_all(
        NoteRow(session_uuid=uuid, at=n.at, by=n.by, text=n.text) for n in facts.notes
    )
    if owner is not None:  # what nobody said is nobody's
        _keep_sayings(session, facts, owner)


def _keep_sayings(session: Session, facts: Facts, owner: str) -> None:
    """Keep what was answered and decided in a recording."""
    begun = facts.started or now()
    for one in facts.answers:
        session.add(
            PainRow(
                person_id=owner,
                session_uuid=facts.uuid,
                at=begun + timedelta(seconds=one.t),
                moment=one.moment,
                kind=one.kind,
                value=one.value,
                detail=one.detail,
                source=RECORDING,
            )
        )
        session.flush()  # rows of one instant keep their order
    for said in facts.decisions:
        session.add(
            DecisionRow(
                person_id=owner,
                at=begun + timedelta(seconds=said.t),
                what=said.what,
                decision=said.decision | {"drill": facts.drill},
                session_uuid=facts.uuid,
                source=RECORDING,
            )
        )
        session.flush()


def _is_a_copy(row: SessionRow, facts: Facts) -> bool:
    """Return whether another, whole file of this recording is known and still there."""
    elsewhere = row.path != facts.path and Path(row.path).is_file()
    return elsewhere and row.state == "complete" != facts.state


def _fill(row: SessionRow, facts: Facts, person: str | None) -> None:
    row.person_id = person
    row.started = facts.started
    row.drill = facts.drill
    row.path = facts.path
    row.sha256 = facts.sha256
    row.size = facts.size
    row.duration = facts.duration
    row.state = facts.state
    row.virtual = facts.virtual
    row.imported = facts.imported
    row.labels = list(facts.labels)
    row.exclusions = [list(pair) for pair in facts.exclusions]
    row.trouble = facts.trouble
    row.registered = now()


def _keep_trials(session: Session, facts: Facts) -> dict[int, TrialFact]:
    """Keep the runs and return them by the number of their row."""
    rows = [TrialRow(session_uuid=facts.uuid, **asdict(told)) for told in facts.trials]
    session.add_all(rows)
    session.flush()
    return {row.id: told for row, told in zip(rows, facts.trials, strict=True)}


def _keep_result(
    session: Session,
    facts: Facts,
    told: tuple[int, dict[str, Any]],
    trials: dict[int, TrialFact],
) -> None:
    number, result = told
    key: dict[str, Any] = result.get("key") or {}
    measures: list[dict[str, Any]] = result.get("measures") or []
    row = ResultRow(
        session_uuid=facts.uuid,
        number=number,
        current=number == len(facts.results),
        pipelines=result.get("pipelines") or [],
        **{
            name: str(key.get(name, ""))
            for name in ("algorithm", "surefoot", "profiles", "calibration", "options")
        },
    )
    session.add(row)
    session.flush()
    primary = result.get("primary")
    rows = [
        {
            "result_id": row.id,
            "trial_id": _trial(trials, measure),
            "name": measure["name"],
            "value": measure["value"],
            "unit": measure["unit"],
            "t0": measure["t0"],
            "t1": measure["t1"],
            "stream": measure["stream"],
            "flags": measure["flags"],
            "primary": measure["name"] == primary,
            "excluded": facts.excludes(measure["t0"], measure["t1"]),
        }
        for measure in measures
    ]
    if rows:
        session.execute(insert(MeasureRow), rows)


def _trial(trials: dict[int, TrialFact], measure: dict[str, Any]) -> int | None:
    """Return the run that holds an interval."""
    for number, told in trials.items():
        after = measure["t0"] >= told.t0 - _CLOSE
        if after and measure["t1"] <= told.t1 + _CLOSE:
            return number
    return None
