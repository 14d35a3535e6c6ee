"""Each way out and back, measured as soon as it is over."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.orientation import GYR, columns
from surefoot.analysis.smoothness import angular_speed, spectral_arc_length
from surefoot.core import Block, Measure
from surefoot.stream.lowpass import RESTART, Lowpass
from surefoot.stream.window_meter import GAP
from surefoot.stream.zigzag import ZigZag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Event

LONGEST = 30.0
"""A phase that is known to be over later than this after it began is not given [s]."""
RATE_CUTOFF = 6.0
"""Causal low-pass of the rate of turn, for onset and peak [Hz]."""
ONSET = 0.05
"""A movement lasts while its rate is above this share of its peak."""


class _Turn(NamedTuple):
    at: float
    deg: float


class PhaseMeter:
    """Measures every phase of a repetition, between two turns that `ZigZag` knows.

    A way out gives ``sparc``, ``repetition_range``, ``repetition_time_out`` and
    ``repetition_peak_rate``, a way back ``sparc`` and ``repetition_time_back``, all
    flagged ``PROVISIONAL``. They come when the turn that ends the phase is known, and
    their interval is that from turn to turn.

    Smoothness is the spectral arc length of the unfiltered size of the rate of turn;
    time and peak come from the rate low-passed at 6 Hz, time by the rule that less than
    5 % of the peak is no movement. Final values find turns and rates without delay and
    differ a little; the range is told to 0.01 degrees. A step of more than 0.2 s in a
    phase flags it ``GAP`` and leaves ``sparc`` NaN; a phase too short for it (0.25 s or
    16 samples) is flagged ``TOO_SHORT``. A phase with a step of more than 1 s, or known
    more than 30 s after it began, is not given.

    Parameters
    ----------
    target : float
        Range that the drill's stage asks for [rad].
    channel : str
        The angle that the drill moves [rad]; the stream has it beside ``gyr_x`` ...
    outward : int
        1 when the way out makes the angle grow, -1 when it makes it fall.
    start, end : float
        Only samples from ``start`` to before ``end`` are used [s].
    """

    def __init__(
        self,
        target: float,
        channel: str = "ml",
        outward: int = 1,
        start: float = -math.inf,
        end: float = math.inf,
    ) -> None:
        self._turns = ZigZag(target, channel, outward, start, end)
        self._lowpass = Lowpass(RATE_CUTOFF)
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._turns.reset()
        self._lowpass.reset()
        self._kept: list[Block] = []
        self._last: _Turn | None = None

    @property
    def count(self) -> int:
        """Ways out that have been ended."""
        return self._turns.count

    @property
    def samples(self) -> int:
        """How many samples are kept."""
        return sum(len(block) for block in self._kept)

    def feed(self, block: Block) -> list[Measure]:
        """Take samples of the angle and the rate of turn, return what is now known."""
        part = block.between(self._turns.start, self._turns.end)
        if not len(part):
            return []
        self._kept.append(self._rates(part))
        told: list[Measure] = []
        for event in self._turns.feed(part):
            if event.name == "turn":
                told += self._turned(event)
        newest = float(part.t[-1])
        while self._kept[0].t[-1] < newest - LONGEST:
            del self._kept[0]
        return told

    def _rates(self, part: Block) -> Block:
        """Return the size of the rate of turn, as it is and low-passed."""
        gyr = columns(part, GYR)
        info = replace(part.info, channels=GYR, units=("rad/s",) * 3)
        slow = self._lowpass.feed(part.with_data(gyr, info)).data
        sizes = np.stack([angular_speed(gyr), angular_speed(slow)], axis=1)
        info = replace(part.info, channels=("raw", "slow"), units=("rad/s",) * 2)
        return part.with_data(sizes, info)

    def _turned(self, event: Event) -> list[Measure]:
        detail = event.detail
        now = _Turn(float(str(detail["at"])), float(str(detail["deg"])))
        last, self._last = self._last, now
        if last is None or last.at < event.t - LONGEST:
            return []
        phase = Block.concat(self._kept).between(last.at, math.nextafter(now.at, 1e99))
        longest = float(np.diff(phase.t).max(initial=0.0))
        if len(phase) < 2 or longest > RESTART:
            return []
        values, flags = _measured(phase, gap=longest > GAP)
        if detail["end"] == "out":
            values["repetition_range"] = math.radians(abs(now.deg - last.deg))
            values["repetition_time_out"] = values.pop("time")
            values["repetition_peak_rate"] = values.pop("peak")
        else:
            values["repetition_time_back"] = values.pop("time")
            del values["peak"]
        name = phase.info.name
        return [
            Measure(n, value, _UNITS[n], last.at, now.at, name, flags)
            for n, value in values.items()
        ]


_UNITS = {
    "sparc": "1",
    "repetition_range": "rad",
    "repetition_time_out": "s",
    "repetition_time_back": "s",
    "repetition_peak_rate": "rad/s",
}


def _measured(phase: Block, *, gap: bool) -> tuple[dict[str, float], tuple[str, ...]]:
    raw, slow = phase.data.T
    moving = np.flatnonzero(slow > ONSET * slow.max())
    first, stop = (int(moving[0]), int(moving[-1]) + 1) if len(moving) else (0, 1)
    more = round(ONSET * (stop - first))
    wide = raw[max(first - more, 0) : stop + more]
    sparc = math.nan if gap else _smoothness(wide, phase.info.rate)
    short = not gap and math.isnan(sparc)
    flags = ("PROVISIONAL", *(("GAP",) if gap else ()), *(("TOO_SHORT",) * short))
    time = float(phase.t[stop - 1] - phase.t[first])
    return {"sparc": sparc, "time": time, "peak": float(slow.max())}, flags


def _smoothness(speed: NDArray[np.float64], rate: float) -> float:
    return spectral_arc_length(np.ascontiguousarray(speed), rate)
