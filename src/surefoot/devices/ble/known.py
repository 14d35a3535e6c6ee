"""The sensors that had a role the last time: switching them on is enough."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from surefoot.core import RadioError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Known:
    """A sensor and what it is recognised by.

    Attributes
    ----------
    profile : str
        Id of its model.
    name : str
        What it calls itself; may be empty.
    address : str
        Where it was. Alone it recognises nothing: see `Wanted.address`.
    """

    profile: str
    name: str
    address: str


def known_sensors(path: Path | None = None) -> dict[str, Known]:
    """Return the sensors that are known, by role; none before the first session.

    Parameters
    ----------
    path : Path, optional
        The file; in the user's data folder unless told.

    Raises
    ------
    RadioError
        If the file was damaged.
    """
    place = path or _place()
    if not place.is_file():
        return {}
    try:
        told = json.loads(place.read_text("utf-8"))
        return {str(role): _known(about) for role, about in told.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{place}: expected sensors by role, got {error}: remove the file"
        raise RadioError(msg) from None


def keep_sensors(sensors: Mapping[str, Known], path: Path | None = None) -> Path:
    """Keep sensors for their roles; other roles stay as they are.

    Parameters
    ----------
    sensors : mapping of str to Known
        By role.
    path : Path, optional
        As for `known_sensors`.

    Raises
    ------
    RadioError
        If the file was damaged.
    """
    place = path or _place()
    kept = known_sensors(place) | dict(sensors)
    text = json.dumps({role: asdict(kept[role]) for role in sorted(kept)}, indent=1)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    part.write_text(text + "\n", "utf-8")
    part.replace(place)
    return place


def _known(about: object) -> Known:
    told = cast("dict[str, object]", about)
    return Known(str(told["profile"]), str(told["name"]), str(told["address"]))


def _place() -> Path:
    return Path(platformdirs.user_data_path("surefoot")) / "sensors.json"
