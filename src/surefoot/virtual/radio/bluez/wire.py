"""The connection of the emulated BlueZ to its bus: patient where dbus-fast gives up."""

from __future__ import annotations

import asyncio
import select
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, cast

from dbus_fast import BusType
from dbus_fast.aio import MessageBus

if TYPE_CHECKING:
    from dbus_fast import Message

_AGAIN = 0.001  # s


class _Sender(Protocol):
    def send(self, msg: Message) -> asyncio.Future[None]: ...


class Wire(MessageBus):
    """A message bus that waits while the daemon takes no more.

    A plain one takes a full socket for a broken one and disconnects.

    Parameters
    ----------
    address : str
        Of the bus.
    """

    def __init__(self, address: str) -> None:
        super().__init__(address, BusType.SYSTEM, negotiate_unix_fd=True)
        self._waiting: deque[Message] = deque()
        self._scheduled = False

    def put(self, message: Message) -> None:
        """Send a message after those that wait."""
        self._waiting.append(message)
        if not self._scheduled:
            self._flush()

    def hang_up(self) -> None:
        """Disconnect; never raises."""
        self._waiting.clear()
        with suppress(Exception):  # it may have died with the daemon
            self.disconnect()

    def _flush(self) -> None:
        self._scheduled = False
        sender = cast("_Sender", self)
        while self._waiting and self.connected:
            if not _writable(cast("int", self._fd)):
                self._scheduled = True
                asyncio.get_running_loop().call_later(_AGAIN, self._flush)
                return
            sender.send(self._waiting.popleft()).add_done_callback(_ignore)


def _writable(fd: int) -> bool:
    poll = select.poll()
    poll.register(fd, select.POLLOUT)
    return bool(poll.poll(0))


def _ignore(sent: asyncio.Future[None]) -> None:
    if not sent.cancelled():
        sent.exception()  # the daemon was ended; BlueZ hears of it otherwise
