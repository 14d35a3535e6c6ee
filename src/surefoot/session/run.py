"""One run on a levelled board that is kept level, as the oldest drills have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.session.tasks._plan import Plan
from surefoot.session.tasks.hold import Hold

if TYPE_CHECKING:
    from surefoot.core import StreamInfo
    from surefoot.training import Drill


class Run(Hold):
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
        As in `Plan`.
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
        stage = replace(drill.stages[0], duration=drill.duration)
        super().__init__(Plan(drill, stage, info, start, zone, edges, live))
