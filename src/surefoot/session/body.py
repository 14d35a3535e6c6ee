"""A part of the body in a session: how it was held at the start, how it moves since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.mounting import SHARE_BODY, mounting_rotation
from surefoot.analysis.orientation import ACC, columns
from surefoot.core import Block, Event, StreamInfo
from surefoot.session.lead import Lead
from surefoot.session.motion import FEEDBACK_HZ, Motion
from surefoot.stream import Lowpass, Rest, RestWindow, ToBoard
from surefoot.stream.body import (
    Bend,
    Turn,
    angle_info,
    beyond_gravity,
    lean_info,
    speed_of_turning,
)
from surefoot.stream.bow import Bow
from surefoot.training.task import Repeat

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from surefoot.session.setup import Sensor
    from surefoot.training import Trial

    BlockSink = Callable[[Block], None]


class Body(Lead):
    """Takes the raw samples of a sensor that somebody wears.

    Parameters
    ----------
    sensor : Sensor
        The one worn.
    info : StreamInfo
        Of its samples.
    trial : Trial
        Is told of stillness and of the bow that were found.
    sink : callable
        Gets every stream a chart can show.
    """

    def __init__(
        self, sensor: Sensor, info: StreamInfo, trial: Trial, sink: BlockSink
    ) -> None:
        leans = trial.drill.signal == "lean"
        super().__init__(trial, lean_info(info) if leans else angle_info(info), sink)
        self._leans = leans
        self._plain = StreamInfo("body/angle", ("angle",), ("rad",), info.rate)
        self._motion = Motion(sensor, info)
        self._window: RestWindow | Bow | None = None
        self._rest: Rest | None = None
        self._tilt: ToBoard | None = None
        self._angle: Bend | Turn | None = None
        self._smooth = Lowpass(FEEDBACK_HZ)
        self._zero, self._sign, self._newest = 0.0, 1.0, 0.0

    def capture(self, t: float) -> None:
        """Look for stillness from now on."""
        self.relevel()
        self._window = RestWindow(t)

    def tick(self, t: float) -> list[Event]:
        """Let time pass: what never comes is given up."""
        if self._window is None or not self._window.expire(t):
            return []
        return self._given_up(t)

    def relevel(self) -> None:
        """Forget the pose; it has to be found again."""
        self._window = self._rest = self._tilt = self._angle = None
        self._rotation = self.dot = None
        self._smooth.reset()

    def begin(self, start: float, zone: float) -> None:
        """Get the meters of a run ready; a turn is counted from where it is now."""
        stage = self._trial.set.stage
        self._sign = -1.0 if stage.side == "left" and self._turns else 1.0
        self._zero = self._newest if self._turns else 0.0
        super().begin(start, zone)

    def feed(self, raw: Block) -> list[Event]:
        """Take raw samples; return what was decided."""
        clean, up = self._motion.feed(raw)
        if self.alone:
            self._sink(clean)
        events: list[Event] = []
        while len(clean):
            used, decided = self._step(clean, up)
            events.extend(decided)
            clean, up = clean[used:], up[used:]
        return events

    def _step(self, clean: Block, up: Block) -> tuple[int, list[Event]]:
        window = self._window
        if window is None:
            return len(clean), self._move(clean, up)
        found = window.feed(clean)
        known = _known(window)
        if known is None:
            return len(clean), self._move(clean, up)
        used = int(clean.t.searchsorted(known))
        events = self._move(clean[:used], up[:used])
        if not found:
            return used, [*events, *self._given_up(known)]
        return used, [*events, *self._found(window, known)]

    def _found(self, window: RestWindow | Bow, t: float) -> list[Event]:
        self._window = None
        if isinstance(window, Bow):
            return self._bowed(window, t)
        rest = window.rest
        if rest is None:
            return []
        self._rest = rest
        if self._leans:
            self._window = Bow(t)
        elif self._turns:
            self._angle = Turn(rest.gyr or (0.0, 0.0, 0.0))
        else:
            self._angle = Bend(rest.acc)
        return [Event(t, "still-found"), *self._trial.edge_found(t)]

    def _bowed(self, bow: Bow, t: float) -> list[Event]:
        if self._rest is None:
            return []
        still = np.array([self._rest.acc, self._rest.acc])
        fit = mounting_rotation(still, bow.turning, "ap", least_share=SHARE_BODY)
        if fit.refusals:
            self.relevel()
            why = f"the lean was not clear: {fit.refusals[0]}. Be still and try again"
            return self._trial.level_failed(t, why)
        self._turn_to(fit.rotation)
        return [Event(t, "bow-found"), *self._trial.edge_found(t)]

    def _turn_to(self, rotation: NDArray[np.float64]) -> None:
        self._rotation = rotation
        self._tilt = ToBoard(rotation)

    def _given_up(self, t: float) -> list[Event]:
        window = self._window
        self._window = None
        why = "" if window is None else window.refusal.replace("the board", "it")
        if isinstance(window, Bow):
            self.relevel()
            return self._trial.level_failed(t, f"no lean was seen: {why}. Try again")
        return [self._trial.say(t, f"not still: {why}. Be still and try again")]

    def _move(self, clean: Block, up: Block) -> list[Event]:
        if not len(clean):
            return []
        if self._tilt is not None:
            tilt = self._smooth.feed(self._tilt.feed(up)).data
            rest = [beyond_gravity(clean), speed_of_turning(clean)]
            felt = columns(clean, ACC)
            moved = Block(self.info, clean.t, np.column_stack([tilt, *rest, felt]))
            return self._take(moved, (float(tilt[-1, 0]), float(tilt[-1, 1])))
        if self._angle is None:
            return []
        turned = self._angle.feed(clean, up)
        angle = turned.with_data(turned.data[:, :1].copy(), self._plain)
        smooth = self._smooth.feed(angle).data[:, 0]
        self._newest = float(smooth[-1])
        smooth = self._sign * (smooth - self._zero)
        data = np.column_stack([smooth, turned.data[:, 1]])
        return self._take(Block(self.info, clean.t, data), (0.0, float(smooth[-1])))

    @property
    def _turns(self) -> bool:
        task = self._trial.set.stage.task
        return isinstance(task, Repeat) and task.about == "turn"


def _known(window: RestWindow | Bow) -> float | None:
    """Return when it was found or given up, None for not yet."""
    if window.refusal:
        return window.start + window.limit
    if isinstance(window, Bow):
        return window.end
    return None if window.rest is None else window.rest.t1
