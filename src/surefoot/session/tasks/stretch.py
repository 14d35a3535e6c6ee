"""Go gently to where it stretches, stay, and come back; never further than allowed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.flexibility import (
    gentle_share,
    hold,
    peak_rate,
    range_of_motion,
)
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import even
from surefoot.stream import Stillness
from surefoot.training.aim import Aim
from surefoot.training.task import Stretch as Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import Block
    from surefoot.session.tasks._plan import Plan

AWAY = math.radians(10.0)
"""So far from the start a stretch may begin, where no range is known. Our default."""
SHARE = 0.3
"""Where it is known: this share of what is allowed. Our default."""
RETURNED = 0.5
"""Come back by half of the furthest is back."""
RESTED = 0.3
"""Still at the start for so long: the next stretch begins anew [s]. Our default."""
LINGER = 10.0
"""The run ends so long after the last hold, back or not [s]."""
HAIR = math.radians(1.0)
"""A stretch is too far when it is this far beyond what is allowed. Our default."""


class Stretch(Base):
    """Counts the stretches that were held, calm or not.

    Events: ``hold`` (``count``, ``seconds``, ``deg``, ``calm``) once it was held for
    the time asked for, ``too-fast`` (``deg_s``), ``too-far`` (``deg``). Calm: neither
    on the way to it. The run is done when the last one has been held and is back, or
    ten seconds later.

    Nothing is shown to go to where the pain-free range is not known, and never more
    than the drill's share of it.

    Parameters
    ----------
    plan : Plan
        The way of its template is the pain-free range.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        free = plan.template.way if plan.template else math.nan
        self.limit = self._task.limit * free
        """As far as is allowed [rad]; NaN where the range is not known."""
        known = not math.isnan(self.limit)
        self._least = SHARE * self.limit if known else AWAY
        self._still = Stillness()
        self.holds = self.calm = self.fast = 0
        """Holds done, those of them that were calm, and moments too fast."""
        self._away: float | None = None
        self._furthest = 0.0
        self._held: float | None = None
        self._gentle = True
        self._fast_now = self._far_now = False
        self._time = 0.0
        """How long this hold has lasted [s]."""

    @property
    def share(self) -> float | None:
        """Share of the holds so far that were calm; None before the first."""
        return self.calm / self.holds if self.holds else None

    def aim(self, t: float) -> Aim | None:  # noqa: ARG002  it waits for the trainee
        """Return how far to go, and what to do."""
        at = 0.0 if math.isnan(self.limit) or self._held is not None else self.limit
        return Aim((0.0, at), say=self._say(), done=self.holds, of=self._task.holds)

    def _say(self) -> str:
        if self._far_now:
            return "Not so far"
        if self._fast_now:
            return "Slower"
        if self._held is not None:
            return "Come back slowly"
        if self._time > 0 and self._away is not None:
            return f"Stay: {math.ceil(self._task.stay - self._time)}"
        return "Go slowly to a gentle stretch"

    def _on_watch(self, part: Block) -> float | None:
        moved = self._still.feed(part)
        rows = zip(moved.t.tolist(), moved.data.tolist(), strict=True)
        for t, (angle, speed, still) in rows:
            if self._step(t, angle, speed, still):
                return t
        return None

    def _step(self, t: float, angle: float, speed: float, still: float) -> bool:
        self._warn(t, angle, speed)
        if angle >= self._least:
            self._away = t if self._away is None else self._away
            self._furthest = max(self._furthest, angle)
        elif angle < RETURNED * max(self._furthest, self._least):
            # what was fast on the way back is over once it rests
            self._gentle |= still > RESTED and not self._fast_now
            return self._back()
        since = self._away if angle >= self._least else None
        self._time = 0.0 if since is None else min(still, t - since)
        if self._held is None and self._time >= self._task.stay:
            self._hold(t, angle)
        last = self.holds >= self._task.holds
        return last and self._held is not None and t - self._held >= LINGER

    def _warn(self, t: float, angle: float, speed: float) -> None:
        if speed > self._task.gentle and not self._fast_now:
            self._fast_now, self._gentle = True, False
            self.fast += 1
            self._tell(t, "too-fast", {"deg_s": round(math.degrees(speed), 1)})
        elif speed < self._task.gentle / 2:
            self._fast_now = False
        if angle > self.limit + HAIR and not self._far_now:
            self._far_now, self._gentle = True, False
            self._tell(t, "too-far", {"deg": round(math.degrees(angle), 1)})
        elif angle <= self.limit:
            self._far_now = False

    def _hold(self, t: float, angle: float) -> None:
        self.holds += 1
        self.calm += self._gentle
        self._held = t
        self._tell(
            t,
            "hold",
            {
                "count": self.holds,
                "seconds": self._task.stay,
                "deg": round(math.degrees(angle), 1),
                "calm": self._gentle,
            },
        )

    def _back(self) -> bool:
        """Take note that the stretch is over; return whether it was the last."""
        over = self._held is not None and self.holds >= self._task.holds
        self._away = self._held = None
        self._furthest = self._time = 0.0
        return over

    def _values(self, until: float) -> Mapping[str, float]:
        values = {
            "stretch_holds": float(self.holds),
            "stretch_calm_share": self.calm / max(self._task.holds, self.holds, 1),
            "stretch_fast_count": float(self.fast),
        }
        whole = even(self._samples(until))
        if whole is None or len(whole) < 3:
            return values
        angle, rate = whole[:, 0].copy(), self.plan.info.rate
        went, stay = range_of_motion(angle), hold(angle, rate)
        values |= {
            "range_of_motion": went.extent,
            "range_of_motion_low": went.low,
            "range_of_motion_high": went.high,
            "stretch_hold_time": stay.duration,
            "stretch_creep": stay.creep,
            "stretch_peak_rate": peak_rate(angle, rate),
            "stretch_gentle_share": gentle_share(angle, rate, self._task.gentle),
        }
        return {name: value for name, value in values.items() if not math.isnan(value)}
