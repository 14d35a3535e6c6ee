"""A board with load cells in a session: where the weight is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.stream import Pressure

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Block
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

    def feed(self, raw: Block) -> None:
        """Take raw samples."""
        self._sink(raw)
        if COP in raw.info.channels:
            return
        cop = self._pressure.feed(raw)
        if len(cop):
            self._sink(cop)
