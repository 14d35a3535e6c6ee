"""How far from the middle a task leads, so that a picture can hold all of it."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from surefoot.analysis.limits import CENTRE, theoretical_limit
from surefoot.session.tasks._shapes import HEIGHT
from surefoot.training.task import Follow, Hold, Reach, Reposition

if TYPE_CHECKING:
    from surefoot.training.task import Task


@lru_cache(maxsize=64)
def extent(task: Task, signal: str) -> float:
    """Return how far from the middle its places are at most, in the unit of the dot.

    Zero where there are none, or only the trainee's own. For targets around, the body
    height is our default.

    Parameters
    ----------
    task : Task
        What is asked for.
    signal : str
        Where the dot comes from.
    """
    if isinstance(task, Hold):
        return math.hypot(*task.at)
    if isinstance(task, Follow):
        return task.size
    if isinstance(task, Reposition):
        return task.angle
    if isinstance(task, Reach):
        far = [task.distance * theoretical_limit(a) for a in task.targets]
        most = max(far, default=0.0)
        return CENTRE * HEIGHT * math.tan(most) if signal == "cop" else most
    return 0.0
