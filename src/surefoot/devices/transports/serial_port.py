"""Boards on a serial port, by pyserial (the extra ``serial``)."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from surefoot.core import RadioError
from surefoot.devices.transports.port import GoneError, Plugged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.devices.profile import Profile

_MOST = 4096  # bytes of one read
_WRITE = 1.0  # s for a write to be taken


class _Listed(Protocol):
    device: str
    description: str
    product: str | None
    serial_number: str | None
    vid: int | None
    pid: int | None


class _Open(Protocol):
    timeout: float | None

    @property
    def in_waiting(self) -> int: ...
    def read(self, size: int) -> bytes: ...
    def write(self, data: bytes) -> int | None: ...
    def flush(self) -> None: ...
    def close(self) -> None: ...


def plugged() -> list[Plugged]:
    """Return the serial ports with a USB device behind them.

    Raises
    ------
    RadioError
        If pyserial is not installed.
    """
    listed = cast("Iterable[_Listed]", _library("serial.tools.list_ports").comports())
    return [
        Plugged(
            port.product or port.description,
            port.device,
            "serial",
            (port.vid, port.pid),
            port.serial_number or "",
        )
        for port in sorted(listed, key=lambda port: port.device)
        if port.vid is not None and port.pid is not None
    ]


def open_port(address: str, profile: Profile) -> SerialPort:
    """Open a serial port at the speed the profile tells.

    Raises
    ------
    GoneError
        If it is not there, or somebody else has it.
    RadioError
        If pyserial is not installed.
    """
    return SerialPort(address, profile.link.baud)


class SerialPort:
    """One serial port; `read` gives the bytes that are there, cut anywhere.

    Parameters
    ----------
    address : str
        For example ``"/dev/ttyUSB0"`` or ``"COM3"``.
    baud : int
        Bits a second.
    """

    def __init__(self, address: str, baud: int) -> None:
        self._address = address
        make = _library("serial").Serial
        try:
            opened = make(address, baud, write_timeout=_WRITE, exclusive=True)
        except (OSError, ValueError) as error:
            msg = (
                f"{address}: expected a serial port that is free, got {_words(error)}: "
                "plug it in; close other programs; on Linux join the group dialout"
            )
            raise GoneError(msg) from error
        self._port = cast("_Open", opened)

    def read(self, timeout: float) -> bytes:
        """Return the bytes that came, the first after at most ``timeout`` [s]."""
        try:
            if self._port.timeout != timeout:
                self._port.timeout = timeout
            first = self._port.read(1)
            if not first:
                return b""
            more = min(self._port.in_waiting, _MOST - 1)
            return first + (self._port.read(more) if more else b"")
        except (OSError, TypeError) as error:  # TypeError: closed under its feet
            raise GoneError(_gone(self._address, error)) from error

    def write(self, data: bytes) -> None:
        """Send bytes."""
        try:
            self._port.write(data)
            self._port.flush()
        except (OSError, TypeError) as error:
            raise GoneError(_gone(self._address, error)) from error

    def close(self) -> None:
        """Let go of the port."""
        with suppress(OSError):
            self._port.close()


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        msg = (
            "serial boards: expected the package pyserial, it is not installed: "
            "pip install 'surefoot[serial]'"
        )
        raise RadioError(msg) from None


def _gone(address: str, error: Exception) -> str:
    return f"{address}: the board is gone ({_words(error)}): plug it in again"


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
