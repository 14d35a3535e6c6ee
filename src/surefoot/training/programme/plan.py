"""The plan: questions, numbers, axes, ladders and pairs, parsed once, trusted after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from surefoot.training.decision import ProgrammeError
from surefoot.training.ladder import (
    Axis,
    Kind,
    Ladder,
    Position,
    Stage,
    climbed,
    placed,
)
from surefoot.training.progression_rules import (
    grade_at,
    load,
    number_at,
    parse_rules,
    table_at,
    text_at,
)
from surefoot.training.screen import parse_screen, parse_stops
from surefoot.training.support import never

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.training.progression_rules import Rules
    from surefoot.training.screen import Question, Stop

PARTS = ("rules", "screen", "ladders")
"""The texts a plan is made of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is decided before anybody trains.

    Attributes
    ----------
    questions : tuple of Question
        The screen.
    stops : tuple of Stop
        When to stop at once.
    rules : Rules
        Every number.
    axes : mapping of str to Axis
        What can get harder.
    ladders : mapping of str to Ladder
        Every exercise, in the order of the programme.
    pairs : mapping of str to str
        The opponent of each muscle that has to be flexible first.
    """

    questions: tuple[Question, ...]
    stops: tuple[Stop, ...]
    rules: Rules
    axes: Mapping[str, Axis]
    ladders: Mapping[str, Ladder]
    pairs: Mapping[str, str]

    def of_stage(self, stage: Stage) -> tuple[Ladder, ...]:
        """Return the ladders of one part of the programme."""
        return tuple(
            ladder for ladder in self.ladders.values() if ladder.stage == stage
        )

    def ladder(self, name: str) -> Ladder:
        """Return a ladder.

        Raises
        ------
        ProgrammeError
            If there is none of that name.
        """
        if name not in self.ladders:
            known = ", ".join(self.ladders)
            msg = f"exercise: expected one of {known}, got {name!r}: name one of them"
            raise ProgrammeError(msg)
        return self.ladders[name]


def parse_plan(texts: Mapping[str, str]) -> Plan:
    """Return the plan told by its TOML texts.

    Parameters
    ----------
    texts : mapping of str to str
        The text of each of `PARTS`.

    Raises
    ------
    ProgrammeError
        Naming file and key, what was expected and what came.
    """
    where = "ladders.toml"
    told = load(texts["ladders"], where)
    axes = {
        name: _axis(name, table_at(table, where, name), f"{where}: {name}")
        for name, table in table_at(told.get("axis"), where, "axis").items()
    }
    ladders: dict[str, Ladder] = {}
    for table in _tables(told, "ladder", where):
        made = _ladder(table, axes, where)
        ladders[made.name] = made
    pairs = {
        text_at(table, "flexible", where): text_at(table, "opponent", where)
        for table in _tables(told, "pair", where)
    }
    _fits(ladders, pairs, where)
    rules = parse_rules(texts["rules"], "rules.toml")
    questions = parse_screen(texts["screen"], "screen.toml")
    stops = parse_stops(texts["screen"], "screen.toml")
    return Plan(questions, stops, rules, axes, ladders, pairs)


def _axis(name: str, table: Mapping[str, object], where: str) -> Axis:
    values = texts_at(table, "order", where)
    words = texts_at(table, "words", where)
    shares: tuple[float, ...] = ()
    if "share" in table:
        told = table_at(table["share"], where, "share").get("values")
        listed = cast("list[object]", told) if isinstance(told, list) else []
        shares = tuple(number_at({"share": v}, "share", where) for v in listed)
    if len(words) != len(values) or len(shares) not in {0, len(values)}:
        msg = f"{where}: expected as many words and shares as values: mend it"
        raise ProgrammeError(msg)
    source = text_at(table, "source", where)
    return Axis(name, values, words, shares, grade_at(table, where), source)


def _ladder(
    table: Mapping[str, object], axes: Mapping[str, Axis], where: str
) -> Ladder:
    name = text_at(table, "name", where)
    at = f"{where}: {name}"
    start = table_at(table.get("start"), at, "start")
    values = {key: str(value) for key, value in start.items()}
    moves = texts_at(table, "steps", at)
    steps = climbed(axes, placed(axes, values, at), moves, at)
    if any(never(dict(step)) for step in steps):
        msg = f"{at}: expected eyes open on the ball, got closed: take that step out"
        raise ProgrammeError(msg)
    dose = table_at(table.get("dose"), at, "dose")
    opens = table.get("opens_next", moves[-1])
    if opens not in moves:
        msg = f"{at}: opens_next: expected one of the steps, got {opens!r}: mend it"
        raise ProgrammeError(msg)
    return Ladder(
        name=name,
        title=text_at(table, "title", at),
        focus=text_at(table, "focus", at),
        stage=cast("Stage", _one_of(table, "stage", get_args(Stage), at)),
        kind=cast("Kind", _one_of(table, "kind", get_args(Kind), at)),
        steps=steps,
        sets=int(number_at(dose, "sets", at)) if "sets" in dose else 0,
        minutes=number_at(dose, "minutes", at),
        after=text_at(table, "after", at) if "after" in table else "",
        opens_next=moves.index(cast("str", opens)) + 1,
        drills=_drills(table, axes, at),
    )


def _drills(
    table: Mapping[str, object], axes: Mapping[str, Axis], where: str
) -> tuple[tuple[Position, str], ...]:
    """Return the drills of a ladder: one name, or names by the values they are for."""
    told = table.get("drill", {})
    if isinstance(told, str):
        return (((), text_at(table, "drill", where)),)
    found: list[tuple[Position, str]] = []
    drills = table_at(told, where, "drill")
    for when in drills:
        parts = (part.partition("=") for part in when.split())
        values = {name: value for name, _, value in parts}
        position = placed(axes, values, f"{where}: drill: {when!r}")
        found.append((position, text_at(drills, when, f"{where}: drill")))
    return tuple(found)


def _fits(ladders: Mapping[str, Ladder], pairs: Mapping[str, str], where: str) -> None:
    for flexible, opponent in pairs.items():
        for name, stage in ((flexible, "flexibility"), (opponent, "opponents")):
            if name not in ladders or ladders[name].stage != stage:
                msg = f"{where}: pair: expected one of {stage}, got {name!r}: mend it"
                raise ProgrammeError(msg)
    for ladder in ladders.values():
        unpaired = ladder.stage == "opponents" and ladder.name not in pairs.values()
        if unpaired or (ladder.after and ladder.after not in ladders):
            msg = (
                f"{where}: {ladder.name}: expected its pair, and 'after' a ladder, got "
                "none: mend it"
            )
            raise ProgrammeError(msg)


def texts_at(table: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """Return a list of texts that must be there, one or more."""
    value = table.get(key)
    values = cast("list[object]", value) if isinstance(value, list) else [None]
    found = tuple(v for v in values if isinstance(v, str))
    if not len(found) == len(values) >= 1:
        msg = f"{where}: {key}: expected a list of texts, got {value!r}: mend it"
        raise ProgrammeError(msg)
    return found


def _tables(
    told: Mapping[str, object], key: str, where: str
) -> list[Mapping[str, object]]:
    value = told.get(key)
    if not isinstance(value, list):
        msg = f"{where}: {key}: expected [[{key}]] tables, got none: add one"
        raise ProgrammeError(msg)
    return [table_at(table, where, key) for table in cast("list[object]", value)]


def _one_of(
    table: Mapping[str, object], key: str, known: tuple[str, ...], where: str
) -> str:
    value = text_at(table, key, where)
    if value not in known:
        names = ", ".join(known)
        msg = f"{where}: {key}: expected one of {names}, got {value!r}: mend it"
        raise ProgrammeError(msg)
    return value
