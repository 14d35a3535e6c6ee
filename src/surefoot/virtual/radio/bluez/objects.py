"""The objects BlueZ shows on the bus, and the signals that tell of their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbus_fast import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbus_fast import Variant

_Body = tuple[object, ...]

ADAPTER = "org.bluez.Adapter1"
DEVICE = "org.bluez.Device1"
SERVICE = "org.bluez.GattService1"
CHARACTERISTIC = "org.bluez.GattCharacteristic1"

_MANAGER = "org.freedesktop.DBus.ObjectManager"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class Objects:
    """Paths, the one interface each has, and its properties.

    Parameters
    ----------
    send : callable
        Puts a message on the bus.
    """

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._kept: dict[str, tuple[str, dict[str, Variant]]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._kept

    def all(self) -> dict[str, dict[str, dict[str, Variant]]]:
        """Return every object, as ``GetManagedObjects`` does."""
        return {
            path: {interface: dict(told)}
            for path, (interface, told) in self._kept.items()
        }

    def add(self, path: str, interface: str, told: dict[str, Variant]) -> None:
        """Show an object."""
        self._kept[path] = (interface, told)
        body = (path, {interface: told})
        self._signal("/", _MANAGER, "InterfacesAdded", "oa{sa{sv}}", body)

    def remove(self, path: str) -> None:
        """Show an object no more."""
        interface, _ = self._kept.pop(path)
        self._signal("/", _MANAGER, "InterfacesRemoved", "oas", (path, [interface]))

    def change(self, path: str, changed: dict[str, Variant]) -> None:
        """Change properties of an object, and tell."""
        interface, told = self._kept[path]
        told.update(changed)
        nothing: list[str] = []
        body = (interface, changed, nothing)
        self._signal(path, _PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def clear(self) -> None:
        """Forget everything and tell nobody."""
        self._kept.clear()

    def _signal(
        self,
        path: str,
        interface: str,
        member: str,
        signature: str,
        body: tuple[object, ...],
    ) -> None:
        self._send(Message.new_signal(path, interface, member, signature, list(body)))
