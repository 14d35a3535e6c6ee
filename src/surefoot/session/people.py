"""What is kept of a person between sessions: a code and the zone of each drill."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import platformdirs

from surefoot.core import DrillError

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
    return float(value) if isinstance(value, (int, float)) else None


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
    zones[drill] = round(degrees, 2)
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
        zones = tomllib.loads(path.read_text()).get("zone_deg", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: expected TOML, got {error}: mend or remove the file"
        raise DrillError(msg) from None
    return dict(zones)


def _path(person: str, folder: Path | None) -> Path:
    if not _CODE.fullmatch(person):
        msg = (
            f"person: expected a code of letters, digits and hyphens, got {person!r}: "
            "use a code, never a name"
        )
        raise DrillError(msg)
    kept = folder or Path(platformdirs.user_data_path("surefoot")) / "people"
    return kept / f"{person}.toml"
