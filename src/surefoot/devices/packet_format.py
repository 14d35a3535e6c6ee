"""Reads the bytes of one stream's packets; knows nothing of time."""

from __future__ import annotations

import struct
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from surefoot.core import DecodeError
from surefoot.devices.scalars import base_type, is_odd, join, layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.devices.layout import Field, Stream


class Content(NamedTuple):
    """One packet, taken apart."""

    n: int
    """Samples in it."""
    tick: int
    """Device clock as it stands in the packet; 0 if there is none."""
    seq: int
    """Packet counter as it stands in the packet; 0 if there is none."""
    record: Any
    """The bytes of the samples, laid out by field."""
    later: NDArray[np.int64] | None = None
    """Ticks since the first sample, where each sample has its own."""


class PacketFormat:
    """The bytes of one stream's packets.

    Parameters
    ----------
    stream : Stream
        From a checked profile.
    """

    def __init__(self, stream: Stream) -> None:
        timing = stream.timing
        self._stream = stream
        self._select = tuple((s.at, s.mask, s.eq) for s in stream.select)
        self._reach = max((s.at + 1 for s in stream.select), default=1)
        self._body = stream.header_size
        self._size = stream.sample_size
        self._shortest = max(self._body + self._size, stream.min_len)
        self._spans = _spans(stream.sample)
        self._uniform = base_type(stream.sample)
        self._plain = not stream.planar and self._uniform is not None
        self._width = sum(field.count for field in stream.sample)
        self._odd = {f.name: f for f in stream.sample if is_odd(f)}
        self._beside: dict[tuple[str, ...], slice | None] = {}
        self._each = timing.field if timing.stamp == "each" else ""
        places = header_places(stream.header)
        kinds = {field.name: field.kind for field in stream.header}
        self._float_clock = kinds.get(timing.field) == "f"
        self._tick = places.get("" if self._each else timing.field)
        self._seq = places.get(timing.counter)
        self._repeat = places.get(str(stream.repeat))

    def fits(self, payload: bytes) -> bool:
        """Return whether the packet carries this stream."""
        if len(payload) < self._reach:
            return False
        for at, mask, eq in self._select:  # noqa: SIM110 - twice as fast as all()
            if payload[at] & mask != eq:
                return False
        return True

    def too_short(self, payload: bytes) -> bool:
        """Return whether the packet ends before it can be told what it carries."""
        return len(payload) < self._reach

    def read(self, payload: bytes, source: str) -> Content:
        """Return what is in the packet.

        Raises
        ------
        DecodeError
            If the packet is shorter than its samples need, or holds none.
        """
        if len(payload) < self._shortest:
            raise DecodeError(source, payload, f"at least {self._shortest} bytes")
        n = self._samples(payload, source)
        record = self._record(payload, n)
        seq = _integer(payload, self._seq)
        if self._each:
            tick, later = self._own_ticks(record, payload, source)
            return Content(n, tick, seq, record, later)
        if self._float_clock:
            return Content(n, self._float_tick(payload, source), seq, record)
        return Content(n, _integer(payload, self._tick), seq, record)

    def read_all(
        self, payloads: NDArray[np.uint8]
    ) -> tuple[list[Content], Content] | None:
        """Return what is in packets that fit, each and all samples together.

        Parameters
        ----------
        payloads : ndarray of uint8, shape (m, length)
            One packet a row; at least one.

        Returns
        -------
        (list of Content, Content) or None
            The packets' clocks and counters, without samples, and one that holds the
            samples of all, for `gather`. None where packets must be read one by one.
        """
        if self._each or self._float_clock:
            return None
        first = payloads[0].tobytes()
        if len(first) < self._shortest:
            return None
        if self._repeat is not None and len(set(_integers(payloads, self._repeat))) > 1:
            return None
        n = self._samples(first, "")
        end = self._body + n * self._size
        rows = payloads[::-1] if self._stream.newest_first else payloads
        flat = np.ascontiguousarray(rows[:, self._body : end]).reshape(-1)
        whole = Content(n * len(rows), 0, 0, self._laid_out(flat, n))
        ticks, counts = (_integers(payloads, at) for at in (self._tick, self._seq))
        parts = map(Content, repeat(n), ticks, counts, repeat(None))
        return list(parts), whole

    def fitting(self, payloads: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Return which of these packets, a row each, carry this stream."""
        fit = np.full(len(payloads), payloads.shape[1] >= self._reach)
        for at, mask, eq in self._select if fit.all() else ():
            fit &= payloads[:, at] & mask == eq
        return fit

    def _laid_out(self, flat: NDArray[np.uint8], n: int) -> Any:
        """Return the bytes of many packets as `_record` does of one."""
        if self._plain and self._uniform is not None:
            return flat.view(self._uniform).reshape(-1, self._width)
        if self._stream.planar:
            packed = flat.view(layout(self._stream.sample, planar=n))
            fields = {f.name: packed[f.name] for f in self._stream.sample}
            return {k: v.reshape(-1, *v.shape[2:]) for k, v in fields.items()}
        return flat.view(layout(self._stream.sample))

    def _float_tick(self, payload: bytes, source: str) -> int:
        assert self._tick is not None
        start, _, order = self._tick
        kind = "<f" if order == "little" else ">f"
        (tick,) = struct.unpack_from(kind, payload, start)
        if not 0 <= tick < _LONGEST:
            raise DecodeError(source, payload, "a time from 0 up")
        return round(tick)

    def gather(self, content: Content, fields: tuple[str, ...]) -> NDArray[Any]:
        """Return raw numbers of fields side by side, one row a sample, oldest first."""
        if fields not in self._beside:
            self._beside[fields] = self._side_by_side(fields)
        beside = self._beside[fields]
        if beside is not None:
            found: NDArray[Any] = content.record[:, beside]
        else:
            parts = [self._numbers(content.record, name) for name in fields]
            found = np.concatenate(parts, axis=1)
        return found[::-1] if self._stream.newest_first else found

    def _side_by_side(self, fields: tuple[str, ...]) -> slice | None:
        """Return the columns the fields are, where they need no joining."""
        spans = [self._spans[name] for name in fields]
        touching = all(a[1] == b[0] for a, b in pairwise(spans))
        return slice(spans[0][0], spans[-1][1]) if self._plain and touching else None

    def _numbers(self, record: Any, field: str) -> NDArray[Any]:
        if self._plain:
            start, end = self._spans[field]
            return record[:, start:end]
        found: NDArray[Any] = record[field]
        return join(found, self._odd[field]) if field in self._odd else found

    def _samples(self, payload: bytes, source: str) -> int:
        room, rest = divmod(len(payload) - self._body, self._size)
        repeat = self._stream.repeat
        if repeat == "rest":
            n, exact = room, rest == 0
        else:
            told = isinstance(repeat, int)
            n = repeat if told else _integer(payload, self._repeat)
            exact = n <= room
        if n < 1 or not exact:
            expected = f"{self._body} bytes and {self._size} a sample"
            raise DecodeError(source, payload, expected)
        return n

    def _record(self, payload: bytes, n: int) -> Any:
        if self._plain:
            flat = np.frombuffer(payload, self._uniform, n * self._width, self._body)
            return flat.reshape(n, self._width)
        if self._stream.planar:
            kind = layout(self._stream.sample, planar=n)
            return np.frombuffer(payload, kind, 1, self._body)[0]
        return np.frombuffer(payload, layout(self._stream.sample), n, self._body)

    def _own_ticks(
        self, record: Any, payload: bytes, source: str
    ) -> tuple[int, NDArray[np.int64]]:
        ticks = self._numbers(record, self._each)[:, 0].astype(np.int64)
        ordered = ticks[::-1] if self._stream.newest_first else ticks
        later = (ordered - ordered[0]) % (1 << self._stream.timing.bits)
        if np.any(np.diff(later) <= 0):
            raise DecodeError(source, payload, "a later time in each sample")
        return int(ordered[0]), later


_LONGEST = 1e15  # ticks


def header_places(header: tuple[Field, ...]) -> dict[str, tuple[int, int, Any]]:
    """Return start, end and byte order of every field of a header."""
    places: dict[str, tuple[int, int, Any]] = {}
    start = 0
    for field in header:
        places[field.name] = (start, start + field.size, field.order)
        start += field.size
    return places


def _integer(payload: bytes, place: tuple[int, int, Any] | None) -> int:
    if place is None:
        return 0
    return int.from_bytes(payload[place[0] : place[1]], place[2])


def _integers(
    payloads: NDArray[np.uint8], place: tuple[int, int, Any] | None
) -> list[int]:
    """Return `_integer` of every row."""
    if place is None:
        return [0] * len(payloads)
    start, end, order = place
    part = payloads[:, start:end]
    wide = np.zeros((len(payloads), max(8, end - start)), np.uint8)
    wide[:, : end - start] = part if order == "little" else part[:, ::-1]
    if end - start > 8:
        return [int.from_bytes(row.tobytes(), "little") for row in wide]
    return wide.view("<u8")[:, 0].tolist()


def _spans(sample: tuple[Field, ...]) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    start = 0
    for field in sample:
        spans[field.name] = (start, start + field.count)
        start += field.count
    return spans
