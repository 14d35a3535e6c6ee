"""Lean to targets around, one after the other, and back to the middle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.limits import (
    CENTRE,
    lean_angle,
    reach,
    theoretical_limit,
)
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import HEIGHT, even
from surefoot.training.aim import Aim
from surefoot.training.task import Reach as Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.analysis.limits import Reach as Found
    from surefoot.core import Block, Measure
    from surefoot.session.tasks._plan import Plan

QUIET = 1.0
"""Stillness in the middle before a target is shown [s]."""
BACK = 3.0
"""Time to come back to the middle, the stillness in it [s]. Our default."""
_NAMES = {
    "reach_reaction_time": "reaction_time",
    "reach_mean_velocity": "mean_velocity",
    "reach_endpoint": "endpoint",
    "reach_maximum": "maximum",
    "reach_directional_control": "directional_control",
}


class Reach(Base):
    """Shows one target after the other and measures each lean.

    After a quiet second target ``k`` is shown for ``each`` seconds, then the middle for
    three. Events: ``target`` (``count``, ``deg``: from forward to the right) when one
    is shown, ``middle`` when it goes, ``reached`` (``count``) when the dot has been in
    its ring for the time asked for. The run is done after the last.

    Values are means over the targets: the composites. Those of each are kept as
    details. A share is of the theoretical limit; on a force board that takes the body
    height, and where nobody told it 1.70 m is taken and ``HEIGHT_ASSUMED`` said.

    Parameters
    ----------
    plan : Plan
        Its task has the targets; its zone is the radius of their ring.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        self._height = plan.height or HEIGHT
        self._places = tuple(self._place(a) for a in self._task.targets)
        self._shown = self._left = 0
        self._inside: float | None = None
        self.reached: list[int] = []
        """Which targets were reached, from 0."""

    @property
    def targets(self) -> tuple[float, ...]:
        """Directions from forward towards the right [rad], in order."""
        return self._task.targets

    def shown(self, k: int) -> tuple[float, float]:
        """Return from when to when target ``k`` is shown [s]."""
        return self._cue(k), self._cue(k) + self._task.each

    @property
    def end(self) -> float:
        """When the last target goes [s]."""
        count = len(self._places)
        return self._cue(count - 1) + self._task.each if count else self.start

    @property
    def share(self) -> float | None:
        """Share of the targets so far that were reached; None before the first went."""
        return len(self.reached) / self._shown if self._shown else None

    def tick(self, t: float) -> None:
        """Show the target that is due."""
        if self.over is None:
            self._advance(t)

    def aim(self, t: float) -> Aim | None:
        """Return the target that is shown, or the middle, and all of them."""
        k = self._now(t)
        out = k is not None
        return Aim(
            self._places[k] if k is not None else (0.0, 0.0),
            ahead=self._places,
            say="Lean to the target" if out else "Back to the middle",
            done=len(self.reached),
            of=len(self._places),
        )

    def _cue(self, k: int) -> float:
        return self.start + QUIET + k * (self._task.each + BACK)

    def _now(self, t: float) -> int | None:
        """Return which target is shown at a time, None for the middle."""
        since = t - self.start - QUIET
        k, part = divmod(since, self._task.each + BACK)
        shown = 0 <= k < len(self._places) and part < self._task.each
        return int(k) if shown else None

    def _place(self, direction: float) -> tuple[float, float]:
        far = self._task.distance * theoretical_limit(direction)
        if self.plan.drill.signal == "cop":
            far = CENTRE * self._height * math.tan(far)
        return far * math.sin(direction), far * math.cos(direction)

    def _on_watch(self, part: Block) -> float | None:
        plane = part.data[:, :2].tolist()
        for t, (ml, ap) in zip(part.t.tolist(), plane, strict=True):
            self._advance(t)
            if t >= self.end:
                return t
            self._look(t, ml, ap)
        return None

    def _advance(self, t: float) -> None:
        """Tell of the targets that came and went up to now."""
        while self._left < len(self._places):
            k = self._left
            if k == self._shown:
                if t < self._cue(k):
                    return
                self._shown += 1
                self._inside = None
                degrees = round(math.degrees(self._task.targets[k]), 1)
                self._tell(self._cue(k), "target", {"count": k + 1, "deg": degrees})
            goes = self._cue(k) + self._task.each
            if t < goes:
                return
            self._left += 1
            self._tell(goes, "middle", {"count": k + 1})

    def _look(self, t: float, ml: float, ap: float) -> None:
        k = self._now(t)
        if k is None or k in self.reached:
            return
        x, y = self._places[k]
        away = math.sqrt((ml - x) * (ml - x) + (ap - y) * (ap - y))
        if away > self.zone:
            self._inside = None
            return
        if self._inside is None:
            self._inside = t
        if t - self._inside >= self._task.stay:
            self.reached.append(k)
            self._tell(t, "reached", {"count": k + 1})

    def _measured(self, values: Mapping[str, float], until: float) -> list[Measure]:
        found = super()._measured(values, until)
        if self.plan.drill.signal != "cop" or self.plan.height:
            return found
        return [m.flagged("HEIGHT_ASSUMED") for m in found]

    def _values(self, until: float) -> Mapping[str, float]:
        done = self._leans(until)
        values: dict[str, float] = {}
        if done:
            hit = sum(k in self.reached for k in done)
            values["reach_share"] = hit / len(done)
        for name, field in _NAMES.items():
            each = np.array([getattr(lean, field) for lean in done.values()])
            known = each[np.isfinite(each)]
            if len(known):
                values[name] = float(known.mean())
        return values

    def _details(self, until: float) -> tuple[tuple[str, float], ...]:
        return tuple(
            (f"{name} to {math.degrees(self._task.targets[k]):g}", getattr(lean, field))
            for k, lean in self._leans(until).items()
            for name, field in _NAMES.items()
        )

    def _leans(self, until: float) -> dict[int, Found]:
        """Return the leans to the targets that were shown for their whole time."""
        dot = self._samples(until)
        return {
            k: self._lean(dot, k)
            for k in range(len(self._places))
            if self._cue(k) + self._task.each <= until + 1e-9
        }

    def _lean(self, dot: Block, k: int) -> Found:
        cue = self._cue(k)
        parts = (
            even(dot.between(cue, cue + self._task.each)),
            even(dot.between(cue - QUIET, cue)),
        )
        out, quiet = (
            np.empty((0, 2)) if part is None else np.ascontiguousarray(part[:, :2])
            for part in parts
        )
        if self.plan.drill.signal == "cop":
            out, quiet = (lean_angle(part, self._height) for part in (out, quiet))
        return reach(out, dot.info.rate, self._task.targets[k], quiet)
