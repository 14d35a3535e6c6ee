"""The file being written: a ``.part`` until it is finished. No threads here."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from mcap.writer import CompressionType, IndexType, Writer

from surefoot.core import RecordingError
from surefoot.recording import _layout as layout
from surefoot.recording._fingerprint import fingerprint
from surefoot.recording._header import Header, parts_of, to_json
from surefoot.recording._lock import hold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from surefoot.core import Packet


class RecordingFile:
    """Writes packets, in order, to ``path + suffix``; `finish` gives it its name.

    Every method may raise OSError; then nothing more must be written, and the reader
    takes what reached the disk.
    """

    def __init__(
        self,
        path: Path,
        header: Header,
        sources: Iterable[str],
        suffix: str = ".part",
    ) -> None:
        self.path = path
        self.part = path.with_name(path.name + suffix)
        self.packets = 0
        self.flushed = 0
        self.bytes_written = 0
        self._channels: dict[str, int] = {}
        self._late: dict[int, str] = {}
        names = {n + 1: source for n, source in enumerate(dict.fromkeys(sources))}
        self.header = _complete(header, names)
        self._anchor = int(self.header.session["anchor_ns"])
        self._parts = parts_of(self.header)
        self._stream = _create(path, self.part)
        self._writer = _writer(self._stream)
        self._begin(names)

    def put(self, sequence: int, packet: Packet) -> None:
        """Add a packet; it is on its way to the disk after the next `flush`."""
        channel = self._channels.get(packet.source) or self._discover(packet.source)
        log = layout.to_log(packet.t_ns, self._anchor)
        number = sequence % layout.SEQUENCE
        self._writer.add_message(channel, log, packet.payload, log, number)
        self.packets += 1

    def flush(self) -> None:
        """Hand everything to the operating system: a killed process loses no more."""
        if self.packets == self.flushed:
            return
        if self._late:
            # before each chunk, so that no damaged chunk takes a name with it
            self._attach(layout.CHANNELS, to_json(self._late))
        self._writer.flush()
        self.flushed = self.packets
        self.bytes_written = self._stream.tell()

    def sync(self) -> None:
        """Wait until the disk has what was flushed: a power cut loses no more."""
        os.fsync(self._stream.fileno())

    def sync_folder(self) -> None:
        """Wait until the disk has the file's name."""
        _sync_folder(self.path.parent)

    def require_its_place(self) -> None:
        """Raise FileNotFoundError if nothing has the file's name any more."""
        try:
            self.part.stat()
        except FileNotFoundError:
            raise
        except OSError:
            return  # a share that answers oddly once must not end a recording

    def room(self) -> int | None:
        """Return how much more the disk takes [bytes], or None if it does not say."""
        try:
            return shutil.disk_usage(self.part.parent).free
        except OSError:
            return None

    def finish(
        self, results: bytes | None = None, ending: dict[str, Any] | None = None
    ) -> None:
        """Complete the file and give it its final name, in one step."""
        self.flush()
        if results is not None:
            self._attach(layout.RESULTS, results)
        if ending is not None:
            self._attach(layout.ENDING, to_json(ending))
        self._tell_header()  # once more: it is worth more than its few kilobytes
        self._writer.finish()
        self._stream.flush()
        self.sync()
        self.bytes_written = self._stream.tell()
        self._stream.close()
        _refuse_existing(self.path)
        self.part.replace(self.path)
        self.sync_folder()

    def release(self) -> None:
        """Close the ``.part`` as it is."""
        with contextlib.suppress(OSError):
            self._stream.close()

    def _begin(self, names: dict[int, str]) -> None:
        try:
            self._writer.start(layout.PROFILE, "surefoot")
            self._tell_header()
            for source in names.values():
                self._register(source)
            self._stream.flush()
        except OSError as error:
            self.release()
            raise refusal(self.part, error) from error
        self.bytes_written = self._stream.tell()

    def _tell_header(self) -> None:
        for name, data in self._parts.items():
            self._attach(name, data)

    def _attach(self, name: str, data: bytes) -> None:
        if len(data) > layout.MAX_ATTACHMENT:
            msg = f"{name}: expected at most {layout.MAX_ATTACHMENT} bytes"
            raise ValueError(msg)
        kind = "application/toml" if name.endswith(".toml") else "application/json"
        self._writer.add_attachment(0, 0, name, kind, data)

    def _register(self, source: str) -> int:
        channel = self._writer.register_channel("/" + source, layout.ENCODING, 0)
        self._channels[source] = channel
        return channel

    def _discover(self, source: str) -> int:
        channel = self._register(source)
        self._late[channel] = source
        return channel


def refusal(path: Path, error: OSError) -> RecordingError:
    """Return the error for a file that cannot be written."""
    why = error.strerror or str(error)
    return RecordingError(
        f"{path}: expected a file that can be written, got {why!r}: "
        "choose another folder or name"
    )


def _complete(header: Header, names: dict[int, str]) -> Header:
    """Return the header with every fact the reader relies on."""
    now = time.time_ns()
    facts: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "anchor_ns": now - time.monotonic_ns(),
        "started": datetime.fromtimestamp(now / 1e9, UTC).isoformat(timespec="seconds"),
    }
    fixed = {
        "schema": layout.SCHEMA,
        "channels": {str(channel): source for channel, source in names.items()},
    }
    session = facts | fingerprint() | header.session | fixed
    return Header(session, header.profiles, header.calibration, header.drill)


def _create(path: Path, part: Path) -> BinaryIO:
    _refuse_existing(path)
    try:
        stream = part.open("xb")
    except FileExistsError:
        _refuse_existing(part)
        raise
    except OSError as error:
        raise refusal(part, error) from error
    hold(stream)
    return stream


def _refuse_existing(path: Path) -> None:
    if path.exists():
        msg = (
            f"{path}: expected a new file, got one that exists: choose another name, "
            "or recover it if it ends in .part"
        )
        raise RecordingError(msg)


def _writer(stream: BinaryIO) -> Writer:
    return Writer(
        stream,
        chunk_size=layout.CHUNK_SIZE,
        compression=CompressionType.ZSTD,
        # message indexes have no checksum, so no reader may trust them
        index_types=IndexType.CHUNK | IndexType.ATTACHMENT,
        enable_crcs=True,
        enable_data_crcs=True,
    )


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder, and needs no such step
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
