"""Follow a target that moves: a game with the same zone and the same measures."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import Target
from surefoot.analysis.limits import lean_angle, weight_shift
from surefoot.analysis.target import HOLD
from surefoot.analysis.tracking import time_on_target, tracking_error, tracking_lag
from surefoot.session.motion import FEEDBACK_HZ
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import HEIGHT, body_values, even, on_grid, plane
from surefoot.stream import Lowpass, TiltMeter, ZoneCue
from surefoot.training.aim import Aim
from surefoot.training.path import path_of
from surefoot.training.task import Follow as Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.core import Block, Measure
    from surefoot.session.tasks._plan import Plan

NEVER = float("inf")


class Follow(Base):
    """Meters how far the dot is from a target that moves along a path.

    Cues as those of a zone that moves along. The result has ``tracking_error``,
    ``time_on_target``, ``tracking_lag`` and ``tracking_correlation``, of the target
    where it was painted; for the lag it is low-passed as the dot is.

    Parameters
    ----------
    plan : Plan
        Its task tells the path; a walk comes from its seed.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        asked = task if isinstance(task, Task) else Task()
        duration = min(self._stage_duration, 600.0)
        self.path = path_of(asked, duration, plan.seed, plan.drill.axis)
        ring = Target(plan.zone, plan.drill.axis)
        self._meter = TiltMeter(plan.start, ring)
        self._cue = ZoneCue(
            plan.start, ring, after=plan.drill.cue_after, unit=plan.drill.unit
        )
        self._edges: ZoneCue | None = None
        if self.target is not None:
            # the zone goes along: about level there is none
            self.target = replace(self.target, zone=NEVER)
            self._edges = ZoneCue(plan.start, self.target)

    @property
    def cue(self) -> str:
        """The side that is too far from the target for longer than allowed."""
        return self._cue.side

    @property
    def share(self) -> float | None:
        """Share of the run so far that was on the target."""
        return self._meter.share

    def aim(self, t: float) -> Aim | None:
        """Return where the target is, and where it will be."""
        since = t - self.start
        return Aim(self.path.at(since), moving=True, ahead=self.path.ahead(since))

    def suggested_zone(self, end: float) -> float | None:  # noqa: ARG002  no level here
        """Return nothing: the zone of a moving target is not that of a level board."""
        return None

    def _on_live(self, part: Block) -> None:
        dot = plane(part)
        away = dot.with_data(dot.data - self._targets(dot))
        self._meter.feed(away)
        events = self._cue.feed(away)
        if self._edges is not None:
            events = [*self._edges.feed(dot), *events]
            events.sort(key=lambda event: event.t)  # stable: as one sample tells them
        self.events.extend(events)

    def _targets(self, dot: Block) -> NDArray[np.float64]:
        places = [self.path.at(t) for t in (dot.t - self.start).tolist()]
        return np.array(places, dtype=np.float64).reshape(-1, 2)

    def _values(self, until: float) -> Mapping[str, float]:
        dot = plane(self._samples(until))
        if len(dot) < 2:
            return {}
        targets = self._targets(dot)
        here, there = self._used(dot.data), self._used(targets)
        cop = self.plan.drill.signal == "cop"
        error = "tracking_error_cop" if cop else "tracking_error"
        values = {
            error: tracking_error(here, there),
            "time_on_target": time_on_target(here, there, self.zone),
        }
        lag = self._lag(dot, targets)
        if lag is not None:
            values["tracking_lag"], values["tracking_correlation"] = lag
        values |= self._beside(dot, until)
        if self.target is not None:
            meter = TiltMeter(self.start, self.target)
            meter.feed(dot)
            told = {m.name: m.value for m in meter.final(until)}
            values |= {n: told[n] for n in ("tilt_rms", "edge_contacts") if n in told}
        return values

    def _beside(self, dot: Block, until: float) -> dict[str, float]:
        """Return how fast and straight a weight went to and fro, and what was asked."""
        values: dict[str, float] = {}
        if self.plan.drill.signal == "lean":
            found = body_values(self._samples(until), self._asked)
            values = {n: v for n, v in found.items() if n in self._asked}
        kind = self.path.kind
        if self.target is not None or kind in {"circle", "walk"}:
            return values
        whole = even(dot)
        if whole is None:
            return values
        if self.plan.drill.signal == "cop":
            whole = lean_angle(whole, self.plan.height or HEIGHT)
        along = math.pi / 2 if kind.endswith("ml") else 0.0
        shift = weight_shift(whole, dot.info.rate, along)
        values["shift_velocity"] = shift.velocity
        values["shift_directional_control"] = shift.directional_control
        return {name: value for name, value in values.items() if not math.isnan(value)}

    def _measured(self, values: Mapping[str, float], until: float) -> list[Measure]:
        """Say beside a speed of leaning whose height nobody told that it was taken."""
        taken = self.plan.drill.signal == "cop" and not self.plan.height
        return [
            m.flagged("HEIGHT_ASSUMED") if taken and m.name == "shift_velocity" else m
            for m in super()._measured(values, until)
        ]

    def _lag(
        self, dot: Block, targets: NDArray[np.float64]
    ) -> tuple[float, float] | None:
        """Return lag and likeness on an even grid, the target filtered as the dot."""
        if float(np.diff(dot.t).max()) > HOLD:
            return None
        slow = Lowpass(FEEDBACK_HZ).feed(dot.with_data(targets)).data
        rate = dot.info.rate
        count = int((dot.t[-1] - dot.t[0]) * rate) + 1
        grid = dot.t[0] + np.arange(count) / rate
        here, there = (on_grid(x, dot.t, grid) for x in (dot.data, slow))
        return tracking_lag(self._used(here), self._used(there), rate)

    def _used(self, both: NDArray[np.float64]) -> NDArray[np.float64]:
        axis = self.plan.drill.axis
        return both if axis == "both" else both[:, 0 if axis == "ml" else 1]
