"""Rows of a table as packets: text in, samples and their declared times out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import DecodeError, StreamInfo
from surefoot.devices.units import si

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from surefoot.devices.layout import Stream


class RowFormat:
    """The text of rows.

    Parameters
    ----------
    stream : Stream
        From a checked table profile.
    role : str
        Role of the sensor, for the name of the stream.
    """

    def __init__(self, stream: Stream, role: str) -> None:
        used = [
            i
            for i, c in enumerate(stream.columns)
            if c.name not in {"-", stream.time_column}
        ]
        self._stream = stream
        self._used = used
        self._factor = np.array(
            [stream.columns[i].scale * si(stream.columns[i].unit)[1] for i in used]
        )
        names = [column.name for column in stream.columns]
        self._time = names.index(stream.time_column) if stream.time_column else None
        self.info = StreamInfo(
            f"{role}/{stream.id}",
            tuple(names[i] for i in used),
            tuple(si(stream.columns[i].unit)[0] for i in used),
            float(stream.rate),
        )

    def read(
        self, payload: bytes, source: str
    ) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
        """Return the samples in SI units, and the rows' own times [s] if they have any.

        Raises
        ------
        DecodeError
            If a row has another number of columns, or a value that is not a number.
        """
        text = payload.decode("utf-8", "replace").replace(self._stream.decimal, ".")
        rows = [
            line.split(self._stream.separator)
            for line in text.split("\n")
            if line.strip()
        ]
        width = len(self._stream.columns)
        if not rows or any(len(row) != width for row in rows):
            raise DecodeError(source, payload, f"rows of {width} columns")
        numbers = self._numbers(rows, payload, source)
        data = numbers[:, : len(self._used)] * self._factor
        return data, self._times(numbers)

    def build(
        self, channels: Mapping[str, NDArray[np.float64]], times: NDArray[np.float64]
    ) -> bytes:
        """Return rows with these values.

        Parameters
        ----------
        channels : mapping of str to ndarray, shape (n, 3) or (n,)
            SI values by column name, or by its part before ``_x``, ``_y``, ``_z``.
        times : ndarray, shape (n,)
            Times of the rows [s]; used where the clock is given.
        """
        cells = [["0"] * len(self._stream.columns) for _ in times]
        for i, factor in zip(self._used, self._factor, strict=True):
            column = _column(channels, self._stream.columns[i].name)
            for row, value in zip(cells, column / factor, strict=True):
                row[i] = self._cell(f"{value:.12g}")
        if self._time is not None:
            factor = self._time_factor()
            for row, time in zip(cells, times, strict=True):
                row[self._time] = self._cell(f"{time / factor:.9f}")
        separator = self._stream.separator
        return "\n".join(separator.join(row) for row in cells).encode()

    def _numbers(
        self, rows: list[list[str]], payload: bytes, source: str
    ) -> NDArray[np.float64]:
        wanted = self._used if self._time is None else [*self._used, self._time]
        try:
            numbers = np.array([[float(row[i]) for i in wanted] for row in rows])
        except ValueError:
            raise DecodeError(source, payload, "numbers in every column") from None
        if not np.isfinite(numbers).all():
            raise DecodeError(source, payload, "finite numbers in every column")
        return numbers

    def _cell(self, number: str) -> str:
        return number.replace(".", self._stream.decimal)

    def _times(self, numbers: NDArray[np.float64]) -> NDArray[np.float64] | None:
        return None if self._time is None else numbers[:, -1] * self._time_factor()

    def _time_factor(self) -> float:
        assert self._time is not None
        column = self._stream.columns[self._time]
        return column.scale * si(column.unit)[1]


class RowClock:
    """Session times of rows: declared, never fitted.

    The first row stands where its packet does. Later rows stand by their own times, or
    by their number over the nominal rate.

    Parameters
    ----------
    rate : float
        Nominal rate [Hz].
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._rows = 0
        self._zero = 0.0
        self._last: float | None = None

    def take(
        self, n: int, times: NDArray[np.float64] | None, reached: float
    ) -> NDArray[np.float64] | None:
        """Return session times [s], or None if the rows are not in order of time.

        Parameters
        ----------
        n : int
            Rows.
        times : ndarray, shape (n,), or None
            The rows' own times [s].
        reached : float
            Session time of the packet [s].
        """
        own = (self._rows + np.arange(n)) / self._rate if times is None else times
        if self._last is None:
            self._zero = reached - float(own[0])
        elif own[0] <= self._last:
            return None
        if np.any(np.diff(own) <= 0):
            return None
        self._last = float(own[-1])
        self._rows += n
        return own + self._zero


def _column(
    channels: Mapping[str, NDArray[np.float64]], name: str
) -> NDArray[np.float64]:
    if name in channels:
        return np.ravel(np.asarray(channels[name], float))
    base, _, axis = name.rpartition("_")
    return np.asarray(channels[base], float)[:, "xyz".index(axis)]
