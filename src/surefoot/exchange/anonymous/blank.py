"""Bytes of a packet that the profile has no use for: a serial number may be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.devices.packet_format import header_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.devices import Profile
    from surefoot.devices.layout import Select, Stream

_Span = tuple[int, int]


class Blank:
    """Sets the bytes of one endpoint to zero that nothing is made of.

    A profile that names a field and makes no channel, clock or counter of it says so
    that it is to be blanked; so are bytes behind the last sample. Packets that are cut
    into frames, and codecs other than plain numbers, stay as they are.

    Parameters
    ----------
    profile : Profile
        The device.
    endpoint : str
        Where the packets are from.
    """

    def __init__(self, profile: Profile, endpoint: str) -> None:
        self._streams = [
            s for s in profile.streams if s.endpoint == endpoint and s.combine is None
        ]
        self._probes = [p for p in profile.probes if p.endpoint == endpoint]
        self._plain = all(
            s.codec == "bytes" and s.framing is None for s in self._streams
        )
        chosen = [s.select for s in (*self._streams, *self._probes)]
        self._chosen = {one.at for select in chosen for one in select}

    def blanked(self, payload: bytes) -> bytes:
        """Return a packet as long as before, which decodes to the same."""
        if not self._plain:
            return payload
        out = bytearray(len(payload))
        for start, end in self._used(payload):
            out[start:end] = payload[start:end]
        return bytes(out)

    def _used(self, payload: bytes) -> Iterator[_Span]:
        size = len(payload)
        yield from ((at, at + 1) for at in self._chosen if at < size)
        for stream in self._streams:
            if _holds(stream.select, payload):
                yield from ((a, b) for a, b in _spans(stream, payload) if b <= size)
        for probe in self._probes:
            if _holds(probe.select, payload):
                yield probe.at, min(size, probe.at + probe.field.size)


def _spans(stream: Stream, payload: bytes) -> Iterator[_Span]:
    timing = stream.timing
    own = timing.field if timing.stamp == "each" else ""
    places = header_places(stream.header)
    for name in ("" if own else timing.field, timing.counter, str(stream.repeat)):
        if name in places:
            yield places[name][:2]
    n = _samples(stream, payload)
    used = {channel.field for channel in stream.channels} | {own}
    before = 0
    for field in stream.sample:
        if field.name in used and stream.planar:
            start = stream.header_size + n * before
            yield start, start + n * field.size
        elif field.name in used:
            for i in range(n):
                start = stream.header_size + i * stream.sample_size + before
                yield start, start + field.size
        before += field.size


def _samples(stream: Stream, payload: bytes) -> int:
    room = max(0, len(payload) - stream.header_size) // max(1, stream.sample_size)
    if stream.repeat == "rest":
        return room
    if isinstance(stream.repeat, int):
        return min(room, stream.repeat)
    start, end, order = header_places(stream.header)[stream.repeat]
    return min(room, int.from_bytes(payload[start:end], order))


def _holds(select: tuple[Select, ...], payload: bytes) -> bool:
    return all(
        one.at < len(payload) and payload[one.at] & one.mask == one.eq for one in select
    )
