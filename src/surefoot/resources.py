"""What ships beside the code, where it is in a wheel and in a checkout."""

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


def intended_use() -> str:
    """Return what the product is for, in the words that stand everywhere.

    Whoever says what it is for says this: the first page, help, reports, the screen of
    the first start. Other languages translate this text and add nothing.
    """
    return (_PACKAGE / "intended_use.txt").read_text("utf-8").strip()
