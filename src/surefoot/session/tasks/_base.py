"""What all runs have in common: samples in, quality first, one result out."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import Target
from surefoot.analysis.registry import CARDS, Need
from surefoot.analysis.target import HOLD
from surefoot.core import Block, Event, Measure
from surefoot.session.kept import Kept
from surefoot.session.snapshot import Result
from surefoot.stream import QualityMeter, SteppedOff, Unloaded
from surefoot.training import Grade, Verdict, judge
from surefoot.training.scoring import score_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from surefoot.core import JsonValue
    from surefoot.session.tasks._plan import Plan
    from surefoot.training.aim import Aim
    from surefoot.training.task import Stage

NOT_ASKED = 10.0
"""A set that ended sooner than this, or than half of it, is not scored [s]."""
_UNKNOWN = frozenset({"sensor-lost", "suspended"})


class Base:
    """A run that only keeps what comes and judges it.

    What a task adds goes into the methods whose names begin with ``_on`` and into
    `_values`. Everything in it obeys the cutting law.

    Parameters
    ----------
    plan : Plan
        What the set is about.

    Attributes
    ----------
    start, zone : float
        First instant [s]; radius of the zone, in the unit of the dot.
    edges : tuple of float or None
        Tilt at which each edge touches the floor [rad].
    target : Target or None
        Zone, axis and edges of a board that tilts; None of other signals.
    rotation : ndarray, shape (3, 3), or None
        From the sensor's frame to the board's during this run.
    events : list of Event
        Decided since the engine last took them.
    measures : list of Measure
        Measured on the way since the engine last took them.
    why : str
        Why the run ended itself: ``"stepped-off"``, ``"done"``; empty until then.
    over : float or None
        When that was known [s].
    """

    complete = frozenset({"time", "done"})
    """The ends after which everything asked for was done."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.start = plan.start
        self.zone = plan.zone
        self.edges = plan.edges
        self.rotation: NDArray[np.float64] | None = None
        self.events: list[Event] = []
        self.measures: list[Measure] = []
        self.why = ""
        self.over: float | None = None
        tilts = plan.drill.signal == "tilt"
        self.target: Target | None = _target(plan) if tilts else None
        self._off: SteppedOff | Unloaded | None = None
        if self.target is not None:
            self._off = SteppedOff(plan.start, self.target)
        elif plan.drill.signal == "cop":
            self._off = Unloaded(plan.start)
        self._quality = QualityMeter(plan.start, plan.info.rate)
        self._kept = Kept()

    @property
    def stage(self) -> Stage:
        """The part of the drill that is done."""
        return self.plan.stage

    @property
    def cue(self) -> str:
        """The side that is too far out for longer than allowed, or nothing."""
        return ""

    @property
    def share(self) -> float | None:
        """Share of what was asked that was kept so far, 0 to 1."""
        return None

    @property
    def hides(self) -> bool:
        """Whether the dot is not to be seen now, whatever the set says."""
        return False

    def feed(self, dot: Block, end: float) -> float | None:
        """Take samples up to ``end``.

        Returns
        -------
        float or None
            The instant at which it is known that the run is over [s]; nothing after it
            was used. `why` then says why.
        """
        if self.over is not None:
            return None
        part = dot.between(self.start, end)
        off = self._off.feed(part) if self._off is not None else None
        part = _through(part, off)
        done = self._on_watch(part) if len(part) else None
        part = _through(part, done)
        if len(part):
            self._kept.append(part)
            self._quality.feed(part)
            if self.plan.live:
                self._on_live(part)
        if done is not None:
            self.why, self.over = self.why or "done", done
        elif off is not None:
            self.why, self.over = "stepped-off", off
        return self.over

    def _end(self, why: str, t: float) -> None:
        """Take note that the run is over."""
        self.why, self.over = why, t

    def told(self, t: float, told: Mapping[str, JsonValue]) -> float | None:
        """Take a ``count`` command; return when it ends the run, else None."""
        if self.over is not None or told.get("do", "count") != "count":
            return None
        what = str(told.get("what", ""))
        return self._on_count(t, what, str(told.get("detail") or ""))

    def tick(self, t: float) -> None:
        """Let time pass: cues that no sample brings."""

    def aim(self, t: float) -> Aim | None:  # noqa: ARG002  others need the time
        """Return what to show at ``t``; may be asked from another thread."""
        return None

    def verdict(self, end: float, delays: Sequence[tuple[float, float]]) -> Verdict:
        """Return how good the data from the start to ``end`` are."""
        if self.plan.drill.signal == "none":
            return Verdict(Grade.GOOD, (), 0.0, 0.0, 0.0)
        first = bisect_left(delays, (self.start, -1e9))
        inside = [delay for t, delay in delays[first:] if t < end]
        jitter = float(np.std(inside)) if inside else 0.0
        seen = self._quality.summary(end)
        return judge(seen.lost, seen.longest_gap, jitter)

    def result(
        self, end: float, ended: str, delays: Sequence[tuple[float, float]]
    ) -> Result:
        """Return what the run came to, quality first.

        A run that ended by stepping off is measured up to the moment the board came
        to rest on its edge, or the load left it, not to the moment that was known.
        """
        until = end
        off = self._off
        if ended == "stepped-off" and off is not None and off.since is not None:
            until = off.since
        verdict = self._final_verdict(until, ended, delays)
        scored = verdict.grade is not Grade.NOT_SCORED
        measures: tuple[Measure, ...] = ()
        if scored and self.plan.live:
            measures = tuple(self._final(until))
        return self._result(verdict, measures, ended, until)

    def unscored(self, end: float, ended: str, why: str) -> Result:
        """Return the result of a run that could not be scored."""
        nothing = math.nan
        verdict = Verdict(Grade.NOT_SCORED, (why,), nothing, nothing, nothing)
        return self._result(verdict, (), ended, end)

    def suggested_zone(self, end: float) -> float | None:  # noqa: ARG002  one protocol
        """Return a zone that fits what was just done; None where there is none."""
        return None

    # ---- what a task adds ----

    def _on_watch(self, part: Block) -> float | None:  # noqa: ARG002  nothing here
        """Take samples; tell events; return when the task is done, if it is.

        Nothing may be told that is later than that.
        """
        return None

    def _on_live(self, part: Block) -> None:
        """Take samples that count, for what is only shown."""

    def _on_count(self, t: float, what: str, detail: str) -> float | None:  # noqa: ARG002
        """Take a key; return when it ends the run, else None."""
        return None

    def _values(self, until: float) -> Mapping[str, float]:  # noqa: ARG002  none here
        """Return the final values, by the names of the registry."""
        return {}

    def _details(self, until: float) -> tuple[tuple[str, float], ...]:  # noqa: ARG002
        """Return what is kept beside the measures."""
        return ()

    # ---- for tasks ----

    @property
    def _stage_duration(self) -> float:
        drill, stage = self.plan.drill, self.plan.stage
        return drill.duration if drill.schema == 1 else stage.duration

    def asked(self, until: float) -> dict[str, float]:
        """Return what only the set itself can tell: how much of the asked was done.

        The same live and final: no filter of the analysis changes it.
        """
        return {
            name: float(value)
            for name, value in self._values(until).items()
            if Need.ASKED in CARDS[name].needs and math.isfinite(value)
        }

    def _tell(self, t: float, name: str, detail: Mapping[str, JsonValue]) -> None:
        """Tell an event, if somebody looks."""
        if self.plan.live:
            self.events.append(Event(t, name, dict(detail)))

    @property
    def _asked(self) -> tuple[str, ...]:
        """The measures that the drill is about."""
        return (self.plan.drill.primary, *self.plan.drill.measures)

    def _samples(self, until: float) -> Block:
        """Return everything that was fed, up to an instant."""
        kept = self._kept.block()
        if kept is None:
            return Block.empty(self.plan.info)
        return kept.between(self.start, until)

    def _final(self, until: float) -> Iterable[Measure]:
        return self._measured(self._values(until), until)

    def _measured(self, values: Mapping[str, float], until: float) -> list[Measure]:
        """Return values as provisional measures of the whole run."""
        seen = self._quality.summary(until)
        flags = ("PROVISIONAL",)
        if self.plan.drill.signal != "none" and seen.longest_gap > HOLD:
            flags += ("GAP",)
        where = (self.start, until, self.plan.info.name, flags)
        return [
            Measure(name, float(value), CARDS[name].unit, *where)
            for name, value in values.items()
        ]

    def _result(
        self, verdict: Verdict, measures: tuple[Measure, ...], ended: str, until: float
    ) -> Result:
        drill, stage = self.plan.drill, self.plan.stage
        scored = bool(measures)
        return Result(
            verdict,
            measures,
            ended,
            zone=self.zone,
            start=self.start,
            end=until,
            score=score_of(drill, stage, measures, verdict, zone=self.zone),
            stage=stage.title,
            details=self._details(until) if scored else (),
        )

    def _final_verdict(
        self, end: float, ended: str, delays: Sequence[tuple[float, float]]
    ) -> Verdict:
        verdict = self.verdict(end, delays)
        duration = self._stage_duration
        if ended in self.complete or math.isinf(duration):
            return verdict
        why = f"ended after {end - self.start:.0f} s ({ended.replace('-', ' ')})"
        too_short = end - self.start < min(NOT_ASKED, duration / 2)
        worse = Grade.NOT_SCORED if too_short or ended in _UNKNOWN else Grade.FAIR
        grade = verdict.grade if verdict.grade is Grade.NOT_SCORED else worse
        return replace(verdict, grade=grade, reasons=(*verdict.reasons, why))


def _through(part: Block, last: float | None) -> Block:
    """Return the samples up to an instant, itself included."""
    if last is None:
        return part
    return part[: int(np.searchsorted(part.t, last, side="right"))]


def _target(plan: Plan) -> Target:
    drill, task = plan.drill, plan.stage.task
    return Target(
        plan.zone,
        drill.axis,
        plan.edges,
        margin=math.radians(drill.edge_margin_deg),
        hysteresis=math.radians(drill.edge_hysteresis_deg),
        at=getattr(task, "at", (0.0, 0.0)),
    )
