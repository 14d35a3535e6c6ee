"""Walk a line heel to toe; somebody keys the steps that were off it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.proprioception import heel_to_toe, step_sway
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import even
from surefoot.stream import StepMeter
from surefoot.training.aim import Aim
from surefoot.training.task import Walk as Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.analysis.proprioception import HeelToToe
    from surefoot.core import Block
    from surefoot.session.tasks._plan import Plan

GRACE = 1.0
"""So long after the last step its misstep may be keyed [s]."""


class Walk(Base):
    """Counts steps and missteps.

    Steps are those that somebody keys; until the first key, those that the acceleration
    of the trunk tells are shown, and they count where nobody keys any. Events: ``step``
    (``count``, ``by``: ``"key"`` or ``"sensor"``) and ``misstep`` (``step``: which was
    under way). The run is done a second after the last step.

    Parameters
    ----------
    plan : Plan
        Its task says how many steps.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        sensed = plan.drill.signal == "lean"
        self._meter = StepMeter(plan.start) if sensed else None
        self._seen: list[float] = []
        self._keyed: list[float] = []
        self._misses: list[float] = []

    @property
    def steps(self) -> list[float]:
        """When the steps that count were taken [s]."""
        return self._keyed or self._seen

    def taken(self, until: float) -> list[float]:
        """Return when the steps were taken, up to an instant and to the last [s]."""
        return [t for t in self.steps if t <= until][: self._task.steps]

    def missed(self, until: float) -> list[float]:
        """Return when a misstep was keyed, up to an instant [s]."""
        return [t for t in self._misses if t <= until]

    @property
    def share(self) -> float | None:
        """Share of the steps so far that nobody keyed; None before the first."""
        found = self._found(math.inf)
        return found.correct / found.steps if found.steps else None

    def tick(self, t: float) -> None:
        """End where no sample does."""
        if self._meter is None and self.over is None and self._is_over(t):
            self._end("done", t)

    def aim(self, t: float) -> Aim | None:  # noqa: ARG002  it waits for the trainee
        """Return how many steps were taken."""
        return Aim(say="Heel to toe", done=len(self.steps), of=self._task.steps)

    def _on_watch(self, part: Block) -> float | None:
        if self._meter is None:
            return None
        found = self._meter.feed(part)
        for t in part.t.tolist():
            if found and found[0] <= t:
                self._see(found.pop(0))
            if self._is_over(t):
                return t
        return None

    def _see(self, t: float) -> None:
        if not self._keyed:
            self._seen.append(t)
            self._tell(t, "step", {"count": len(self._seen), "by": "sensor"})

    def _on_count(self, t: float, what: str, detail: str) -> float | None:
        if what == "step" and t > max(self._keyed, default=-math.inf):
            self._keyed.append(t)
            self._tell(t, "step", {"count": len(self._keyed), "by": "key"})
        elif what == "misstep":
            self._misses.append(t)
            told = {"step": len(self.steps), "kind": detail}
            self._tell(t, "misstep", told)
        return None

    def _is_over(self, t: float) -> bool:
        steps = self.steps
        return len(steps) >= self._task.steps and (
            t >= steps[self._task.steps - 1] + GRACE
        )

    def _found(self, until: float) -> HeelToToe:
        return heel_to_toe(self.taken(until), self.missed(until))

    def _values(self, until: float) -> Mapping[str, float]:
        found = self._found(until)
        values = {
            "walk_steps": float(found.steps),
            "walk_missteps": float(found.missteps),
            "walk_correct_steps": float(found.correct),
            "walk_longest_run": float(found.longest_run),
            "walk_step_time": found.step_time,
            "walk_step_sway": self._sway(self.taken(until), until),
        }
        return {name: value for name, value in values.items() if not math.isnan(value)}

    def _sway(self, steps: list[float], until: float) -> float:
        dot = self._samples(until)
        if self._meter is None or len(dot) < 2 or len(steps) < 2:
            return math.nan
        whole = even(dot)
        if whole is None:
            return math.nan
        lean = np.ascontiguousarray(whole[:, :2])
        times = np.array(steps) - float(dot.t[0])
        each = step_sway(lean, dot.info.rate, times)
        return float(np.median(each)) if np.isfinite(each).all() else math.nan

    def _details(self, until: float) -> tuple[tuple[str, float], ...]:
        missed = set(self._found(until).missed)
        return tuple(
            (f"step {i + 1}, correct", float(i not in missed))
            for i in range(len(self.taken(until)))
        )
