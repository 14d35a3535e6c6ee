"""Lines of numbers as packets: text in, the same contents as from bytes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.core import DecodeError
from surefoot.devices.packet_format import Content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Stream

_FIRST = b"0123456789+-."
_MOST = 1e18


class TextFormat:
    """The lines of one stream; a `Format`.

    A line that does not begin with a digit, a sign or a point is a heading or a remark
    and no business of the stream.

    Parameters
    ----------
    stream : Stream
        From a checked profile.
    """

    def __init__(self, stream: Stream) -> None:
        names = [field.name for field in stream.sample]
        timing = stream.timing
        used = {channel.field for channel in stream.channels}
        used |= {timing.field, timing.counter}
        self._width = len(names)
        self._separator = stream.separator
        self._timing = timing
        self._used = [name in used for name in names]
        self._places = {name: i for i, name in enumerate(names)}
        self._tick = self._places.get(timing.field)
        self._seq = self._places.get(timing.counter)

    def fits(self, payload: bytes) -> bool:
        """Return whether the line begins as a number does."""
        return payload[:1] in _FIRST and bool(payload)

    def too_short(self, payload: bytes) -> bool:
        """Return whether there is nothing."""
        return not payload

    def read(self, payload: bytes, source: str) -> Content:
        """Return what is in the line.

        Raises
        ------
        DecodeError
            If it has another number of columns, or something that is not a number.
        """
        cells = payload.decode("utf-8", "replace").split(self._separator)
        if len(cells) != self._width:
            raise DecodeError(source, payload, f"a line of {self._width} columns")
        try:
            numbers = [
                float(cell) if used else 0.0
                for cell, used in zip(cells, self._used, strict=True)
            ]
        except ValueError:
            raise DecodeError(source, payload, "numbers in every column") from None
        if not all(-_MOST < number < _MOST for number in numbers):
            raise DecodeError(source, payload, "finite numbers in every column")
        tick = 0.0 if self._tick is None else numbers[self._tick] * self._timing.ticks
        seq = 0.0 if self._seq is None else numbers[self._seq]
        if tick < 0 or seq < 0:
            raise DecodeError(source, payload, "a time and a number from 0 up")
        return Content(1, round(tick), round(seq), np.array([numbers]))

    def gather(self, content: Content, fields: tuple[str, ...]) -> NDArray[Any]:
        """Return numbers of fields side by side, one row."""
        found: NDArray[Any] = content.record[:, [self._places[f] for f in fields]]
        return found

    def build(
        self, fields: Mapping[str, NDArray[np.float64]], tick: int, count: int
    ) -> bytes:
        """Return a line, with its end."""
        timing = self._timing
        cells = ["0"] * self._width
        for name, values in fields.items():
            cells[self._places[name]] = f"{float(values.flat[0]):.9g}"
        if self._tick is not None:
            wrapped = tick % (1 << timing.bits)
            whole = timing.ticks == 1
            cells[self._tick] = str(wrapped) if whole else f"{wrapped / timing.ticks:f}"
        if self._seq is not None:
            cells[self._seq] = str(count % (1 << timing.counter_bits))
        return self._separator.join(cells).encode() + b"\r\n"
