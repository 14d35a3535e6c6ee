"""What is kept of a person between sessions: a code and the zone of each drill."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import cast

import platformdirs

from surefoot.core import DrillError

WIDEST = 30.0  # degrees; no ring is wider
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


def zone_of(person: str, drill: str, folder: Path | None = None) -> float | None:
    """Return a person's zone for a drill [deg], or None before a baseline.

    Parameters
    ----------
    person : str
        A code: letters, digits and hyphens. Never a name.
    drill : str
        The drill's name.
    folder : Path, optional
        Where people are kept; the user's data folder unless told.

    Raises
    ------
    DrillError
        If the code is not one, or the file was damaged.
    """
    value = _read(person, folder).get(drill)
    if value is None:
        return None
    degrees = float(value) if isinstance(value, (int, float)) else 0.0
    if not 0.0 < degrees <= WIDEST:
        path = _path(person, folder)
        msg = (
            f"{path}: {drill}: expected degrees above 0, at most {WIDEST:g}, got "
            f"{value!r}: mend or remove the file"
        )
        raise DrillError(msg)
    return degrees


def keep_zone(
    person: str, drill: str, degrees: float, folder: Path | None = None
) -> Path:
    """Keep a person's zone for a drill.

    Parameters
    ----------
    person, drill : str
        As for `zone_of`.
    degrees : float
        Radius of the zone [deg].
    folder : Path, optional
        As for `zone_of`.

    Raises
    ------
    DrillError
        If the code is not one, or the file was damaged.
    """
    zones = _read(person, folder)
    zones[drill] = round(min(degrees, WIDEST), 2)
    lines = [f'"{name}" = {value}' for name, value in sorted(zones.items())]
    path = _path(person, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text("\n".join(["[zone_deg]", *lines, ""]))
    part.replace(path)
    return path


def _read(person: str, folder: Path | None) -> dict[str, object]:
    path = _path(person, folder)
    if not path.is_file():
        return {}
    try:
        zones = tomllib.loads(path.read_text("utf-8")).get("zone_deg", {})
    except ValueError as error:  # of TOML and of UTF-8
        msg = f"{path}: expected TOML, got {error}: mend or remove the file"
        raise DrillError(msg) from None
    if not isinstance(zones, dict):
        msg = f"{path}: expected a table zone_deg, got {zones!r}: remove the file"
        raise DrillError(msg)
    return cast("dict[str, object]", zones)


def check_code(person: str) -> None:
    """Refuse what could be somebody's name.

    Raises
    ------
    DrillError
        If it is not a code of letters, digits and hyphens.
    """
    if not _CODE.fullmatch(person):
        msg = (
            f"person: expected a code of letters, digits and hyphens, got {person!r}: "
            "use a code, never a name"
        )
        raise DrillError(msg)


def _path(person: str, folder: Path | None) -> Path:
    check_code(person)
    kept = folder or Path(platformdirs.user_data_path("surefoot")) / "people"
    return kept / f"{person}.toml"
