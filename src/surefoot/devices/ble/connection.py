"""One sensor, one bleak client: connect, start, listen, tend, stop."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from bleak import BleakClient
from bleak.exc import BleakError

from surefoot.core import Packet
from surefoot.devices.ble.answer import Awaited
from surefoot.devices.ble.room import room
from surefoot.devices.ble.supervisor import LostError
from surefoot.devices.commands import steps
from surefoot.devices.decoder import stream_rates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bleak.args.bluez import BlueZNotifyArgs
    from bleak.backends.characteristic import BleakGATTCharacteristic
    from bleak.backends.device import BLEDevice

    from surefoot.devices.ble.seat import Seat
    from surefoot.devices.commands import OrderName, Step
    from surefoot.devices.profile import Profile


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
        self._streaming = streaming(self._profile, seat.wanted.params)
        self._limits = seat.air.limits
        self._awaited: Awaited | None = None
        self._started = False
        self._over = False
        self._battery_due = 0.0
        self._alive_due = 0.0
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
        await self._make_room()
        self._started = True
        await self._order("start")
        self._alive_due = time.monotonic() + self._profile.link.keepalive

    async def tend(self) -> None:
        """Do what is due: look at the battery, tell the sensor to go on."""
        now = time.monotonic()
        if self._profile.link.keepalive and now >= self._alive_due:
            self._alive_due = now + self._profile.link.keepalive
            await self._order("keepalive")
        if self._profile.battery is not None and now >= self._battery_due:
            self._battery_due = now + self._limits.battery
            await self._look_at_battery(*self._profile.battery)

    async def close(self) -> None:
        """Let it stop, and disconnect; never raises."""
        # backends hang or raise here in many ways; the link is left in any case
        try:
            with suppress(Exception):
                await self._stop()
        finally:
            try:
                with suppress(Exception):
                    async with asyncio.timeout(self._limits.disconnect):
                        await self._client.disconnect()
            finally:
                # what a backend still delivers belongs to no link any more
                self._over = True

    async def _stop(self) -> None:
        if self._started and self._client.is_connected and not self.lost.is_set():
            async with asyncio.timeout(self._limits.disconnect):
                await self._order("stop")

    async def _make_room(self) -> None:
        """Wait until packets of the profile's size fit; it may be told late."""
        char = self._char(self._streaming[0])
        needed, end = self._profile.link.min_mtu, time.monotonic() + self._limits.answer
        while (offered := room(char)) is not None and offered < needed:
            if time.monotonic() > end:
                msg = (
                    f"packets of {offered} bytes were agreed on, this sensor needs "
                    f"{needed}: connecting again; if it stays, update the sensor's "
                    "firmware or use another adapter"
                )
                raise LostError(msg)
            await asyncio.sleep(self._limits.answer / 10)

    async def _look_at_battery(self, endpoint: str, at: int) -> None:
        try:
            async with asyncio.timeout(self._limits.answer):
                data = await self._client.read_gatt_char(self._char(endpoint))
        except (BleakError, OSError, EOFError, LostError):
            return  # a sensor that does not tell is still a sensor
        if len(data) > at:
            self._seat.log.battery(data[at])

    async def _order(self, order: OrderName) -> None:
        for step in steps(self._profile, order, self._seat.wanted.params):
            await self._step(step)
            await asyncio.sleep(step.delay_s)

    async def _step(self, step: Step) -> None:
        char, limit = self._char(step.endpoint), self._limits.answer
        if step.do == "notify":
            bluez: BlueZNotifyArgs = {
                "use_start_notify": not self._profile.link.acquire
            }
            take = self._taker(step.endpoint)
            async with asyncio.timeout(limit):
                await self._client.start_notify(char, take, bluez=bluez)
        elif step.do == "read":
            async with asyncio.timeout(limit):
                data = await self._client.read_gatt_char(char)
            source = f"{self._seat.role}/{step.endpoint}"
            self._seat.put(Packet(source, time.monotonic_ns(), bytes(data)))
        else:
            await self._write(char, step)

    async def _write(self, char: BleakGATTCharacteristic, step: Step) -> None:
        # the answer may come before the write is confirmed
        awaited = self._awaited = Awaited(step) if step.expect else None
        response = "write" in char.properties
        async with asyncio.timeout(self._limits.answer):
            await self._client.write_gatt_char(char, step.data, response)
        self._seat.log.wrote(step.endpoint, step.data)
        if awaited is not None:
            await awaited.come(self._limits.answer)
            self._awaited = None

    def _char(self, endpoint: str) -> BleakGATTCharacteristic:
        told = self._profile.gatt[endpoint]
        service = self._client.services.get_service(told.service)
        char = service.get_characteristic(told.char) if service else None
        if char is None:
            msg = (
                f"the sensor offers no {endpoint}: connecting again; if it stays, "
                "forget it in the system's Bluetooth settings, look at its firmware"
            )
            raise LostError(msg)
        return char

    def _taker(
        self, endpoint: str
    ) -> Callable[[BleakGATTCharacteristic, bytearray], None]:
        seat, source = self._seat, f"{self._seat.role}/{endpoint}"
        streams = endpoint in self._streaming

        def take(_: BleakGATTCharacteristic, data: bytearray) -> None:
            if self._over:
                return
            now, payload = time.monotonic_ns(), bytes(data)
            awaited = self._awaited
            answers = awaited is not None and awaited.take(endpoint, payload)
            if streams and not answers:
                if not self.heard:
                    seat.resume(now)
                seat.newest = now
                self.heard = now * 1e-9
            seat.put(Packet(source, now, payload))

        return take


def streaming(profile: Profile, params: Mapping[str, float]) -> list[str]:
    """Return the endpoints that are silent only when something is wrong.

    Those of streams at least half as fast as the primary one: a slow one, the battery
    for example, does not show that a sensor still streams.
    """
    rates = stream_rates(profile, params)
    least = rates[profile.primary.id] / 2
    fast = [s.endpoint for s in profile.streams if rates[s.id] >= least]
    return [e for e in dict.fromkeys(fast) if e in profile.gatt]
