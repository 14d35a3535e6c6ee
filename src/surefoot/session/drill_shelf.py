"""Drills as files: those that ship, and a therapist's own beside them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from surefoot.core import DrillError
from surefoot.training import parse_drill

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from surefoot.training import Drill

_END = ".toml"
_LARGEST = 100_000  # bytes; a drill has two thousand


@dataclass(frozen=True, slots=True)
class Shelved:
    """A drill and where it stands.

    Attributes
    ----------
    drill : Drill
        What is done.
    file : str
        Path of its file.
    own : bool
        Whether it is a therapist's own.
    """

    drill: Drill
    file: str
    own: bool


def drills_folder() -> Path:
    """Return where a therapist's own drills are looked for; it may not exist."""
    return platformdirs.user_data_path("surefoot") / "drills"


def shipped_names() -> tuple[str, ...]:
    """Return the names of the drills that ship, in the order of the alphabet."""
    names = (part.name for part in _shelf().iterdir() if part.name.endswith(_END))
    return tuple(sorted(name.removesuffix(_END) for name in names))


def shipped_drills() -> dict[str, Drill]:
    """Return every drill that ships, by its name."""
    return {name: shipped_drill(name) for name in shipped_names()}


def shipped_drill(name: str) -> Drill:
    """Return a drill that ships.

    Raises
    ------
    DrillError
        If there is none of that name.
    """
    if name not in shipped_names():
        raise DrillError(_unknown(name, shipped_names()))
    return parse_drill((_shelf() / f"{name}{_END}").read_text("utf-8"), f"{name}{_END}")


def own_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the files of a therapist's own drills, good or wrong, by name.

    Parameters
    ----------
    folder : Path, optional
        Where to look, not below it; `drills_folder` unless told. One that does not
        exist holds none.
    """
    return tuple(sorted((folder or drills_folder()).glob(f"*{_END}")))


def own_drills(folder: Path | None = None) -> dict[str, Drill]:
    """Return every drill of a therapist's own, by its name.

    Raises
    ------
    DrillError
        If one of them is not usable; `own_files` and `read_drill` tell which are.
    """
    return {path.stem: read_drill(path) for path in own_files(folder)}


def shelved(folder: Path | None = None) -> tuple[list[Shelved], list[str]]:
    """Return all drills, those that ship first, and why others cannot be used.

    Parameters
    ----------
    folder : Path, optional
        Where a therapist's own are; `drills_folder` unless told.

    Returns
    -------
    list of Shelved
        What can be done.
    list of str
        One line for each file of a therapist's own that is not usable.
    """
    found = [
        Shelved(drill, str(_shelf() / f"{name}{_END}"), own=False)
        for name, drill in shipped_drills().items()
    ]
    wrong: list[str] = []
    for path in own_files(folder):
        try:
            found.append(Shelved(read_drill(path), str(path), own=True))
        except DrillError as error:
            wrong.append(str(error))
    return found, wrong


def read_drill(path: Path) -> Drill:
    """Return the drill of a therapist's file.

    Raises
    ------
    DrillError
        If it cannot be read, is not usable, or is not named as the file is. The name of
        a drill that ships is not taken by another.
    """
    drill = parse_drill(_text(path), path.name)
    if drill.schema > 1 and drill.name != path.stem:
        told = f'expected name = "{path.stem}", as the file, got "{drill.name}"'
        msg = f"{path.name}: {told}: rename one of them"
        raise DrillError(msg)
    if drill.name in shipped_names() and drill.text != shipped_drill(drill.name).text:
        told = f"expected a name of its own, got {drill.name!r}, which ships"
        msg = f"{path.name}: {told}: rename the file and the drill"
        raise DrillError(msg)
    return drill


def load_drill(name: str, folder: Path | None = None) -> Drill:
    """Return a drill by its name, or from a file.

    Parameters
    ----------
    name : str
        Of a drill that ships, of a therapist's own, or the path of a ``.toml`` file.
    folder : Path, optional
        Where a therapist's own are; `drills_folder` unless told.

    Raises
    ------
    DrillError
        If there is none, or it is not usable.
    """
    shipped = shipped_names()
    if name in shipped:
        return shipped_drill(name)
    own = {path.stem: path for path in own_files(folder)}
    if name in own:
        return read_drill(own[name])
    if name.endswith(_END) and Path(name).is_file():
        return parse_drill(_text(Path(name)), name)
    raise DrillError(_unknown(name, (*shipped, *own)))


def picture_of(name: str) -> str:
    """Return the picture of a drill that ships, as SVG; empty where there is none.

    Parameters
    ----------
    name : str
        Of the drill, or ``"sensor-board"`` and the like: where a sensor is fixed.
    """
    place = _picture(name)
    return place.read_text("utf-8") if place.is_file() else ""


def picture_file(name: str) -> str:
    """Return where the picture of a drill that ships is, or would be."""
    return str(_picture(name))


def _shelf() -> Traversable:
    return resources.files("surefoot.training") / "catalogue"


def _picture(name: str) -> Traversable:
    return _shelf() / "pictures" / f"{name}.svg"


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "see surefoot drills list"
    return f"drill {name!r}: expected the name of a drill or a .toml file: {hint}"


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            msg = f"{path}: expected a drill file, got {size} bytes: check the name"
            raise DrillError(msg)
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path}: expected a text in UTF-8, got {error.reason}: check the name"
        raise DrillError(msg) from None
    except OSError as error:
        msg = f"{path}: expected a drill file, got {error.strerror}: check the name"
        raise DrillError(msg) from None
