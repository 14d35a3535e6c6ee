"""Keeps one sensor connected: find, open, start, watch, close, wait, and again.

It knows no radio library; `surefoot.devices.ble.connection` gives it connections.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

from surefoot.core import LinkState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from surefoot.devices.ble.link import Limits, LinkLog


class LostError(Exception):
    """A link is of no more use; the text says why."""


class Connection(Protocol):
    """One sensor that was heard, from connecting to disconnecting."""

    lost: asyncio.Event
    """Set when the link broke."""
    heard: float
    """Monotonic time of the newest packet with samples [s]; 0 before the first."""

    async def open(self) -> None:
        """Connect and learn what the sensor offers."""
        ...

    async def start(self) -> None:
        """Subscribe and let it stream."""
        ...

    async def tend(self) -> None:
        """Do what is due on an open link; called a few times a second."""
        ...

    async def close(self) -> None:
        """Let it stop, and disconnect; never raises."""
        ...


class Supervisor:
    """The explicit state machine of one link.

    Parameters
    ----------
    find : callable
        Scans once; returns an awaitable of a connection, or of None if the sensor was
        not heard.
    log : LinkLog
        Told of every change.
    limits : Limits
        How long to wait for what.
    explain : callable
        Turns an error of the radio into one line.
    """

    def __init__(
        self,
        find: Callable[[], Awaitable[Connection | None]],
        log: LinkLog,
        limits: Limits,
        explain: Callable[[BaseException], str],
    ) -> None:
        self._find = find
        self._log = log
        self._limits = limits
        self._explain = explain
        self._failures = 0
        self._misses = 0

    async def run(self, lock: asyncio.Lock) -> None:
        """Go on until cancelled.

        Parameters
        ----------
        lock : asyncio.Lock
            Held while scanning and connecting: adapters refuse two at a time.
        """
        try:
            self._log.state(LinkState.SCANNING)
            while True:
                await self._attempt(lock)
        finally:
            self._log.state(LinkState.CLOSED)

    async def _attempt(self, lock: asyncio.Lock) -> None:
        try:
            heard = await self._connection(lock)
        except Exception as error:  # noqa: BLE001 - a link outlives every backend error
            reason = (
                str(error) if isinstance(error, LostError) else self._explain(error)
            )
            self._log.state(LinkState.LOST, reason)
            await asyncio.sleep(self._limits.wait(self._failures))
            self._failures += 1
            self._log.state(LinkState.SCANNING)
        else:
            if not heard:
                why = "not heard yet: switch the sensor on, bring it closer"
                self._log.state(LinkState.SCANNING, why)
                # scanning takes air time from the sensors that stream
                await asyncio.sleep(self._limits.pause(self._misses))
                self._misses += 1

    async def _connection(self, lock: asyncio.Lock) -> bool:
        async with lock:
            connection = await self._find()
            if connection is None:
                return False
            self._misses = 0
            self._log.state(LinkState.CONNECTING)
            try:
                async with asyncio.timeout(self._limits.connect):
                    await connection.open()
            except BaseException:
                await connection.close()
                raise
        try:
            await connection.start()
            self._log.state(LinkState.STREAMING)
            await self._watch(connection, time.monotonic())
        finally:
            await connection.close()
        return True

    async def _watch(self, connection: Connection, since: float) -> None:
        while not connection.lost.is_set():
            await connection.tend()
            try:
                # not wait_for: before Python 3.12 it can lose a cancellation
                async with asyncio.timeout(self._limits.silence / 6):
                    await connection.lost.wait()
            except TimeoutError:
                heard = max(connection.heard, since)
                self._check(time.monotonic() - heard)
        msg = "link lost: bring the sensor closer, look at its battery"
        raise LostError(msg)

    def _check(self, quiet: float) -> None:
        if quiet > self._limits.silence:
            msg = f"no data for {quiet:.1f} s on an open link: connecting again"
            raise LostError(msg)
        if quiet < self._limits.silence / 2:
            self._failures = 0
