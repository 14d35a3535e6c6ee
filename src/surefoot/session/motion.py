"""From raw samples of one sensor to the movement they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import lean_rms, rotation_from_up
from surefoot.core import Block, StreamInfo
from surefoot.session.kept import Kept
from surefoot.stream import Calibrate, Lowpass, Orientation, ToBoard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.session.setup import Sensor

FEEDBACK_HZ = 6.0  # the dot's low-pass: 5-8 Hz keeps delay small and noise away


class Motion:
    """Calibrates a sensor's samples and finds which way is up.

    Parameters
    ----------
    sensor : Sensor
        Its calibration.
    info : StreamInfo
        Of the samples.
    """

    def __init__(self, sensor: Sensor, info: StreamInfo) -> None:
        self._calibrate = Calibrate(sensor.calibration)
        self._orientation = Orientation(info.rate)

    def feed(self, raw: Block) -> tuple[Block, Block]:
        """Return calibrated samples, and "up" in the sensor's frame."""
        clean = self._calibrate.feed(raw)
        return clean, self._orientation.feed(clean)


class BoardTilt:
    """Turns "up" into the board's filtered tilt, once level is known.

    Parameters
    ----------
    rotation : ndarray, shape (3, 3)
        From the sensor's frame to the board's.
    """

    def __init__(self, rotation: NDArray[np.float64]) -> None:
        self._to_board = ToBoard(rotation)
        self._lowpass = Lowpass(FEEDBACK_HZ)

    def feed(self, up: Block) -> Block:
        """Return the tilt (ml, ap) [rad] as the dot shows it."""
        return self._lowpass.feed(self._to_board.feed(up))


class TrunkLean:
    """How far the trunk leans during a run.

    The yaw of a sensor strapped to a trunk is not known, so only the size is given.
    What is shown is the lean from where the run began; what is measured is the RMS
    about the run's own mean.
    """

    def __init__(self, start: float) -> None:
        self.start = start
        self._up = Kept()
        self._to_upright: ToBoard | None = None

    def feed(self, up: Block) -> Block | None:
        """Return the lean since the start [rad], to be shown."""
        part = up[int(np.searchsorted(up.t, self.start)) :]
        if not len(part):
            return None
        if self._to_upright is None:
            self._to_upright = ToBoard(rotation_from_up(part.data[0]))
        self._up.append(part)
        tilt = self._to_upright.feed(part).data
        info = StreamInfo("trunk/lean", ("lean",), ("rad",), up.info.rate, "world")
        return Block(info, part.t, np.hypot(tilt[:, :1], tilt[:, 1:]))

    def rms(self, end: float) -> float:
        """Return the RMS lean from the start to ``end`` [rad]; NaN without samples."""
        kept = self._up.block()
        if kept is None:
            return float("nan")
        return lean_rms(kept.between(self.start, end).data)
