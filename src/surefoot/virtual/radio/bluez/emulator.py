"""BlueZ, as far as bleak asks for it, with knobs for everything that goes wrong."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from dbus_fast import Message, MessageType, Variant

from surefoot.devices.ble.loop import LoopThread
from surefoot.virtual.radio.bluez.daemon import PrivateBus
from surefoot.virtual.radio.bluez.device import BlueZError, Device
from surefoot.virtual.radio.bluez.objects import ADAPTER, DEVICE, Objects
from surefoot.virtual.radio.bluez.peripheral import Manners
from surefoot.virtual.radio.bluez.wire import Wire
from surefoot.virtual.radio.services import address

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from surefoot.virtual.radio.bluez.peripheral import Peripheral

T = TypeVar("T")
_ADVERTISES = 0.05  # s
_SOON = 10.0  # s; nothing here takes longer
_CANCELLED = "Failed:Operation canceled"
_IN_PROGRESS = "InProgress:Operation already in progress"
_NOT_READY = "NotReady:Resource Not Ready"


class EmulatedBlueZ:
    """A private bus with a BlueZ on it, in a thread of its own.

    A program that runs with ``DBUS_SYSTEM_BUS_ADDRESS`` set to `address` finds these
    adapters and sensors there. Every method may be called from any thread, and returns
    when it is done.

    Parameters
    ----------
    units : mapping of str to Peripheral
        The sensors by role.
    adapters : sequence of str
        All sensors are in reach of the first.

    Attributes
    ----------
    manners : dict of str to Manners
        How each sensor is served, by role.
    powered : dict of str to bool
        By adapter; see `power`.
    errors : dict of str to list of str
        For each method of an adapter, the errors its next calls end with.
    connects : int
        Attempts to connect so far.
    """

    def __init__(
        self, units: Mapping[str, Peripheral], adapters: Sequence[str] = ("hci0",)
    ) -> None:
        self.manners = {role: Manners(adapters[0], address(role)) for role in units}
        self.powered = dict.fromkeys(adapters, True)
        self.errors: dict[str, list[str]] = {}
        self.connects = 0
        self._daemon = PrivateBus()
        self._bus: Wire | None = None
        self._objects = Objects(self._send)
        self._devices = {
            role: Device(unit, self.manners[role], self._objects)
            for role, unit in units.items()
        }
        self._discovering: set[str] = set()
        self._connecting: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = LoopThread(self._main, "bluez")

    @property
    def address(self) -> str:
        """What ``DBUS_SYSTEM_BUS_ADDRESS`` must be."""
        return self._daemon.address

    def start(self) -> None:
        """Start the daemon and BlueZ on it.

        Raises
        ------
        RadioError
            If there is no ``dbus-daemon``.
        """
        self._daemon.start()
        self._thread.start()
        if not self._ready.wait(_SOON):
            msg = "the emulated BlueZ did not start"
            raise TimeoutError(msg)

    def stop(self) -> None:
        """End everything that was started."""
        self._thread.stop(_SOON)
        self._daemon.close()

    def drop(self, role: str) -> None:
        """Break the link of a sensor."""
        self._call(self._devices[role].drop)

    def forget(self, role: str) -> None:
        """Forget a sensor: its object is gone until it is heard again."""
        self._call(self._devices[role].forget)

    def power(self, on: bool, adapter: str = "hci0") -> None:
        """Switch an adapter on or off; off breaks its links."""
        self._call(lambda: self._switch(adapter, on))

    def crash(self) -> None:
        """Let BlueZ end without a word; the bus goes on without it."""
        self._call(self._lose_all)

    def revive(self) -> None:
        """Start BlueZ again after `crash`."""
        self._await(self._open())

    def kill_bus(self) -> None:
        """End the daemon at once; BlueZ loses everything with it."""
        self._daemon.kill()
        self._call(self._lose_all)

    def restart_bus(self) -> None:
        """Start the daemon again at the same address, and BlueZ on it."""
        self._daemon.start()
        self._await(self._open())

    def _call(self, do: Callable[[], T]) -> T:
        async def call() -> T:
            return do()

        return self._await(call())

    def _await(self, done: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(done, self._loop).result(_SOON)

    async def _main(self, stop: asyncio.Event) -> None:
        self._loop = asyncio.get_running_loop()
        await self._open()
        self._ready.set()
        advertising = asyncio.create_task(self._advertise())
        await stop.wait()
        self._lose_all()
        for task in (advertising, *self._tasks):
            task.cancel()
        await asyncio.gather(advertising, *self._tasks, return_exceptions=True)

    async def _open(self) -> None:
        bus = Wire(self.address)
        await bus.connect()
        bus.add_message_handler(self._take)
        self._bus = bus
        for adapter, on in self.powered.items():
            about = {
                "Address": Variant("s", "00:1A:7D:DA:71:13"),
                "Roles": Variant("as", ["central", "peripheral"]),
                "Powered": Variant("b", on),
            }
            self._objects.add(f"/org/bluez/{adapter}", ADAPTER, about)
        await bus.request_name("org.bluez")

    def _lose_all(self) -> None:
        for task in self._connecting.values():
            task.cancel()
        for device in self._devices.values():
            device.vanish()
        self._objects.clear()
        self._discovering.clear()
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.hang_up()

    def _send(self, message: Message) -> None:
        if self._bus is not None and self._bus.connected:
            self._bus.put(message)

    async def _advertise(self) -> None:
        while True:
            for device in self._devices.values():
                if device.manners.adapter in self._discovering:
                    device.hear()
            await asyncio.sleep(_ADVERTISES)

    def _switch(self, adapter: str, on: bool) -> None:
        self.powered[adapter] = on
        if not on:
            self._discovering.discard(adapter)
            for device in self._devices.values():
                if device.manners.adapter == adapter:
                    device.drop()
        self._objects.change(f"/org/bluez/{adapter}", {"Powered": Variant("b", on)})

    def _take(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.member == "GetManagedObjects":
            told = self._objects.all()
            return Message.new_method_return(message, "a{oa{sa{sv}}}", [told])
        if not (message.interface or "").startswith("org.bluez."):
            return None
        task = asyncio.create_task(self._answer(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _answer(self, message: Message) -> None:
        try:
            reply = await self._do(message)
        except BlueZError as error:
            reply = Message.new_error(message, error.name, error.text)
        self._send(reply)

    async def _do(self, message: Message) -> Message:
        path, member = message.path or "", message.member or ""
        if path not in self._objects:
            unknown = "org.freedesktop.DBus.Error.UnknownObject"
            return Message.new_error(message, unknown, f"no object {path}")
        if message.interface == ADAPTER:
            self._adapter(path.rpartition("/")[2], member)
            return Message.new_method_return(message)
        device = next(d for d in self._devices.values() if _within(path, d.path))
        if message.interface == DEVICE:
            await self._link(device, member)
            return Message.new_method_return(message)
        return self._value(device, message)

    def _adapter(self, adapter: str, member: str) -> None:
        if self.errors.get(member):
            raise BlueZError(self.errors[member].pop(0))
        if not self.powered[adapter]:
            raise BlueZError(_NOT_READY)
        if member == "StartDiscovery":
            self._discovering.add(adapter)
        elif member == "StopDiscovery":
            self._discovering.discard(adapter)

    async def _link(self, device: Device, member: str) -> None:
        adapter = device.manners.adapter
        if member == "Disconnect":
            task = self._connecting.get(adapter)
            if task is not None and not device.connected:
                task.cancel()
            device.drop()
            return
        self.connects += 1
        if not self.powered[adapter]:
            raise BlueZError(_NOT_READY)
        if adapter in self._connecting:  # controllers make one connection at a time
            raise BlueZError(_IN_PROGRESS)
        task = asyncio.create_task(device.connect())
        self._connecting[adapter] = task
        try:
            await asyncio.wait([task])
        finally:
            del self._connecting[adapter]
        if task.cancelled():
            raise BlueZError(_CANCELLED)
        task.result()

    def _value(self, device: Device, message: Message) -> Message:
        path, body = message.path or "", message.body
        does: dict[str, Callable[[], Any]] = {
            "WriteValue": lambda: device.write(path, bytes(body[0])),
            "StartNotify": lambda: device.notify(path, True),
            "StopNotify": lambda: device.notify(path, False),
        }
        if message.member == "ReadValue":
            return Message.new_method_return(message, "ay", [device.read(path)])
        if message.member == "AcquireNotify":
            far = device.acquire(path)
            told = [0, device.manners.mtu]
            return Message.new_method_return(message, "hq", told, [far.fileno()])
        does[message.member or ""]()
        return Message.new_method_return(message)


def _within(path: str, device: str) -> bool:
    return bool(device) and (path == device or path.startswith(device + "/"))
