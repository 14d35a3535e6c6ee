"""The part of a session that a drill is about: its dot, and the run under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import Event
from surefoot.session.state import Dot
from surefoot.session.tasks.making import make_run
from surefoot.training.task import Stretch
from surefoot.training.template import plain_template

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.core import Block, StreamInfo
    from surefoot.session.tasks import TaskRun
    from surefoot.training import Drill, Trial
    from surefoot.training.template import Template

    BlockSink = Callable[[Block], None]


_SLOWLY = (6.0, 20.0, 6.0)  # s out, held and back; only the way counts


class Lead:
    """What boards, bodies and force boards share.

    Parameters
    ----------
    trial : Trial
        Is told of what was found and of runs that ended themselves.
    info : StreamInfo
        Of the stream the dot comes from.
    sink : callable
        Gets every stream a chart can show.

    Attributes
    ----------
    live : bool
        Whether anything is shown or measured on the way, of the runs that begin from
        now on.
    dot : Dot or None
        The newest place of the dot.
    edges : (float, float) or None
        Where the edges of a board touch the floor [rad].
    run : TaskRun or None
        Under way or just over.
    template : Template or None
        The movement that is asked for.
    alone : bool
        Whether no other part of the session hands on this sensor's own samples.
    """

    def __init__(self, trial: Trial, info: StreamInfo, sink: BlockSink) -> None:
        self.live = True
        self.dot: Dot | None = None
        self.edges: tuple[float, float] | None = None
        self.run: TaskRun | None = None
        self.template: Template | None = None
        self.alone = True
        self.info = info
        self._trial = trial
        self._sink = sink
        self._rotation: NDArray[np.float64] | None = None

    @property
    def axis_deg(self) -> float | None:
        """The newest tilt in the drill's axis [deg], second edge positive."""
        return None

    def capture(self, t: float) -> None:
        """Look from now on for what the phase asks for."""
        raise NotImplementedError

    def tick(self, t: float) -> list[Event]:
        """Let time pass: what never comes is given up."""
        raise NotImplementedError

    def relevel(self) -> None:
        """Forget how the sensor sits; it has to be found again."""
        raise NotImplementedError

    def feed(self, raw: Block) -> list[Event]:
        """Take raw samples; return what was decided."""
        raise NotImplementedError

    def begin(self, start: float, zone: float) -> None:
        """Get the meters of a run ready."""
        trial = self._trial
        self.run = make_run(
            trial.drill,
            trial.set.stage,
            self.info,
            start,
            zone,
            self.edges,
            live=self.live,
            seed=trial.seed,
            template=self._asked,
        )
        self.run.rotation = self._rotation

    @property
    def _asked(self) -> Template | None:
        """The movement that is asked for; of a stretch the way that is free of pain."""
        stage = self._trial.set.stage
        if not isinstance(stage.task, Stretch):
            return self.template
        way = self._trial.agreed.way
        return None if way is None else plain_template(way, _SLOWLY)

    def _take(self, moved: Block, dot: tuple[float, float]) -> list[Event]:
        """Hand samples to the run under way; the last of them is the dot."""
        self._sink(moved)
        self.dot = Dot(float(moved.t[-1]), dot)
        if self.run is None or not self._trial.under_way:
            return []
        over = self.run.feed(moved, self._trial.end)
        events, self.run.events = self.run.events, []
        return [*events, *self._ended(over)]

    def _ended(self, over: float | None) -> list[Event]:
        if over is None or self.run is None:
            return []
        why = self.run.why or "stepped-off"
        told = [Event(over, "stepped-off")] if why == "stepped-off" else []
        return [*told, *self._trial.finish(over, why)]

    @property
    def _drill(self) -> Drill:
        return self._trial.drill
