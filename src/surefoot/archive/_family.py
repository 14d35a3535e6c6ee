"""The files of one recording, and of one person.

Whatever is found here may be erased, so nothing is found by a guess: a recording by its
own number, what lies beside it by its name, the rest in folders that hold people only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import platformdirs

from surefoot.archive._facts import person_of
from surefoot.archive._place import data_folder
from surefoot.core import RecordingError
from surefoot.recording import (
    Annotations,
    annotations_file,
    annotations_of,
    open_recording,
    recordings_folder,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

PEOPLE = ("people", "programmes")
"""Folders of the user's data that hold one file a person, ``CODE.*``."""
OWN = ("templates",)
"""Folders of the user's data that hold one folder a person, ``CODE``."""
_ENDINGS = (".mcap", ".mcap.part")
_NUMBER = 16  # characters; a shorter number could be in a file's name by chance


@dataclass(frozen=True, slots=True)
class Holdings:
    """The files that are somebody's.

    Attributes
    ----------
    recordings : dict of Path to str
        Each with its number.
    kept : tuple of Path
        What else is kept under the person's code or a recording's number.
    unreadable : tuple of Path
        Recordings of which nobody can tell whose they are.
    """

    recordings: dict[Path, str]
    kept: tuple[Path, ...]
    unreadable: tuple[Path, ...]


def holdings(
    code: str,
    uuids: Collection[str],
    folders: Iterable[Path] = (),
    places: Iterable[Path] = (),
) -> Holdings:
    """Return the files that are somebody's.

    Parameters
    ----------
    code : str
        The person's; empty to look for numbers only.
    uuids : collection of str
        Numbers of recordings that are known to be the person's.
    folders : iterable of Path
        Where to look, folders inside included; beside the folder where recordings go
        by default.
    places : iterable of Path
        Where to look, folders inside left out.

    Returns
    -------
    Holdings
        Recordings whose number is told, or that say that they are the person's.
    """
    found: dict[Path, str] = {}
    unreadable: list[Path] = []
    deep = [recordings_folder(), *folders]
    for path in _recordings(deep, places):
        try:
            told = open_recording(path)
            uuid = str(told.header.session.get("id", ""))
            about = annotations_file(path).exists()
            said = annotations_of(path) if about else Annotations()
            owner = person_of(told, said)[0]
        except RecordingError:
            unreadable.append(path)
            continue
        if uuid in uuids or (code and owner == code):
            found[path] = uuid
    kept = sorted({*(_kept(code) if code else ()), *_cached({*uuids, *found.values()})})
    return Holdings(found, tuple(kept), tuple(unreadable))


def family(path: Path) -> list[Path]:
    """Return a recording, if it is there, and what is kept beside it under its name.

    Empty for what is not named like a recording, or not from the root on.
    """
    base = _base(path)
    if not base or not path.is_absolute() or not path.name.endswith(_ENDINGS):
        return []
    try:
        beside = sorted(one for one in path.parent.iterdir() if one.is_file())
    except OSError:
        return []
    bases = {_base(one) for one in beside if one.name.endswith(_ENDINGS)} | {base}
    own: list[Path] = []
    for one in beside:
        owners = [b for b in bases if one.name.startswith(f"{b}.")]
        sidecar = not one.name.endswith(_ENDINGS)
        if sidecar and owners and max(owners, key=len) == base:
            own.append(one)
    return [*([path] if path.is_file() else []), *own]


def remove(path: Path, uuid: str) -> list[str]:
    """Remove a recording and what is kept beside it; return what could not be.

    Parameters
    ----------
    path : Path
        Where it was.
    uuid : str
        Its number: another recording that has taken its name stays.
    """
    if not path.is_absolute():
        return []
    if path.exists():
        try:
            if open_recording(path).header.session.get("id") != uuid:
                return []
        except RecordingError as error:
            return [f"{error} (it may be the recording {uuid}, which was erased)"]
    return unlink(family(path))


def unlink(files: Iterable[Path]) -> list[str]:
    """Remove files and return what could not be, one line each."""
    troubles: list[str] = []
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            troubles.append(
                f"{file}: expected to remove it, got {error.strerror!r}: close what "
                "uses it; it is tried again at the next start"
            )
    return troubles


def _base(path: Path) -> str:
    return path.name.removesuffix(".part").removesuffix(".mcap")


def _recordings(deep: Iterable[Path], flat: Iterable[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    found = [path for folder in deep for path in folder.absolute().rglob("*.mcap*")]
    found += [path for folder in flat for path in folder.absolute().glob("*.mcap*")]
    for path in sorted(found):
        if path.name.endswith(_ENDINGS) and path.is_file() and path not in seen:
            seen.add(path)
            yield path


def _kept(code: str) -> Iterator[Path]:
    for name in PEOPLE:
        for path in (data_folder() / name).glob("*"):
            if path.is_file() and path.name.partition(".")[0] == code:
                yield path
    for own in own_folders(code):
        yield from (path for path in own.rglob("*") if path.is_file())


def own_folders(code: str) -> list[Path]:
    """Return the folders that hold files of one person only, where there are any."""
    found = [data_folder() / name / code for name in OWN]
    return [folder for folder in found if folder.is_dir()]


def clear(folders: Iterable[Path]) -> list[str]:
    """Remove folders whose files are gone, and return what could not be."""
    troubles: list[str] = []
    for folder in folders:
        inside = sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True)
        try:
            for one in (*inside, folder):
                one.rmdir()
        except OSError as error:
            troubles.append(
                f"{folder}: expected to remove it, got {error.strerror!r}: look what "
                "is left in it"
            )
    return troubles


def _cached(uuids: Collection[str]) -> Iterator[Path]:
    """Yield what the user's cache keeps under a recording's number."""
    numbers = [uuid for uuid in uuids if len(uuid) >= _NUMBER]
    for path in platformdirs.user_cache_path("surefoot").rglob("*"):
        if path.is_file() and any(uuid in path.name for uuid in numbers):
            yield path
