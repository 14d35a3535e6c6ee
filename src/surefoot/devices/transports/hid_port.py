"""Boards whose HID reports are read as they come, by hidapi (the extra ``hid``)."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, cast

from surefoot.core import RadioError
from surefoot.devices.transports.port import GoneError, Plugged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surefoot.devices.profile import Profile

_LONGEST = 64  # bytes of a report


class _Listed(TypedDict):
    path: bytes
    vendor_id: int
    product_id: int
    serial_number: str | None
    product_string: str | None


class _Open(Protocol):
    def open_path(self, path: bytes) -> None: ...
    def read(self, max_length: int, timeout_ms: int) -> Sequence[int]: ...
    def write(self, buff: bytes) -> int: ...
    def close(self) -> None: ...


def plugged() -> list[Plugged]:
    """Return the HID devices of this computer.

    Raises
    ------
    RadioError
        If hidapi is not installed.
    """
    listed = cast("Iterable[_Listed]", _library().enumerate())
    return [
        Plugged(
            told["product_string"] or "",
            told["path"].decode(errors="surrogateescape"),
            "hid",
            (told["vendor_id"], told["product_id"]),
            told["serial_number"] or "",
        )
        for told in listed
    ]


def open_port(address: str, profile: Profile) -> HidPort:
    """Open a HID device.

    Raises
    ------
    GoneError
        If it is not there, or the system does not let go of it.
    RadioError
        If hidapi is not installed.
    """
    del profile  # reports need no settings
    return HidPort(address)


class HidPort:
    """One HID device; `read` gives one input report, its number first.

    Parameters
    ----------
    address : str
        The path hidapi tells.
    """

    def __init__(self, address: str) -> None:
        self._name = address
        self._device = cast("_Open", _library().device())
        try:
            self._device.open_path(address.encode(errors="surrogateescape"))
        except (OSError, ValueError) as error:
            msg = (
                f"{address}: expected a board that is free, got {error}: pair it "
                "again, close other programs"
            )
            raise GoneError(msg) from error

    def read(self, timeout: float) -> bytes:
        """Return the next input report."""
        # no time at all would mean: for ever
        patience = max(1, round(timeout * 1000))
        try:
            return bytes(self._device.read(_LONGEST, patience))
        except (OSError, ValueError) as error:
            raise GoneError(self._gone(error)) from error

    def write(self, data: bytes) -> None:
        """Send one output report, its number first."""
        try:
            sent = self._device.write(data)
        except (OSError, ValueError) as error:
            raise GoneError(self._gone(error)) from error
        if sent < 0:
            raise GoneError(self._gone(f"{data[:4].hex(' ')} was not taken"))

    def close(self) -> None:
        """Let go of the device."""
        with suppress(OSError, ValueError):
            self._device.close()

    def _gone(self, why: object) -> str:
        return f"{self._name}: the board is gone ({why}): switch it on, pair it again"


def _library() -> Any:
    try:
        return import_module("hid")
    except ImportError:
        msg = (
            "HID boards: expected the package hidapi, it is not installed: "
            "pip install 'surefoot[hid]'"
        )
        raise RadioError(msg) from None
