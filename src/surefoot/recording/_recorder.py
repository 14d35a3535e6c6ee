"""Records packets while a session runs, whatever the disk does."""

from __future__ import annotations

import errno
import threading
import time
from typing import TYPE_CHECKING, Any

from surefoot.core import RecordingError
from surefoot.recording._backlog import LIMIT, Backlog
from surefoot.recording._file import RecordingFile
from surefoot.recording._header import Header, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from surefoot.core import Packet

_DRAIN_S = 0.05
_BATCH = 1000
_STALL_S = 5.0
_PATIENCE_S = 30.0
_LITTLE_ROOM = 50_000_000  # bytes free; our default, about half an hour of six sensors
_KEPT = "what was written is kept and can be recovered"
_GONE = "the file is no longer where it was"
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the disk takes no larger file",
    errno.EIO: "the disk reports an error",
    errno.EROFS: "the disk may only be read",
    errno.ENODEV: "the disk is gone",
    errno.ENXIO: "the disk is gone",
    errno.ESTALE: "the disk is gone",
    errno.ENOENT: _GONE,
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
    patient : bool
        Whether `write` waits for room while the disk is slow but at work, as a source
        that is faster than time should. False never waits: what finds no room is left
        out, as a live session must have it.

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
        patient: bool = True,
    ) -> None:
        self._file = RecordingFile(path, header, sources)
        self.path = self._file.path
        self.part = self._file.part
        self.header = self._file.header
        self._flush_s = flush_s
        self._sync_s = sync_s
        self._patient = patient
        self._waiting = Backlog(LIMIT)
        self._telling = threading.Lock()
        self._stop = threading.Event()
        self._free: int | None = None
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
        """Take a packet; never waits for a disk that hangs, and never raises.

        Every packet gets the next number. One the file cannot take leaves its number
        out there, is counted in `lost`, and `alarm` says why.
        """
        self._waiting.put(packet, self._is_at_work)

    @property
    def error(self) -> str:
        """What keeps packets from the disk, one line; empty while all is well."""
        silent = time.monotonic() - self._alive
        if self._error or self._closed or silent < _STALL_S:
            return self._error
        lost = f", {self.lost} are lost" if self.lost else ""
        return (
            f"{self.part.name}: the disk has not answered for {silent:.0f} s: "
            f"{self.backlog} packets wait in memory{lost}"
        )

    @property
    def failed(self) -> bool:
        """Whether nothing more can reach the disk, however long one waits."""
        return bool(self._error)

    @property
    def alarm(self) -> str:
        """What somebody should know now, one line; empty while all is well.

        That is `error` if there is one; else packets that were left out while the
        recording goes on; else a disk that is nearly full.
        """
        return self.error or self._left_out() or self._little_room()

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
        """Packets taken that did not or will not reach the file."""
        if self._error:
            return self._waiting.taken - self._file.flushed
        return self._waiting.left_out

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
                self._file.finish(told, self._ending())
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
        self._waiting.shut()
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
                self._file.require_its_place()
                self._free = self._file.room()
        except OSError as error:
            self._fail(_why(error))

    def _drain(self) -> None:
        # as many as wait now: a fast sender must not keep the flush from its turn
        for _ in range(0, len(self._waiting), _BATCH):
            for number, packet in self._waiting.take(_BATCH):
                self._file.put(number, packet)
            self._alive = time.monotonic()

    def _is_at_work(self) -> bool:
        """Return whether the sender may wait for room."""
        silent = time.monotonic() - self._alive
        return self._patient and not self._closed and silent < _STALL_S

    def _fail(self, why: str) -> None:
        with self._telling:
            if not self._error:
                then = "put its drive back, or look for it" if why == _GONE else _KEPT
                self._error = (
                    f"{self.part}: recording stopped after {self._file.flushed} "
                    f"packets: {why}: {then}"
                )
        self._waiting.clear()
        self._stop.set()

    def _left_out(self) -> str:
        waiting = self._waiting
        reasons: list[str] = []
        if waiting.crowded:
            room = waiting.limit / 1e6
            why = f"the disk was too slow and {room:g} MB of waiting packets are kept"
            reasons.append(f"{waiting.crowded} because {why}")
        if waiting.unfit:
            why = f"no file can hold them, the first {waiting.example}"
            reasons.append(f"{waiting.unfit} because {why}")
        if not reasons:
            return ""
        total = f"{self.part.name}: {waiting.left_out} packets are not in the recording"
        return f"{total}: {'; '.join(reasons)}: the rest is kept"

    def _little_room(self) -> str:
        if self._closed or self._free is None or self._free > _LITTLE_ROOM:
            return ""
        left = f"{self._free / 1e6:.0f} MB are left on its disk"
        return f"{self.part.name}: {left}: make room, or end the recording soon"

    def _ending(self) -> dict[str, Any] | None:
        """Return what the file should say of packets that it does not hold."""
        if not self._waiting.left_out:
            return None
        return {"taken": self._waiting.taken, "alarm": self._left_out()}


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or str(error))
    return f"{type(error).__name__} {error}".strip()
