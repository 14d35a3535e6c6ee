"""Cuts the bytes of notifications into packets, or joins notifications to packets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from surefoot.devices._template import CHECKSUMS
from surefoot.devices.layout import Framing, Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.devices.layout import Lines, Select, Stream


class Cutter(Protocol):
    """Gives packets as soon as they are whole."""

    broken: int
    """How often bytes were skipped."""

    def feed(self, payload: bytes) -> list[bytes]:
        """Return the packets completed by these bytes."""
        ...

    def passes(self, payloads: NDArray[np.uint8]) -> bool:
        """Return whether each of these, a row each, would come out as it is."""
        ...


def cutter(streams: Sequence[Stream]) -> Cutter | None:
    """Return what cuts the bytes of an endpoint that carries these streams."""
    framing = streams[0].framing
    if isinstance(framing, Framing):
        return Framer(framing)
    if isinstance(framing, Parts):
        return Joiner(framing, streams)
    return LineCutter(framing) if framing else None


class Framer:
    """Finds frames that are packed into one notification or split over two.

    A frame begins with one of the sync words. Bytes that belong to no frame are
    skipped and counted, and so is a frame whose checksum is wrong. A rest that no
    continuation follows is given up as soon as a notification begins with a frame of
    its own: joining it to that frame would invent samples.

    Parameters
    ----------
    framing : Framing
        Sync words, length and checksum, from the profile.
    """

    def __init__(self, framing: Framing) -> None:
        self._sync = framing.sync
        self._length = framing.length
        self._checksum = CHECKSUMS.get(framing.checksum)
        self._rest = b""
        self.broken = 0
        """How often bytes were skipped."""

    def feed(self, payload: bytes) -> list[bytes]:
        """Return the frames completed by these bytes."""
        if len(payload) == self._length and not self._rest and self._whole(payload):
            return [payload]
        if self._rest and self._checksum is None and self._starts(payload):
            self._rest = b""
            self.broken += 1
        data = self._rest + payload
        frames: list[bytes] = []
        at = self._next(data, 0)
        while at + self._length <= len(data):
            frame = data[at : at + self._length]
            if _right(frame, self._checksum):
                frames.append(frame)
                at = self._next(data, at + self._length)
            else:
                self.broken += 1
                at = self._next(data, at + 1, skipping=True)
        self._rest = data[at:]
        return frames

    def passes(self, payloads: NDArray[np.uint8]) -> bool:
        """Return whether each of these is a frame, and none is waited for."""
        if self._rest or payloads.shape[1] != self._length:
            return False
        return all(self._whole(row.tobytes()) for row in payloads)

    def _whole(self, data: bytes) -> bool:
        return self._starts(data) and _right(data, self._checksum)

    def _starts(self, data: bytes) -> bool:
        return data.startswith(self._sync)

    def _next(self, data: bytes, start: int, *, skipping: bool = False) -> int:
        """Return where the next frame begins, or may begin at the end of the data."""
        for at in range(start, len(data)):
            tail = data[at:]
            if self._starts(tail) or any(s.startswith(tail) for s in self._sync):
                self.broken += at > start and not skipping
                return at
        self.broken += len(data) > start and not skipping
        return len(data)


class LineCutter:
    """Finds lines of text that are packed into one notification or split over some.

    A line that grows longer than any can be is given up, up to its end.

    Parameters
    ----------
    lines : Lines
        The longest line, from the profile.
    """

    def __init__(self, lines: Lines) -> None:
        self._longest = lines.longest
        self._rest = b""
        self._lost = False
        self.broken = 0
        """Lines that were given up."""

    def feed(self, payload: bytes) -> list[bytes]:
        """Return the lines completed by these bytes, without their ends."""
        *ended, self._rest = (self._rest + payload).split(b"\n")
        lines: list[bytes] = []
        for line in ended:
            if self._lost or len(line) > self._longest:
                self.broken += not self._lost
                self._lost = False
            elif line.strip():
                lines.append(line.strip())
        if len(self._rest) > self._longest:
            self.broken += not self._lost
            self._rest, self._lost = b"", True
        return lines

    def passes(self, payloads: NDArray[np.uint8]) -> bool:  # noqa: ARG002 a line may be any bytes
        """Return False: lines lose their ends."""
        return False


class Joiner:
    """Joins a message that was too long for one notification.

    A beginning that does not come out even waits for its continuations; another
    beginning in between means that one was lost, and the message is given up.

    Parameters
    ----------
    parts : Parts
        How continuations are told, from the profile.
    streams : sequence of Stream
        What messages there are.
    """

    def __init__(self, parts: Parts, streams: Sequence[Stream]) -> None:
        self._parts = parts
        self._streams = streams
        self._waiting: Stream | None = None
        self._rest = b""
        self.broken = 0
        """Messages that were given up."""

    def feed(self, payload: bytes) -> list[bytes]:
        """Return the messages completed by these bytes, and packets of other kinds."""
        if _meets(self._parts.more, payload):
            return self._go_on(payload)
        stream = self._begun(payload)
        if stream is None:
            return [payload]
        self._give_up()
        if _ends(stream, payload):
            return [payload]
        self._waiting, self._rest = stream, payload
        return []

    def passes(self, payloads: NDArray[np.uint8]) -> bool:
        """Return whether each of these is a whole message, and none is waited for."""
        if self._waiting is not None:
            return False
        rows = [row.tobytes() for row in payloads]
        return all(self._alone(row) for row in rows)

    def _alone(self, payload: bytes) -> bool:
        stream = self._begun(payload)
        return not _meets(self._parts.more, payload) and (
            stream is None or _ends(stream, payload)
        )

    def _begun(self, payload: bytes) -> Stream | None:
        """Return the stream whose message begins here."""
        return next((s for s in self._streams if _meets(s.select, payload)), None)

    def _go_on(self, payload: bytes) -> list[bytes]:
        begun = self._rest[: len(payload)]
        alike = all(begun[i : i + 1] == payload[i : i + 1] for i in self._parts.same)
        if self._waiting is None or not alike:
            self.broken += self._waiting is None
            self._give_up()
            return []
        self._rest += payload[self._parts.skip :]
        if not _even(self._waiting, self._rest):
            if len(self._rest) > _LONGEST:
                self._give_up()
            return []
        whole, self._waiting, self._rest = self._rest, None, b""
        return [whole]

    def _give_up(self) -> None:
        self.broken += self._waiting is not None
        self._waiting, self._rest = None, b""


_LONGEST = 4096


def _even(stream: Stream, message: bytes) -> bool:
    room, uneven = divmod(len(message) - stream.header_size, stream.sample_size)
    return room > 0 and not uneven


def _ends(stream: Stream, message: bytes) -> bool:
    """Return whether no continuation can be needed."""
    return _even(stream, message) or len(message) < stream.header_size


def _meets(select: Sequence[Select], payload: bytes) -> bool:
    return all(len(payload) > s.at and payload[s.at] & s.mask == s.eq for s in select)


def _right(frame: bytes, checksum: Callable[[bytes], int] | None) -> bool:
    return checksum is None or checksum(frame[:-1]) == frame[-1]
