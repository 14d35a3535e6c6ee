"""Boards that Linux knows as input devices: the Wii Balance Board, by hid-wiimote.

The kernel has applied the board's own calibration: one axis a corner, 0.01 kg. It
tells changes only, none smaller than 0.02 kg, and no load below a corner's zero.
"""

from __future__ import annotations

import errno
import os
import select
import struct
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from surefoot.devices.transports.port import GoneError, Plugged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.devices.profile import Profile

DEVICES = Path("/dev/input")
SYSTEM = Path("/sys/class/input")

_NATIVE = struct.Struct("@llHHi")  # struct input_event of this kernel
_EVENT = struct.Struct("<qqHHi")  # as it is recorded: 24 bytes everywhere
_EV_SYN, _EV_ABS = 0, 3
_SYN_REPORT, _SYN_DROPPED = 0, 3
_ABSINFO = struct.Struct("@6i")
_MONOTONIC = 1
_CHUNK = 64 * _NATIVE.size
STILL = 0.05
"""Nothing changed for so long: the axes are asked for their present values [s]."""


def plugged(system: Path = SYSTEM, devices: Path = DEVICES) -> list[Plugged]:
    """Return the input devices of this computer, none where it is not Linux."""
    found: list[Plugged] = []
    for place in sorted(system.glob("event*"), key=lambda p: (len(p.name), p.name)):
        told = place / "device"
        name = _text(told / "name")
        if name:
            usb = _hexadecimal(told / "id/vendor"), _hexadecimal(told / "id/product")
            address = str(devices / place.name)
            found.append(Plugged(name, address, "evdev", usb, _text(told / "uniq")))
    return found


def calibration(address: str, system: Path = SYSTEM) -> str:
    """Return the board's calibration as the kernel shows it; empty if it does not.

    Twelve numbers of four digits joined by ``:``, raw readings at 0, 17 and 34 kg of
    top right, bottom right, top left, bottom left each. For the record only: what the
    axes tell is already in kilograms.
    """
    return _text(system / Path(address).name / "device/device/bboard_calib")


def open_port(address: str, profile: Profile) -> EvdevPort:
    """Open an input device.

    Parameters
    ----------
    address : str
        For example ``"/dev/input/event5"``.
    profile : Profile
        Tells the axes to ask for.

    Raises
    ------
    GoneError
        If it is not there or may not be read.
    """
    codes = sorted({code for stream in profile.streams for _, code in stream.codes})
    return EvdevPort(address, codes)


class EvdevPort:
    """One input device; `read` gives one report of the kernel at a time.

    Parameters
    ----------
    address : str
        Its path.
    axes : sequence of int
        Codes of the axes to ask for when opened, after events were lost, and while
        nothing changes.
    look : callable, optional
        Takes a file number and an axis, returns its present value, or None where that
        cannot be asked.
    """

    def __init__(
        self,
        address: str,
        axes: Sequence[int],
        look: Callable[[int, int], int | None] | None = None,
    ) -> None:
        self._address = address
        self._axes = tuple(axes)
        self._look = look or present_value
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            self._file = os.open(address, flags)
        except OSError as error:
            raise GoneError(_not_open(address, error)) from error
        self._rest = b""
        self._report: list[bytes] = []
        self._dropped = False
        self._ready: deque[bytes] = deque()
        self._told = 0.0
        _count_monotonic(self._file)
        self._ask()

    def read(self, timeout: float) -> bytes:
        """Return the events of one report, with its ``SYN_REPORT``, 24 bytes each.

        Where nothing changes for `STILL`, the present values stand in for a report.
        """
        until = time.monotonic() + timeout
        while not self._ready:
            now = time.monotonic()
            still = self._told + STILL
            wait = max(0.0, min(until, still) - now)
            if select.select([self._file], [], [], wait)[0]:
                self._take()
            elif now >= still:
                self._ask()
                self._told = time.monotonic()
            if time.monotonic() >= until:
                break
        return self._ready.popleft() if self._ready else b""

    def write(self, data: bytes) -> None:
        """Refuse: the kernel speaks with the board."""
        msg = (
            f"{self._address}: takes no commands, got {data.hex(' ')}: mend its profile"
        )
        raise GoneError(msg)

    def close(self) -> None:
        """Let go of the device."""
        if self._file >= 0:
            with suppress(OSError):
                os.close(self._file)
            self._file = -1

    def _take(self) -> None:
        try:
            data = os.read(self._file, _CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise GoneError(_not_there(self._address, error)) from error
        if not data:
            raise GoneError(_not_there(self._address, None))
        self._told = time.monotonic()
        data = self._rest + data
        whole = len(data) // _NATIVE.size * _NATIVE.size
        self._rest = data[whole:]
        for event in _NATIVE.iter_unpack(data[:whole]):
            self._event(event)

    def _event(self, event: tuple[int, ...]) -> None:
        kind, code = event[2], event[3]
        self._report.append(_EVENT.pack(*event))
        if (kind, code) == (_EV_SYN, _SYN_DROPPED):
            self._dropped = True
        if (kind, code) != (_EV_SYN, _SYN_REPORT):
            return
        if self._dropped:  # what is left of the report is not to be believed
            self._dropped = False
            self._ask()
        else:
            self._ready.append(b"".join(self._report))
        self._report = []

    def _ask(self) -> None:
        """Make a report of the present values, if they can be asked for."""
        values = [self._look(self._file, axis) for axis in self._axes]
        if not values or None in values:
            return
        seconds, ns = divmod(time.monotonic_ns(), 10**9)
        events = [
            _EVENT.pack(seconds, ns // 1000, _EV_ABS, axis, value or 0)
            for axis, value in zip(self._axes, values, strict=True)
        ]
        events.append(_EVENT.pack(seconds, ns // 1000, _EV_SYN, _SYN_REPORT, 0))
        self._ready.append(b"".join(events))


def present_value(file: int, axis: int) -> int | None:
    """Return where an axis stands, or None if that cannot be asked."""
    try:
        from fcntl import ioctl

        told = ioctl(file, _request(2, _ABSINFO.size, 0x40 + axis), bytes(24))
    except (OSError, ImportError):
        return None
    value: int = _ABSINFO.unpack(told)[0]
    return value


def _count_monotonic(file: int) -> None:
    """Have events stamped by the clock that is never set; the wall's is, otherwise."""
    with suppress(OSError, ImportError):
        from fcntl import ioctl

        ioctl(file, _request(1, 4, 0xA0), struct.pack("@i", _MONOTONIC))


def _request(direction: int, size: int, number: int) -> int:
    """Return an ioctl of the input system, as include/uapi/asm-generic/ioctl.h."""
    return direction << 30 | size << 16 | ord("E") << 8 | number


def _not_open(address: str, error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"{address}: expected to be allowed to read it, am not: add yourself to "
            "the group input and log in again"
        )
    return f"{address}: expected a board, got {error.strerror}: pair it again"


def _not_there(address: str, error: OSError | None) -> str:
    why = error.strerror if error else "its end"
    return (
        f"{address}: the board is gone ({why}): press its button, look at its battery"
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _hexadecimal(path: Path) -> int:
    try:
        return int(_text(path), 16)
    except ValueError:
        return 0
