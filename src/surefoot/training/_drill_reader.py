"""Reads the tables of a drill file and words what is wrong with one, with its line."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn, cast

from surefoot.core import DrillError
from surefoot.training._toml_lines import Lines
from surefoot.training.drill import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surefoot.training._toml_lines import Path

_LONGEST = 200
_ALIKE = 0.75  # of two keys: one may be the other misspelt
_ORDER = ("task", "sets", "zone")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class Document:
    """One file: its values, its lines, and every number that was read from it.

    Parameters
    ----------
    text : str
        The TOML.
    where : str
        File name, for errors.

    Raises
    ------
    DrillError
        If it is not TOML.
    """

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = " ".join(_printable(where).split())
        self.told = self._load(text)
        self.numbers: dict[str, float] = {}
        """By where it stands, as in `Provenance`."""
        self.defaults: set[str] = set()
        """Those of them that the file leaves out."""
        self._lines = Lines(text)

    def refuse(self, path: Path, expected: str, got: object, do: str = "") -> NoReturn:
        """Raise the error about one key."""
        key = _printable(named(path)) or "drill"
        seen = "nothing" if got is None else _short(repr(got))
        line = self._lines.of(path)
        does = do or "mend that line"
        msg = f"{self.where}: line {line}: {key}: expected {expected}, got {seen}: "
        raise DrillError(msg + does)

    def has(self, path: Path) -> bool:
        """Return whether the file tells this key."""
        told: object = self.told
        for part in path:
            if isinstance(told, dict) and part in told:
                told = cast("dict[str | int, object]", told)[part]
            elif isinstance(told, list) and isinstance(part, int):
                told = cast("list[object]", told)[part]
            else:
                return False
        return True

    def table(self) -> Table:
        """Return the table at the top."""
        return Table(self, self.told, ())

    def provenance(
        self, grade: str, source: str, sources: Mapping[str, tuple[str, str]]
    ) -> tuple[Provenance, ...]:
        """Return every number that was read, with where it comes from."""
        found: list[Provenance] = []
        for key, value in sorted(self.numbers.items(), key=_in_order):
            own = sources.get(key) or sources.get(re.sub(r"\[\d+\]$", "", key))
            ours = ("D", "our default") if key in self.defaults else (grade, source)
            found.append(Provenance(key, value, *(own or ours)))
        return tuple(found)

    def _load(self, text: str) -> dict[str, object]:
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            told = str(error)
            at = _AT.search(told)
            end = text.count("\n") + 1
            line = int(at[1]) if at and at[1] else end if at else 1
            why = _short(" ".join(_printable(_AT.sub("", told)).split()))
            msg = f"{self.where}: line {line}: expected TOML, got {why}: mend that line"
            raise DrillError(msg) from None


class Table:
    """The keys of one table; every key must be asked for before `close`.

    Parameters
    ----------
    document : Document
        The file it is part of.
    told : object
        What stands there.
    path : Path
        Where.
    origin : mapping of str to Path, optional
        Where single keys stand, when they stand elsewhere.
    """

    def __init__(
        self,
        document: Document,
        told: object,
        path: Path,
        origin: Mapping[str, Path] | None = None,
    ) -> None:
        self.document, self.path = document, path
        if not isinstance(told, dict):
            name = named(path)
            expected = f"a table [{name}]" if name else "a table"
            document.refuse(path, expected, told)
        self.told = cast("dict[str, object]", told)
        self._origin = origin or {}
        self._asked: set[str] = set()

    def at(self, key: str) -> Path:
        """Return where a key stands."""
        return self._origin.get(key, (*self.path, key))

    def refuse(self, key: str, expected: str, do: str = "") -> NoReturn:
        """Raise the error about one key; a misspelt one is what is named."""
        strange = [other for other in self.told if other not in self._asked]
        near = get_close_matches(key, strange, n=1, cutoff=_ALIKE)
        if key not in self.told and near:
            do = f"did you mean {key}?"
            self.document.refuse(self.at(near[0]), key, near[0], do)
        self.document.refuse(self.at(key), expected, self.told.get(key), do)

    def close(self) -> None:
        """Refuse keys nobody asked for."""
        for key in self.told:
            if key not in self._asked:
                known = sorted(self._asked)
                near = get_close_matches(key, known, n=2)
                hint = f"did you mean {' or '.join(near)}?" if near else ""
                told = ", ".join(known)
                do = hint or "take it out, or put it in the table it belongs to"
                self.document.refuse(self.at(key), f"one of {told}", key, do)

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        self._asked.add(key)
        return key in self.told

    def raw(self, key: str) -> object:
        """Return what is told, unchecked."""
        self._asked.add(key)
        return self.told.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return one line that is not empty."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not _is_line(value):
            self.refuse(key, f"a text of one line, at most {_LONGEST} characters")
        return cast("str", value)

    def texts(self, key: str, least: int = 1) -> tuple[str, ...]:
        """Return a list of lines."""
        value = self.raw(key)
        if value is None and least == 0:
            return ()
        listed = cast("list[object]", value) if isinstance(value, list) else [None]
        if len(listed) < least or not all(_is_line(item) for item in listed):
            self.refuse(key, f"a list of {least} or more texts, each one line")
        return tuple(cast("list[str]", listed))

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """Return one of the known words."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        words = tuple(known)
        if not isinstance(value, str) or value not in words:
            self.refuse(key, f"one of {', '.join(words)}", _near(value, words))
        return value

    def choices(
        self, key: str, known: Iterable[str], least: int = 1
    ) -> tuple[str, ...]:
        """Return a list of known words, each once."""
        words = tuple(known)
        found = self.texts(key, least)
        for word in found:
            if word not in words or found.count(word) > 1:
                expected = f"words of {', '.join(words)}, each once"
                self.document.refuse(self.at(key), expected, word, _near(word, words))
        return found

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse(key, "true or false")
        return value

    def number(
        self, key: str, low: float, high: float, default: float | None = None
    ) -> float:
        """Return a number between two bounds, and remember it."""
        value = self.raw(key)
        if value is None and default is not None:
            return self._noted(key, default, ours=True)
        if not _fits(value, low, high):
            self.refuse(key, f"a number {low:g} to {high:g}")
        return self._noted(key, float(cast("float", value)))

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number between two bounds, and remember it."""
        value = self.raw(key)
        if value is None and default is not None:
            return int(self._noted(key, default, ours=True))
        if not _fits(value, low, high) or not isinstance(value, int):
            self.refuse(key, f"a whole number {low} to {high}")
        return int(self._noted(key, value))

    def numbers(
        self,
        key: str,
        bounds: tuple[float, float],
        size: tuple[int, int],
        default: tuple[float, ...],
    ) -> tuple[float, ...]:
        """Return a list of numbers between two bounds, and remember them.

        Parameters
        ----------
        key : str
            Its name.
        bounds : (float, float)
            Of each number.
        size : (int, int)
            How many there may be, least and most.
        default : tuple of float
            Where the key is not there.
        """
        value = self.raw(key)
        listed = cast("list[object]", value) if isinstance(value, list) else []
        ours = value is None
        found: list[object] = list(default) if ours else listed
        least, most = size
        fits = all(_fits(item, *bounds) for item in found)
        if not fits or not (ours or least <= len(found) <= most):
            count = f"{least}" if least == most else f"{least} to {most}"
            low, high = bounds
            self.refuse(key, f"a list of {count} numbers {low:g} to {high:g}")
        for i, item in enumerate(found, 1):
            self._noted(key, float(cast("float", item)), ours, f"[{i}]")
        return tuple(float(cast("float", item)) for item in found)

    def table(self, key: str) -> Table:
        """Return a table inside; an empty one when it is not there."""
        value = self.raw(key)
        return Table(self.document, {} if value is None else value, self.at(key))

    def tables(self, key: str, most: int) -> list[Table]:
        """Return the tables of a list; none when it is not there."""
        value = self.raw(key)
        listed = cast("list[object]", value) if isinstance(value, list) else []
        if (value is not None and not listed) or len(listed) > most:
            self.refuse(key, f"1 to {most} tables [[{key}]]")
        return [
            Table(self.document, item, (*self.at(key), i))
            for i, item in enumerate(listed)
        ]

    def over(self, base: Table) -> Table:
        """Return this table with the keys of another where it has none."""
        origin = {key: base.at(key) for key in base.told if key not in self.told}
        return Table(self.document, {**base.told, **self.told}, self.path, origin)

    def _noted(
        self, key: str, value: float, ours: bool = False, index: str = ""
    ) -> float:
        name = named(self.at(key)) + index
        if ours and self.path and "stage" in self.path:
            return value  # told once, beside the base it is left out of
        self.document.numbers[name] = value
        if ours:
            self.document.defaults.add(name)
        return value


def named(path: Path) -> str:
    """Return a path as people write it: ``"stage[2].task.each"``, counted from 1."""
    told = ""
    for part in path:
        told += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return told.removeprefix(".")


def _in_order(number: tuple[str, float]) -> int:
    """Return where the table of a number comes, as people ask for it."""
    table = number[0].partition(".")[0]
    return _ORDER.index(table) if table in _ORDER else len(_ORDER)


def _near(value: object, words: tuple[str, ...]) -> str:
    near = get_close_matches(value, words, n=2) if isinstance(value, str) else []
    return f"did you mean {' or '.join(near)}?" if near else ""


def _fits(value: object, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return low <= value <= high


def _is_line(value: object) -> bool:
    text = value if isinstance(value, str) else ""
    return 0 < len(text) <= _LONGEST and text.isprintable() and text == text.strip()


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."
