"""Which run a task gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import DrillError
from surefoot.session.tasks._plan import Plan
from surefoot.session.tasks.follow import Follow
from surefoot.session.tasks.hold import Hold
from surefoot.session.tasks.land import Land
from surefoot.session.tasks.reach import Reach
from surefoot.session.tasks.repeat import Repeat
from surefoot.session.tasks.reposition import Reposition
from surefoot.session.tasks.stand import Stand
from surefoot.session.tasks.stretch import Stretch
from surefoot.session.tasks.walk import Walk
from surefoot.training import task as asked

if TYPE_CHECKING:
    from surefoot.core import StreamInfo
    from surefoot.session.tasks._base import Base
    from surefoot.training import Drill
    from surefoot.training.task import Stage
    from surefoot.training.template import Template

RUNS: dict[type, type[Base]] = {
    asked.Hold: Hold,
    asked.Follow: Follow,
    asked.Stand: Stand,
    asked.Reach: Reach,
    asked.Repeat: Repeat,
    asked.Stretch: Stretch,
    asked.Reposition: Reposition,
    asked.Land: Land,
    asked.Walk: Walk,
}
"""The run of each task; one that is only logged has none."""


def make_run(  # noqa: PLR0913  what a set is about, and who looks
    drill: Drill,
    stage: Stage,
    info: StreamInfo,
    start: float,
    zone: float,
    edges: tuple[float, float] | None,
    *,
    live: bool = True,
    seed: int = 0,
    template: Template | None = None,
    height: float | None = None,
) -> Base:
    """Return the run of one set.

    Parameters
    ----------
    drill, stage, info, start, zone, edges, live, seed, template, height
        As in `Plan`.

    Raises
    ------
    DrillError
        If the task has no run: it is only logged.
    """
    kind = RUNS.get(type(stage.task))
    if kind is None:
        name = type(stage.task).__name__.lower()
        msg = f"{drill.name}: expected a task that is run, got {name}: enter it instead"
        raise DrillError(msg)
    plan = Plan(drill, stage, info, start, zone, edges, live, seed, template, height)
    return kind(plan)
