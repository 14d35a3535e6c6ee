"""What was erased, as random numbers: in the database and in a file beside it.

A backup that is put back knows nothing of what was erased since. The file does.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from surefoot.archive._archive import now
from surefoot.archive._errors import ArchiveError
from surefoot.archive._models import TombstoneRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

    from surefoot.archive._archive import Archive

NAME = "erased.jsonl"


def bury(archive: Archive, gone: Mapping[str, str]) -> None:
    """Keep for ever that these were erased; the file first.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    gone : mapping of str to str
        ``"person"`` or ``"session"`` by number.

    Raises
    ------
    ArchiveError
        If the file cannot be written or the database does not answer.
    """
    known = _read(tombstones(archive))
    _append(tombstones(archive), {k: v for k, v in gone.items() if k not in known})
    archive.write(lambda session: _add(session, gone))


def buried(archive: Archive) -> tuple[dict[str, str], set[str]]:
    """Return what was ever erased, after the file and the table agree.

    Returns
    -------
    dict of str to str
        ``"person"`` or ``"session"`` by number.
    set of str
        Those that this computer did not know of: another station erased them.

    Raises
    ------
    ArchiveError
        If the file cannot be read or written, or the database does not answer.
    """
    file = _read(tombstones(archive))
    with archive.reading() as session:
        table = {row.id: row.kind for row in session.scalars(select(TombstoneRow))}
    if file.keys() - table.keys():
        archive.write(lambda session: _add(session, file))
    news = {number: kind for number, kind in table.items() if number not in file}
    _append(tombstones(archive), news)
    return table | file, set(news)


def tombstones(archive: Archive) -> Path:
    """Return the file beside the database; it may not exist."""
    return archive.place.folder / NAME


def _add(session: Session, gone: Mapping[str, str]) -> None:
    there = set(session.scalars(select(TombstoneRow.id)))
    day = now().date().isoformat()
    session.add_all(
        TombstoneRow(id=number, kind=kind, day=day)
        for number, kind in gone.items()
        if number not in there
    )


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _trouble(path, error) from error
    found: dict[str, str] = {}
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue  # torn by a crash; the table has it
        if isinstance(told, dict):
            known = cast("dict[str, object]", told)
            found[str(known.get("id", ""))] = str(known.get("kind", ""))
    return {number: kind for number, kind in found.items() if number and kind}


def _append(path: Path, gone: Mapping[str, str]) -> None:
    if not gone:
        return
    day = now().date().isoformat()
    lines = [json.dumps({"id": k, "kind": v, "day": day}) for k, v in gone.items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("ab") as stream:
            # a line of its own, also after one that a crash has torn
            text = "\n".join(["" if stream.tell() else lines.pop(0), *lines, ""])
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise _trouble(path, error) from error


def _trouble(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(
        f"{path}: expected the list of what was erased, got {error.strerror!r}: see "
        "whether its folder may be written to"
    )
