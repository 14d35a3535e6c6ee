"""From the programme of a person to a sitting with a drill, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.session.programme_store import add_entry, load_plan, read_history
from surefoot.training.agreed import Agreed
from surefoot.training.decision import ProgrammeError, What
from surefoot.training.pain import Felt
from surefoot.training.programme import fold, plan_day
from surefoot.training.programme.entries import Block, CheckIn
from surefoot.training.progression import SetDone
from surefoot.training.scoring import as_set_done
from surefoot.training.task import Follow, Hold, Reach

if TYPE_CHECKING:
    from datetime import date

    from surefoot.session.engine import Engine
    from surefoot.session.snapshot import Result
    from surefoot.training.decision import Decision
    from surefoot.training.programme.standing import Standing
    from surefoot.training.programme.today import Item
    from surefoot.training.task import Task

_BROKEN_OFF = frozenset(
    {"pain", "key", "clicker", "sensor-lost", "suspended", "end", "cut-off", "fault"}
)
"""The ends after which a share of the time so far says nothing of the whole set."""
_SHORTEST = 1.0  # s; a set that was stopped at once took so long


def due(code: str, day: date, exercise: str = "") -> tuple[Item, Agreed]:
    """Return an exercise of today, and what is agreed for it.

    Parameters
    ----------
    code : str
        The person.
    day : date
        Today.
    exercise : str
        Which; the first that was not done yet unless told.

    Raises
    ------
    ProgrammeError
        If nothing is due, the exercise is not, or it has no drill.
    """
    plan, entries = load_plan(), read_history(code)
    standing = fold(plan, entries)
    today = plan_day(plan, standing, day)
    done = standing.last.trained if standing.last and standing.last.day == day else ()
    left = [item for item in today.items if exercise or item.name not in done]
    found = [item for item in left if exercise in {"", item.name}]
    if not found:
        names = ", ".join(item.name for item in today.items) or "nothing"
        msg = (
            f"{code}: expected an exercise of today ({names}), got "
            f"{exercise or 'none left'}: {today.decision.reason}"
        )
        raise ProgrammeError(msg)
    item = found[0]
    if not item.drill:
        msg = (
            f"{item.name}: expected a drill for {item.how}, got none: do it without "
            "a sensor, then: surefoot programme log block "
            f"{code} {item.name}"
        )
        raise ProgrammeError(msg)
    rest = [e.rest for e in entries if isinstance(e, CheckIn) and e.day == day]
    step = plan.ladders[item.name].steps[item.step]
    agreed = Agreed(
        rest_pain=rest[-1] if rest else None,
        enabled=item.name in standing.enabled,
        gentle=today.decision.what is What.GENTLE,
        step=tuple(step),
        pictures=item.feedback.pictures,
        way=_way(standing, item.name),
    )
    return item, agreed


def _way(standing: Standing, exercise: str) -> float | None:
    """Return how far a stretch goes without pain, as it was measured last [rad]."""
    pair = standing.pairs.get(exercise)
    return None if pair is None else pair.angle


def block_of(engine: Engine, exercise: str, day: date) -> Block | None:
    """Return the entry a sitting makes in a programme; None when nothing was done.

    What hurt is told though no set was done: it decides about the rest of the day.
    """
    trial = engine.trial
    results = [result for result in engine.results if result.set_no]
    answers = trial.talk.answers if trial.talk else []
    felt = answers[-1] if answers else Felt()
    if not results and not (felt.pain or felt.sharp or felt.leg):
        return None
    efforts = [e.detail["value"] for e in engine.events if e.name == "effort"]
    hard = efforts[-1] if efforts else None
    return Block(
        day,
        exercise,
        tuple(_set_done(engine, result) for result in results),
        felt,
        hard if isinstance(hard, int) else None,
    )


def log_block(code: str, block: Block) -> list[Decision]:
    """Write a sitting into a programme; return what was decided from it.

    Raises
    ------
    ProgrammeError
        If it cannot follow what is there; nothing is written then.
    """
    before, now = add_entry(load_plan(), code, block)
    return [decision for _, decision in now.log[len(before.log) :]]


def _set_done(engine: Engine, result: Result) -> SetDone:
    """Return what progression takes of one set."""
    seconds = max(_SHORTEST, result.end - result.start)
    sets = engine.trial.sets
    done = sets[min(result.set_no, len(sets)) - 1]
    # who stepped off did not get through it with the hands free
    held_on = result.held_on or result.ended == "stepped-off"
    if result.score is None:
        return SetDone(None, done.picture, grabs=int(held_on), seconds=seconds)
    score = result.score
    if result.invalid or (_of_time(done.stage.task) and result.ended in _BROKEN_OFF):
        score = replace(score, kept=None)
    return as_set_done(
        score,
        result.measures,
        picture=done.picture,
        held_on=held_on,
        seconds=seconds,
    )


def _of_time(task: Task) -> bool:
    """Return whether its share is one of the time so far, and not of all asked for."""
    return isinstance(task, Hold | Follow | Reach)
