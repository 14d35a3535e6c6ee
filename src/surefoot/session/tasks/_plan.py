"""What a run is made from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.core import StreamInfo
    from surefoot.training import Drill
    from surefoot.training.task import Stage
    from surefoot.training.template import Template


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about one set that is known before it begins.

    Attributes
    ----------
    drill : Drill
        Zone rules, axis, what is to be measured.
    stage : Stage
        Task, position, length.
    info : StreamInfo
        Of the dot's stream.
    start : float
        First instant of the run [s].
    zone : float
        Radius of the zone, in the unit of the dot.
    edges : tuple of float or None
        Tilt at which each edge touches the floor [rad]; None when not levelled.
    live : bool
        Whether somebody is looking: without it nothing is cued or measured on the way,
        only what ends the run and its quality are found.
    seed : int
        Everything random comes from it.
    template : Template or None
        The movement to be repeated; of a stretch, its way is the pain-free range.
    height : float or None
        Body height [m], where it was told.
    """

    drill: Drill
    stage: Stage
    info: StreamInfo
    start: float
    zone: float = math.inf
    edges: tuple[float, float] | None = None
    live: bool = True
    seed: int = 0
    template: Template | None = None
    height: float | None = None
