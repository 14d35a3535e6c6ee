"""The tilt measures of a running trial."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.contacts import EdgeTrigger
from surefoot.analysis.target import HOLD, lean
from surefoot.analysis.tilt_measures import told

if TYPE_CHECKING:
    from surefoot.analysis.target import Target
    from surefoot.core import Block, Measure


class TiltMeter:
    """Measures the samples in ``[start, end)`` while they arrive.

    Gives all measures of `surefoot.analysis.tilt_measures`, by the same rules but from
    the live, filtered tilt: flagged ``PROVISIONAL``. They are due whenever the sample
    times pass a whole second since the start, and cover the time up to that second;
    from 200 s on less often, by a hundredth of the time so far: a percentile looks at
    all samples each time, and an hour must not cost its square.

    Sums are taken one sample at a time, so every cutting is the same.

    Parameters
    ----------
    start : float
        Start of the trial [s].
    target : Target
        Zone, axis and edges.
    end : float
        Samples from here on are not used [s]; `until` may set it later.
    """

    def __init__(self, start: float, target: Target, end: float = math.inf) -> None:
        self.start = start
        self.target = target
        self._planned_end = end
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.end = self._planned_end
        self._stream = "board/tilt"
        self._trigger = EdgeTrigger(self.target)
        self._due = 1
        self._last: tuple[float, float, float, bool] | None = None
        self._squares_ml = self._squares_ap = 0.0
        self._path = self._time = self._time_inside = 0.0
        self._contacts = 0
        self._furthest = 0.0
        self._longest_gap = 0.0
        self._deviations = array("d")

    @property
    def samples(self) -> int:
        """Samples used so far."""
        return len(self._deviations)

    @property
    def inside(self) -> bool | None:
        """Whether the newest sample is in the zone; None before the first."""
        return None if self._last is None else self._last[3]

    @property
    def share(self) -> float | None:
        """Share of the time in the zone so far, 0 to 1; None before any time passed."""
        return self._time_inside / self._time if self._time > 0 else None

    @property
    def contacts(self) -> int:
        """Edge contacts so far."""
        return self._contacts

    def until(self, end: float) -> None:
        """Use no sample from this time on [s]: the trial ended early."""
        self.end = end

    def feed(self, block: Block) -> list[Measure]:
        """Take the next tilt, return the measures that are now due."""
        self._stream = block.info.name
        due: list[Measure] = []
        for t, (ml, ap) in zip(block.t.tolist(), block.data.tolist(), strict=True):
            if self.start <= t < self.end:
                seconds = math.floor(t - self.start)
                if seconds >= self._due:
                    self._due = seconds + max(1, seconds // 100)
                    due += self.final(self.start + seconds)
                self._take(t, ml, ap)
        return due

    def final(self, end: float) -> list[Measure]:
        """Return the measures of everything fed, as of this end [s].

        Feed all samples before ``end`` first, and none after it.
        """
        path, time, time_inside, gap = self._at(end)
        n = max(self.samples, 1)
        radial = (self._squares_ml + self._squares_ap) / n
        values = {
            "tilt_rms": math.sqrt(radial),
            "tilt_rms_ml": math.sqrt(self._squares_ml / n),
            "tilt_rms_ap": math.sqrt(self._squares_ap / n),
            "tilt_mean_speed": path / self._time if self._time > 0 else math.nan,
            "tilt_max": self._furthest,
            "tilt_p80": self.percentile(80.0),
            "time_in_zone": time_inside / time if time > 0 else math.nan,
        }
        if self.target.edges is not None:
            values["edge_contacts"] = float(self._contacts)
        found = told(
            values, (self.start, end), self._stream, samples=self.samples, gap=gap
        )
        return [measure.flagged("PROVISIONAL") for measure in found]

    def percentile(self, share: float) -> float:
        """Return the deviation that many percent of the samples stay within [rad].

        NaN before the first sample.
        """
        if self.samples == 0:
            return math.nan
        return float(np.percentile(np.array(self._deviations), share))

    def _take(self, t: float, ml: float, ap: float) -> None:
        away, _ = lean(ml, ap, self.target.axis)
        if self._last is None:
            self._longest_gap = t - self.start
        else:
            self._step(t, ml, ap, self._last)
        self._squares_ml += ml * ml
        self._squares_ap += ap * ap
        self._deviations.append(away)
        self._furthest = max(self._furthest, away)
        if self._trigger.step(t, ml, ap):
            self._contacts += 1
        x, y = self.target.at
        out, _ = lean(ml - x, ap - y, self.target.axis)
        self._last = (t, ml, ap, out <= self.target.zone)

    def _step(
        self, t: float, ml: float, ap: float, last: tuple[float, float, float, bool]
    ) -> None:
        t_last, ml_last, ap_last, inside = last
        dt, dml, dap = t - t_last, ml - ml_last, ap - ap_last
        self._longest_gap = max(self._longest_gap, dt)
        if dt <= HOLD:
            self._path += math.sqrt(dml * dml + dap * dap)
            self._time += dt
            self._time_inside += dt if inside else 0.0

    def _at(self, end: float) -> tuple[float, float, float, bool]:
        """Path, time, time inside with the last sample held to the end; any gap."""
        last = self._last
        rest = end - (self.start if last is None else last[0])
        gap = max(self._longest_gap, rest) > HOLD
        hold = rest if last is not None and 0.0 < rest <= HOLD else 0.0
        inside = hold if last is not None and last[3] else 0.0
        return self._path, self._time + hold, self._time_inside + inside, gap
