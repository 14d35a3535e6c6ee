"""Cuts the bytes of notifications into frames of fixed length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.devices.layout import Framing


class Framer:
    """Finds frames that are packed into one notification or split over two.

    A frame begins with one of the sync words. Bytes that belong to no frame are
    skipped and counted. A rest that no continuation follows is given up as soon as a
    notification begins with a frame of its own: joining it to that frame would invent
    samples.

    Parameters
    ----------
    framing : Framing
        Sync words and length, from the profile.
    """

    def __init__(self, framing: Framing) -> None:
        self._sync = framing.sync
        self._length = framing.length
        self._rest = b""
        self.broken = 0
        """How often bytes were skipped."""

    def feed(self, payload: bytes) -> list[bytes]:
        """Return the frames completed by these bytes."""
        if len(payload) == self._length and not self._rest and self._starts(payload):
            return [payload]
        if self._rest and self._starts(payload):
            self._rest = b""
            self.broken += 1
        data = self._rest + payload
        frames: list[bytes] = []
        at = self._next(data, 0)
        while at + self._length <= len(data):
            frames.append(data[at : at + self._length])
            at = self._next(data, at + self._length)
        self._rest = data[at:]
        return frames

    def _starts(self, data: bytes) -> bool:
        return data.startswith(self._sync)

    def _next(self, data: bytes, start: int) -> int:
        """Return where the next frame begins, or may begin at the end of the data."""
        for at in range(start, len(data)):
            tail = data[at:]
            if self._starts(tail) or any(s.startswith(tail) for s in self._sync):
                self.broken += at > start
                return at
        self.broken += len(data) > start
        return len(data)
