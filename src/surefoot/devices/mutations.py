"""Profiles broken on purpose, to see whether the known packets notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.devices.layout import Field, Stream
    from surefoot.devices.profile import Profile


def broken(profile: Profile, stream_id: str) -> dict[str, Profile]:
    """Return the ways a stream can be told wrong, each as a profile.

    Ways that make no difference to the stream's packets are left out.

    Parameters
    ----------
    profile : Profile
        A profile that is right.
    stream_id : str
        The stream to break; streams that share its packets break with it.
    """
    found: dict[str, Profile] = {}
    for name, spoil in _BREAKS.items():
        streams = tuple(
            spoil(stream)
            if _shares(profile, stream, stream_id) and not stream.combine
            else stream
            for stream in profile.streams
        )
        if streams != profile.streams:
            found[name] = replace(profile, streams=streams)
    return found


def _shares(profile: Profile, stream: Stream, stream_id: str) -> bool:
    roots = {s.id: s.like or s.id for s in profile.streams}
    return roots[stream.id] == roots[stream_id]


def _scaled(stream: Stream) -> Stream:
    return replace(
        stream,
        channels=tuple(replace(c, scale=c.scale * 1.02) for c in stream.channels),
        columns=tuple(replace(c, scale=c.scale * 1.02) for c in stream.columns),
    )


def _swapped(stream: Stream) -> Stream:
    """Swap the last two fields or columns; with one field, its first two axes."""
    if stream.columns:
        columns = (*stream.columns[:-2], *stream.columns[:-3:-1])
        return replace(stream, columns=columns)
    if stream.codes:
        names, codes = zip(*stream.codes, strict=True)
        mixed = (*codes[:-2], *codes[:-3:-1])
        return replace(stream, codes=tuple(zip(names, mixed, strict=True)))
    if len(stream.sample) > 1:
        sample = (*stream.sample[:-2], *stream.sample[:-3:-1])
        return replace(stream, sample=sample)
    count = sum(field.count for field in stream.sample)
    axes = tuple((i, 1) for i in (1, 0, *range(2, count)))
    return replace(
        stream, channels=tuple(replace(c, axes=axes) for c in stream.channels)
    )


def _flipped(field: Field) -> Field:
    if field.width == 1:
        return field
    return replace(field, order="big" if field.order == "little" else "little")


def _sample_order(stream: Stream) -> Stream:
    if stream.codec in {"text", "events"}:
        return stream
    return replace(stream, sample=tuple(map(_flipped, stream.sample)))


def _clock_order(stream: Stream) -> Stream:
    used = {stream.timing.field, stream.timing.counter}
    header = tuple(_flipped(f) if f.name in used else f for f in stream.header)
    return replace(stream, header=header)


def _unsigned(stream: Stream) -> Stream:
    if stream.codec == "events":
        return stream
    sample = tuple(
        replace(field, kind="u") if field.kind == "i" else field
        for field in stream.sample
    )
    return replace(stream, sample=sample)


def _relaid(stream: Stream) -> Stream:
    if len(stream.sample) < 2 or stream.repeat == 1:
        return stream
    return replace(stream, planar=not stream.planar)


def _reversed(stream: Stream) -> Stream:
    if stream.columns or (stream.repeat == 1 and stream.codec != "delta"):
        return stream
    return replace(stream, newest_first=not stream.newest_first)


_BREAKS: dict[str, Callable[[Stream], Stream]] = {
    "scale +2 %": _scaled,
    "fields swapped": _swapped,
    "byte order": _sample_order,
    "byte order of clock and counter": _clock_order,
    "unsigned": _unsigned,
    "planar for interleaved": _relaid,
    "order of samples": _reversed,
}
