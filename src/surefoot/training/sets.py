"""The sets of a drill in their order, as they are done at a step of the programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surefoot.training.support import CLOSED
from surefoot.training.task import Log, Repeat, Reposition, Stretch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.training.agreed import Agreed
    from surefoot.training.drill import Drill
    from surefoot.training.task import Stage, Task

TEMPOS: dict[str, tuple[float, float, float]] = {
    "slow": (4.0, 1.0, 4.0),
    "middle": (3.0, 1.0, 3.0),
    "usual": (2.0, 1.0, 2.0),
}
"""What the axis ``tempo`` of the ladders says, in seconds out, held and back."""


@dataclass(frozen=True, slots=True)
class Set:
    """One set.

    Attributes
    ----------
    stage : Stage
        The part of the drill it belongs to.
    n : int
        Which of that part's, from 1.
    picture : bool
        Whether there is a live picture.
    """

    stage: Stage
    n: int
    picture: bool


def sets_of(drill: Drill, agreed: Agreed) -> tuple[Set, ...]:
    """Return all sets of a drill, in order.

    Parameters
    ----------
    drill : Drill
        The drill.
    agreed : Agreed
        Its step, pictures and number of sets go before what the drill says. A test is
        done as it is written, whatever is agreed. Closed eyes have no picture.
    """
    step = {} if drill.is_test else dict(agreed.step)
    found = [
        Set(stage, n + 1, stage.pictures[n % len(stage.pictures)])
        for stage in (at_step(stage, step) for stage in drill.stages)
        for n in range(stage.sets)
    ]
    if agreed.pictures and not drill.is_test:
        last = len(agreed.pictures) - 1
        found = [
            replace(one, picture=agreed.pictures[min(i, last)])
            for i, one in enumerate(found)
        ]
    found = [replace(one, picture=_seen(one)) for one in found]
    return tuple(found if agreed.sets is None else found[: agreed.sets])


def at_step(stage: Stage, step: Mapping[str, str]) -> Stage:
    """Return a part of a drill as it is done at a step of a ladder."""
    if not step:
        return stage
    position = tuple({**dict(stage.position), **step}.items())
    sets, _, times = step.get("repetitions", "").partition("x")
    return replace(
        stage,
        position=position,
        sets=int(sets) if sets else stage.sets,
        task=_task(stage.task, step, int(times) if times else None),
    )


def after_full_time(sets: tuple[Set, ...], index: int) -> int:
    """Return the set that follows one that was held for its full time.

    Where the longest time counts, it needs no second try.
    """
    stage = sets[index].stage
    index += 1
    while index < len(sets) and sets[index].stage is stage:
        index += 1
    return index


def _seen(one: Set) -> bool:
    if isinstance(one.stage.task, Reposition):
        return True  # to be learned it is shown; then the run hides it, eyes closed
    return one.picture and dict(one.stage.position).get("vision") != CLOSED


def _task(task: Task, step: Mapping[str, str], times: int | None) -> Task:
    part = int(step["range"]) / 100 if "range" in step else None
    if isinstance(task, Repeat):
        return replace(
            task,
            repetitions=times or task.repetitions,
            portion=task.portion if part is None else part,
            tempo=TEMPOS.get(step.get("tempo", ""), task.tempo),
        )
    if isinstance(task, Stretch) and part is not None:
        return replace(task, limit=min(task.limit, part))
    if isinstance(task, Log) and times:
        return replace(task, repetitions=times)
    return task
