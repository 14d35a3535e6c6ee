"""The board's part of a session: levelling, tilt, and the run under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block, CalibrationError, Event, StreamInfo
from surefoot.session.lead import Lead
from surefoot.session.levelling import Levelling, Refusal
from surefoot.session.motion import BoardTilt, Motion
from surefoot.training import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from surefoot.session.setup import Sensor
    from surefoot.stream import Rest
    from surefoot.training import Trial

    BlockSink = Callable[[Block], None]


class Board(Lead):
    """Takes the board's raw samples and tells the trial what it found.

    Parameters
    ----------
    sensor : Sensor
        The one fixed to the board.
    info : StreamInfo
        Of its samples.
    trial : Trial
        Is told of edges found and of stepping off.
    sink : callable
        Gets every stream a chart can show.
    """

    def __init__(
        self, sensor: Sensor, info: StreamInfo, trial: Trial, sink: BlockSink
    ) -> None:
        tilt = StreamInfo(
            "board/tilt", ("ml", "ap"), ("rad", "rad"), info.rate, "board"
        )
        super().__init__(trial, tilt, sink)
        self._motion = Motion(sensor, info)
        self._levelling = Levelling(trial.drill)
        self._tilt: BoardTilt | None = None
        if not trial.needs_level:
            self._turn(np.array(sensor.calibration.mounting))

    @property
    def axis_deg(self) -> float | None:
        """The newest tilt in the drill's axis [deg], second edge positive."""
        if self.dot is None:
            return None
        ml, ap = self.dot.tilt
        return float(np.degrees(-ap if self._drill.axis == "ap" else ml))

    def capture(self, t: float) -> None:
        """Wait for the board to be at rest on the edge that was asked for."""
        if self._trial.phase is Phase.LEVEL_FIRST:
            self._levelling.restart()
            self._forget_level()
        self._levelling.capture(t)

    def tick(self, t: float) -> list[Event]:
        """Let time pass: a rest that never comes is given up."""
        refusal = self._levelling.expire(t)
        return [] if refusal is None else [self._trial.say(refusal.t, refusal.why)]

    def relevel(self) -> None:
        """Forget level; it has to be found again."""
        self._levelling.restart()
        self._forget_level()

    def feed(self, raw: Block) -> list[Event]:
        """Take raw samples; return what was decided."""
        clean, up = self._motion.feed(raw)
        show(clean, self._sink)
        events: list[Event] = []
        while len(clean):
            used, decided = self._step(clean, up)
            events.extend(decided)
            clean, up = clean[used:], up[used:]
        return events

    def _step(self, clean: Block, up: Block) -> tuple[int, list[Event]]:
        used, found = self._levelling.feed(clean)
        events = self._move(up[:used])
        if found is not None:
            events.extend(self._rested(found))
        return used, events

    def _move(self, up: Block) -> list[Event]:
        if self._tilt is None or not len(up):
            return []
        tilt = self._tilt.feed(up)
        ml, ap = tilt.data[-1]
        return self._take(tilt, (float(ml), float(ap)))

    def _rested(self, found: Rest | Refusal) -> list[Event]:
        if isinstance(found, Refusal):
            return [self._trial.say(found.t, found.why)]
        t = found.t1
        edge = self._drill.edges[0 if self._trial.phase is Phase.LEVEL_FIRST else 1]
        rested = Event(t, "edge-found", {"edge": edge})
        if self._trial.phase is Phase.LEVEL_FIRST:
            self._levelling.keep(found)
            return [rested, *self._trial.edge_found(t)]
        return [rested, *self._fit(found, t)]

    def _fit(self, second: Rest, t: float) -> list[Event]:
        try:
            fit = self._levelling.fit(second)
        except CalibrationError as error:
            self._levelling.restart()
            return self._trial.level_failed(t, str(error))
        self.edges = fit.edges
        self._turn(fit.rotation)
        low, high = np.degrees(fit.edges)
        told = Event(t, "levelled", {"low_deg": float(low), "high_deg": float(high)})
        return [told, *self._trial.edge_found(t)]

    def _turn(self, rotation: NDArray[np.float64]) -> None:
        self._rotation = rotation
        self._tilt = BoardTilt(rotation)

    def _forget_level(self) -> None:
        self._tilt = None
        self._rotation = None
        self.dot = None
        self.edges = None


def show(clean: Block, sink: BlockSink) -> None:
    """Hand samples on, and those of each sensor for its chart."""
    info = clean.info
    sink(clean)
    for quantity, channel in (("acc", "acc"), ("turn", "gyr")):
        names = tuple(f"{channel}_{axis}" for axis in "xyz")
        if names[0] in info.channels:
            first = info.channels.index(names[0])
            units = info.units[first : first + 3]
            part = StreamInfo(f"{info.role}/{quantity}", names, units, info.rate)
            sink(Block(part, clean.t, clean.data[:, first : first + 3]))
