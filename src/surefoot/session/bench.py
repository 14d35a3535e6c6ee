"""Sensors on the bench: listened to for a while, without a drill or a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block, RadioError
from surefoot.core.control import fields, is_control
from surefoot.session.links import Links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from surefoot.core import Packet, StreamInfo
    from surefoot.session.setup import Sensor

PATIENCE = 20.0
"""How long a sensor may take until its first sample [s]."""


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What one sensor sent in a while.

    Attributes
    ----------
    samples : Block
        As decoded; nothing is calibrated.
    ends, arrivals : ndarray, shape (m,)
        For each packet the time of its newest sample, and when it came [s].
    device : str
        What the sensor calls itself.
    battery : int or None
        Percent.
    """

    samples: Block
    ends: NDArray[np.float64]
    arrivals: NDArray[np.float64]
    device: str
    battery: int | None


class Bench:
    """Listens to sensors, a stretch at a time.

    Parameters
    ----------
    sensors : mapping of str to Sensor
        By role.
    packets : iterator of Packet
        Where they come from; ticks among them let time pass when nothing comes.
    now : callable, optional
        The clock of the packets [ns]; without one, time is the newest packet's.
    """

    def __init__(
        self,
        sensors: Mapping[str, Sensor],
        packets: Iterator[Packet],
        now: Callable[[], int] | None = None,
    ) -> None:
        self._packets = packets
        self._now = now
        first = next(packets)
        self._t0 = self._newest = first.t_ns
        self._links = Links(sensors, first.t_ns)

    def ready(self, patience: float = PATIENCE) -> None:
        """Wait until samples have come from every sensor.

        Raises
        ------
        RadioError
            Naming the first that sent none.
        """
        roles = list(self._links.intakes)
        end = self._t() + patience
        while not self._links.heard(roles):
            if self._t() > end or not self._take():
                role = next(r for r in roles if self._links.newest(r) < 0)
                intake = self._links.intakes[role]
                why = intake.reason or intake.state.value
                msg = f"{role}: expected samples, got none ({why}): see surefoot scan"
                raise RadioError(msg)

    @property
    def roles(self) -> list[str]:
        """The sensors' roles."""
        return list(self._links.intakes)

    def device(self, role: str) -> str:
        """Return what the sensor of a role calls itself."""
        return self._links.intakes[role].link(self._t()).device

    def info(self, role: str) -> StreamInfo:
        """Return what the samples of a role mean."""
        return self._links.intakes[role].decoder.info

    def listen(self, seconds: float) -> dict[str, Heard]:
        """Return what each sensor sends from now on.

        Parameters
        ----------
        seconds : float
            For how long.

        Raises
        ------
        RadioError
            If a sensor sent nothing.
        """
        begin = self._t()
        while self._t_heard() < begin + seconds and self._take():
            pass
        heard = {role: self._heard(role, begin) for role in self._links.intakes}
        for role, told in heard.items():
            if not len(told.samples):
                msg = f"{role}: expected samples, got none: is it still switched on?"
                raise RadioError(msg)
        return heard

    def _heard(self, role: str, begin: float) -> Heard:
        intake = self._links.intakes[role]
        block = intake.drain()
        samples = Block.empty(intake.decoder.info) if block is None else block
        delays = np.array([d for d in intake.delays if d[0] >= begin]).reshape(-1, 2)
        told = intake.link(self._t())
        return Heard(
            samples[int(np.searchsorted(samples.t, begin)) :],
            delays[:, 0],
            delays.sum(axis=1),
            told.device,
            told.battery,
        )

    def _take(self) -> bool:
        packet = next(self._packets, None)
        if packet is None:
            return False
        self._newest = max(self._newest, packet.t_ns)
        if not is_control(packet):
            self._links.take(packet)
        elif packet.role == "link":
            self._links.told(packet.endpoint, fields(packet), self._t_heard())
        return True

    def _t(self) -> float:
        return ((self._now() if self._now else self._newest) - self._t0) * 1e-9

    def _t_heard(self) -> float:
        return (self._newest - self._t0) * 1e-9
