"""Reports of the Linux input system as packets: single axes that changed."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import DecodeError
from surefoot.devices.packet_format import Content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Stream

EVENT = struct.Struct("<qqHHi")
"""An event of a 64-bit kernel: seconds, microseconds, type, code, value."""

ABSOLUTE = 3
REPORT = 0
_MICRO = 1_000_000


class EventFormat:
    """Reports of one stream; a `Format` that remembers.

    The kernel tells only the axes that changed, so the others are held. Before every
    axis has been told once there are no samples.

    Parameters
    ----------
    stream : Stream
        From a checked profile.
    """

    def __init__(self, stream: Stream) -> None:
        self._codes = dict(stream.codes)
        self._fields = {code: name for name, code in stream.codes}
        self._held: dict[str, int] = {}

    def fits(self, payload: bytes) -> bool:
        """Return whether these are whole events with an axis of the stream."""
        if not payload or len(payload) % EVENT.size:
            return False
        for _, _, kind, code, value in EVENT.iter_unpack(payload):
            if kind == ABSOLUTE and code in self._fields:
                self._held[self._fields[code]] = value
        return len(self._held) == len(self._fields)

    def too_short(self, payload: bytes) -> bool:
        """Return whether the report ends within an event."""
        return not payload or len(payload) % EVENT.size != 0

    def read(self, payload: bytes, source: str) -> Content:
        """Return what is in the report, with the axes that did not change.

        Raises
        ------
        DecodeError
            If its time is none.
        """
        seconds, micro, *_ = EVENT.unpack_from(payload, len(payload) - EVENT.size)
        if len(self._held) < len(self._fields):
            raise DecodeError(source, payload, "every axis once before")
        if not (0 <= seconds < 1 << 43 and 0 <= micro < _MICRO):
            raise DecodeError(source, payload, "events with a time")
        row = [self._held[name] for name in self._fields.values()]
        return Content(1, seconds * _MICRO + micro, 0, np.array([row], float))

    def gather(self, content: Content, fields: tuple[str, ...]) -> NDArray[Any]:
        """Return raw numbers of fields side by side, one row."""
        places = list(self._fields.values())
        found: NDArray[Any] = content.record[:, [places.index(f) for f in fields]]
        return found

    def build(
        self, fields: Mapping[str, NDArray[np.float64]], tick: int, count: int
    ) -> bytes:
        """Return a report with every axis; ``count`` is not told."""
        del count
        seconds, micro = divmod(max(tick, 0), _MICRO)
        events = [
            EVENT.pack(seconds, micro, ABSOLUTE, code, _axis(fields.get(name)))
            for name, code in self._codes.items()
        ]
        end = EVENT.pack(seconds, micro, REPORT, 0, 0)
        return b"".join(events) + end


def _axis(values: NDArray[np.float64] | None) -> int:
    if values is None:
        return 0
    return int(np.clip(np.rint(values.flat[0]), -(2**31), 2**31 - 1))
