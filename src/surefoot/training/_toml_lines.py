"""In which line of a TOML text a key stands, so that a refusal can name it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple["str | int", ...]
"""Keys from the top on; a number counts the tables of a list from 0."""

_HEADER = re.compile(r"\s*(\[\[?)([^\]]+)\]")
_KEY = re.compile(r"""\s*((?:"(?:\\.|[^"\\])*"|'[^']*'|[^=\[#"'])+?)\s*=""")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|[\[{]|[\]}]|\n",
    re.DOTALL,
)


class Lines:
    """Where each key of a text is.

    Parameters
    ----------
    text : str
        A TOML document.
    """

    def __init__(self, text: str) -> None:
        self._places: dict[Path, int] = {}
        self._seen: dict[Path, int] = {}
        table: Path = ()
        for number, line in _statements(text):
            table = self._placed(table, number, line)

    def of(self, path: Path) -> int:
        """Return the line of a key, 1 the first; else of the table it belongs in."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._places:
                return self._places[path[:length]]
        return 1

    def has(self, path: Path) -> bool:
        """Return whether the text tells this key."""
        return path in self._places

    def _placed(self, table: Path, number: int, line: str) -> Path:
        header = _HEADER.match(line)
        if header is not None:
            table = self._entered(header[1] == "[[", _parts(header[2]))
            for length in range(1, len(table) + 1):
                self._places.setdefault(table[:length], number)
            return table
        key = _KEY.match(line)
        if key is not None:
            path = table
            for part in _parts(key[1]):
                path = (*path, part)
                self._places.setdefault(path, number)
        return table

    def _entered(self, listed: bool, parts: tuple[str, ...]) -> Path:
        path: Path = ()
        for part in parts[:-1]:
            path = self._inside((*path, part))
        path = (*path, parts[-1]) if parts else path
        if listed:
            self._seen[path] = self._seen.get(path, -1) + 1
            return self._inside(path)
        return path

    def _inside(self, path: Path) -> Path:
        return (*path, self._seen[path]) if path in self._seen else path


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line that begins a statement."""
    lines = text.split("\n")
    depth = number = 0
    yield 1, lines[0]
    for token in _TOKEN.finditer(text):
        told = token[0]
        if told == "\n":
            number += 1
            if depth <= 0:
                depth = 0
                yield number + 1, lines[number]
        elif told[0] in "\"'":
            number += told.count("\n")
        elif told in "[{":
            depth += 1
        elif told in "]}":
            depth -= 1


def _parts(dotted: str) -> tuple[str, ...]:
    """Return the parts of a key as it is written, quoted or not."""
    try:
        told: object = tomllib.loads(f"{dotted.strip()} = 0")
    except (ValueError, RecursionError):
        return (dotted.strip(),)
    parts: list[str] = []
    while isinstance(told, dict):
        (part, told) = next(iter(cast("dict[str, object]", told).items()))
        parts.append(part)
    return tuple(parts)
