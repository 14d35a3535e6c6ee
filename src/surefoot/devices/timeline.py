"""Gives the samples of each packet their times, and counts what was lost."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from surefoot.devices.clock import ClockFit
from surefoot.devices.counter import Unwrapper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from surefoot.devices.layout import Timing
    from surefoot.devices.packet_format import Content

SECOND_NS = 1_000_000_000

LATE_NS = SECOND_NS
"""Later than this means samples are missing, not that the radio stalled."""

PAUSE_NS = 3 * SECOND_NS
"""A device clock that is late for this long was stopped for a while."""

KEPT_RESIDUALS = 256

_EVER = 1 << 62
_CLOCKED_LEAK_PPM = 200  # crystals differ by 100 ppm at most
_COUNTED_LEAK_PPM = 20_000  # nominal rates are off by up to 2 %
_BLIND_LEAK_PPM = 60_000  # nobody sees a loss: its 10 ms are made up for in 0.2 s


class Timeline:
    """Sample times of one stream's packets, strictly increasing for good.

    Device time is the device's clock where there is one; else the number of samples,
    with lost packets counted in, times the nominal period. `ClockFit` turns it into
    host time. Samples within a packet stand one nominal period apart, or closer where
    packets come so fast that they would overlap the next.

    Parameters
    ----------
    timing : Timing
        From the profile.
    rate : float
        Nominal rate [Hz].
    counter_bits : int
        Width of the packet counter; 0 if there is none.
    t0_ns : int
        Host time that is session time zero [ns].
    """

    def __init__(
        self, timing: Timing, rate: float, counter_bits: int, t0_ns: int
    ) -> None:
        self.lost = 0
        """Packets missing so far."""
        self.duplicates = 0
        """Packets that came again."""
        self.residuals: deque[int] = deque(maxlen=KEPT_RESIDUALS)
        """Reception minus time of the newest sample, last packets [ns]."""
        self._timing = timing
        self._rate_mhz = round(rate * 1000)
        self._period = round(SECOND_NS / rate)
        self._tick_ns = SECOND_NS / timing.tick_hz
        self._ticks = Unwrapper(timing.bits) if timing.field else None
        self._count = Unwrapper(counter_bits) if timing.counter else None
        self._fit = ClockFit(_leak_ppm(timing))
        self._t0 = t0_ns
        self._samples = 0
        self._late_since: int | None = None
        self._broken = False
        self._start: int | None = None
        self._floor = -_EVER

    def cut(self) -> None:
        """Take note that the link broke: what comes next may be late by anything."""
        self._broken = True

    def take(self, content: Content, arrival: int) -> NDArray[np.float64] | None:
        """Return session times of the samples [s], or None for a packet come again."""
        span = self._span(content)
        found = self._next(content, span, arrival)
        if found is None:
            return None
        start, spacing = found
        if content.later is None:
            steps = _steps(content.n, spacing)
        else:
            steps = content.later * SECOND_NS // self._timing.tick_hz
        return (steps + (start - self._t0)) / SECOND_NS

    def take_all(
        self, contents: Iterable[Content], arrivals: Iterable[int], n: int
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return what `take` returns for packets of ``n`` samples, one after the other.

        Returns
        -------
        t : ndarray, shape (m, n)
            Session times of the samples of the packets that are new [s].
        new : ndarray of bool
            Which of the packets did not come again; m of them.
        """
        span = (n - 1) * self._period
        found = list(map(self._next, contents, repeat(span), arrivals))
        new = np.array([one is not None for one in found], np.bool_)
        zero = self._t0
        kept = [(one[0] - zero, one[1]) for one in found if one is not None]
        starts, spacings = np.array(kept, np.int64).reshape(-1, 2).T
        steps = np.arange(n, dtype=np.int64) * spacings[:, None]
        return (steps + starts[:, None]) / SECOND_NS, new

    def _next(
        self, content: Content, span: int, arrival: int
    ) -> tuple[int, int] | None:
        """Return where a packet begins and how far apart its samples are [ns].

        None for a packet come again. The distance means nothing where each sample has
        a time of its own.
        """
        ticks = self._ticks
        if ticks is None:
            first = self._counted(content, arrival)
        else:
            first = self._clocked(ticks, content, arrival, span)
        if first is None:
            self.duplicates += 1
            return None
        start = self._fit.place(first, first + span, arrival, self._floor)
        spacing = self._period
        if content.later is None:
            spacing = self._spacing(content.n, start)
            span = (content.n - 1) * spacing
        self._start = start
        self._floor = start + span + self._period // 4 + 1
        self.residuals.append(arrival - start - span)
        return start, spacing

    def _span(self, content: Content) -> int:
        if content.later is None:
            return (content.n - 1) * self._period
        return int(content.later[-1]) * SECOND_NS // self._timing.tick_hz

    def _clocked(
        self, ticks: Unwrapper, content: Content, arrival: int, span: int
    ) -> int | None:
        read = ticks.read(content.tick, arrival, self._tick_ns)
        if read.change == "stale":
            return None
        first = read.value * SECOND_NS // self._timing.tick_hz
        if self._timing.stamp == "last":
            first -= span
        if read.change == "restart":
            self._fit.restart()
        self._tally(content, arrival, read.step * self._tick_ns)
        self._resume(first + span, arrival)
        return first

    def _tally(self, content: Content, arrival: int, elapsed: float) -> None:
        """Count lost packets by the counter, or by the clock where there is none."""
        packet_ns = content.n * self._period
        if self._count is not None:
            read = self._count.read(content.seq, arrival, packet_ns)
            self.lost += max(read.step - 1, 0)
        else:
            self.lost += max(round(elapsed / packet_ns) - 1, 0)

    def _resume(self, newest: int, arrival: int) -> None:
        """Fit anew when the device's clock has stood still for a while."""
        if self._fit.lateness(newest, arrival) <= LATE_NS:
            self._late_since = None
        elif self._late_since is None:
            self._late_since = arrival
        elif arrival - self._late_since > PAUSE_NS:
            self._late_since = None
            self._fit.restart()

    def _counted(self, content: Content, arrival: int) -> int | None:
        missing = self._missing(content, arrival)
        if missing is None:
            return None
        self.lost += missing
        self._samples += missing * content.n
        self._leap(content, arrival)
        first = self._device_ns(self._samples)
        self._samples += content.n
        return first

    def _missing(self, content: Content, arrival: int) -> int | None:
        """Return the packets lost before this one; None if it came again."""
        if self._count is None:
            return 0
        read = self._count.read(content.seq, arrival, content.n * self._period)
        if read.change == "stale":
            return None
        return max(read.step - 1, 0)

    def _leap(self, content: Content, arrival: int) -> None:
        """Leave a gap where samples are too late to be merely delayed."""
        newest = self._device_ns(self._samples + content.n - 1)
        late = self._fit.lateness(newest, arrival)
        limit, self._broken = self._period if self._broken else LATE_NS, False
        if late > limit:
            gap = late // self._period
            self._samples += gap
            self.lost += 0 if self._count else gap // content.n

    def _device_ns(self, sample: int) -> int:
        return sample * 1000 * SECOND_NS // self._rate_mhz

    def _spacing(self, n: int, start: int) -> int:
        """Return the time between samples: a period, or what there is room for."""
        if self._start is None:
            return self._period
        advance = start - self._start
        fast = advance * 10 < n * self._period * 9
        return max(advance // n, 1) if fast else self._period


def _leak_ppm(timing: Timing) -> int:
    if timing.field:
        return _CLOCKED_LEAK_PPM
    return _COUNTED_LEAK_PPM if timing.counter else _BLIND_LEAK_PPM


@lru_cache(maxsize=64)
def _steps(n: int, spacing: int) -> NDArray[np.int64]:
    return np.arange(n, dtype=np.int64) * spacing
