"""What a checked profile says about its packets: values only, no decoding here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Stamp = Literal["first", "last", "each"]
Clock = Literal["fitted", "nominal", "given"]
Codec = Literal["bytes", "delta", "text", "events"]
When = tuple[tuple[str, tuple[float, ...]], ...]
"""Settings and the values under which something is there; empty means always."""


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
    checksum: str = ""
    """Kind of the frame's last byte; a frame where it is wrong is no frame."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text that may be packed or split across notifications."""

    longest: int


@dataclass(frozen=True, slots=True)
class Parts:
    """Messages too long for one notification: a beginning and continuations.

    A message is whole when its length comes out even with the samples of its stream.
    """

    more: tuple[Select, ...]
    """What tells a continuation."""
    skip: int
    """Bytes at the start of a continuation that are not of the message."""
    same: tuple[int, ...] = ()
    """Places of bytes that are the same in beginning and continuation."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Numbers a device tells once, that the meaning of its samples hangs on.

    Attributes
    ----------
    id : str
        What channels call it.
    endpoint : str
        Where it is told.
    select : tuple of Select
        The packets that tell it.
    at : int
        Byte at which the numbers begin.
    field : Field
        Their type and how many there are.
    default : tuple of float
        Used until it is told; empty means there are no samples before.
    virtual : tuple of float
        What a virtual device tells; empty means it tells nothing.
    """

    id: str
    endpoint: str
    select: tuple[Select, ...]
    at: int
    field: Field
    default: tuple[float, ...] = ()
    virtual: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines through points whose raw readings the device tells."""

    probes: tuple[str, ...]
    """Where the readings stand, one probe after the other."""
    places: tuple[int, ...]
    """Which of their numbers belong to the points."""
    values: tuple[float, ...]
    """The values of the points, in the unit of the channel."""


@dataclass(frozen=True, slots=True)
class Combine:
    """One stream of several: the others are brought to the times of the first."""

    tracks: tuple[tuple[str, ...], ...]
    """Streams; where a track has several, they are the same in other formats."""
    longest_gap: float
    """Nothing is interpolated over more than this [s]."""


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
    counter_bits: int = 0
    """Of a counter in a text; 0 where the field tells."""
    ticks: int = 1
    """Ticks in one unit of a text's time."""


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
    range: tuple[float, float] | None = None
    """What the sensor can give at most, SI; None means what the unit allows."""
    scale_by: str = ""
    """Setting or probe that `scale` is multiplied with."""
    scales: tuple[tuple[float, float], ...] = ()
    """(value of the setting, factor); empty where `scale_by` is a probe."""
    curve: Curve | None = None


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
    framing : Framing, Lines, Parts or None
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
    codec : str
        How samples are packed: ``"bytes"`` as numbers, ``"delta"`` as differences of
        few bits, ``"text"`` as a line, ``"events"`` as changes of single axes.
    codes : tuple of (str, int)
        Event code of each field, for ``"events"``.
    when : tuple
        Settings under which the device sends it.
    combine : Combine or None
        The streams this one is made of; it has no packets then.
    like : str
        Stream whose packets this one shares; empty for packets of its own.
    separator : str
        Between the columns of a row.
    decimal : str
        In the numbers of a row: ``"."`` or ``","``.
    columns : tuple of Column
        The columns of a row, in order.
    time_column : str
        The column with the time of the row when the clock is given.
    """

    id: str
    endpoint: str
    rate: float | str
    select: tuple[Select, ...] = ()
    framing: Framing | Lines | Parts | None = None
    min_len: int = 0
    header: tuple[Field, ...] = ()
    sample: tuple[Field, ...] = ()
    repeat: int | str = 1
    planar: bool = False
    newest_first: bool = False
    timing: Timing = Timing()
    channels: tuple[Channel, ...] = ()
    codec: Codec = "bytes"
    codes: tuple[tuple[str, int], ...] = ()
    when: When = ()
    combine: Combine | None = None
    like: str = ""
    separator: str = ","
    decimal: str = "."
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
    usb: tuple[int, int] | None = None
    """Vendor and product, of what is plugged in."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the connection must offer."""

    min_mtu: int = 23
    max_devices: int = 0
    """As told by the maker; 0 if not told."""
    acquire: bool = False
    """Ask BlueZ for AcquireNotify instead of StartNotify."""
    keepalive: float = 0.0
    """The order ``keepalive`` is due this often [s]; 0 if never."""
    baud: int = 0
    """Of a serial port; 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Param:
    """A setting with the values it may take and the code each is sent as."""

    default: float
    codes: Mapping[float, int]


@dataclass(frozen=True, slots=True)
class Expect:
    """The answer to a write: where it comes from and how it begins."""

    endpoint: str
    prefix: bytes
    within: float
    """How long to wait [s]."""
    refusals: tuple[tuple[bytes, str], ...] = ()
    """Other beginnings and what they mean, in words."""


@dataclass(frozen=True, slots=True)
class Order:
    """One step of a start or stop as the profile tells it, before filling in."""

    notify: str = ""
    read: str = ""
    write: str = ""
    template: str = ""
    text: str = ""
    checksum: str = ""
    expect: Expect | None = None
    delay_ms: int = 0
    when: When = ()
