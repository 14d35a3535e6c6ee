"""Edge contacts: a threshold with hysteresis, one sample at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.target import lean

if TYPE_CHECKING:
    from surefoot.analysis.target import Target


class EdgeTrigger:
    """Tells when an edge of the board comes down.

    Without hysteresis the count depends on sampling rate and noise. A contact begins
    at ``target.levels(side)[0]``, ends at or below ``[1]``, and one that begins
    sooner than ``target.debounce`` after the last of that edge continues it.

    Parameters
    ----------
    target : Target
        The edges and the rules.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        sides = ("left", "right", "front", "back")
        self._levels = {side: target.levels(side) for side in sides}
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._touching = ""
        self._released: dict[str, float] = {}

    def step(self, t: float, ml: float, ap: float) -> str:
        """Take the next sample.

        Returns
        -------
        str
            ``"left"``, ``"right"``, ``"front"`` or ``"back"`` when a contact begins
            with this sample, else empty.
        """
        amount, side = lean(ml, ap, self._target.axis)
        # a board that tilts every way rolls along one edge: one contact, whatever side
        edge = "any" if self._target.axis == "both" else side
        begin, end = self._levels[side]
        if self._touching and (amount <= end or edge != self._touching):
            self._released[self._touching] = t
            self._touching = ""
        if self._touching or amount < begin:
            return ""
        self._touching = edge
        since = t - self._released.get(edge, -math.inf)
        return side if since >= self._target.debounce else ""
