"""A force board that a drill is about: the centre of pressure from where it began."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block, Event, StreamInfo
from surefoot.session.lead import Lead
from surefoot.session.motion import FEEDBACK_HZ
from surefoot.stream import Lowpass, Pressure
from surefoot.stream.stood import Stood

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.session.setup import Sensor
    from surefoot.training import Trial

    BlockSink = Callable[[Block], None]


class Pressed(Lead):
    """Takes the raw samples of a board with load cells.

    Parameters
    ----------
    sensor : Sensor
        Its calibration.
    info : StreamInfo
        Of its samples.
    trial : Trial
        Is told of quiet standing that was found.
    sink : callable
        Gets every stream a chart can show.
    """

    def __init__(
        self, sensor: Sensor, info: StreamInfo, trial: Trial, sink: BlockSink
    ) -> None:
        place = StreamInfo(
            f"{info.role}/place", ("ml", "ap", "load"), ("m", "m", "N"), info.rate
        )
        super().__init__(trial, place, sink)
        self._plain = StreamInfo("board/smooth", ("ml", "ap"), ("m", "m"), info.rate)
        self._pressure = Pressure(sensor.calibration)
        self._smooth = Lowpass(FEEDBACK_HZ)
        self._window: Stood | None = None
        self._centre: tuple[float, float] | None = None

    def capture(self, t: float) -> None:
        """Look for quiet standing from now on."""
        self.relevel()
        self._window = Stood(t)

    def tick(self, t: float) -> list[Event]:
        """Let time pass: what never comes is given up."""
        if self._window is None or not self._window.expire(t):
            return []
        return self._given_up(t)

    def relevel(self) -> None:
        """Forget the place; it has to be found again."""
        self._window = self._centre = self.dot = None
        self._smooth.reset()

    def feed(self, raw: Block) -> list[Event]:
        """Take raw samples; return what was decided."""
        cop = self._pressure.feed(raw)
        events: list[Event] = []
        while len(cop):
            used, decided = self._step(cop)
            events.extend(decided)
            cop = cop[used:]
        return events

    def _step(self, cop: Block) -> tuple[int, list[Event]]:
        window = self._window
        if window is None:
            return len(cop), self._move(cop)
        found = window.feed(cop)
        if not found and not window.refusal:
            return len(cop), []
        known = window.start + window.limit if window.end is None else window.end
        used = int(cop.t.searchsorted(known))
        if not found:
            return used, self._given_up(known)
        self._window, self._centre = None, window.centre
        told = Event(known, "still-found")
        return used, [told, *self._trial.edge_found(known)]

    def _given_up(self, t: float) -> list[Event]:
        why = "" if self._window is None else self._window.refusal
        self._window = None
        return [self._trial.say(t, f"not still: {why}. Stand still and try again")]

    def _move(self, cop: Block) -> list[Event]:
        if self._centre is None or not len(cop):
            return []
        smooth = self._smooth.feed(
            cop.with_data(cop.data[:, :2].copy(), self._plain)
        ).data
        place = np.column_stack(
            [
                smooth[:, 0] - self._centre[0],
                smooth[:, 1] - self._centre[1],
                cop.data[:, 2],
            ]
        )
        dot = (float(place[-1, 0]), float(place[-1, 1]))
        return self._take(Block(self.info, cop.t, place), dot)
