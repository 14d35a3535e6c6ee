"""Reads one table of a TOML document and words what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeGuard, cast

from surefoot.core import ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterable


_MOST = 1e300  # beyond it products with a unit's factor may be infinite


class Table:
    """The keys of one table; every key must be asked for before `close`.

    Raises
    ------
    ProfileError
        From every method: naming file, key, what was expected, what came, what to do.
    """

    def __init__(self, told: object, where: str, path: str = "") -> None:
        self.where = where
        self.path = path
        if not isinstance(told, dict):
            self.refuse("", "a table", told)
        self._told = cast("dict[str, object]", told)
        self._asked: set[str] = set()

    def refuse(self, key: str, expected: str, got: object) -> NoReturn:
        """Raise the error about one key."""
        place = ".".join(part for part in (self.path, key) if part) or "profile"
        place = "".join(c if c.isprintable() else "?" for c in place)
        seen = "nothing" if got is None else repr(got)
        msg = f"{self.where}: {place}: expected {expected}, got {seen}: "
        raise ProfileError(msg + "change that key of the profile")

    def close(self) -> None:
        """Refuse keys nobody asked for."""
        for key in self._told:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.refuse(key, f"one of the keys {known}", key)

    def keys(self) -> list[str]:
        """Return every key, for tables whose keys are names."""
        self._asked.update(self._told)
        return list(self._told)

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        return self._get(key) is not None

    def raw(self, key: str) -> object:
        """Return what is told, unchecked."""
        return self._get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value:
            self.refuse(key, "a text", value)
        return value

    def choice(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """Return one of the known texts."""
        value = self.text(key, default)
        if value not in set(known):
            names = " or ".join(f'"{k}"' for k in known)
            self.refuse(
                key, names or "nothing, for nothing of that kind is told", value
            )
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number between two bounds."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        if not _is_whole(value) or not low <= value <= high:
            self.refuse(key, f"a whole number {low} to {high}", value)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """Return a finite number."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        return self._finite(key, value)

    def flag(self, key: str) -> bool:
        """Return true or false; false when it is not there."""
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "true or false", value)
        return bool(value)

    def items(self, key: str) -> list[object]:
        """Return a list; empty when it is not there."""
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, "a list", value)
        return cast("list[object]", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts with at least one."""
        found = self.items(key)
        texts = tuple(item for item in found if isinstance(item, str) and item)
        if not texts or len(texts) != len(found):
            self.refuse(key, "a list of texts", self._get(key))
        return texts

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of finite numbers with at least one."""
        found = tuple(self._finite(key, item) for item in self.items(key))
        if not found:
            self.refuse(key, "a list of numbers", self._get(key))
        return found

    def table(self, key: str) -> Table:
        """Return a table inside; an empty one when it is not there."""
        value = self._get(key)
        return Table({} if value is None else value, self.where, self._inside(key))

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a list; empty when it is not there."""
        inside = self._inside(key)
        return [
            Table(item, self.where, f"{inside}[{i}]")
            for i, item in enumerate(self.items(key))
        ]

    def _finite(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.refuse(key, "a number", value)
        if not -_MOST < value < _MOST:
            self.refuse(key, "a finite number", value)
        return float(value)

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._told.get(key)

    def _inside(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
