"""A person's programme on disk: the plan that ships, and one line for each entry."""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from surefoot.session.people import check_code
from surefoot.training.decision import ProgrammeError
from surefoot.training.programme import PARTS, after, fold, parse_plan
from surefoot.training.programme.lines import as_object, entry_of

if TYPE_CHECKING:
    from surefoot.training.programme import Entry, Plan, Standing


def plan_folder() -> Path:
    """Return where a therapist's own copies of the plan's files are looked for."""
    return Path(platformdirs.user_data_path("surefoot")) / "plans"


def load_plan(folder: Path | None = None) -> Plan:
    """Return the plan: the files that ship, or a therapist's copies of them.

    Parameters
    ----------
    folder : Path, optional
        Where copies are looked for; `plan_folder` unless told. A file that is not there
        is taken from those that ship.

    Raises
    ------
    ProgrammeError
        If a file is not usable, told with file and key.
    """
    kept = folder or plan_folder()
    return parse_plan({name: _plan_text(name, kept) for name in PARTS})


def plan_text(name: str) -> str:
    """Return one part of the plan as TOML: a therapist's copy, or what ships.

    Raises
    ------
    ProgrammeError
        If the copy is not text.
    """
    return _plan_text(name, plan_folder())


def copy_plan(folder: Path | None = None) -> list[Path]:
    """Copy the files of the plan that ship to where they can be edited.

    Returns
    -------
    list of Path
        The copies made; a file that is there already is left as it is.
    """
    kept, made = folder or plan_folder(), list[Path]()
    kept.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        path = kept / f"{name}.toml"
        if not path.exists():
            path.write_text(_shipped_text(name), "utf-8")
            made.append(path)
    return made


def history_path(person: str, folder: Path | None = None) -> Path:
    """Return where a person's entries are kept, one JSON object a line.

    Parameters
    ----------
    person : str
        A code: letters, digits and hyphens. Never a name.
    folder : Path, optional
        Where programmes are kept; the user's data folder unless told.

    Raises
    ------
    DrillError
        If the code is not one.
    """
    check_code(person)
    kept = folder or Path(platformdirs.user_data_path("surefoot")) / "programmes"
    return kept / f"{person}.jsonl"


def read_history(person: str, folder: Path | None = None) -> tuple[Entry, ...]:
    """Return a person's entries, oldest first.

    Raises
    ------
    ProgrammeError
        If there is no programme, or a line of it is damaged (told with its number).
    """
    path = history_path(person, folder)
    if not path.is_file():
        msg = (
            f"programme: expected one of {person}, got none: begin with "
            f"surefoot programme new {person}"
        )
        raise ProgrammeError(msg)
    try:
        lines = path.read_text("utf-8").splitlines()
    except ValueError:
        msg = f"{path}: expected text, got other bytes: put a copy back"
        raise ProgrammeError(msg) from None
    return tuple(_entry(line, f"{path}:{i}") for i, line in enumerate(lines, 1) if line)


def add_entry(
    plan: Plan, person: str, entry: Entry, folder: Path | None = None
) -> tuple[Standing, Standing]:
    """Write an entry down, if it can follow those before it.

    Returns
    -------
    tuple of Standing
        Where the person stood, and stands now.

    Raises
    ------
    ProgrammeError
        If it cannot follow; nothing is written then.
    """
    before = fold(plan, read_history(person, folder))
    now = after(plan, before, entry)
    _append(history_path(person, folder), entry)
    return before, now


def new_history(
    plan: Plan, person: str, first: Entry, folder: Path | None = None
) -> Path:
    """Begin a person's programme.

    Raises
    ------
    ProgrammeError
        If the person has one already, or the entry is not a start.
    """
    path = history_path(person, folder)
    fold(plan, [first])
    if path.exists():
        msg = f"{person}: expected no programme yet, got {path}: move that file away"
        raise ProgrammeError(msg)
    path.parent.mkdir(parents=True, exist_ok=True)
    _append(path, first)
    return path


def _plan_text(name: str, folder: Path) -> str:
    path = folder / f"{name}.toml"
    if not path.is_file():
        return _shipped_text(name)
    try:
        return path.read_text("utf-8")
    except ValueError:
        msg = f"{path}: expected text, got other bytes: remove the file"
        raise ProgrammeError(msg) from None


def _shipped_text(name: str) -> str:
    shelf = resources.files("surefoot.training") / "plans"
    return (shelf / f"{name}.toml").read_text("utf-8")


def _append(path: Path, entry: Entry) -> None:
    line = json.dumps(as_object(entry), ensure_ascii=False) + "\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _entry(line: str, where: str) -> Entry:
    try:
        told: object = json.loads(line)
    except ValueError as error:
        msg = f"{where}: expected JSON, got {error}: mend that line"
        raise ProgrammeError(msg) from None
    if not isinstance(told, dict):
        msg = f"{where}: expected an object, got {told!r}: mend that line"
        raise ProgrammeError(msg)
    return entry_of(cast("dict[str, object]", told), where)
