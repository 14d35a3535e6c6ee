"""All of one person: handed out, or erased."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select

from surefoot.archive._archive import now
from surefoot.archive._errors import ArchiveError
from surefoot.archive._family import clear, family, holdings, own_folders, unlink
from surefoot.archive._identities import labels
from surefoot.archive._models import (
    Base,
    DecisionRow,
    MarkerRow,
    MeasureRow,
    NoteRow,
    PainRow,
    PersonRow,
    ResultRow,
    SessionRow,
    TrialRow,
)
from surefoot.archive._purge import purge
from surefoot.archive._tombs import bury
from surefoot.session.people import check_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from surefoot.archive._archive import Archive
    from surefoot.archive._family import Holdings
    from surefoot.archive._identities import Identities

_README = """All that is kept under the code {code}, as of {day} (UTC).

person.json   what the catalogue knows: sessions, trials, results, markers, notes,
              pain answers, decisions, the log of the programme with its reasons;
              who is behind the code only if it was unlocked
measures.csv  every value, one a line: t0 and t1 in seconds of the session, units
              beside the values; "current" marks the newest results of a session
recordings/   the recordings as they were made (.mcap), and beside each what was
              measured (.results.jsonl) and said of it (.annotations.jsonl)
kept/         what else is kept under the code: zones, the log of a programme,
              captured movements

A recording is opened by surefoot replay, or by any program that reads MCAP.
"""
_COLUMNS = (
    *("session", "started", "drill", "trial", "name", "value", "unit", "t0", "t1"),
    *("stream", "flags", "primary", "excluded", "current", "algorithm", "surefoot"),
    *("profiles", "calibration", "options"),
)


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed out.

    Attributes
    ----------
    path : Path
        The zip.
    recordings : int
        How many are in it.
    missing : tuple of str
        Recordings the catalogue knows whose files are not where they were.
    """

    path: Path
    recordings: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased.

    Attributes
    ----------
    sessions, files : int
        How many.
    troubles : tuple of str
        What could not be removed, one line each; it is tried again when the archive
        is opened the next time.
    unreadable : tuple of Path
        Recordings of which nobody can tell whose they are: look at them.
    """

    sessions: int
    files: int
    troubles: tuple[str, ...]
    unreadable: tuple[Path, ...]


def export_person(
    archive: Archive,
    code: str,
    to: Path,
    identities: Identities | None = None,
    folders: Iterable[Path] = (),
) -> Handed:
    """Write all that is kept of somebody to a zip file.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    code : str
        The person's.
    to : Path
        The file; one that is there is not written over.
    identities : Identities, optional
        The unlocked store, if the name is to go with it.
    folders : iterable of Path
        Where to look for recordings that are not in the catalogue.

    Returns
    -------
    Handed
        The zip was read back and is whole.

    Raises
    ------
    SurefootError
        If nothing is kept under that code, or the file cannot be written.
    """
    check_code(code)
    told, known = _rows_of(archive, code)
    found = holdings(code, set(known), folders, _parents(known.values()))
    who = identities.get(code) if identities else None
    _require(code, told, found, who)
    told["identity"] = asdict(who) if who else None
    there = set(found.recordings.values())
    missing = [uuid for uuid in known if uuid not in there]
    told["missing"] = missing
    if to.exists():
        msg = f"{to}: expected a new file, got one that is there: name another"
        raise ArchiveError(msg)
    part = to.with_name(to.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as box:
            _fill(box, code, told, found)
        with zipfile.ZipFile(part) as box:
            spoilt = box.testzip()
        if spoilt:
            msg = f"{part}: expected a whole copy, got {spoilt} damaged: try again"
            raise ArchiveError(msg)
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        why = error.strerror
        msg = f"{to}: expected room for a copy, got {why!r}: name another place"
        raise ArchiveError(msg) from error
    return Handed(to, len(found.recordings), tuple(missing))


def erase_person(
    archive: Archive,
    code: str,
    identities: Identities | None = None,
    folders: Iterable[Path] = (),
) -> Erasure:
    """Erase all that is kept of somebody: rows, files, caches, identity.

    What stays is a tombstone, the random numbers of the person and the sessions, so
    that a backup that is put back is erased again. A recording that was copied
    elsewhere, a zip that was handed out and a server's own backups are not reached.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    code : str
        The person's.
    identities : Identities, optional
        The unlocked store. Without it an entry is found by the person's number.
    folders : iterable of Path
        Where to look for recordings that are not in the catalogue.

    Raises
    ------
    SurefootError
        If nothing is kept under that code, its identity cannot be found without the
        passphrase, or the database does not answer.
    """
    check_code(code)
    told, known = _rows_of(archive, code)
    found = holdings(code, set(known), folders, _parents(known.values()))
    who = identities.get(code) if identities else None
    _require(code, told, found, who)
    number = told["person"]["id"] if told["person"] else ""
    if identities is None:
        _refuse_orphans(archive, number)
    uuids = {*known, *found.recordings.values()}
    gone = dict.fromkeys(filter(None, uuids), "session")
    bury(archive, gone | ({number: "person"} if number else {}))
    if identities is not None:
        identities.remove(code)
    files = {file for one in found.recordings for file in family(one)}
    files |= set(found.kept)
    troubles = unlink(sorted(files)) + clear(own_folders(code))
    troubles += [t for t in purge(archive, always=True) if t not in troubles]
    left = tuple(troubles)
    return Erasure(len(gone), len(files) - len(left), left, found.unreadable)


def _rows_of(archive: Archive, code: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the person's rows by table, and the path of each session."""
    with archive.reading() as session:
        person = session.scalar(select(PersonRow).where(PersonRow.code == code))
        number = person.id if person else ""
        told: dict[str, Any] = {"person": _plain(person) if person else None}
        for name, table, where in _theirs(number):
            told[name] = _all(session, table, where)
        known = {row["uuid"]: row["path"] for row in told["sessions"]}
    return told, known


