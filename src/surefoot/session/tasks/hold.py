"""Keep the dot in the zone: a board level, a body upright, a weight in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import Target, deviation
from surefoot.analysis.tilt import time_in_zone
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import body_values, cop_values, plane
from surefoot.stream import TiltMeter, ZoneCue
from surefoot.training.aim import Aim
from surefoot.training.task import Hold as Task

if TYPE_CHECKING:
    from surefoot.core import Block, Measure
    from surefoot.session.tasks._plan import Plan


class Hold(Base):
    """Meters the dot about the middle of the zone.

    Live, ``time_in_zone`` (of a board: all measures of its tilt) comes every second,
    and cues as `surefoot.stream.ZoneCue` says. The result has ``time_in_zone`` and what
    the signal gives: tilt about level, angles of the trunk, or sway.

    Parameters
    ----------
    plan : Plan
        Its task may set the middle aside.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._at = task.at if isinstance(task, Task) else (0.0, 0.0)
        self._ring = self.target or Target(plan.zone, plan.drill.axis, at=self._at)
        self._meter = TiltMeter(plan.start, self._ring)
        self._cue = ZoneCue(
            plan.start, self._ring, after=plan.drill.cue_after, unit=plan.drill.unit
        )

    @property
    def cue(self) -> str:
        """The side that is too far out for longer than allowed, or nothing."""
        return self._cue.side

    @property
    def share(self) -> float | None:
        """Share of the run so far that was in the zone."""
        return self._meter.share

    def aim(self, t: float) -> Aim | None:  # noqa: ARG002  it stands still
        """Return where the middle of the zone is."""
        return Aim(at=self._at)

    def share_of(self, dot: Block, until: float) -> float:
        """Return the share of the time in the zone, 0 to 1, of samples to ``until``.

        Parameters
        ----------
        dot : Block
            Its first two columns are (ml, ap), in the unit of the zone.
        until : float
            End of the set [s].
        """
        away, rate = dot.data[:, :2] - self._at, dot.info.rate
        axis = self.plan.drill.axis
        return time_in_zone(away, rate, self.zone, axis, t=dot.t, end=until)

    def suggested_zone(self, end: float) -> float | None:
        """Return a zone that fits what was just done, never below the floor."""
        dot = self._samples(end)
        if not len(dot):
            return None
        away = deviation(dot.data[:, :2] - self._at, self.plan.drill.axis)
        wide = float(np.percentile(away, self.plan.drill.zone_percentile))
        return max(self.plan.drill.zone_floor, wide)

    def _on_live(self, part: Block) -> None:
        dot = plane(part)
        due = self._meter.feed(dot)
        if self.target is None:
            due = [m for m in due if m.name == "time_in_zone"]
        self.measures.extend(due)
        self.events.extend(self._cue.feed(dot))

    def _final(self, until: float) -> list[Measure]:
        dot = self._samples(until)
        if self.target is not None:
            meter = TiltMeter(self.start, self.target)
            meter.feed(plane(dot))
            return meter.final(until)
        values = {"time_in_zone": self.share_of(dot, until)}
        cop = self.plan.drill.signal == "cop"
        values |= (cop_values if cop else body_values)(dot, self._asked)
        return self._measured(values, until)
