"""The trunk's part of a session: its lean is shown, its sway measured live."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.core import Measure
from surefoot.session.motion import Motion, TrunkLean
from surefoot.stream import TrunkMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Block, StreamInfo
    from surefoot.session.setup import Sensor


class Trunk:
    """Takes the trunk's raw samples.

    Parameters
    ----------
    sensor : Sensor
        The one on the trunk.
    info : StreamInfo
        Of its samples.
    sink : callable
        Gets every stream a chart or an analysis can use.
    drilled : bool
        With a drill sway is measured live in its runs only, else all the time.
    """

    def __init__(
        self,
        sensor: Sensor,
        info: StreamInfo,
        sink: Callable[[Block], None],
        *,
        drilled: bool = True,
    ) -> None:
        self._sink = sink
        self._drilled = drilled
        self._meter = None if drilled else TrunkMeter()
        self._motion = Motion(sensor, info)
        self._lean: TrunkLean | None = None

    def begin(self, start: float) -> None:
        """Watch the lean from ``start`` on."""
        self._lean = TrunkLean(start)
        if self._drilled:
            self._meter = TrunkMeter(start=start)

    def feed(self, raw: Block, told: list[Measure] | None = None) -> None:
        """Take raw samples; what is measured live is added to ``told``, if given."""
        clean, up = self._motion.feed(raw)
        self._sink(clean)
        lean = self._lean.feed(up) if self._lean else None
        if lean is not None:
            self._sink(lean)
        if told is not None and self._meter is not None:
            told += self._meter.feed(clean)

    def measures(self, start: float, end: float) -> tuple[Measure, ...]:
        """Return the lean of the run that ended; nothing without samples."""
        if self._drilled:
            self._meter = None
        rms = self._lean.rms(end) if self._lean else math.nan
        if math.isnan(rms):
            return ()
        flags = ("PROVISIONAL",)
        name, stream = "trunk_lean_rms", "trunk/imu"
        return (Measure(name, rms, "rad", start, end, stream, flags),)
