"""Stand quietly: a test, in which nothing is shown and keys say what went wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import body_values, cop_values, plane
from surefoot.stream import TiltMeter
from surefoot.training import Grade
from surefoot.training.aim import Aim
from surefoot.training.task import Stand as Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.session.tasks._plan import Plan
    from surefoot.training import Verdict

GIVEN_UP = frozenset(
    {"stepped-off", "invalid", "error", "stepped", "grabbed", "opened-eyes", "moved"}
)
"""What makes a stance not valid, or ends it."""
STOPPED = frozenset({"key", "clicker"})
"""Whoever watches stops it: of a stance held as long as possible that is its end."""


class Stand(Base):
    """Keeps time, counts what somebody saw, and measures the sway at the end.

    A stance that is held as long as possible (``best``) ends with the first error or a
    stop key, and its ``stance_time`` counts however short it was. One with ``errors``
    goes on and counts them up to the most. Any other that is not valid has no score.

    Parameters
    ----------
    plan : Plan
        Its task says which of these it is.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        if self.target is not None:
            self.target = replace(self.target, zone=float("inf"))
        if self._task.best:
            self.complete = self.complete | GIVEN_UP | STOPPED
        self.errors = 0
        """Errors counted so far."""

    @property
    def hides(self) -> bool:
        """Nothing is shown in a test."""
        return True

    @property
    def share(self) -> float | None:
        """Share of the errors not made; None where none are counted."""
        if not self._task.errors:
            return None
        return 1.0 - self.errors / max(self._task.most_errors, 1)

    def aim(self, t: float) -> Aim | None:  # noqa: ARG002  nothing is shown
        """Return nothing to aim at, and what was counted."""
        if not self._task.errors:
            return None
        return Aim(done=self.errors, of=self._task.most_errors)

    def _on_count(self, t: float, what: str, detail: str) -> float | None:
        if what != "error":
            return None
        if not self._task.errors:
            if not self._task.best:
                return None
            self._tell(t, "error", {"kind": detail})
            self.why, self.over = "error", t
            return t
        if self.errors < self._task.most_errors:
            self.errors += 1
            self._tell(t, "error", {"count": self.errors, "kind": detail})
        return None

    def _final_verdict(
        self, end: float, ended: str, delays: Sequence[tuple[float, float]]
    ) -> Verdict:
        verdict = super()._final_verdict(end, ended, delays)
        if self._task.best or ended not in GIVEN_UP:
            return verdict
        reasons = tuple(dict.fromkeys((*verdict.reasons, "not a valid trial")))
        return replace(verdict, grade=Grade.NOT_SCORED, reasons=reasons)

    def _values(self, until: float) -> Mapping[str, float]:
        return self.held(until) | self._sway(until)

    def held(self, until: float) -> dict[str, float]:
        """Return how long it was held [s], and the errors where they are counted."""
        values: dict[str, float] = {"stance_time": until - self.start}
        if self._task.errors:
            values["stance_errors"] = float(self.errors)
        return values

    def _sway(self, until: float) -> dict[str, float]:
        dot = self._samples(until)
        drill = self.plan.drill
        if len(dot) < 2 or drill.signal in {"none", "angle"}:
            return {}
        if drill.signal == "cop":
            return cop_values(dot, self._asked)
        if self.target is None:
            return body_values(dot, self._asked)
        meter = TiltMeter(self.start, self.target)
        meter.feed(plane(dot))
        told = {m.name: m.value for m in meter.final(until)}
        del told["time_in_zone"]  # there is no zone
        return told
