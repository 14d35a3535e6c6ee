"""Learn an angle with the picture, then find it again without seeing."""

from __future__ import annotations

import math
from collections import deque
from statistics import median
from typing import TYPE_CHECKING

from surefoot.analysis.proprioception import reposition_errors
from surefoot.session.tasks._base import Base
from surefoot.stream import Stillness
from surefoot.training.aim import Aim
from surefoot.training.task import Reposition as Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import Block
    from surefoot.session.tasks._plan import Plan

WANDER = math.radians(2.0)
"""Who stays somewhere stays within this [rad]. Our default."""
NEAR = (math.radians(3.0), 0.15)
"""Learned is what is so near to the angle, or by this share of it. Our default."""
FOUND = 0.4
"""Further out than this share of the angle an attempt may be. Our default."""
RETURNED = 0.3
"""Back at the start: nearer than this share of the angle. Our default."""
WINDOW = 0.5
"""The angle held is the median of so long before the moment [s]."""


class Reposition(Base):
    """Takes the angles that were held, by stillness or by a key.

    Events: ``learned`` (``count``, ``deg``) for each time the angle was shown and held,
    ``there`` (``count``, ``deg``) for each attempt to find it. Between two of them the
    trainee has to come back to the start. The keys ``learned`` and ``there`` do not
    wait for stillness. The run is done with the last attempt.

    Errors are about the mean of what was learned, further positive.

    Parameters
    ----------
    plan : Plan
        Its task has the angle and how often.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        self._still = Stillness(WANDER)
        self._recent: deque[tuple[float, float]] = deque()
        self._armed = True
        self.learned: list[tuple[float, float]] = []
        """When and where the angle was shown and held."""
        self.found: list[tuple[float, float]] = []
        """When and where it was found again."""

    @property
    def learning(self) -> bool:
        """Whether the angle is still shown."""
        return len(self.learned) < self._task.learn

    @property
    def hides(self) -> bool:
        """Once it is learned nothing is shown."""
        return not self.learning

    def aim(self, t: float) -> Aim | None:  # noqa: ARG002  it waits for the trainee
        """Return the angle while it is learned, and what to do."""
        learning = self.learning
        go = "Go to the mark and stay" if learning else "Find it again and stay"
        return Aim(
            (0.0, self._task.angle if learning and self._armed else 0.0),
            say=go if self._armed else "Back to the start",
            done=len(self.learned if learning else self.found),
            of=self._task.learn if learning else self._task.find,
        )

    def _on_watch(self, part: Block) -> float | None:
        moved = self._still.feed(part)
        rows = zip(moved.t.tolist(), moved.data.tolist(), strict=True)
        for t, (angle, _speed, still) in rows:
            self._keep(t, angle)
            if abs(angle) < RETURNED * self._task.angle:
                self._armed = True
            there = self._armed and still >= self._task.stay and self._is_one(angle)
            if there and self._take(t):
                return t
        return None

    def _on_count(self, t: float, what: str, detail: str) -> float | None:  # noqa: ARG002
        wanted = "learned" if self.learning else "there"
        if what not in {wanted, "there"} or not self._armed or not self._recent:
            return None
        if self._take(t):
            self._end("done", t)
            return t
        return None

    def _keep(self, t: float, angle: float) -> None:
        self._recent.append((t, angle))
        while self._recent[0][0] <= t - WINDOW:
            self._recent.popleft()

    def _is_one(self, angle: float) -> bool:
        if self.learning:
            near = max(NEAR[0], NEAR[1] * self._task.angle)
            return abs(angle - self._task.angle) <= near
        return angle > FOUND * self._task.angle

    def _take(self, t: float) -> bool:
        """Take this angle; return whether it was the last."""
        angle = median(angle for _, angle in self._recent)
        learning = self.learning
        taken, name = (self.learned, "learned") if learning else (self.found, "there")
        taken.append((t, angle))
        self._armed = False
        degrees = round(math.degrees(angle), 2)
        self._tell(t, name, {"count": len(taken), "deg": degrees})
        return len(self.found) >= self._task.find

    def _values(self, until: float) -> Mapping[str, float]:
        found = [angle for t, angle in self.found if t <= until]
        learned = [angle for t, angle in self.learned if t <= until]
        if not found:
            return {}
        target = sum(learned) / len(learned) if learned else self._task.angle
        errors = reposition_errors(found, target)
        values = {
            f"reposition_{name}_error": value
            for name, value in errors._asdict().items()
        }
        return {name: value for name, value in values.items() if not math.isnan(value)}

    def _details(self, until: float) -> tuple[tuple[str, float], ...]:
        rows = [("learned", self.learned), ("found", self.found)]
        return tuple(
            (f"{name} {i + 1}", angle)
            for name, taken in rows
            for i, (t, angle) in enumerate(taken)
            if t <= until
        )
