"""Records packets while a session runs, whatever the disk does."""

from __future__ import annotations

import errno
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from surefoot.core import RecordingError
from surefoot.recording._file import RecordingFile
from surefoot.recording._header import Header, to_json
from surefoot.recording._layout import HALF, MAX_PAYLOAD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from surefoot.core import Packet

_DRAIN_S = 0.05
_STALL_S = 5.0
_PATIENCE_S = 30.0
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the disk takes no larger file",
    errno.EIO: "the disk reports an error",
}


class Recorder:
    """Takes packets from any thread and writes them on its own two threads.

    One thread writes and hands chunks to the system every `flush_s`; another waits for
    the disk every `sync_s`, so that a slow disk delays nobody. A killed process loses
    less than a second, a power cut about `sync_s` more.

    Parameters
    ----------
    path : Path
        The finished file; ``path + ".part"`` is created now and must not exist yet.
    header : Header
        Written first. `Recorder.header` is the same with what was added.
    sources : sequence of str
        The sources that are foreseen; others are taken too.
    flush_s, sync_s : float
        Seconds between flushes and between waits for the disk.

    Raises
    ------
    RecordingError
        If the file cannot be created there, or exists.
    """

    def __init__(
        self,
        path: Path,
        header: Header,
        sources: Sequence[str],
        *,
        flush_s: float = 0.5,
        sync_s: float = 1.0,
    ) -> None:
        self._file = RecordingFile(path, header, sources)
        self.path = self._file.path
        self.part = self._file.part
        self.header = self._file.header
        self._flush_s = flush_s
        self._sync_s = sync_s
        self._waiting: deque[tuple[int, Packet]] = deque()
        self._order = threading.Lock()
        self._stop = threading.Event()
        self._taken = 0
        self._error = ""
        self._closed = False
        self._alive = time.monotonic()
        self._threads = [
            threading.Thread(target=work, name=f"recording-{what}", daemon=True)
            for what, work in (
                ("write", self._keep_writing),
                ("sync", self._keep_syncing),
            )
        ]
        for thread in self._threads:
            thread.start()

    def write(self, packet: Packet) -> None:
        """Take a packet; never waits for the disk and never raises for its sake.

        After an error packets are counted as `lost`, and `error` says why.

        Raises
        ------
        RecordingError
            If no file could hold this packet; the recording goes on without it.
        """
        if len(packet.payload) > MAX_PAYLOAD or not -HALF <= packet.t_ns < HALF:
            raise RecordingError(_oversize(packet))
        with self._order:
            if not self._error and not self._closed:
                self._waiting.append((self._taken, packet))
            self._taken += 1

    @property
    def error(self) -> str:
        """What keeps packets from the disk, one line; empty while all is well."""
        silent = time.monotonic() - self._alive
        if self._error or self._closed or silent < _STALL_S:
            return self._error
        return (
            f"{self.part.name}: the disk has not answered for {silent:.0f} s: "
            f"{self.backlog} packets wait in memory"
        )

    @property
    def backlog(self) -> int:
        """Packets that wait for the writing thread."""
        return len(self._waiting)

    @property
    def packets(self) -> int:
        """Packets written so far."""
        return self._file.packets

    @property
    def lost(self) -> int:
        """Packets taken that did not reach the file because of an error."""
        return self._taken - self._file.flushed if self._error else 0

    @property
    def bytes_written(self) -> int:
        """Size of the file so far."""
        return self._file.bytes_written

    def close(self, results: dict[str, Any] | None = None) -> Path:
        """Write what waits, complete the file and give it its name.

        Parameters
        ----------
        results : dict, optional
            What the live session came to, JSON-ready; kept beside the packets.

        Raises
        ------
        RecordingError
            If something was or could not be written; the ``.part`` is left.
        """
        if self._closed:
            return self._outcome()
        told = None if results is None else to_json(results)
        self._halt()
        if not self._error:
            try:
                self._file.finish(told)
            except OSError as error:
                self._fail(_why(error))
            except RecordingError as error:
                self._fail(str(error))
        self._file.release()
        return self._outcome()

    def abandon(self) -> None:
        """Stop and leave the ``.part``, as a crash would."""
        self._halt()
        self._file.release()

    def _outcome(self) -> Path:
        if self._error:
            raise RecordingError(self._error)
        return self.path

    def _halt(self) -> None:
        self._closed = True
        self._stop.set()
        for thread in self._threads:
            thread.join(_PATIENCE_S)
            if thread.is_alive():
                self._fail("the disk does not answer")

    def _keep_writing(self) -> None:
        try:
            due = time.monotonic() + self._flush_s
            while not self._stop.wait(min(_DRAIN_S, self._flush_s)):
                self._drain()
                if time.monotonic() >= due:
                    self._file.flush()
                    due = time.monotonic() + self._flush_s
                self._alive = time.monotonic()
            self._drain()
            self._file.flush()
        except Exception as error:  # noqa: BLE001 - whatever ends it must be told
            self._fail(_why(error))

    def _keep_syncing(self) -> None:
        try:
            self._file.sync_folder()
            self._file.sync()
            while not self._stop.wait(self._sync_s):
                self._file.sync()
        except OSError as error:
            self._fail(_why(error))

    def _drain(self) -> None:
        # as many as wait now: a fast sender must not keep the flush from its turn
        for _ in range(len(self._waiting)):
            self._file.put(*self._waiting.popleft())

    def _fail(self, why: str) -> None:
        with self._order:
            if not self._error:
                self._error = (
                    f"{self.part}: recording stopped after {self._file.flushed} "
                    f"packets: {why}: what was written is kept and can be recovered"
                )
            self._waiting.clear()
        self._stop.set()


def _oversize(packet: Packet) -> str:
    return (
        f"{packet.source}: expected at most {MAX_PAYLOAD} bytes and a 64-bit time, got "
        f"{len(packet.payload)} bytes at {packet.t_ns} ns: cut the packet"
    )


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or str(error))
    return f"{type(error).__name__} {error}".strip()
