"""Step down at a cue and stand still."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.stabilisation import (
    band_time,
    first_peak,
    overshoot,
    polynomial_time,
    range_of_variation,
    sequential_time,
    settling_time,
)
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._shapes import even
from surefoot.training.aim import Aim
from surefoot.training.chance import Chance
from surefoot.training.task import Land as Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.core import Block
    from surefoot.session.tasks._plan import Plan

JUMP = 3.0
"""A foot comes down when the force differs from weight by this [m/s^2]."""
AFTER = 10.0
"""So long it is looked at afterwards; then the run is done [s]."""
BAND = math.radians(5.0)
"""A rate of turn below this is still [rad/s]. Our default."""
QUIET = 1.0
"""What comes after the cue is compared with so long before it [s]."""
ONSET, STAYS = 3.0, 0.1
"""So many SD, for so long [s], are movement."""
COUNTED = 3
"""A step that is told is counted down from here [s]."""


class Land(Base):
    """Gives the cue, finds the contact, and measures how the body comes to rest.

    The cue is at a time, and for a side, that come from the seed of the set. Events:
    ``target`` and ``cue`` (``kind``: ``"step-down"``, ``side``) at the cue, ``early``
    when a foot came down before it, ``contact`` (``at``) when one did after it. The run
    is done ten seconds after that.

    The swing that is looked at is the lean in the direction that moved more.

    Parameters
    ----------
    plan : Plan
        Its task says which cue, and when at the soonest and latest.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        chance = Chance(plan.seed)
        when = chance.uniform(self._task.earliest, self._task.latest)
        told = self._task.cue == "told"
        self.cued = plan.start + (self._task.earliest if told else when)
        """When the step is asked for [s]."""
        side = chance.one_of(("left", "right"))
        self.side = side if self._task.cue == "side" else plan.stage.side
        """Which foot; empty where it does not matter."""
        self._given = False
        self._early = False
        self.contact: float | None = None
        """When the foot came down [s]."""

    def tick(self, t: float) -> None:
        """Give the cue when it is due."""
        if self.over is None:
            self._advance(t)

    def aim(self, t: float) -> Aim | None:
        """Return what is said: wait, step down, stand."""
        return Aim(say=self._say(t))

    def _say(self, t: float) -> str:
        if self.contact is not None:
            return "Stand still"
        if t >= self.cued:
            foot = f"{self.side.capitalize()} foot. " if self.side else ""
            return f"{foot}Step down now"
        left = math.ceil(self.cued - t)
        if self._task.cue == "told" and left <= COUNTED:
            return f"Step down in {left}"
        return "Wait for the word"

    def _advance(self, t: float) -> None:
        if not self._given and t >= self.cued:
            self._given = True
            detail = {"kind": "step-down", "side": self.side}
            self._tell(self.cued, "target", detail)
            self._tell(self.cued, "cue", detail)

    def _on_watch(self, part: Block) -> float | None:
        (column,) = part.info.columns("acc")
        acc = part.data[:, column].tolist()
        for t, x in zip(part.t.tolist(), acc, strict=True):
            self._advance(t)
            if self.contact is None and abs(x) > JUMP:
                self._hit(t)
            if self.contact is not None and t >= self.contact + AFTER:
                return t
        return None

    def _hit(self, t: float) -> None:
        if t >= self.cued:
            self.contact = t
            self._tell(t, "contact", {"at": round(t, 3)})
        elif not self._early:
            self._early = True
            self._tell(t, "early", {})

    def _values(self, until: float) -> Mapping[str, float]:
        contact = self.contact
        if contact is None or contact > until:
            return {}
        dot = self._samples(until)
        values = {"landing_contact_time": contact - self.cued, **self._reaction(dot)}
        after = even(dot.between(contact, contact + AFTER))
        if after is not None and len(after) > 2:
            values |= _rested(after, dot.info.rate)
        return {name: value for name, value in values.items() if not math.isnan(value)}

    def _reaction(self, dot: Block) -> dict[str, float]:
        """Return when acceleration or turning first was beyond what it was before."""
        picked = dot.info.columns("acc", "turn")
        before = dot.between(self.cued - QUIET, self.cued).data[:, picked]
        end = math.nextafter(self.contact or self.cued, math.inf)
        after = dot.between(self.cued, end)
        if len(before) < 2 or not len(after):
            return {}
        moved = np.abs(after.data[:, picked] - before.mean(axis=0))
        beyond = (moved > ONSET * before.std(axis=0)).any(axis=1)
        hold = max(round(STAYS * dot.info.rate), 1)
        if len(beyond) < hold:
            return {}
        stays = np.lib.stride_tricks.sliding_window_view(beyond, hold).all(axis=1)
        if not stays.any():
            return {}
        first = float(after.t[int(np.argmax(stays))])
        return {"landing_reaction_time": first - self.cued}


def _rested(after: NDArray[np.float64], rate: float) -> dict[str, float]:
    wider = int(np.argmax(np.ptp(after[:, :2], axis=0)))
    lean, turning = after[:, wider].copy(), after[:, 3].copy()
    peak = first_peak(lean, rate)
    return {
        "stabilisation_sequential_time": sequential_time(lean, rate),
        "stabilisation_polynomial_time": polynomial_time(lean, rate),
        "stabilisation_band_time": band_time(turning, rate, BAND),
        "stabilisation_settling_time": settling_time(lean, rate),
        "stabilisation_peak_time": peak.time,
        "stabilisation_peak": peak.value,
        "stabilisation_overshoot": overshoot(lean, rate),
        "stabilisation_variation": range_of_variation(lean, rate),
    }
