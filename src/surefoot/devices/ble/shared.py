"""What the radios of a group share: one thread, each adapter's lock, the sensors."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import TimeoutError as Late
from typing import TYPE_CHECKING

from surefoot.devices.ble.crowd import crowding
from surefoot.devices.ble.loop import LoopThread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from concurrent.futures import Future

    from surefoot.devices.ble.seat import Air
    from surefoot.devices.profile import Profile

_OPENING = 5.0  # s until the thread's loop runs


class Shared:
    """One asyncio thread for several radios, which take no sensor from each other.

    It begins with the first radio that starts and ends with the last that stops. A
    radio that fails or stops leaves the others as they are. Scans and connections of
    one adapter wait for each other, those of two adapters do not.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running = threading.Event()
        self._thread = LoopThread(self._main, "radio")
        self._change = threading.Lock()
        self._begun = False
        self._at_work = 0
        self._places: list[Place] = []

    def place(
        self,
        main: Callable[[asyncio.Event], Awaitable[None]],
        air: Air,
        profiles: Collection[Profile],
    ) -> Place:
        """Return what runs a radio's ``main`` in the thread.

        Parameters
        ----------
        main : callable
            As for `surefoot.devices.ble.loop.LoopThread`.
        air : Air
            What the sensors of this radio share.
        profiles : collection of Profile
            One for each of its sensors.
        """
        place = Place(self, main, air, profiles)
        with self._change:
            self._places.append(place)
        return place

    def on_adapter(self, air: Air) -> list[Place]:
        """Return all radios that use the same adapter."""
        return [p for p in self._places if p.adapter == (air.transport, air.adapter)]

    def taken(self, place: Place, serial: str, address: str) -> bool:
        """Return whether another radio than this one has the sensor."""
        return any(
            taken.same(serial, address)
            for other in self._places
            if other is not place
            for taken in tuple(other.air.taken.values())
        )

    def enter(self) -> asyncio.AbstractEventLoop:
        """Return the running loop of the thread, for one radio more."""
        with self._change:
            self._at_work += 1
            if not self._begun:
                self._begun = True
                self._thread.start()
        self._running.wait(_OPENING)
        if self._loop is None:
            msg = "the thread of the radio did not begin"
            raise RuntimeError(msg)
        return self._loop

    def leave(self, timeout: float) -> bool:
        """Take note that a radio has stopped; the last one ends the thread."""
        with self._change:
            self._at_work -= 1
            last = self._at_work == 0
        return self._thread.stop(timeout) if last else True

    def call(self, what: Callable[[], object]) -> None:
        """Let the thread call something, if it is still there."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)

    async def _main(self, stop: asyncio.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._running.set()
        await stop.wait()


class Place:
    """One radio's place in the shared thread: starts and stops as a thread would.

    Parameters
    ----------
    shared : Shared
        The thread.
    main, air, profiles
        As for `Shared.place`.
    """

    def __init__(
        self,
        shared: Shared,
        main: Callable[[asyncio.Event], Awaitable[None]],
        air: Air,
        profiles: Collection[Profile],
    ) -> None:
        self.air = air
        self.profiles = profiles
        self.adapter = (air.transport, air.adapter)
        self._shared = shared
        self._main = main
        self._stop = asyncio.Event()
        self._work: Future[None] | None = None
        self.own = asyncio.Lock()

    @property
    def lock(self) -> asyncio.Lock:
        """Held while scanning and connecting with the adapter: one for all on it."""
        return self._shared.on_adapter(self.air)[0].own

    @property
    def crowd(self) -> str:
        """A warning if the adapter has too many sensors, those of others counted in."""
        places = self._shared.on_adapter(self.air)
        return crowding([profile for place in places for profile in place.profiles])

    def has(self, serial: str, address: str) -> bool:
        """Return whether another radio has taken this sensor, on any adapter."""
        return self._shared.taken(self, serial, address)

    def start(self) -> None:
        """Begin, and return as soon as the thread runs."""
        loop = self._shared.enter()
        self._work = asyncio.run_coroutine_threadsafe(self._run(), loop)

    def stop(self, timeout: float) -> bool:
        """Ask it to end and wait at most so long [s]; return whether it ended."""
        work, self._work = self._work, None
        if work is None:
            return True
        self._shared.call(self._stop.set)
        try:
            work.result(timeout)
        except (Late, TimeoutError):
            return False
        finally:
            ended = self._shared.leave(timeout)
        return ended

    async def _run(self) -> None:
        await self._main(self._stop)
