"""One asyncio loop in a thread of its own, from start to end of a session."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class LoopThread:
    """Runs one coroutine beside the caller until it is asked to stop.

    Parameters
    ----------
    main : callable
        Takes an event and returns an awaitable that ends soon after it is set.
    name : str
        Of the thread.
    """

    def __init__(
        self, main: Callable[[asyncio.Event], Awaitable[None]], name: str
    ) -> None:
        self._main = main
        self._asked = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start, and return at once."""
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Ask it to end and wait at most so long [s]; return whether it ended."""
        self._asked.set()
        loop, stop = self._loop, self._stop
        if loop is not None and stop is not None and not loop.is_closed():
            try:
                loop.call_soon_threadsafe(stop.set)
            except RuntimeError:  # closed since the line above
                return True
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.run(self._supervised())

    async def _supervised(self) -> None:
        self._stop = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        # asked before there was a loop to tell it to
        if self._asked.is_set():
            self._stop.set()
        await self._main(self._stop)
