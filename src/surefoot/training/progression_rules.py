"""The numbers of the programme by name: parsed from TOML, changed with a reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from surefoot.training.decision import BASES, Basis, Number, ProgrammeError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of the plan, its bounds, and what it says."""

    number: Number
    least: float
    most: float
    says: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Every number of the plan by its dotted name."""

    known: Mapping[str, Rule]

    def __getitem__(self, name: str) -> float:
        """Return the value of a rule."""
        return self.known[name].number.value

    def number(self, name: str) -> Number:
        """Return the number of a rule, with grade and source."""
        return self.known[name].number

    def numbers(self, *names: str) -> tuple[Number, ...]:
        """Return the numbers of several rules."""
        return tuple(self.number(name) for name in names)

    def changed(self, name: str, value: float, note: str) -> Rules:
        """Return the rules with one number as a therapist set it.

        Raises
        ------
        ProgrammeError
            If there is no such number, it is out of its bounds, or the note is empty.
        """
        if name not in self.known:
            names = ", ".join(sorted(self.known))
            msg = f"number: expected one of {names}, got {name!r}: name one of them"
            raise ProgrammeError(msg)
        rule = self.known[name]
        if not rule.least <= value <= rule.most:
            msg = (
                f"{name}: expected {rule.least:g} to {rule.most:g}, got {value:g}: "
                "stay within what the plan allows"
            )
            raise ProgrammeError(msg)
        if not note.strip():
            msg = f"{name}: expected a note why it is changed, got none: write one"
            raise ProgrammeError(msg)
        told = replace(rule.number, value=value, source=f"set by the therapist: {note}")
        return Rules({**self.known, name: replace(rule, number=told)})


def parse_rules(text: str, where: str) -> Rules:
    """Return the numbers told by a TOML text.

    Parameters
    ----------
    text : str
        The TOML: a table for each number, in groups.
    where : str
        File name, for errors.

    Raises
    ------
    ProgrammeError
        Naming file and number, what was expected and what came.
    """
    told = load(text, where)
    found: dict[str, Rule] = {}
    for group, tables in told.items():
        for name, table in table_at(tables, where, group).items():
            dotted = f"{group}.{name}"
            found[dotted] = _rule(table_at(table, where, dotted), where, dotted)
    return Rules(found)


def load(text: str, where: str) -> dict[str, object]:
    """Return the tables of a TOML text of schema 1, without its schema."""
    try:
        told: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{where}: expected TOML, got {error}: mend that line"
        raise ProgrammeError(msg) from None
    schema = told.pop("schema", None)
    if schema != 1:
        msg = f"{where}: schema: expected 1, got {schema!r}: mend it"
        raise ProgrammeError(msg)
    return told


def table_at(value: object, where: str, key: str) -> dict[str, object]:
    """Return a value that must be a table."""
    if not isinstance(value, dict):
        msg = f"{where}: {key}: expected a table, got {value!r}: mend it"
        raise ProgrammeError(msg)
    return cast("dict[str, object]", value)


def text_at(table: Mapping[str, object], key: str, where: str) -> str:
    """Return a text that must be there."""
    value = table.get(key)
    if not isinstance(value, str) or not value:
        msg = f"{where}: {key}: expected a text, got {value!r}: mend it"
        raise ProgrammeError(msg)
    return value


def number_at(table: Mapping[str, object], key: str, where: str) -> float:
    """Return a number that must be there; true and false are none."""
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        msg = f"{where}: {key}: expected a number, got {value!r}: mend it"
        raise ProgrammeError(msg)
    return float(value)


def grade_at(table: Mapping[str, object], where: str) -> Basis:
    """Return how well a table is founded."""
    for basis in BASES:
        if table.get("grade") == basis:
            return basis
    msg = f"{where}: grade: expected one of {', '.join(BASES)}, got none: add it"
    raise ProgrammeError(msg)


def _rule(table: Mapping[str, object], where: str, name: str) -> Rule:
    at = f"{where}: {name}"
    value, least, most = (number_at(table, k, at) for k in ("value", "least", "most"))
    if not least <= value <= most:
        msg = f"{at}: expected {least:g} to {most:g}, got {value:g}: mend it"
        raise ProgrammeError(msg)
    source = text_at(table, "source", at)
    number = Number(
        name, value, text_at(table, "unit", at), grade_at(table, at), source
    )
    return Rule(number, least, most, text_at(table, "says", at))
