"""One sensor as BlueZ shows it: a device, and its services while connected."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from dbus_fast import Variant

from surefoot.virtual.radio.bluez.objects import CHARACTERISTIC, DEVICE, SERVICE
from surefoot.virtual.radio.services import advertisement, uses

if TYPE_CHECKING:
    from surefoot.virtual.radio.bluez.objects import Objects
    from surefoot.virtual.radio.bluez.peripheral import Manners, Peripheral

_NOT_CONNECTED = "Failed:Not connected"
_PAGED = 3600.0  # s; a sensor that is away never answers


class BlueZError(Exception):
    """An answer of BlueZ that is an error.

    Parameters
    ----------
    told : str
        Its name after ``org.bluez.Error.``, a colon, and what it says.
    """

    def __init__(self, told: str) -> None:
        super().__init__(told)
        name, _, text = told.partition(":")
        self.name = f"org.bluez.Error.{name}"
        self.text = text or name


class Device:
    """One sensor on one adapter.

    Parameters
    ----------
    unit : Peripheral
        The sensor.
    manners : Manners
        How it is served.
    objects : Objects
        Where it is shown.
    """

    def __init__(self, unit: Peripheral, manners: Manners, objects: Objects) -> None:
        self.unit = unit
        self.manners = manners
        self.connected = False
        self.path = ""
        """Of the object; empty before it was heard."""
        self._objects = objects
        self._endpoints: dict[str, str] = {}
        self._services: set[str] = set()
        self._sockets: dict[str, tuple[socket.socket, socket.socket]] = {}
        self._notifying: set[str] = set()
        self._pump: asyncio.Task[None] | None = None
        self._strength = -50

    def hear(self) -> None:
        """Take note of an advertisement: show the device, or that it was heard."""
        if self.connected or not self.unit.in_range:
            return
        path = _path(self.manners)
        if path != self.path or path not in self._objects:
            self.path = path
            self._objects.add(path, DEVICE, self._told())
            return
        self._strength = -101 - self._strength  # -50, -51, -50 ...
        self._objects.change(path, {"RSSI": Variant("n", self._strength)})

    def forget(self) -> None:
        """Show it no more, as BlueZ does with what it has not heard for a while."""
        self.drop()
        if self.path in self._objects:
            self._objects.remove(self.path)

    async def connect(self) -> None:
        """Connect, then list the services a little later."""
        if self.connected:
            return
        await asyncio.sleep(self.manners.connect)
        if self.manners.errors:
            raise BlueZError(self.manners.errors.pop(0))
        if not self.unit.in_range:
            await asyncio.sleep(_PAGED)
        self.connected = True
        self._objects.change(self.path, {"Connected": Variant("b", True)})
        self.unit.link(self._deliver)
        self._pump = asyncio.create_task(self._live())

    def drop(self) -> None:
        """End the link, in the order in which BlueZ tells of it."""
        if not self.connected:
            return
        self._leave()
        no = Variant("b", False)
        self._objects.change(self.path, {"ServicesResolved": no})
        self._objects.change(self.path, {"Connected": no})
        for path in [*self._endpoints, *self._services]:
            self._objects.remove(path)
        self._endpoints.clear()
        self._services.clear()

    def vanish(self) -> None:
        """End the link and tell nobody: BlueZ itself is gone."""
        if self.connected:
            self._leave()
        self._endpoints.clear()
        self._services.clear()

    def read(self, path: str) -> bytes:
        """Return what a characteristic holds."""
        return self.unit.read(self._endpoint(path))

    def write(self, path: str, data: bytes) -> None:
        """Write to a characteristic."""
        self.unit.write(self._endpoint(path), data)

    def notify(self, path: str, wanted: bool) -> None:
        """Begin or end to tell of the values of a characteristic."""
        (self._notifying.add if wanted else self._notifying.discard)(path)
        self.unit.subscribe(self._endpoint(path), wanted)

    def acquire(self, path: str) -> socket.socket:
        """Return the far end of a socket by which values come."""
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        near.setblocking(False)
        self._sockets[path] = (near, far)
        self.unit.subscribe(self._endpoint(path))
        return far

    def _endpoint(self, path: str) -> str:
        if path not in self._endpoints:
            raise BlueZError(_NOT_CONNECTED)
        return self._endpoints[path]

    def _leave(self) -> None:
        self.connected = False
        self.unit.link(None)
        if self._pump is not None:
            self._pump.cancel()
            self._pump = None
        for near, far in self._sockets.values():
            near.close()
            far.close()
        self._sockets.clear()
        self._notifying.clear()

    async def _live(self) -> None:
        await asyncio.sleep(self.manners.resolve)
        self._list_services()
        self._objects.change(self.path, {"ServicesResolved": Variant("b", True)})
        await self.unit.pump()

    def _list_services(self) -> None:
        profile = self.unit.profile
        shown = [
            (endpoint, told)
            for endpoint, told in profile.gatt.items()
            if endpoint not in self.manners.hidden
        ]
        numbers: dict[str, str] = {}
        for number, (endpoint, told) in enumerate(shown, 1):
            if told.service not in numbers:
                service = f"{self.path}/service{number << 8:04x}"
                numbers[told.service] = service
                self._services.add(service)
                uuid, device = Variant("s", told.service), Variant("o", self.path)
                about = {"UUID": uuid, "Device": device, "Primary": Variant("b", True)}
                self._objects.add(service, SERVICE, about)
            path = f"{numbers[told.service]}/char{(number << 8) + 1:04x}"
            self._endpoints[path] = endpoint
            about = {
                "UUID": Variant("s", told.char),
                "Service": Variant("o", numbers[told.service]),
                "Flags": Variant("as", list(uses(profile, endpoint))),
                "MTU": Variant("q", self.manners.mtu),
            }
            if self.manners.acquire and told.notify:
                about["NotifyAcquired"] = Variant("b", False)
            self._objects.add(path, CHARACTERISTIC, about)

    def _deliver(self, endpoint: str, payload: bytes) -> None:
        path = next((p for p, e in self._endpoints.items() if e == endpoint), None)
        if path is None:
            return
        cut = payload[: self.manners.mtu - 3]
        for _ in range(1 + self.manners.twice):
            if path in self._sockets:
                with suppress(OSError):  # full, as a radio's buffer may be
                    self._sockets[path][0].send(cut)
            elif path in self._notifying:
                self._objects.change(path, {"Value": Variant("ay", cut)})

    def _told(self) -> dict[str, Variant]:
        services, makers = advertisement(self.unit.profile)
        data = {maker: Variant("ay", told) for maker, told in makers.items()}
        adapter = self.path.rpartition("/")[0]
        return {
            "Address": Variant("s", self.manners.address),
            "AddressType": Variant("s", "random"),
            "Name": Variant("s", self.unit.name),
            "Alias": Variant("s", self.unit.name),
            "Adapter": Variant("o", adapter),
            "UUIDs": Variant("as", services),
            "ManufacturerData": Variant("a{qv}", data),
            "RSSI": Variant("n", self._strength),
            "Paired": Variant("b", False),
            "Trusted": Variant("b", False),
            "Connected": Variant("b", False),
            "ServicesResolved": Variant("b", False),
        }


def _path(manners: Manners) -> str:
    return f"/org/bluez/{manners.adapter}/dev_{manners.address.replace(':', '_')}"
