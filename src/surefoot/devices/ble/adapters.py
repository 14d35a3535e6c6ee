"""Which Bluetooth adapters there are, asked of the system without listening."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from surefoot.core import RadioError
from surefoot.devices.ble.scan import scan
from surefoot.devices.ble.trouble import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 5.0  # s for an answer of the system
_BRIEF = 0.2  # s; where a system can only be asked by listening
_ADAPTER = "org.bluez.Adapter1"
_SWITCHES = Path("/sys/class/rfkill")


@dataclass(frozen=True, slots=True)
class Adapter:
    """One adapter of this computer.

    Attributes
    ----------
    name : str
        As ``--adapter`` takes it: ``"hci0"``; empty where a system does not tell.
    powered : bool
        Whether it is on.
    """

    name: str
    powered: bool


def adapters() -> list[Adapter]:
    """Return the adapters there are; none is switched on or off, nothing is sent.

    On Linux BlueZ is asked over D-Bus. Other systems only tell by listening for a
    moment, and do not name the adapter.

    Raises
    ------
    RadioError
        If the system's Bluetooth service is not there, silent, or not allowed to us.
    """
    if sys.platform != "linux":
        scan(_BRIEF)
        return [Adapter("", powered=True)]
    try:
        return asyncio.run(asyncio.wait_for(_of_bluez(), _PATIENCE))
    except TimeoutError as error:
        msg = "Bluetooth: expected an answer of its service, got none: restart it"
        raise RadioError(msg) from error
    except (OSError, EOFError) as error:
        raise RadioError(explain(error)) from error


def blocked() -> str:
    """Return ``"soft"`` or ``"hard"`` if a switch of Linux keeps Bluetooth off."""
    for switch in sorted(_SWITCHES.glob("rfkill*")) if _SWITCHES.is_dir() else []:
        if _text(switch / "type") == "bluetooth":
            for kind in ("hard", "soft"):
                if _text(switch / kind) == "1":
                    return kind
    return ""


async def _of_bluez() -> list[Adapter]:
    from dbus_fast import BusType, Message, MessageType
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusError

    question = Message(
        destination="org.bluez",
        path="/",
        interface="org.freedesktop.DBus.ObjectManager",
        member="GetManagedObjects",
    )
    try:
        bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
    except DBusError as error:
        raise RadioError(explain(error)) from error
    try:
        reply = await bus.call(question)
    finally:
        bus.disconnect()
    if reply.message_type is MessageType.ERROR:
        raise RadioError(explain(RuntimeError(str(reply.error_name))))
    return _listed(cast("Mapping[str, Mapping[str, Any]]", reply.body[0]))


def _listed(objects: Mapping[str, Mapping[str, Any]]) -> list[Adapter]:
    return [
        Adapter(path.rpartition("/")[2], powered=bool(_value(told, "Powered")))
        for path, interfaces in sorted(objects.items())
        if (told := interfaces.get(_ADAPTER)) is not None
    ]


def _value(told: Mapping[str, Any], name: str) -> object:
    found = told.get(name)
    return getattr(found, "value", found)


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
