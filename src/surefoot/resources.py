"""Where the files that ship with the product are: in a wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Folder = Literal["devices", "calibration", "recordings"]

_PACKAGE = Path(__file__).parent


def folder(name: Folder) -> Path:
    """Return the folder of shipped device profiles, calibrations or recordings.

    A wheel carries them inside the package; a checkout, also when installed editable,
    has them at its top, beside ``pyproject.toml``.

    Parameters
    ----------
    name : {"devices", "calibration", "recordings"}
        Which folder.

    Raises
    ------
    FileNotFoundError
        If the installation is damaged and has neither.
    """
    top = _PACKAGE.parent.parent
    places = [_PACKAGE / "_shipped" / name]
    if (top / "pyproject.toml").is_file():
        places.append(top / name)
    for place in places:
        if place.is_dir():
            return place
    msg = f"surefoot: expected the folder {name!r} in {places[0].parent}: install again"
    raise FileNotFoundError(msg)
