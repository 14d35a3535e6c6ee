"""What the engine asks of a run, whatever its task is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.core import Block, Event, JsonValue, Measure
    from surefoot.session.snapshot import Result
    from surefoot.training import Verdict
    from surefoot.training.aim import Aim
    from surefoot.training.task import Stage


class TaskRun(Protocol):
    """Takes the dot's samples from ``start`` on; all of it obeys the cutting law.

    Commands and ticks are cut points: every sample that came before one was fed.
    """

    start: float
    zone: float
    """Radius of the zone, in the unit of the dot; 0 where there is none."""
    edges: tuple[float, float] | None
    rotation: NDArray[np.float64] | None
    """From the sensor's frame to the dot's; set by who begins the run."""
    events: list[Event]
    """Decided since the engine last took them."""
    measures: list[Measure]
    """Measured on the way since the engine last took them."""
    over: float | None
    """When it was known to be over [s]."""
    why: str
    """Why the run ended itself: ``"stepped-off"``, ``"done"`` ...; empty until then."""

    @property
    def stage(self) -> Stage:
        """The part of the drill that is done."""
        ...

    @property
    def cue(self) -> str:
        """The side that is too far out for longer than allowed, or nothing."""
        ...

    @property
    def share(self) -> float | None:
        """Share of what was asked that was kept so far, 0 to 1."""
        ...

    @property
    def hides(self) -> bool:
        """Whether the dot is not to be seen now, whatever the set says."""
        ...

    def feed(self, dot: Block, end: float) -> float | None:
        """Take samples up to ``end``; return when it is known that the run is over."""
        ...

    def told(self, t: float, told: Mapping[str, JsonValue]) -> float | None:
        """Take a ``count`` command; return when it ends the run, else None."""
        ...

    def tick(self, t: float) -> None:
        """Let time pass: cues that no sample brings."""
        ...

    def aim(self, t: float) -> Aim | None:
        """Return what to show at ``t``; may be asked from another thread."""
        ...

    def verdict(self, end: float, delays: Sequence[tuple[float, float]]) -> Verdict:
        """Return how good the data from the start to ``end`` are."""
        ...

    def result(
        self, end: float, ended: str, delays: Sequence[tuple[float, float]]
    ) -> Result:
        """Return what the run came to, quality first."""
        ...

    def suggested_zone(self, end: float) -> float | None:
        """Return a zone that fits what was just done; None where there is none."""
        ...