def _theirs(number: str) -> list[tuple[str, type[Base], ColumnElement[bool]]]:
    """Return what is one person's of each table."""
    own = select(SessionRow.uuid).where(SessionRow.person_id == number)
    results = select(ResultRow.id).where(ResultRow.session_uuid.in_(own))
    on_them = NoteRow.session_uuid.in_(own) | (NoteRow.person_id == number)
    return [
        ("sessions", SessionRow, SessionRow.person_id == number),
        ("trials", TrialRow, TrialRow.session_uuid.in_(own)),
        ("results", ResultRow, ResultRow.session_uuid.in_(own)),
        ("measures", MeasureRow, MeasureRow.result_id.in_(results)),
        ("markers", MarkerRow, MarkerRow.session_uuid.in_(own)),
        ("notes", NoteRow, on_them),
        ("pain_answers", PainRow, PainRow.person_id == number),
        ("decisions", DecisionRow, DecisionRow.person_id == number),
    ]


def _all(
    session: Session, table: type[Base], where: ColumnElement[bool]
) -> list[dict[str, Any]]:
    rows = session.scalars(select(table).where(where))
    told = [_plain(row) for row in rows]
    return sorted(told, key=lambda row: str(row.get("id", row.get("uuid"))))


def _plain(row: Base) -> dict[str, Any]:
    told = {c.key: getattr(row, c.key) for c in row.__table__.columns}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in told.items()}


def _require(code: str, told: dict[str, Any], found: Holdings, who: object) -> None:
    if told["person"] is None and not found.recordings and not found.kept and not who:
        msg = f"person {code!r}: expected somebody who is known here, got nobody: see "
        raise ArchiveError(msg + "surefoot people list")


def _refuse_orphans(archive: Archive, number: str) -> None:
    """Refuse to go on when an entry could be the person's and nobody can tell."""
    known = labels(archive.place.identities)
    if number in known or not known:
        return
    with archive.reading() as session:
        numbers = set(session.scalars(select(PersonRow.id)))
    strange = known - numbers
    if strange:
        msg = (
            f"{archive.place.identities}: expected entries of people in this archive, "
            f"got {len(strange)} of nobody: unlock it with its passphrase, so that the "
            "right one goes"
        )
        raise ArchiveError(msg)


def _parents(paths: Iterable[str]) -> list[Path]:
    """Return the folders of files that are told from the root on."""
    return sorted({Path(path).parent for path in paths if Path(path).is_absolute()})


def _fill(
    box: zipfile.ZipFile, code: str, told: dict[str, Any], found: Holdings
) -> None:
    day = now().date().isoformat()
    box.writestr("README.txt", _README.format(code=code, day=day))
    box.writestr("person.json", json.dumps(told, indent=1, ensure_ascii=False))
    box.writestr("measures.csv", _table(told))
    inside: set[str] = set()
    for path, uuid in found.recordings.items():
        for file in family(path):
            # by number: two folders may hold files of one name
            name = f"recordings/{uuid}/{file.name}"
            if name not in inside:  # a part shares what lies beside the whole
                box.write(file, name)
            inside.add(name)
    for file in found.kept:
        own = file.parent.name == code  # a folder of the person's own, in another
        place = file.parent.parent.name if own else file.parent.name
        box.write(file, f"kept/{place}/{file.name}")


def _table(told: dict[str, Any]) -> str:
    sessions = {row["uuid"]: row for row in told["sessions"]}
    results = {row["id"]: row for row in told["results"]}
    trials = {row["id"]: row["number"] for row in told["trials"]}
    text = io.StringIO()
    table = csv.DictWriter(text, _COLUMNS, extrasaction="ignore")
    table.writeheader()
    for row in told["measures"]:
        result = results[row["result_id"]]
        session = sessions[result["session_uuid"]]
        about = {
            "session": session["uuid"],
            "started": session["started"],
            "drill": session["drill"],
            "trial": trials.get(row["trial_id"]),
            "flags": " ".join(row["flags"]),
        }
        table.writerow(result | row | about)
    return text.getvalue()
