"""The newest samples of one stream, kept for the strip charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.session.snapshot import Track

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.core import Block


@dataclass(frozen=True, slots=True)
class Strip:
    """How a stream is shown on a strip chart.

    Attributes
    ----------
    title : str
        What a person calls it.
    channels : tuple of str
        One label a column; further columns of the stream are not shown.
    unit : str
        As shown.
    scale : float
        From the stream's SI unit to ``unit``.
    """

    title: str
    channels: tuple[str, ...]
    unit: str
    scale: float


STRIPS: dict[str, Strip] = {
    "board/tilt": Strip("Board tilt", ("left-right", "front-back"), "deg", 180 / np.pi),
    "board/cop": Strip(
        "Centre of pressure", ("left-right", "front-back"), "mm", 1000.0
    ),
    "trunk/lean": Strip("Trunk lean", ("lean",), "deg", 180 / np.pi),
    "board/turn": Strip("Board turn rate", ("x", "y", "z"), "deg/s", 180 / np.pi),
    "board/acc": Strip("Board acceleration", ("x", "y", "z"), "m/s^2", 1.0),
}
"""The streams that have a strip chart, in the order in which they are shown."""

_DRILLED: dict[str, Strip] = {
    "tilt": Strip("Lean", ("left-right", "front-back"), "deg", 180 / np.pi),
    "angle": Strip("Angle", ("angle",), "deg", 180 / np.pi),
    "place": Strip("Place of the weight", ("left-right", "front-back"), "mm", 1000.0),
}
"""Those that a drill may be about, whatever the sensor's role; they come first."""


def strip_of(name: str) -> Strip | None:
    """Return how a stream is shown, None where it is not."""
    return STRIPS.get(name) or _DRILLED.get(name.partition("/")[2])


def in_order(names: Iterable[str]) -> list[str]:
    """Return streams in the order in which they are shown."""
    names = list(names)
    if any(name.endswith("/place") for name in names):
        # the same weight about another middle: one chart is enough
        names = [name for name in names if not name.endswith("/cop")]
    known = list(STRIPS)
    rank = {name: i for i, name in enumerate(known)}
    return sorted(names, key=lambda name: (rank.get(name, -1), name))


class Ring:
    """Keeps the last seconds of a stream in one array that is never reallocated.

    Parameters
    ----------
    strip : Strip
        How it is shown.
    rate : float
        Nominal sampling rate [Hz].
    seconds : float
        How much is kept.
    """

    def __init__(self, strip: Strip, rate: float, seconds: float = 31.0) -> None:
        self._strip = strip
        self._rate = rate
        self._keep = int(seconds * rate * 1.1)
        self._t = np.empty(2 * self._keep)
        self._data = np.empty((2 * self._keep, len(strip.channels)))
        self._n = 0

    def append(self, block: Block) -> None:
        """Take the next block."""
        n = min(len(block), self._keep)
        if self._n + n > len(self._t):
            self._slide()
        end = self._n + n
        self._t[self._n : end] = block.t[len(block) - n :]
        shown = block.data[len(block) - n :, : len(self._strip.channels)]
        self._data[self._n : end] = shown * self._strip.scale
        self._n = end

    def track(self) -> Track:
        """Return a copy of what is kept."""
        first = max(0, self._n - self._keep)
        t = self._t[first : self._n].copy()
        data = self._data[first : self._n].copy()
        s = self._strip
        return Track(s.title, s.channels, s.unit, self._rate, t, data)

    def _slide(self) -> None:
        first = self._n - self._keep
        self._t[: self._keep] = self._t[first : self._n]
        self._data[: self._keep] = self._data[first : self._n]
        self._n = self._keep
