"""What a person set once and wants to find again: language, colours, sound, windows.

Nothing in the file may stop the program: what is damaged or unknown counts as not set.
"""

from __future__ import annotations

import json
import locale
import math
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from surefoot.language import LANGUAGES, best

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Scalar = str | bool | int | float

THEMES = ("dark", "light")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
SMALLEST, LARGEST = 0.8, 1.6
"""How much smaller or larger the type may be (our default)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered between sessions, each field with its default.

    Attributes
    ----------
    language : str
        A code of `surefoot.language.LANGUAGES`; empty for that of the system.
    theme : {"dark", "light"}
        The palette.
    reduced_motion : bool
        Whether pictures move as little as they can.
    font_scale : float
        Size of the type and of what surrounds it, 0.8 to 1.6; taken up at the next
        start.
    screen : str
        The screen the trainee view was last shown on; empty before.
    windows : mapping of str to str
        Place and layout of each window by its name, as the views write it.
    sound : mapping of str to scalar
        What the sound keeps; its own part reads it.
    others : mapping of str to scalar
        What another version of the program wrote; kept as it is.
    """

    language: str = ""
    theme: str = "dark"
    reduced_motion: bool = False
    font_scale: float = 1.0
    screen: str = ""
    windows: Mapping[str, str] = field(default_factory=dict[str, str])
    sound: Mapping[str, Scalar] = field(default_factory=dict[str, Scalar])
    others: Mapping[str, Scalar] = field(default_factory=dict[str, Scalar])


def load_settings(folder: Path | None = None) -> Settings:
    """Return what was kept, or the defaults. Raises nothing.

    Parameters
    ----------
    folder : Path, optional
        Where it is kept; the user's configuration folder unless told.
    """
    try:
        told = tomllib.loads(_path(folder).read_text("utf-8"))
    except (OSError, ValueError):  # not there, or neither TOML nor UTF-8
        told = {}
    known = {f.name for f in fields(Settings)} - {"others"}
    kept = {name: read(told[name]) for name, read in _READ.items() if name in told}
    rest = {k: v for k, v in told.items() if k not in known}
    fit = {name: value for name, value in kept.items() if value is not None}
    return Settings(**fit, others=_scalars(rest))  # pyright: ignore[reportArgumentType]


def keep_settings(settings: Settings, folder: Path | None = None) -> str:
    """Keep settings for the next time.

    Parameters
    ----------
    settings : Settings
        All of them; the file is replaced in one step.
    folder : Path, optional
        As for `load_settings`.

    Returns
    -------
    str
        Why it could not be done, or empty.
    """
    path = _path(folder)
    part = path.with_name(f"{path.stem}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(_toml(settings), encoding="utf-8", errors="replace")
        part.replace(path)
    except OSError as error:
        return f"settings: expected to write {path}, could not: {error.strerror}"
    return ""


def language_for(told: str | None = None, folder: Path | None = None) -> str:
    """Return the language to write in: told, else chosen last, else the system's.

    Parameters
    ----------
    told : str, optional
        A code of `surefoot.language.LANGUAGES`.
    folder : Path, optional
        As for `load_settings`.
    """
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next(filter(None, names), "") or locale.getlocale()[0] or ""
    return told or load_settings(folder).language or best([system])


def _path(folder: Path | None) -> Path:
    kept = folder or Path(platformdirs.user_config_path("surefoot"))
    return kept / "settings.toml"


def _toml(settings: Settings) -> str:
    plain: dict[str, Scalar] = dict(settings.others)
    tables: dict[str, Mapping[str, Scalar]] = {}
    for one in fields(Settings):
        value = getattr(settings, one.name)
        if isinstance(value, Scalar):
            plain[one.name] = value
        elif one.name != "others":
            tables[one.name] = cast("Mapping[str, Scalar]", value)
    lines = _lines(plain)
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]", *_lines(table)]
    return "\n".join([*lines, ""])


def _lines(table: Mapping[str, Scalar]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items()]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _value(value: Scalar) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return str(value).lower()


def _quoted(text: str) -> str:
    # strings of JSON are strings of TOML, but for one character
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_of(*words: str) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in words else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _scale(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    fits = math.isfinite(value)
    return min(LARGEST, max(SMALLEST, float(value))) if fits else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _scalars(value: object) -> dict[str, Scalar]:
    told = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return {k: v for k, v in told.items() if isinstance(v, Scalar)}


def _texts(value: object) -> dict[str, str]:
    return {k: v for k, v in _scalars(value).items() if isinstance(v, str)}


_READ: dict[str, Callable[[object], object]] = {
    "language": _one_of("", *LANGUAGES),
    "theme": _one_of(*THEMES),
    "reduced_motion": _flag,
    "font_scale": _scale,
    "screen": _text,
    "windows": _texts,
    "sound": _scalars,
}
