"""One run of a drill: its meters, its cues and, at the end, its result."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import Target, deviation
from surefoot.core import Block
from surefoot.session.snapshot import Result
from surefoot.stream import QualityMeter, SteppedOff, TiltMeter, ZoneCue
from surefoot.training import Grade, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from surefoot.core import Event, Measure, StreamInfo
    from surefoot.training import Drill


class Run:
    """Meters tilt from ``start`` on; everything in it obeys the cutting law.

    Parameters
    ----------
    drill : Drill
        Zone rules, axis, times.
    info : StreamInfo
        Of the tilt stream.
    start : float
        First instant of the run [s].
    zone : float
        Radius about level [rad].
    edges : tuple of float or None
        Tilt at which each edge touches the floor [rad]; None when not levelled.
    live : bool
        Whether somebody is looking: without it nothing is cued or measured on the way,
        only what ends the run and its quality are found.
    """

    def __init__(
        self,
        drill: Drill,
        info: StreamInfo,
        start: float,
        zone: float,
        edges: tuple[float, float] | None,
        *,
        live: bool = True,
    ) -> None:
        self.start = start
        self.zone = zone
        self.edges = edges
        self.rotation: NDArray[np.float64] | None = None
        """From the sensor's frame to the board's during this run."""
        self.events: list[Event] = []
        self.measures: list[Measure] = []
        self.target = Target(
            zone,
            drill.axis,
            edges,
            margin=math.radians(drill.edge_margin_deg),
            hysteresis=math.radians(drill.edge_hysteresis_deg),
        )
        self._drill = drill
        self._info = info
        self._live = live
        self._meter = TiltMeter(start, self.target)
        self._cue = ZoneCue(start, self.target, after=drill.cue_after)
        self._off = SteppedOff(start, self.target)
        self._quality = QualityMeter(start, info.rate)
        self._tilt: list[Block] = []

    @property
    def cue(self) -> str:
        """The side that is too low for longer than allowed, or nothing."""
        return self._cue.side

    @property
    def share(self) -> float | None:
        """Share of the run so far that was in the zone."""
        return self._meter.share

    def feed(self, tilt: Block, end: float) -> float | None:
        """Take filtered tilt up to ``end``.

        Returns
        -------
        float or None
            The instant at which it is known that the trainee stepped off [s]; nothing
            after it was used.
        """
        part = tilt.between(self.start, end)
        off = self._off.feed(part)
        if off is not None:
            part = part[: int(np.searchsorted(part.t, off, side="right"))]
        if len(part):
            self._tilt.append(part)
            self._quality.feed(part)
        if len(part) and self._live:
            self.measures.extend(self._meter.feed(part))
            self.events.extend(self._cue.feed(part))
        return off

    def verdict(self, end: float, delays: Sequence[tuple[float, float]]) -> Verdict:
        """Return how good the data from the start to ``end`` are."""
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
        to rest on its edge, not to the moment that was known.
        """
        until = end
        if ended == "stepped-off" and self._off.since is not None:
            until = self._off.since
        verdict = self._final_verdict(until, ended, delays)
        scored = verdict.grade is not Grade.NOT_SCORED
        measures = tuple(self._final(until)) if scored and self._live else ()
        return Result(
            verdict, measures, ended, zone=self.zone, start=self.start, end=until
        )

    def unscored(self, end: float, ended: str, why: str) -> Result:
        """Return the result of a run that could not be scored."""
        nothing = math.nan
        verdict = Verdict(Grade.NOT_SCORED, (why,), nothing, nothing, nothing)
        return Result(verdict, (), ended, zone=self.zone, start=self.start, end=end)

    def suggested_zone(self, end: float) -> float | None:
        """Return a zone that fits what was just done, never below the floor [rad]."""
        if not self._tilt:
            return None
        tilt = Block.concat(self._tilt).between(self.start, end)
        if not len(tilt):
            return None
        away = deviation(tilt.data, self._drill.axis)
        wide = float(np.percentile(away, self._drill.zone_percentile))
        return max(math.radians(self._drill.zone_floor_deg), wide)

    def _final_verdict(
        self, end: float, ended: str, delays: Sequence[tuple[float, float]]
    ) -> Verdict:
        verdict = self.verdict(end, delays)
        if ended == "time" or math.isinf(self._drill.duration):
            return verdict
        why = f"ended after {end - self.start:.0f} s ({ended.replace('-', ' ')})"
        too_short = end - self.start < min(10.0, self._drill.duration / 2)
        unknown = ended in {"sensor-lost", "suspended"}
        worse = Grade.NOT_SCORED if too_short or unknown else Grade.FAIR
        grade = verdict.grade if verdict.grade is Grade.NOT_SCORED else worse
        return replace(verdict, grade=grade, reasons=(*verdict.reasons, why))

    def _final(self, end: float) -> list[Measure]:
        meter = TiltMeter(self.start, self.target)
        if self._tilt:
            meter.feed(Block.concat(self._tilt).between(self.start, end))
        return meter.final(end)
