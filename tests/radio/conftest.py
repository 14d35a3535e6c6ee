"""The real radio code on a virtual air, in real time; nothing may be left running."""

from __future__ import annotations

import asyncio
import queue
import time
from typing import TYPE_CHECKING

import pytest

from surefoot.core.control import fields, is_control
from surefoot.devices.ble import Limits, Radio, Wanted
from surefoot.devices.ble.loop import LoopThread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surefoot.core import Packet
    from surefoot.virtual.radio import VirtualAir

QUICK = Limits(
    scan=1.0,
    connect=1.0,
    answer=1.0,
    silence=1.0,
    disconnect=0.3,
    first_wait=0.02,
    longest_wait=0.1,
)
"""The usual patience, shortened."""


class Ear:
    """What a session would hear, and waiting for it without sleeping."""

    def __init__(self, radio: Callable[[Callable[[Packet], None]], Radio]) -> None:
        self._queue: queue.SimpleQueue[Packet] = queue.SimpleQueue()
        self.packets: list[Packet] = []
        self.radio = radio(self._queue.put)

    def until(self, holds: Callable[[], bool], timeout: float = 8.0) -> None:
        """Listen until something holds; fail with what was heard if it never does."""
        end = time.monotonic() + timeout
        while not holds():
            try:
                left = max(0.0, end - time.monotonic())
                self.packets.append(self._queue.get(timeout=left))
            except queue.Empty:
                pytest.fail(f"not heard in {timeout} s; links: {self.told()}")

    def until_data(self, role: str, more: int = 5) -> None:
        """Listen until more packets of a sensor have come."""
        wanted = len(self.data(role)) + more
        self.until(lambda: len(self.data(role)) >= wanted)

    def until_state(self, role: str, state: str, times: int = 1) -> None:
        """Listen until a link has been in a state so often."""
        self.until(lambda: self.states(role).count(state) >= times)

    def data(self, role: str) -> list[Packet]:
        """Return the packets of a sensor."""
        return [p for p in self.packets if p.role == role]

    def told(self, role: str = "") -> list[dict[str, object]]:
        """Return what links said about themselves."""
        heard = [p for p in self.packets if is_control(p)]
        return [fields(p) for p in heard if p.source.endswith(role)]

    def states(self, role: str) -> list[str]:
        """Return the states of a link, in order."""
        return [str(t["state"]) for t in self.told(role) if "state" in t]

    def reason(self, role: str, state: str) -> str:
        """Return the newest reason for a state."""
        told = [t for t in self.told(role) if t.get("state") == state]
        return str(told[-1].get("reason", "")) if told else ""

    def rest(self) -> None:
        """Take what came until the radio stopped."""
        while not self._queue.empty():
            self.packets.append(self._queue.get())


@pytest.fixture
def leftovers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that tasks left behind by a radio are entered in."""
    found: list[str] = []
    main = LoopThread._supervised

    async def supervised(self: LoopThread) -> None:
        await main(self)
        # a cancelled task that was not waited for needs one round to end
        await asyncio.sleep(0)
        here = asyncio.current_task()
        found.extend(repr(task) for task in asyncio.all_tasks() if task is not here)

    monkeypatch.setattr(LoopThread, "_supervised", supervised)
    return found


@pytest.fixture
def listen(leftovers: list[str]):
    """Return a function that starts a radio on a virtual air."""
    ears: list[Ear] = []

    def start(
        air: VirtualAir,
        names: Mapping[str, Wanted | str | None] | None = None,
        limits: Limits = QUICK,
    ) -> Ear:
        wanted = {
            role: name
            if isinstance(name, Wanted)
            else Wanted(air.units[role].profile, name)
            for role, name in (names or {"board": "board"}).items()
        }
        transport = air.transport
        ear = Ear(lambda put: Radio(put, wanted, transport, limits=limits))
        ears.append(ear)
        ear.radio.start()
        return ear

    yield start
    for ear in ears:
        assert ear.radio.stop(5.0), "the radio did not stop"
    assert leftovers == []
