"""A board with load cells in a session: where the weight is, and how it sways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.stream import Pressure, SwayMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Block, Measure
    from surefoot.session.setup import Sensor


COP = "cop_ml"


class Plate:
    """Takes the raw samples of a force board, or an imported centre of pressure.

    Parameters
    ----------
    sensor : Sensor
        Its calibration.
    sink : callable
        Gets the load on the cells and the centre of pressure.
    """

    def __init__(self, sensor: Sensor, sink: Callable[[Block], None]) -> None:
        self._pressure = Pressure(sensor.calibration)
        self._sink = sink
        self._meter = SwayMeter()

    def feed(self, raw: Block, told: list[Measure] | None = None) -> None:
        """Take raw samples; what is measured live is added to ``told``, if given.

        An imported centre of pressure gets its final values only: nobody knows live
        what filter it needs.
        """
        self._sink(raw)
        if COP in raw.info.channels:
            return
        cop = self._pressure.feed(raw)
        if len(cop):
            self._sink(cop)
            if told is not None:
                told += self._meter.feed(cop)
