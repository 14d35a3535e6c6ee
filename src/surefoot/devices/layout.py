"""What a checked profile says about its packets: values only, no decoding here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Stamp = Literal["first", "last", "each"]
Clock = Literal["fitted", "nominal", "given"]


@dataclass(frozen=True, slots=True)
class Field:
    """Consecutive numbers of one type in a header or a sample."""

    name: str
    order: Literal["little", "big"]
    kind: Literal["u", "i", "f"]
    width: int
    """Bytes of one number."""
    count: int = 1

    @property
    def size(self) -> int:
        """Bytes of the whole field."""
        return self.width * self.count


@dataclass(frozen=True, slots=True)
class Select:
    """One condition a packet must meet: ``payload[at] & mask == eq``."""

    at: int
    mask: int
    eq: int


@dataclass(frozen=True, slots=True)
class Framing:
    """Frames of fixed length that may be packed or split across notifications."""

    sync: tuple[bytes, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Timing:
    """Where sample times come from.

    Attributes
    ----------
    field : str
        Header or sample field with the device clock; empty if there is none.
    tick_hz : int
        Ticks of the device clock in one second.
    bits : int
        Bits after which the clock wraps.
    stamp : {"first", "last", "each"}
        The sample in the packet that the clock value belongs to.
    counter : str
        Header field that grows by one a packet; empty if there is none.
    clock : {"fitted", "nominal", "given"}
        Packets of a radio are fitted; rows of a table are nominal or given.
    """

    field: str = ""
    tick_hz: int = 1
    bits: int = 32
    stamp: Stamp = "first"
    counter: str = ""
    clock: Clock = "fitted"


@dataclass(frozen=True, slots=True)
class Channel:
    """One quantity: the numbers of one field, scaled and turned to SI.

    ``value = (raw * scale + offset)`` in ``unit``; `axes` reorders and flips.
    """

    name: str
    field: str
    unit: str
    scale: float = 1.0
    offset: float = 0.0
    axes: tuple[tuple[int, int], ...] = ()
    """One (position in the field, sign) a column; empty means as they come."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; a channel named ``"-"`` is skipped."""

    name: str
    unit: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of samples and the packets that carry it.

    Attributes
    ----------
    id : str
        The stream is called ``role/id``.
    endpoint : str
        Key in the profile's ``[gatt]``; ``"rows"`` for a table.
    rate : float or str
        Nominal rate [Hz], or the parameter that holds it.
    select : tuple of Select
        Which packets of the endpoint carry it.
    framing : Framing or None
        How to cut the bytes of the endpoint into packets.
    min_len : int
        Shorter packets are refused.
    header, sample : tuple of Field
        Bytes at the start, then bytes of one sample.
    repeat : int or str
        Samples in a packet: a number, ``"rest"`` or a header field.
    planar : bool
        All samples of a field stand together, field by field.
    newest_first : bool
        The first sample in the packet is the newest.
    timing : Timing
        Where times come from.
    channels : tuple of Channel
        What the numbers mean.
    like : str
        Stream whose packets this one shares; empty for packets of its own.
    separator : str
        Between the columns of a row.
    columns : tuple of Column
        The columns of a row, in order.
    time_column : str
        The column with the time of the row when the clock is given.
    """

    id: str
    endpoint: str
    rate: float | str
    select: tuple[Select, ...] = ()
    framing: Framing | None = None
    min_len: int = 0
    header: tuple[Field, ...] = ()
    sample: tuple[Field, ...] = ()
    repeat: int | str = 1
    planar: bool = False
    newest_first: bool = False
    timing: Timing = Timing()
    channels: tuple[Channel, ...] = ()
    like: str = ""
    separator: str = ","
    columns: tuple[Column, ...] = ()
    time_column: str = ""

    @property
    def header_size(self) -> int:
        """Bytes before the first sample."""
        return sum(field.size for field in self.header)

    @property
    def sample_size(self) -> int:
        """Bytes of one sample."""
        return sum(field.size for field in self.sample)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A characteristic, always found within its service."""

    service: str
    char: str
    notify: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise the device; every part that is set must hold."""

    name: str = ""
    service: str = ""
    manufacturer: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What the connection must offer."""

    min_mtu: int = 23
    max_devices: int = 0
    """As told by the maker; 0 if not told."""
    acquire: bool = False
    """Ask BlueZ for AcquireNotify instead of StartNotify."""


@dataclass(frozen=True, slots=True)
class Param:
    """A setting with the values it may take and the code each is sent as."""

    default: float
    codes: Mapping[float, int]


@dataclass(frozen=True, slots=True)
class Order:
    """One step of a start or stop as the profile tells it, before filling in."""

    notify: str = ""
    write: str = ""
    template: str = ""
    text: str = ""
    checksum: str = ""
    expect_from: str = ""
    expect: bytes = b""
    delay_ms: int = 0
