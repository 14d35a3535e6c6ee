"""The formats a packet may have, by the codec its profile tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from surefoot.devices.delta_format import DeltaFormat
from surefoot.devices.event_format import EventFormat
from surefoot.devices.packet_builder import PacketBuilder
from surefoot.devices.packet_format import PacketFormat
from surefoot.devices.text_format import TextFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.devices.layout import Stream
    from surefoot.devices.packet_format import Content


class Format(Protocol):
    """Takes the packets of one stream apart."""

    def fits(self, payload: bytes) -> bool:
        """Return whether the packet carries this stream."""
        ...

    def too_short(self, payload: bytes) -> bool:
        """Return whether the packet ends before it can be told what it carries."""
        ...

    def read(self, payload: bytes, source: str) -> Content:
        """Return what is in the packet."""
        ...

    def gather(self, content: Content, fields: tuple[str, ...]) -> NDArray[Any]:
        """Return raw numbers of fields side by side, one row a sample, oldest first."""
        ...


class Builder(Protocol):
    """Puts the packets of one stream together."""

    def build(
        self, fields: Mapping[str, NDArray[np.float64]], tick: int, count: int
    ) -> bytes:
        """Return the bytes of a packet."""
        ...


def format_of(stream: Stream) -> Format:
    """Return what takes the packets of a stream apart."""
    if stream.codec == "delta":
        return DeltaFormat(stream)
    if stream.codec == "text":
        return TextFormat(stream)
    return EventFormat(stream) if stream.codec == "events" else PacketFormat(stream)


def builder_of(stream: Stream) -> Builder:
    """Return what puts the packets of a stream together."""
    if stream.codec == "delta":
        return DeltaFormat(stream)
    if stream.codec == "text":
        return TextFormat(stream)
    return EventFormat(stream) if stream.codec == "events" else PacketBuilder(stream)
