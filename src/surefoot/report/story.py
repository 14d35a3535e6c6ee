"""All that is known of one person over months, gathered from archive and programme."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from surefoot.analysis.registry import CARDS
from surefoot.archive import (
    decided,
    history,
    pain_answers,
    programme_entries,
    sets_done,
)
from surefoot.core import SurefootError
from surefoot.report.change import One, ones_kept
from surefoot.report.known import retests
from surefoot.report.values import is_usual
from surefoot.session.drill_shelf import load_drill
from surefoot.session.programme_store import history_path, load_plan, read_history
from surefoot.training.decision import Decision, What
from surefoot.training.programme import fold
from surefoot.training.programme.entries import Block, CheckIn, Ended, Morning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from surefoot.archive import Archive, SetDone, Value
    from surefoot.report.known_error import Retest
    from surefoot.training.programme import Entry, Plan

T = TypeVar("T")
Key = tuple[str, str]
"""A drill and a measure."""
SHARES = frozenset(
    {
        "load_share_left",
        "load_share_right",
        "tilt_share_left",
        "tilt_share_right",
        "tilt_symmetry_ml",
        "weight_distribution",
    }
)
"""How even the sides were."""
SHOWN = frozenset(n for n in CARDS if is_usual(n, None)) | SHARES
"""What is told of months, beside what drills declare."""
RECORDING, PROGRAMME = "recording", "programme"
"""Where an answer was told, as the archive says it."""
_LEVELS = frozenset({What.UP, What.DOWN, What.OPEN, What.NO_TRAINING, What.HELP_NOW})


@dataclass(frozen=True, slots=True)
class Felt:
    """One answer about pain, 0 to 10."""

    day: date
    moment: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStory:
    """What is known of somebody.

    Attributes
    ----------
    code : str
        Never a name.
    ones : mapping of (drill, measure) to sequence of One
        A value for each session, oldest first.
    primary : frozenset of (drill, measure)
        What the drills declared.
    days : tuple of date
        With a session.
    weeks : mapping of date to int
        How many sessions in each week, by its Monday; weeks without one are there.
    per_week : float or None
        How many are planned.
    pain : sequence of Felt
        Oldest first.
    efforts : sequence of (date, int)
        How hard it was said to be, 1 to 5, oldest first.
    sets : mapping of str to sequence of SetDone
        Those of each drill, oldest first.
    levels : sequence of (date, Decision)
        Steps up and down and what opened, with reasons.
    drills : mapping of str to set of str
        Exercises of the programme that a drill belongs to.
    exercises : mapping of str to str
        Their titles.
    retests : sequence of Retest
        Own ones of everybody.
    virtual : bool
        Whether nobody real was measured in any session.
    """

    code: str
    ones: Mapping[Key, Sequence[One]]
    primary: frozenset[Key] = frozenset()
    days: tuple[date, ...] = ()
    weeks: Mapping[date, int] = field(default_factory=dict[date, int])
    per_week: float | None = None
    pain: Sequence[Felt] = ()
    efforts: Sequence[tuple[date, int]] = ()
    sets: Mapping[str, Sequence[SetDone]] = field(
        default_factory=dict[str, "Sequence[SetDone]"]
    )
    levels: Sequence[tuple[date, Decision]] = ()
    drills: Mapping[str, set[str]] = field(default_factory=dict[str, set[str]])
    exercises: Mapping[str, str] = field(default_factory=dict[str, str])
    retests: Sequence[Retest] = ()
    virtual: bool = False

    @property
    def keys(self) -> list[Key]:
        """What was measured: what drills declared first, then by drill and name."""
        return sorted(self.ones, key=lambda key: (key not in self.primary, key))

    def title(self, drill: str) -> str:
        """Return what a drill is called."""
        return title_of(drill)


def person_story(
    archive: Archive, code: str, programmes: Path | None = None
) -> PersonStory:
    """Return all that is known of somebody.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    code : str
        The person's.
    programmes : Path, optional
        Where programmes are kept; the user's data folder unless told.

    Raises
    ------
    SurefootError
        If nobody has that code, or the programme's file is damaged.
    """
    values = history(archive, code, SHOWN)
    plan, entries = _programme(archive, code, programmes)
    sets = sets_done(archive, code)
    measured = {v.point.started.date() for v in values if v.point.started}
    measured |= {one.started.date() for one in sets if one.started}
    days, per_week = tuple(sorted(measured)), None
    levels: list[tuple[date, Decision]] = []
    drills, exercises = dict[str, set[str]](), dict[str, str]()
    if plan is not None and entries:
        standing = fold(plan, entries)
        days = tuple(sorted(measured | set(standing.days)))
        per_week = standing.rules["dose.per_week"]
        levels = [(day, one) for day, one in standing.log if one.what in _LEVELS]
        for ladder in plan.ladders.values():
            for _, drill in ladder.drills:
                drills.setdefault(drill, set()).add(ladder.name)
        exercises = {n.name: n.title for n in plan.ladders.values()}
    return PersonStory(
        code=code,
        ones=ones_kept(values),
        primary=frozenset(_key(v) for v in values if v.point.primary),
        days=days,
        weeks=weeks_of(days),
        per_week=per_week,
        pain=_pain(archive, code, entries),
        efforts=_efforts(archive, code, entries),
        sets={d: [s for s in sets if s.drill == d] for d in {s.drill for s in sets}},
        levels=levels,
        drills=drills,
        exercises=exercises,
        retests=retests(archive),
        virtual=bool(values) and all(value.point.virtual for value in values),
    )


def title_of(drill: str) -> str:
    """Return what a drill is called, by its file where there is one."""
    try:
        return load_drill(drill).title
    except SurefootError:
        return drill.replace("-", " ").capitalize()


def weeks_of(days: Iterable[date]) -> dict[date, int]:
    """Return how many of some days fall in each week, from the first to the last."""
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    if not mondays:
        return {}
    count = (max(mondays) - min(mondays)).days // 7 + 1
    whole = [min(mondays) + timedelta(weeks=i) for i in range(count)]
    return {week: mondays.count(week) for week in whole}


def _programme(
    archive: Archive, code: str, folder: Path | None
) -> tuple[Plan | None, tuple[Entry, ...]]:
    """Return the plan and the log: as it is kept here, else as the archive has it."""
    if history_path(code, folder).is_file():
        return load_plan(), read_history(code, folder)
    entries = programme_entries(archive, code)
    return (load_plan() if entries else None), entries


def _pain(archive: Archive, code: str, entries: Iterable[Entry]) -> list[Felt]:
    """Return answers, oldest first; one that a recording and the log tell once."""
    answers = [one for one in pain_answers(archive, code) if one.source != PROGRAMME]
    told = [Felt(one.at.date(), one.moment, one.value) for one in answers if one.at]
    recorded = Counter(
        felt for felt, one in zip(told, answers, strict=True) if one.source == RECORDING
    )
    left = _left_over(_felt(entries), recorded)
    return sorted([*told, *left], key=lambda one: one.day)


def _efforts(
    archive: Archive, code: str, entries: Iterable[Entry]
) -> list[tuple[date, int]]:
    """Return how hard it was said to be, oldest first; told twice counts once."""
    kept = decided(archive, "effort", code)
    told = [(one.at.date(), int(one.decision["value"])) for one in kept]
    blocks = (
        (entry.day, entry.difficulty)
        for entry in entries
        if isinstance(entry, Block) and entry.difficulty is not None
    )
    return sorted([*told, *_left_over(blocks, Counter(told))])


def _left_over(told: Iterable[T], recorded: Counter[T]) -> Iterator[T]:
    """Yield what was not recorded as well."""
    for one in told:
        if recorded[one]:
            recorded[one] -= 1
        else:
            yield one


def _felt(entries: Iterable[Entry]) -> Iterator[Felt]:
    for entry in entries:
        match entry:
            case CheckIn():
                yield Felt(entry.day, "before", entry.rest)
                yield Felt(entry.day, "before", entry.moved.pain)
            case Block():
                yield Felt(entry.day, "block", entry.felt.pain)
            case Ended():
                yield Felt(entry.day, "end", entry.felt.pain)
            case Morning():
                yield Felt(entry.day, "next-morning", entry.pain)
            case _:
                pass


def _key(value: Value) -> Key:
    return (value.drill, value.point.measure.name)
