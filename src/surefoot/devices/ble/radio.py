"""Packets from Bluetooth sensors, kept coming, in an asyncio thread of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bleak import BleakScanner

from surefoot.devices.ble.connection import BleConnection
from surefoot.devices.ble.crowd import crowding
from surefoot.devices.ble.link import Limits, LinkLog
from surefoot.devices.ble.loop import LoopThread
from surefoot.devices.ble.seat import Air, Seat
from surefoot.devices.ble.supervisor import LostError, Supervisor
from surefoot.devices.ble.transport import Transport
from surefoot.devices.ble.trouble import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

    from surefoot.core import Packet
    from surefoot.devices.ble.known import Known
    from surefoot.devices.ble.seat import Wanted
    from surefoot.devices.ble.shared import Place, Shared


class Radio:
    """Connects to sensors, stays connected, and puts what they send into a queue.

    Beside the packets ``role/endpoint`` it puts ``link/role`` packets: states with the
    reason, bytes written, battery, gaps, warnings. No call waits for the radio, except
    `stop`.

    Parameters
    ----------
    put : callable
        Takes a packet; called in the radio's thread, so it must be quick.
    wanted : mapping of str to Wanted
        The sensors by role.
    transport : Transport, optional
        The backends to use.
    adapter : str, optional
        For example ``"hci1"``, on Linux.
    limits : Limits, optional
        How long to wait for what.
    shared : Shared, optional
        The thread and the adapters that are shared with other radios of a group.
    """

    def __init__(
        self,
        put: Callable[[Packet], None],
        wanted: Mapping[str, Wanted],
        transport: Transport | None = None,
        adapter: str | None = None,
        *,
        limits: Limits | None = None,
        shared: Shared | None = None,
    ) -> None:
        self._put = put
        self._wanted = dict(wanted)
        self._air = Air(transport or Transport(), adapter, limits or Limits())
        self._place: Place | None = None
        self._thread: LoopThread | Place = LoopThread(self._main, "radio")
        if shared is not None:
            profiles = [told.profile for told in self._wanted.values()]
            self._place = shared.place(self._main, self._air, profiles)
            self._air.elsewhere = self._place.has
            self._thread = self._place

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Close every link; return whether all ended within ``timeout`` [s]."""
        return self._thread.stop(timeout)

    async def _main(self, stop: asyncio.Event) -> None:
        lock = self._place.lock if self._place else asyncio.Lock()
        profiles = [wanted.profile for wanted in self._wanted.values()]
        if crowd := self._place.crowd if self._place else crowding(profiles):
            LinkLog(next(iter(self._wanted)), self._put).warning(crowd)
        tasks = [
            asyncio.create_task(self._supervisor(role, wanted).run(lock))
            for role, wanted in self._wanted.items()
        ]
        await stop.wait()
        await _end(tasks, 2.5 * self._air.limits.disconnect)

    @property
    def sensors(self) -> dict[str, Known]:
        """The sensors that were heard so far, by role; `keep_sensors` keeps them."""
        return {
            role: self._wanted[role].known(taken.name, taken.address)
            for role, taken in tuple(self._air.taken.items())
        }

    def _supervisor(self, role: str, wanted: Wanted) -> Supervisor:
        log = LinkLog(role, self._put)
        seat = Seat(role, wanted, self._put, log, self._air)
        return Supervisor(lambda: _find(seat), log, self._air.limits, explain)


async def _end(tasks: Sequence[asyncio.Task[None]], patience: float) -> None:
    """Cancel until all have ended: a backend may lose a cancellation."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=patience)
    await asyncio.gather(*tasks, return_exceptions=True)


async def _find(seat: Seat) -> BleConnection | None:
    air = seat.air
    keywords = air.transport.scanner_keywords(air.adapter)
    seat.elsewhere = ""

    def fits(device: BLEDevice, told: AdvertisementData) -> bool:
        if not seat.fits(device, told):
            return False
        seat.take(device)  # at once: another adapter may hear it at the same time
        return True

    device = await BleakScanner.find_device_by_filter(fits, air.limits.scan, **keywords)
    if device is None:
        if seat.elsewhere:
            raise LostError(seat.elsewhere)
        return None
    return BleConnection(device, seat)
