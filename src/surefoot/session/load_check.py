"""How well a board with load cells and its link work, from a few quiet seconds."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.ellipsoid import STANDARD_GRAVITY
from surefoot.analysis.orientation import ACC
from surefoot.analysis.sensor_check import SensorCheck, check_sensor
from surefoot.core import Block, SignalError, StreamInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

UNQUIET = 5.0
"""More scatter of the load than this and it was touched [N] (our default)."""
_LEAST, _PACKETS = 20, 5
_OF_MOVEMENT = ("acc", "gyr_bias", "acc_sd", "gyr_sd", "up", "up_off", "remarks")


@dataclass(frozen=True, slots=True)
class LoadCheck:
    """What was seen of one board.

    Attributes
    ----------
    link : SensorCheck
        Of its samples, clock and link; what it says of movement means nothing.
    loads : mapping of str to float
        Mean of each channel, in ``unit``. Nothing is calibrated.
    load_sd : float
        Largest scatter of a channel, in ``unit``.
    unit : str
        ``"N"``, or what the channels are in.
    remarks : tuple of str
        What is worth a word.
    """

    link: SensorCheck
    loads: Mapping[str, float]
    load_sd: float
    unit: str
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as one table, without what is of movement."""
        link = {
            part.name: getattr(self.link, part.name)
            for part in fields(self.link)
            if part.name not in _OF_MOVEMENT
        }
        told = {"loads": dict(self.loads), "load_sd": self.load_sd, "unit": self.unit}
        return {**link, **told, "remarks": list(self.remarks)}


def check_load(
    load: Block, ends: NDArray[np.float64], arrivals: NDArray[np.float64]
) -> LoadCheck:
    """Return how well a board with load cells works that nobody touched.

    Parameters
    ----------
    load : Block
        Its samples, as decoded.
    ends, arrivals : ndarray, shape (m,)
        For each packet the time of its newest sample, and when it came [s].

    Raises
    ------
    SignalError
        With fewer than 20 samples or 5 packets.
    """
    if len(load) < _LEAST or len(ends) < _PACKETS:
        msg = (
            f"{load.info.role}: expected a second of load or more, got {len(load)} "
            f"samples in {len(ends)} packets: listen longer, look at its connection"
        )
        raise SignalError(msg)
    link = check_sensor(_lying(load), ends, arrivals)
    unit = load.info.units[0]
    scatter = float(load.data.std(axis=0).max())
    found = LoadCheck(
        link,
        dict(zip(load.info.channels, load.data.mean(axis=0).tolist(), strict=True)),
        scatter,
        unit,
        link.remarks,
    )
    return replace(found, remarks=(*found.remarks, *_remarks(found)))


def _lying(load: Block) -> Block:
    """Return the same times with gravity alone: links are judged alike for all."""
    info = StreamInfo(load.info.name, ACC, ("m/s^2",) * 3, load.info.rate)
    return load.with_data(np.tile([0.0, 0.0, STANDARD_GRAVITY], (len(load), 1)), info)


def _remarks(found: LoadCheck) -> Iterator[str]:
    if found.unit == "N" and found.load_sd > UNQUIET:
        yield "its load changed: keep off it while it is checked, then check again"
