"""One sensor as a session sees it: decoded, counted, held until the next cut."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from surefoot.core import Block, DecodeError, LinkState
from surefoot.devices import ProfileDecoder
from surefoot.session.snapshot import Link

if TYPE_CHECKING:
    from surefoot.core import JsonValue, Packet
    from surefoot.session.setup import Sensor

_RATE_SPAN = 2.0  # s; the shown rate is an average over this


class Intake:
    """Decodes the packets of one role and keeps the books on its link.

    Parameters
    ----------
    role : str
        ``"board"``, ``"trunk"``.
    sensor : Sensor
        Its profile and calibration.
    t0_ns : int
        Session zero on the host's monotonic clock [ns].
    """

    def __init__(self, role: str, sensor: Sensor, t0_ns: int) -> None:
        self.role = role
        self.decoder = ProfileDecoder(sensor.profile, role, t0_ns, sensor.params)
        self.state = LinkState.SCANNING
        self.reason = ""
        self.battery: int | None = None
        self.arrived = -1.0
        """Session time of the newest packet that held samples [s]."""
        self.newest = -1.0
        """Time of the newest sample [s]."""
        self.delays: list[tuple[float, float]] = []
        """For each packet: time of its newest sample, reception later than that [s]."""
        self._device = sensor.device or sensor.profile.name
        self._t0_ns = t0_ns
        self._pending: list[Block] = []
        self._recent: deque[tuple[float, int]] = deque()

    def take(self, packet: Packet) -> None:
        """Decode a packet; one that does not fit is counted and left out."""
        try:
            blocks = self.decoder.decode(packet)
        except DecodeError as error:
            self.reason = str(error)
            return
        except Exception as error:  # noqa: BLE001 one packet must not end a session
            self.reason = f"{self.role}: a packet could not be decoded ({error})"
            return
        for block in blocks:
            if block.info.name == self.decoder.info.name and len(block):
                self.arrived = (packet.t_ns - self._t0_ns) * 1e-9
                self._keep(block)

    def drain(self) -> Block | None:
        """Return what came since the last call, as one block."""
        if not self._pending:
            return None
        whole = Block.concat(self._pending)
        self._pending.clear()
        return whole

    def told(self, fields: dict[str, JsonValue]) -> None:
        """Take note of what the link said about itself."""
        if "state" in fields:
            self.state = LinkState(str(fields["state"]))
            self.reason = str(fields.get("reason", ""))
        if isinstance(fields.get("device"), str):
            self._device = str(fields["device"])
        battery = fields.get("battery")
        if isinstance(battery, (int, float)) and 0 <= battery <= 100:
            self.battery = int(battery)

    def link(self, t: float) -> Link:
        """Return how the sensor is doing at session time ``t``."""
        counts = self.decoder.counts
        return Link(
            self.role,
            self._device,
            self.state,
            self.reason,
            self._rate(t),
            counts.samples,
            counts.lost,
            counts.duplicates,
            counts.refused,
            self.delays[-1][1] * 1e3 if self.delays else 0.0,
            self.battery,
            t - self.arrived if self.arrived >= 0 else 0.0,
        )

    def _keep(self, block: Block) -> None:
        if self.state in {LinkState.SCANNING, LinkState.CONNECTING}:
            self.state = LinkState.STREAMING
        self._pending.append(block)
        self.newest = float(block.t[-1])
        self.delays.append((self.newest, self.arrived - self.newest))
        self._recent.append((self.arrived, len(block)))
        while self._recent[0][0] < self.arrived - _RATE_SPAN:
            self._recent.popleft()

    def _rate(self, t: float) -> float:
        n = sum(count for at, count in self._recent if at > t - _RATE_SPAN)
        return n / min(_RATE_SPAN, max(t, 0.1))
