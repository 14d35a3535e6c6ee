"""How far a repetition is along, for a picture: its trace and what the tempo asks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from surefoot.training.aim import Movement

if TYPE_CHECKING:
    from surefoot.core import Block
    from surefoot.stream import Repeated
    from surefoot.training.task import Repeat
    from surefoot.training.template import Template

Part = Literal["out", "hold", "back", "rest"]

BEGUN = math.radians(2.0)
"""A repetition begins when the angle has left its rest by so much; our default."""
SPARSE = 0.05
"""A trace has a point so often [s]."""
LONGEST = 60.0
"""A trace is never longer [s]."""
_WORDS: dict[Part, str] = {
    "out": "Out, slowly",
    "hold": "Hold",
    "back": "Back, slowly",
    "rest": "Begin when you are ready",
}


def words(part: Part, *, capture: bool) -> str:
    """Return what is said in a part of the tempo."""
    if capture:
        return "Move slowly, as far as it is free of pain"
    return _WORDS[part]


class Paced:
    """Follows the repetition under way; the tempo begins when the trainee does.

    Parameters
    ----------
    template : Template
        The movement.
    task : Repeat
        Portion and tempo of today.
    way : float
        How far to go [rad].
    """

    def __init__(self, template: Template, task: Repeat, way: float) -> None:
        self._task = task
        self._curve = template.curve(task.portion, task.tempo)
        self._shown = () if task.capture else self._curve
        self._begun: float | None = None
        self._trace: tuple[tuple[float, float], ...] = ()
        self._rest = 0.0
        self._beyond = max(BEGUN, 0.05 * way)

    def feed(self, part: Block, over: list[Repeated]) -> None:
        """Take samples of the angle, and the repetitions that were over in them."""
        ends = [rep.known for rep in over]
        for t, angle in zip(part.t.tolist(), part.data[:, 0].tolist(), strict=True):
            while ends and ends[0] <= t:
                ends.pop(0)
                self._begun, self._rest = None, angle
            self._step(t, angle)

    def movement(self, t: float) -> Movement:
        """Return the repetition under way beside the one asked for."""
        begun, trace = self._begun, self._trace
        part, turn_in = self._part(None if begun is None else t - begun)
        return Movement(self._shown, trace, self._task.portion, part, turn_in)

    def at(self, t: float) -> float:
        """Return where the angle should be now [rad]."""
        begun = self._begun
        if begun is None or self._task.capture:
            return 0.0
        since = min(max(t - begun, 0.0), self._curve[-1][0])
        place = since / self._curve[-1][0] * (len(self._curve) - 1)
        first = min(int(place), len(self._curve) - 2)
        a, b = self._curve[first][1], self._curve[first + 1][1]
        return a + (b - a) * (place - first)

    def _part(self, since: float | None) -> tuple[Part, float | None]:
        if since is None or self._task.capture:
            return "rest", None
        out, hold, back = self._task.tempo
        parts: tuple[tuple[Part, float], ...] = (
            ("out", out),
            ("hold", out + hold),
            ("back", out + hold + back),
        )
        for part, end in parts:
            if since < end:
                return part, end - since
        return "rest", None

    def _step(self, t: float, angle: float) -> None:
        if self._begun is None:
            self._rest = min(self._rest, angle)
            if angle > self._rest + self._beyond:
                self._begun, self._trace = t, ((0.0, angle),)
            return
        since = t - self._begun
        if since - self._trace[-1][0] >= SPARSE and since <= LONGEST:
            self._trace = (*self._trace, (since, angle))
