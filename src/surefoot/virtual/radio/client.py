"""Lets bleak connect to virtual sensors."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, cast

from bleak.backends.client import BaseBleakClient
from bleak.exc import (
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
    BleakGATTProtocolErrorCode,
)

from surefoot.virtual.radio.services import MTU, address, services

if TYPE_CHECKING:
    from collections.abc import Callable

    from bleak.args import SizedBuffer
    from bleak.assigned_numbers import CharacteristicPropertyName
    from bleak.backends.characteristic import BleakGATTCharacteristic
    from bleak.backends.descriptor import BleakGATTDescriptor
    from bleak.backends.device import BLEDevice

    from surefoot.virtual.radio.air import Heard
    from surefoot.virtual.unit import VirtualUnit

_ROUND_TRIP = 0.005  # s


class VirtualClient(BaseBleakClient):
    """A client backend; `VirtualAir` binds it to itself."""

    air: ClassVar[Heard]

    def __init__(self, address_or_ble_device: BLEDevice | str, **keywords: Any) -> None:
        super().__init__(address_or_ble_device, **keywords)
        units = {address(unit.place): unit for unit in self.air.units.values()}
        self._unit = units.get(self.address)
        self._calls: dict[str, Callable[[bytearray], None]] = {}
        self._pump: asyncio.Task[None] | None = None
        self.loop = asyncio.get_running_loop()

    @property
    def name(self) -> str:
        """Return what the sensor calls itself."""
        return self._found.name

    @property
    def mtu_size(self) -> int:
        """Return the largest packet of the connection [bytes]."""
        return MTU

    @property
    def is_connected(self) -> bool:
        """Return whether the link holds."""
        return self._pump is not None

    async def connect(self, pair: bool, **kwargs: Any) -> None:  # noqa: ARG002
        """Connect; a sensor that is taken or away does not answer."""
        unit = self._found
        await asyncio.sleep(6 * _ROUND_TRIP)
        if unit.connect_errors:
            raise unit.connect_errors.pop(0)
        if unit.linked or not unit.in_range:
            await asyncio.sleep(self._timeout)
            raise TimeoutError
        self.services = services(unit.profile)
        unit.link(self._deliver)
        self._pump = asyncio.create_task(unit.pump())
        self.air.clients[unit.place] = self

    async def disconnect(self) -> None:
        """End the connection in order."""
        pump = self._pump
        self.break_link()
        if pump is not None:
            await asyncio.wait([pump])

    def break_link(self) -> None:
        """End the connection, as when the sensor is carried away."""
        if self._pump is None:
            return
        self._pump.cancel()
        self._pump = None
        self.services = None
        self._calls.clear()
        self._found.link(None)
        self.air.clients.pop(self._found.place, None)
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def pair(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: virtual sensors trust everybody."""

    async def unpair(self) -> None:
        """Do nothing."""

    async def read_gatt_char(
        self,
        characteristic: BleakGATTCharacteristic,
        *,
        use_cached: bool = False,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> bytearray:
        """Return what a characteristic holds."""
        self._allow(characteristic, "read")
        await asyncio.sleep(_ROUND_TRIP)
        return bytearray(self._found.read(cast("str", characteristic.obj)))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool
    ) -> None:
        """Give the sensor a command."""
        self._allow(characteristic, "write" if response else "write-without-response")
        await asyncio.sleep(_ROUND_TRIP if response else 0)
        self._found.write(cast("str", characteristic.obj), bytes(data))

    async def start_notify(
        self,
        characteristic: BleakGATTCharacteristic,
        callback: Callable[[bytearray], None],
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Subscribe."""
        self._allow(characteristic, "notify")
        await asyncio.sleep(_ROUND_TRIP)
        endpoint = cast("str", characteristic.obj)
        self._calls[endpoint] = callback
        self._found.subscribe(endpoint)

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """End a subscription."""
        endpoint = cast("str", characteristic.obj)
        self._calls.pop(endpoint, None)
        self._found.subscribe(endpoint, wanted=False)

    async def read_gatt_descriptor(
        self,
        descriptor: BleakGATTDescriptor,  # noqa: ARG002
        *,
        use_cached: bool = False,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> bytearray:
        """Refuse: virtual sensors have no descriptors."""
        raise BleakGATTProtocolError(BleakGATTProtocolErrorCode.READ_NOT_PERMITTED)

    async def write_gatt_descriptor(
        self,
        descriptor: BleakGATTDescriptor,  # noqa: ARG002
        data: SizedBuffer,  # noqa: ARG002
    ) -> None:
        """Refuse: virtual sensors have no descriptors."""
        raise BleakGATTProtocolError(BleakGATTProtocolErrorCode.WRITE_NOT_PERMITTED)

    @property
    def _found(self) -> VirtualUnit:
        if self._unit is None:
            raise BleakDeviceNotFoundError(self.address, "no such virtual sensor")
        return self._unit

    def _deliver(self, endpoint: str, payload: bytes) -> None:
        call = self._calls.get(endpoint)
        if call is not None:
            call(bytearray(payload))

    def _allow(
        self, characteristic: BleakGATTCharacteristic, use: CharacteristicPropertyName
    ) -> None:
        if not self.is_connected:
            msg = "Not connected"
            raise BleakError(msg)
        if use not in characteristic.properties:
            code = BleakGATTProtocolErrorCode.REQUEST_NOT_SUPPORTED
            raise BleakGATTProtocolError(code)
