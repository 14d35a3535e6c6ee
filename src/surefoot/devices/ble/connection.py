"""One sensor, one bleak client: connect, start, listen, stop."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from bleak import BleakClient
from bleak.exc import BleakError

from surefoot.core import Packet
from surefoot.devices.ble.supervisor import LostError
from surefoot.devices.commands import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from bleak.args.bluez import BlueZNotifyArgs
    from bleak.backends.characteristic import BleakGATTCharacteristic
    from bleak.backends.device import BLEDevice

    from surefoot.devices.ble.seat import Seat
    from surefoot.devices.commands import OrderName, Step


class BleConnection:
    """What `Supervisor` supervises, on bleak.

    Parameters
    ----------
    device : BLEDevice
        As it was heard; an address alone would make bleak scan again.
    seat : Seat
        Whose sensor it is.
    """

    def __init__(self, device: BLEDevice, seat: Seat) -> None:
        self.lost = asyncio.Event()
        self.heard = 0.0
        self._seat = seat
        self._profile = seat.wanted.profile
        self._limits = seat.air.limits
        self._awaited: tuple[str, bytes, asyncio.Event] | None = None
        self._client = BleakClient(
            device,
            lambda _: self.lost.set(),
            timeout=self._limits.connect,
            **seat.air.transport.client_keywords(seat.air.adapter),
        )

    async def open(self) -> None:
        """Connect and learn what the sensor offers."""
        await self._client.connect()

    async def start(self) -> None:
        """Subscribe and let it stream."""
        await self._order("start")

    async def battery(self) -> int | None:
        """Return how full its battery is, in percent, if it tells."""
        told = self._profile.battery
        if told is None:
            return None
        try:
            reading = self._client.read_gatt_char(self._char(told[0]))
            data = await asyncio.wait_for(reading, self._limits.answer)
        except (BleakError, OSError, EOFError, LostError):
            return None  # a sensor that does not tell is still a sensor
        return data[told[1]] if len(data) > told[1] else None

    async def close(self) -> None:
        """Let it stop, and disconnect; never raises."""
        limit = self._limits.disconnect
        # backends hang or raise here in many ways; the link is left in any case
        with suppress(Exception):
            if self._client.is_connected and not self.lost.is_set():
                await asyncio.wait_for(self._order("stop"), limit)
        with suppress(Exception):
            await asyncio.wait_for(self._client.disconnect(), limit)

    async def _order(self, order: OrderName) -> None:
        for step in steps(self._profile, order, self._seat.wanted.params):
            await asyncio.wait_for(self._step(step), self._limits.answer)
            await asyncio.sleep(step.delay_s)

    async def _step(self, step: Step) -> None:
        char = self._char(step.endpoint)
        if step.do == "notify":
            bluez: BlueZNotifyArgs = {
                "use_start_notify": not self._profile.link.acquire
            }
            await self._client.start_notify(
                char, self._taker(step.endpoint), bluez=bluez
            )
            return
        answered = asyncio.Event()
        if step.expect:
            self._awaited = (step.expect_from, step.expect, answered)
        response = "write" in char.properties
        await self._client.write_gatt_char(char, step.data, response)
        self._seat.log.wrote(step.endpoint, step.data)
        if step.expect:
            await answered.wait()
            self._awaited = None

    def _char(self, endpoint: str) -> BleakGATTCharacteristic:
        told = self._profile.gatt[endpoint]
        service = self._client.services.get_service(told.service)
        char = service.get_characteristic(told.char) if service else None
        if char is None:
            msg = (
                f"the sensor offers no {endpoint}: forget it in the system's Bluetooth "
                "settings, or look at its firmware"
            )
            raise LostError(msg)
        return char

    def _taker(
        self, endpoint: str
    ) -> Callable[[BleakGATTCharacteristic, bytearray], None]:
        source = f"{self._seat.role}/{endpoint}"
        put = self._seat.put

        def take(_: BleakGATTCharacteristic, data: bytearray) -> None:
            now = time.monotonic_ns()
            put(Packet(source, now, bytes(data)))
            self.heard = now * 1e-9
            if self._awaited is not None:
                self._answer(endpoint, data)

        return take

    def _answer(self, endpoint: str, data: bytearray) -> None:
        if self._awaited is not None:
            expected_from, prefix, answered = self._awaited
            if endpoint == expected_from and data.startswith(prefix):
                answered.set()
