"""Each repetition of a movement, measured as soon as it is over."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.repetition_measures import POINTS
from surefoot.analysis.smoothness import spectral_arc_length
from surefoot.core import Block
from surefoot.stream.lowpass import RESTART, Lowpass
from surefoot.stream.window_meter import GAP
from surefoot.stream.zigzag import ZigZag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Event

LONGEST = 60.0
"""What was longer ago does not belong to a repetition [s]."""
ONSET = 0.05
"""A movement lasts while its speed is above this share of its peak."""
SLOWEST = math.radians(2.0)
"""Below this speed nothing moves, whatever the peak was; our default [rad/s]."""
ENDS = 0.1
"""Between this share of the way and all but this share somebody is under way."""
STILL = 0.3
"""Back and still for so long: the repetition is over; our default [s]."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One movement there and back.

    Attributes
    ----------
    count : int
        Which one, from 1.
    start, end : float
        When it began and was over [s].
    known : float
        When that was known [s].
    extent : float
        From the low before it to its top [rad].
    tempo : (float, float, float)
        Seconds out, held and back, as of smooth (minimum-jerk) movements; of an even
        speed out and back are up to 13 % too long.
    peak : float
        Largest speed of the angle, either way [rad/s].
    sparc : float
        Mean spectral arc length of the way out and the way back; NaN with a gap or
        where a way is too short.
    gap : bool
        Whether more than 0.2 s are without a sample.
    curve : tuple of float
        Angle at 0 to 100 % of its time, 101 points, from its own start [rad].
    """

    count: int
    start: float
    end: float
    known: float
    extent: float
    tempo: tuple[float, float, float]
    peak: float
    sparc: float
    gap: bool
    curve: tuple[float, ...]

    @property
    def ruled(self) -> tuple[float, float, float]:
        """Seconds out, held and back by the 5 % rule, as the final values are told."""
        (out, held, back), cut = self.tempo, slow_part(ONSET)
        return out * (1 - 2 * cut), held + cut * (out + back), back * (1 - 2 * cut)


def slow_part(share: float) -> float:
    """Return for how long a smooth movement is slower than a share of its peak.

    Of each end, as a share of the movement, 0 to 0.5: the speed of a minimum-jerk
    movement is ``16 u^2 (1 - u)^2`` of its peak after a share u of its time.
    """
    return (1.0 - math.sqrt(1.0 - math.sqrt(min(max(share, 0.0), 1.0)))) / 2.0


class RepetitionMeter:
    """Measures every repetition that `ZigZag` finds.

    It is over when the angle has come back by 80 % and then is still for 0.3 s, or when
    the next way out is known to have begun. Speed is that of the angle, low-passed at
    6 Hz; smoothness is that of the speed of turning where there is one, unfiltered.

    Parameters
    ----------
    target : float
        Range that is asked for [rad].
    angle, turn : str
        Channels: the angle, out positive [rad]; the size of the rate of turn [rad/s].
    start, end : float
        Only samples from ``start`` to before ``end`` are used [s].
    """

    def __init__(
        self,
        target: float,
        angle: str = "angle",
        turn: str = "turn",
        start: float = -math.inf,
        end: float = math.inf,
    ) -> None:
        self._channels = (angle, turn)
        self._turns = ZigZag(target, angle, 1, start, end)
        self._lowpass = Lowpass(6.0)
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._turns.reset()
        self._lowpass.reset()
        self.count = 0
        """Repetitions that are over."""
        self._kept: list[Block] = []
        self._before = (-math.inf, 0.0)
        self._low: tuple[float, float] | None = None
        self._top: tuple[float, float] | None = None
        self._returned = False
        self._peak = 0.0
        self._still: float | None = None

    def feed(self, block: Block) -> list[Repeated]:
        """Take the next samples, return the repetitions that are now over."""
        part = block.between(self._turns.start, self._turns.end)
        if not len(part):
            return []
        moved = self._moved(part)
        self._kept.append(moved)
        events = self._turns.feed(part)
        told: list[Repeated] = []
        at = 0
        for t, speed in zip(moved.t.tolist(), moved.data[:, 2].tolist(), strict=True):
            while at < len(events) and events[at].t <= t:
                told += self._event(events[at])
                at += 1
            told += self._look(t, speed)
        self._forget(float(part.t[-1]))
        return told

    def _moved(self, part: Block) -> Block:
        """Return angle, speed of turning and low-passed speed of the angle."""
        picked = part.data[:, part.info.columns(*self._channels)]
        speeds: list[float] = []
        for t, angle in zip(part.t.tolist(), picked[:, 0].tolist(), strict=True):
            last, was = self._before
            near = t - last <= GAP
            speeds.append((angle - was) / (t - last) if near else 0.0)
            self._before = (t, angle)
        info = replace(part.info, channels=("speed",), units=("rad/s",))
        slow = self._lowpass.feed(part.with_data(np.array([speeds]).T.copy(), info))
        info = replace(
            part.info,
            channels=("angle", "turn", "speed"),
            units=("rad", "rad/s", "rad/s"),
        )
        return part.with_data(np.hstack([picked, slow.data]), info)

    def _event(self, event: Event) -> list[Repeated]:
        if event.name == "returned":
            self._returned = self._top is not None
            self._still = None
            return []
        if event.name != "turn":
            return []
        told = event.detail
        turn = (float(str(told["at"])), math.radians(float(str(told["deg"]))))
        if told["end"] == "out":
            self._top, self._returned, self._still = turn, False, None
            self._peak = 0.0
            return []
        over = self._over(turn[0], event.t) if self._top is not None else []
        self._low, self._top = turn, None
        return over

    def _look(self, t: float, speed: float) -> list[Repeated]:
        """Return the repetition that stillness ends, if it does now."""
        self._peak = max(self._peak, -speed)
        if not self._returned:
            return []
        if abs(speed) > max(ONSET * self._peak, SLOWEST):
            self._still = None
            return []
        if self._still is None:
            self._still = t
        if t - self._still < STILL:
            return []
        still = self._still
        over = self._over(still, t)
        self._top, self._returned, self._still = None, False, None
        return over

    def _over(self, end: float, known: float) -> list[Repeated]:
        low, top = self._low, self._top
        if low is None or top is None:
            return []
        first = max(low[0], known - LONGEST)
        whole = Block.concat(self._kept).between(first, math.nextafter(end, 1e99))
        if not len(whole):
            return []
        longest = float(np.diff(whole.t).max(initial=0.0))
        turn = int(np.searchsorted(whole.t, top[0]))
        if not 2 <= turn <= len(whole) - 2 or longest > RESTART:
            return []
        out = _moving(whole[: turn + 1], 1.0)
        back = _moving(whole[turn:], -1.0).later(turn)
        t = whole.t
        begun = float(t[out.first]) - out.cut * out.whole(t)
        over = float(t[back.last]) + back.cut * back.whole(t)
        self.count += 1
        gap = longest > GAP
        smooth = [math.nan if gap else _smooth(whole, way) for way in (out, back)]
        return [
            Repeated(
                self.count,
                start=begun,
                end=over,
                known=known,
                extent=top[1] - low[1],
                tempo=_tempo(t, out, back),
                peak=float(np.abs(whole.data[:, 2]).max()),
                sparc=(smooth[0] + smooth[1]) / 2,
                gap=gap,
                curve=_curve(whole, begun, over),
            )
        ]

    def _forget(self, newest: float) -> None:
        """Keep what the repetition under way can still need."""
        least = newest - LONGEST
        if self._low is not None:
            least = max(least, self._low[0])
        while len(self._kept) > 1 and self._kept[0].t[-1] < least:
            del self._kept[0]


class _Way(NamedTuple):
    """First and last sample of a movement one way, and the share of it that is cut."""

    first: int
    last: int
    cut: float

    def later(self, by: int) -> _Way:
        return _Way(self.first + by, self.last + by, self.cut)

    def whole(self, t: NDArray[np.float64]) -> float:
        """Return how long the movement took, with what was cut put back [s]."""
        return float(t[self.last] - t[self.first]) / max(1 - 2 * self.cut, 0.1)


def _moving(way: Block, sign: float) -> _Way:
    """Return where the movement in one direction is faster than next to nothing.

    It goes on from the way itself without a stop: what somebody sways before it and
    after it is no part of it.
    """
    speed = sign * way.data[:, 2]
    peak = float(speed.max())
    least = max(ONSET * peak, SLOWEST)
    if not peak > least:
        return _Way(0, len(way) - 1, 0.0)
    done = sign * way.data[:, 0]
    done = done - done.min()
    far = int(np.argmax(done >= (1 - ENDS) * done.max()))
    near = np.flatnonzero(done[: far + 1] <= ENDS * done.max())
    start = int(near[-1]) if len(near) else 0
    slow = np.flatnonzero(speed <= least)
    before, after = slow[slow <= start], slow[slow >= far]
    first = min(int(before[-1]) + 1, start) if len(before) else 0
    last = max(int(after[0]) - 1, far) if len(after) else len(way) - 1
    return _Way(first, last, slow_part(least / peak))


def _tempo(t: NDArray[np.float64], out: _Way, back: _Way) -> tuple[float, float, float]:
    there, home = out.whole(t), back.whole(t)
    between = float(t[back.first] - t[out.last])
    held = between - out.cut * there - back.cut * home
    return there, max(float(held), 0.0), home


def _smooth(whole: Block, way: _Way) -> float:
    more = round(ONSET * (way.last - way.first))
    part = whole[max(way.first - more, 0) : way.last + 1 + more]
    turning = part.data[:, 1] if part.data[:, 1].any() else np.abs(part.data[:, 2])
    return spectral_arc_length(np.ascontiguousarray(turning), whole.info.rate)


def _curve(whole: Block, begun: float, over: float) -> tuple[float, ...]:
    places = np.linspace(begun, over, POINTS)
    angle = np.interp(places, whole.t, whole.data[:, 0])
    return tuple((angle - angle[0]).tolist())
