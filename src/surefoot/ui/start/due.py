"""What a person is to do today, and why: the programme as the start window shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from surefoot.core import SurefootError
from surefoot.session.programme_store import (
    add_entry,
    history_path,
    load_plan,
    new_history,
    read_history,
)
from surefoot.training.decision import What
from surefoot.training.programme import fold, plan_day
from surefoot.training.programme.entries import Screened, Started

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from surefoot.training.programme import Entry, Plan, Standing
    from surefoot.training.programme.today import Item, Today

Kind = Literal["none", "screen", "baseline", "check-in", "items", "rest", "trouble"]


@dataclass(frozen=True, slots=True)
class Due:
    """Where a person stands today.

    Attributes
    ----------
    kind : str
        No programme yet; the questions of the first visit, the first steps or the
        questions about pain are missing; something is due; nothing is; or the programme
        cannot be read.
    says : str
        Why, in words.
    items : tuple of Item
        What is due and was not done yet.
    done : tuple of str
        What was done today.
    why : mapping of str to str
        The reason for each item, by its name.
    stops, asks : tuple of str
        When to stop at once; what the therapist is asked.
    morning : bool
        Whether the morning after the last session is still to be told.
    under_way : bool
        Whether something was done today and the session has not ended.
    """

    kind: Kind
    says: str
    items: tuple[Item, ...] = ()
    done: tuple[str, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict[str, str])
    stops: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    morning: bool = False
    under_way: bool = False


def due_today(code: str, day: date) -> Due:
    """Return what is due; raises nothing: trouble is told in words.

    Parameters
    ----------
    code : str
        The person.
    day : date
        Today.
    """
    try:
        if not history_path(code).is_file():
            return Due("none", "There is no programme for this person yet.")
        plan = load_plan()
        standing = fold(plan, read_history(code))
        return _due(standing, plan_day(plan, standing, day), day)
    except (SurefootError, OSError) as error:
        return Due("trouble", str(error))


def start_programme(code: str, day: date, yes: Sequence[str]) -> str:
    """Begin a programme with the answers of the first visit; return what follows.

    Raises
    ------
    ProgrammeError
        If the answers cannot follow what is there.
    """
    plan = load_plan()
    if not history_path(code).is_file():
        new_history(plan, code, Started(day))
    return write(code, Screened(day, tuple(yes)), plan)


def write(code: str, entry: Entry, plan: Plan | None = None) -> str:
    """Write an entry down; return the reasons of what was decided from it.

    Raises
    ------
    ProgrammeError
        If it cannot follow what is there; nothing is written then.
    """
    before, now = add_entry(plan or load_plan(), code, entry)
    return " ".join(decision.reason for _, decision in now.log[len(before.log) :])


def _due(standing: Standing, today: Today, day: date) -> Due:
    last = standing.last
    done = last.trained if last is not None and last.day == day else ()
    morning = last is not None and not last.morning and last.day < day
    left = tuple(item for item in today.items if item.name not in done)
    return Due(
        _kind(standing, today, day, left),
        today.decision.reason,
        left,
        done,
        {item.name: _why(standing, item, today.decision.reason) for item in left},
        today.stops,
        tuple(ask.reason for ask in today.asks),
        morning,
        bool(done) and last is not None and not last.over,
    )


def _kind(standing: Standing, today: Today, day: date, left: tuple[Item, ...]) -> Kind:
    if standing.screen is None:
        return "screen"
    if today.decision.what is What.BASELINE:
        return "baseline"
    checked = standing.last is not None and standing.last.day == day
    trains = today.decision.what in {What.TRAIN, What.GENTLE, What.MAINTAIN}
    if trains and not checked:
        return "check-in"
    return "items" if left else "rest"


def _why(standing: Standing, item: Item, usual: str) -> str:
    """Return the reason of the last decision about an exercise, or of the day."""
    about = [told.reason for _, told in standing.log if told.about == item.name]
    return about[-1] if about else usual
