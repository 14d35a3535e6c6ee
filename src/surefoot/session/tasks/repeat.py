"""Repeat a movement along a template, or make the template by repeating it."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.repetition_measures import (
    coefficient_of_variation,
    consistency,
    spread,
    trend,
)
from surefoot.analysis.turns import LEAST, SHARE
from surefoot.session.tasks._base import Base
from surefoot.session.tasks._paced import Paced, words
from surefoot.stream import RepetitionMeter
from surefoot.training.aim import Aim
from surefoot.training.task import Repeat as Task
from surefoot.training.template import captured, plain_template, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import Block
    from surefoot.session.tasks._plan import Plan
    from surefoot.stream import Repeated
    from surefoot.training.template import Template

HELD = 0.5
"""Held for this share of the time asked for is held. Our default."""
_ANY = LEAST / SHARE  # the range below which every movement turns back alike


class Repeat(Base):
    """Measures each repetition and says whether it was clean.

    Clean: its range within ``range_band`` of the way asked for, out and back each
    within ``tempo_band`` of the tempo, held for half of the time asked for or longer,
    and no gap. Events: ``repetition`` with all of that once it is over. The run is done
    with the last one.

    With ``capture`` any way and tempo is right; after the last one the event
    ``template`` carries the template (`surefoot.training.template.template_of`), or
    ``template-refused`` why the repetitions make none.

    Parameters
    ----------
    plan : Plan
        Its template says shape and way; without one the task's range does.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        task = plan.stage.task
        self._task = task if isinstance(task, Task) else Task()
        self.template: Template = plan.template or plain_template(
            self._task.range, self._task.tempo
        )
        """What is asked for: the shape, and the whole way."""
        self.captured: Template | None = None
        """What the repetitions made, where they were to."""
        self.done: list[Repeated] = []
        self._clean: list[bool] = []
        self.way = self.template.way * self._task.portion
        """How far each repetition is to go [rad]."""
        range_ = _ANY if self._task.capture else self.way
        self._meter = RepetitionMeter(range_, start=plan.start)
        self._paced = Paced(self.template, self._task, self.way)

    @property
    def captures(self) -> bool:
        """Whether the repetitions become the template."""
        return self._task.capture

    @property
    def turns(self) -> bool:
        """Whether the angle is one about the vertical."""
        return self._task.about == "turn"

    @property
    def share(self) -> float | None:
        """Share of the repetitions so far that were clean; None before the first."""
        if not self.done or self._task.capture:
            return None
        return sum(self._clean) / len(self._clean)

    def aim(self, t: float) -> Aim | None:
        """Return the template, how far this repetition is along it, and the tempo."""
        movement = self._paced.movement(t)
        return Aim(
            (0.0, self._paced.at(t)),
            moving=not self._task.capture,
            say=words(movement.part, capture=self._task.capture),
            done=len(self.done),
            of=self._task.repetitions,
            movement=movement,
        )

    def _on_watch(self, part: Block) -> float | None:
        for rep in self._meter.feed(part):
            self._over(rep)
            if len(self.done) == self._task.repetitions:
                if self._task.capture:
                    self._capture(rep.known)
                return rep.known
        return None

    def _on_live(self, part: Block) -> None:
        over = [rep for rep in self.done if rep.known >= float(part.t[0])]
        self._paced.feed(part, over)

    def _over(self, rep: Repeated) -> None:
        self.done.append(rep)
        clean = self._is_clean(rep)
        self._clean.append(clean)
        out, held, back = rep.tempo
        detail: dict[str, str | int | float | bool | None] = {
            "count": rep.count,
            "start": round(rep.start, 3),
            "end": round(rep.end, 3),
            "deg": round(math.degrees(rep.extent), 2),
            "out": round(out, 2),
            "held": round(held, 2),
            "back": round(back, 2),
            "sparc": None if math.isnan(rep.sparc) else round(rep.sparc, 3),
        }
        if not self._task.capture:
            detail["share"] = round(rep.extent / self.way, 3)
            detail["tempo_error"] = round(self._tempo_error(rep), 3)
            detail["clean"] = clean
        self._tell(rep.known, "repetition", detail)

    def _is_clean(self, rep: Repeated) -> bool:
        task = self._task
        near = abs(rep.extent / self.way - 1.0) <= task.range_band
        in_time = self._tempo_error(rep) <= task.tempo_band
        held = rep.tempo[1] >= HELD * task.tempo[1]
        return near and in_time and held and not rep.gap

    def _tempo_error(self, rep: Repeated) -> float:
        (out, _, back), (slow_out, _, slow_back) = rep.tempo, self._task.tempo
        return max(abs(out / slow_out - 1.0), abs(back / slow_back - 1.0))

    def _capture(self, t: float) -> None:
        found = captured(
            np.array([rep.curve for rep in self.done]),
            [rep.extent for rep in self.done],
            [rep.tempo for rep in self.done],
        )
        if isinstance(found, str):
            self._tell(t, "template-refused", {"why": found})
        else:
            self.captured = found
            self._tell(t, "template", told(found))

    def _until(self, until: float) -> list[Repeated]:
        return [rep for rep in self.done if rep.known <= until]

    def _values(self, until: float) -> Mapping[str, float]:
        reps = self._until(until)
        values = {"repetition_count": float(len(reps)), **self._beside(reps)}
        if not reps:
            return values
        ranges = [rep.extent for rep in reps]
        times = list(zip(*(rep.ruled for rep in reps), strict=True))
        curves = np.array([rep.curve for rep in reps])[1:]
        values |= {
            "repetition_range": median(ranges),
            "repetition_time_out": median(times[0]),
            "repetition_time_hold": median(times[1]),
            "repetition_time_back": median(times[2]),
            "repetition_peak_rate": median(rep.peak for rep in reps),
            "sparc": float(np.median([rep.sparc for rep in reps])),
            "repetition_range_variation": coefficient_of_variation(ranges[1:]),
            "repetition_time_variation": coefficient_of_variation(times[0][1:]),
            "repetition_range_trend": trend(ranges),
            "repetition_time_trend": trend(times[0]),
            "repetition_consistency": consistency(curves),
            "repetition_spread": spread(curves),
        }
        return {name: v for name, v in values.items() if not math.isnan(v)}

    def _beside(self, reps: list[Repeated]) -> dict[str, float]:
        """Return the values beside what was asked for; none while capturing."""
        if self._task.capture:
            return {}
        clean = sum(self._clean[: len(reps)])
        values = {
            "repetition_clean_share": clean / max(self._task.repetitions, len(reps), 1)
        }
        if reps:
            shares = [rep.extent / self.way for rep in reps]
            errors = [self._tempo_error(rep) for rep in reps]
            values["repetition_range_share"] = median(shares)
            values["repetition_tempo_error"] = median(errors)
        return values

    def _details(self, until: float) -> tuple[tuple[str, float], ...]:
        rows: list[tuple[str, float]] = []
        for rep, clean in zip(self._until(until), self._clean, strict=False):
            rows.append((f"repetition {rep.count}, range", rep.extent))
            rows.append((f"repetition {rep.count}, smoothness", rep.sparc))
            if not self._task.capture:
                rows.append((f"repetition {rep.count}, clean", float(clean)))
        return tuple(rows)
