"""Counts repetitions while they are done."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.turns import Turn, Turns, hysteresis
from surefoot.core import Event
from surefoot.stream.lowpass import RESTART, Lowpass

if TYPE_CHECKING:
    from surefoot.core import Block

RETURNED = 0.8
"""So much of the way back is enough to say so, before the turn can be known."""


class ZigZag:
    """Tells when a movement turned, and counts how often it went out.

    The angle passes a causal low-pass (3 Hz, order 2); a turn is known once the angle
    has come back by ``max(5 deg, 0.3 target)``, in practice 0.6 to 1.5 s after it.
    Events, stamped with the time of the sample at which they are known:

    * ``turn`` (``at``: when it was; ``deg``: where; ``end``: ``"out"`` or ``"in"``);
    * ``repetition`` (``count``, ``deg``: range, ``seconds``: from turn to turn, a rest
      before the way out included) with the turn that ends a way out;
    * ``returned`` (``count``) when 80 % of the way back is done.

    The final numbers are those of `surefoot.analysis.repetitions.find_repetitions`.
    After a gap of more than 1 s the movement is looked for anew; the count stays.

    Parameters
    ----------
    target : float
        Range that the drill's stage asks for [rad].
    channel : str
        The channel of the stream that the drill moves.
    outward : int
        1 when the way out makes the angle grow, -1 when it makes it fall.
    start : float
        Samples before this are not used [s].
    end : float
        Samples from here on are not used [s]; `until` may set it later.
    """

    def __init__(
        self,
        target: float,
        channel: str = "ml",
        outward: int = 1,
        start: float = -math.inf,
        end: float = math.inf,
    ) -> None:
        self.channel = channel
        self.outward = outward
        self.start = start
        self._planned_end = end
        self._turns = Turns(hysteresis(target))
        self._lowpass = Lowpass(3.0, 2)
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self.end = self._planned_end
        self.count = 0
        """Ways out that have been ended."""
        self.angle: float | None = None
        """Newest angle, low-passed [rad]; None before the first."""
        self._turns.reset()
        self._lowpass.reset()
        self._last = -math.inf
        self._turn: Turn | None = None
        self._way = 0.0

    def until(self, end: float) -> None:
        """Use no sample from this time on [s]: the trial ended early."""
        self.end = end

    def feed(self, block: Block) -> list[Event]:
        """Take the next samples, return what is now known."""
        low = self._lowpass.feed(self._angle(block.between(self.start, self.end)))
        events: list[Event] = []
        for t, angle in zip(low.t.tolist(), low.data[:, 0].tolist(), strict=True):
            events += self._step(t, self.outward * angle)
            self.angle = angle
        return events

    def _angle(self, block: Block) -> Block:
        column = block.info.columns(self.channel)[0]
        info = replace(
            block.info, channels=(self.channel,), units=(block.info.units[column],)
        )
        data = np.ascontiguousarray(block.data[:, column : column + 1])
        return block.with_data(data, info)

    def _step(self, t: float, angle: float) -> list[Event]:
        if t - self._last > RESTART:
            self._turns.reset()
            self._turn = None
        self._last = t
        turn = self._turns.step(t, angle)
        events = self._turned(t, turn) if turn is not None else []
        if self._way and self._turn is not None:
            events += self._returned(t, self._turn.angle - angle)
        return events

    def _turned(self, t: float, turn: Turn) -> list[Event]:
        before, self._turn = self._turn, turn
        self._way = 0.0
        deg = round(math.degrees(self.outward * turn.angle), 2)
        end = "out" if turn.top else "in"
        events = [Event(t, "turn", {"at": turn.t, "deg": deg, "end": end})]
        if turn.top and before is not None:
            self.count += 1
            self._way = turn.angle - before.angle
            events.append(Event(t, "repetition", self._told(turn, before)))
        return events

    def _told(self, turn: Turn, before: Turn) -> dict[str, str | int | float | bool]:
        return {
            "count": self.count,
            "deg": round(math.degrees(turn.angle - before.angle), 2),
            "seconds": round(turn.t - before.t, 3),
        }

    def _returned(self, t: float, back: float) -> list[Event]:
        if back < RETURNED * self._way:
            return []
        self._way = 0.0
        return [Event(t, "returned", {"count": self.count})]
