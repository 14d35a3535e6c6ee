"""Lets bleak hear virtual sensors."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from bleak.backends.scanner import AdvertisementData, BaseBleakScanner

from surefoot.virtual.radio.services import address, advertisement

if TYPE_CHECKING:
    from collections.abc import Callable

    from bleak.backends.device import BLEDevice

    from surefoot.virtual.radio.air import Heard
    from surefoot.virtual.unit import VirtualUnit

_ADVERTISES = 0.1  # s


class VirtualScanner(BaseBleakScanner):
    """A scanner backend; `VirtualAir` binds it to itself."""

    air: ClassVar[Heard]

    def __init__(
        self,
        detection_callback: Callable[[BLEDevice, AdvertisementData], None] | None,
        service_uuids: list[str] | None,
        scanning_mode: str = "active",
        **_: Any,
    ) -> None:
        super().__init__(detection_callback, service_uuids)
        self.scanning_mode = scanning_mode
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen."""
        if self.air.unavailable is not None:
            raise self.air.unavailable
        self.seen_devices = {}
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _listen(self) -> None:
        while True:
            for unit in self.air.units.values():
                if unit.in_range and not unit.linked:
                    self._hear(unit)
            # so that nobody has to wait for a world that has fallen behind
            self.air.catch_up()
            await asyncio.sleep(_ADVERTISES)

    def _hear(self, unit: VirtualUnit) -> None:
        services, makers = advertisement(unit.profile)
        if not self.is_allowed_uuid(services):
            return
        told = AdvertisementData(unit.name, makers, {}, services, None, -52, ())
        at = address(unit.place)
        device = self.create_or_update_device(at, at, unit.name, unit, told)
        self.call_detection_callbacks(device, told)
