"""Boards that are not there: byte streams of our own, and what a session would hear."""

from __future__ import annotations

import queue
import struct
import time
from typing import TYPE_CHECKING

import pytest

from surefoot.core.control import fields, is_control
from surefoot.devices import parse_profile
from surefoot.devices.ble import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from surefoot.core import Packet
    from surefoot.devices import Profile
    from surefoot.devices.transports import Ports, Together

QUICK = Limits(silence=0.4, first_wait=0.01, longest_wait=0.05, longest_pause=0.05)

HEAD = """
schema = 1
id = "test-board"
name = "A board of the tests"
kind = ["force-board"]
evidence = "ours"
sources = ["This test"]
"""

SERIAL = f"""{HEAD}
transport = "serial"
[[match]]
usb = "1234:abcd"
[link]
baud = 115200
[[start]]
write = {{ char = "port", ascii = "0" }}
[[stop]]
write = {{ char = "port", ascii = "1" }}
[[streams]]
id = "force"
char = "port"
rate = 100
framing = {{ sync = ["FFFE"], length = 15, checksum = "sum8" }}
header = [["sync", "u1", 2], ["seq", "<u2"], ["t", "<u4"]]
sample = [["f", "<i2", 3]]
time = {{ field = "t", tick_hz = 1_000, bits = 32, stamp = "last", counter = "seq" }}
channels = [{{ name = "force", field = "f", unit = "N" }}]
"""

HID = f"""{HEAD}
transport = "hid"
[[match]]
usb = "057e:0306"
name = "RVL-WBC"
[[start]]
write = {{ char = "port", hex = "17 04 A4 00 24 00 18" }}
expect = {{ char = "port", prefix = "21", within_ms = 300, refusals = {{ "22" = "it is tired" }} }}
[[start]]
write = {{ char = "port", hex = "12 04 34" }}
[[streams]]
id = "counts"
char = "port"
rate = 100
select = [{{ at = 0, eq = 0x34 }}]
header = [["report", "u1"], ["buttons", "u1", 2]]
sample = [["cells", ">u2", 4]]
min_len = 11
channels = [{{ name = "count", field = "cells", unit = "raw" }}]
"""  # noqa: E501 - an inline table of TOML stands on one line

EVDEV = f"""{HEAD}
transport = "evdev"
[[match]]
name = "Balance Board"
[[streams]]
id = "force"
char = "port"
rate = 100
codec = "events"
sample = [["tr", "<i4"], ["br", "<i4"], ["tl", "<i4"], ["bl", "<i4"]]
codes = {{ tr = 16, br = 17, tl = 18, bl = 19 }}
time = {{ field = "time", tick_hz = 1_000_000 }}
channels = [
  {{ name = "force_tr", field = "tr", unit = "kgf", scale = 0.01 }},
  {{ name = "force_br", field = "br", unit = "kgf", scale = 0.01 }},
  {{ name = "force_tl", field = "tl", unit = "kgf", scale = 0.01 }},
  {{ name = "force_bl", field = "bl", unit = "kgf", scale = 0.01 }},
]
"""


class Ear:
    """What a session would hear, and waiting for it without sleeping."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Packet] = queue.SimpleQueue()
        self.put = self._queue.put
        self.packets: list[Packet] = []
        self.parts: list[Ports | Together] = []

    def begin(self, part: Ports | Together) -> None:
        self.parts.append(part)
        part.start()

    def until(self, holds: Callable[[], bool], timeout: float = 5.0) -> None:
        """Listen until something holds; fail with what was heard if it never does."""
        end = time.monotonic() + timeout
        while not holds():
            try:
                left = max(0.0, end - time.monotonic())
                self.packets.append(self._queue.get(timeout=left))
            except queue.Empty:
                pytest.fail(f"not heard in {timeout} s: {self.told()}")

    def until_state(self, state: str, times: int = 1, role: str = "board") -> None:
        self.until(lambda: self.states(role).count(state) >= times)

    def data(self, source: str = "board/port") -> bytes:
        return b"".join(p.payload for p in self.packets if p.source == source)

    def told(self, role: str = "") -> list[dict[str, object]]:
        heard = [p for p in self.packets if is_control(p)]
        return [fields(p) for p in heard if p.source.endswith(role)]

    def states(self, role: str = "board") -> list[str]:
        return [str(t["state"]) for t in self.told(role) if "state" in t]

    def reason(self, state: str, role: str = "board") -> str:
        told = [t for t in self.told(role) if t.get("state") == state]
        return str(told[-1].get("reason", "")) if told else ""

    def rest(self) -> None:
        while not self._queue.empty():
            self.packets.append(self._queue.get())


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Return an ear; nothing may be left running."""
    found = Ear()
    yield found
    assert all(part.stop() for part in found.parts)


@pytest.fixture
def quick() -> Limits:
    return QUICK


@pytest.fixture(scope="session")
def profiles() -> dict[str, Profile]:
    told = {"serial": SERIAL, "hid": HID, "evdev": EVDEV}
    return {kind: parse_profile(text, kind) for kind, text in told.items()}


@pytest.fixture
def frame() -> Callable[[int], bytes]:
    """Return what makes the frames of the serial board: one each 10 ms."""

    def make(k: int, seq: int | None = None, t: int | None = None) -> bytes:
        numbers = (seq if seq is not None else k) & 0xFFFF, 10 * (k if t is None else t)
        body = b"\xff\xfe" + struct.pack("<HI3h", *numbers, k % 30_000, -1, 300)
        return body + bytes([sum(body) & 0xFF])

    return make


@pytest.fixture
def report() -> Callable[..., bytes]:
    """Return what makes the kernel's events of one report."""

    def make(t: float, **axes: int) -> bytes:
        seconds, us = int(t), round(t % 1 * 1e6)
        codes = {"tr": 16, "br": 17, "tl": 18, "bl": 19}
        events = [(3, codes[name], value) for name, value in axes.items()]
        return b"".join(
            struct.pack("@llHHi", seconds, us, *event) for event in [*events, (0, 0, 0)]
        )

    return make
