"""The values that flow through the product. All are immutable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

JsonValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Packet:
    """One thing that reached the session: what is recorded and what is replayed.

    Attributes
    ----------
    source : str
        ``"role/endpoint"``: who sent it. The roles ``link``, ``person`` and ``clock``
        are not sensors; their packets are written by `surefoot.core.control`.
    t_ns : int
        Host monotonic clock at reception [ns].
    payload : bytes
        The bytes, untouched.
    """

    source: str
    t_ns: int
    payload: bytes

    @property
    def role(self) -> str:
        """The part of the source before the slash."""
        return self.source.partition("/")[0]

    @property
    def endpoint(self) -> str:
        """The part of the source after the slash."""
        return self.source.partition("/")[2]


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What the columns of a stream mean.

    Attributes
    ----------
    name : str
        ``"role/quantity"``, for example ``"board/imu"``.
    channels : tuple of str
        One name a column, for example ``"acc_x"``.
    units : tuple of str
        One SI unit a column, for example ``"m/s^2"``.
    rate : float
        Nominal sampling rate [Hz].
    frame : str
        Coordinate frame: ``"sensor"``, ``"segment"``, ``"board"`` or ``"world"``.
    """

    name: str
    channels: tuple[str, ...]
    units: tuple[str, ...]
    rate: float
    frame: str = "sensor"

    @property
    def role(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]

    def columns(self, *names: str) -> list[int]:
        """Return the positions of the named channels; ValueError for an unknown one."""
        return [self.channels.index(name) for name in names]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Consecutive samples of one stream.

    Attributes
    ----------
    info : StreamInfo
        Name, channels, units, rate and frame.
    t : ndarray, shape (n,)
        Sample times since session start [s], strictly increasing. Gaps show here and
        are never filled silently.
    data : ndarray, shape (n, len(info.channels))
        Samples in ``info.units``, float64. Read-only.
    """

    info: StreamInfo
    t: NDArray[np.float64]
    data: NDArray[np.float64]

    def __post_init__(self) -> None:
        expected = (len(self.t), len(self.info.channels))
        if self.data.shape != expected:
            msg = f"{self.info.name}: data is {self.data.shape}, expected {expected}"
            raise ValueError(msg)
        self.t.setflags(write=False)
        self.data.setflags(write=False)

    def __len__(self) -> int:
        return len(self.t)

    def __getitem__(self, item: slice) -> Block:
        return Block(self.info, self.t[item], self.data[item])

    def between(self, start: float, end: float) -> Block:
        """Return the samples with ``start <= t < end``."""
        first, last = np.searchsorted(self.t, [start, end])
        return self[int(first) : int(last)]

    def with_data(
        self, data: NDArray[np.float64], info: StreamInfo | None = None
    ) -> Block:
        """Return a block with the same times and other values."""
        return Block(info or self.info, self.t, data)

    @staticmethod
    def empty(info: StreamInfo) -> Block:
        """Return a block without samples."""
        return Block(info, np.empty(0), np.empty((0, len(info.channels))))

    @staticmethod
    def concat(blocks: Iterable[Block]) -> Block:
        """Join one or more blocks of one stream, in order."""
        parts = list(blocks)
        if len(parts) == 1:
            return parts[0]
        return Block(
            parts[0].info,
            np.concatenate([b.t for b in parts]),
            np.concatenate([b.data for b in parts]),
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about an interval.

    Attributes
    ----------
    name : str
        As in the registry of measures, for example ``"tilt_rms"``.
    value : float
        In ``unit``; NaN when it could not be given, with the reason in ``flags``.
    unit : str
        SI unit, or ``"1"`` for shares and counts.
    t0, t1 : float
        The interval, in seconds since session start.
    stream : str
        The stream it was taken from.
    flags : tuple of str
        For example ``PROVISIONAL``, ``GAP``, ``CLIPPED``, ``TOO_SHORT``, ``NOT_LEVEL``.
    """

    name: str
    value: float
    unit: str
    t0: float
    t1: float
    stream: str
    flags: tuple[str, ...] = ()

    def flagged(self, *flags: str) -> Measure:
        """Return the measure with more flags."""
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, *flags))))

    def as_json(self) -> dict[str, object]:
        """Return the measure as it is printed: NaN becomes null."""
        return {
            "name": self.name,
            "value": None if np.isnan(self.value) else self.value,
            "unit": self.unit,
            "t0": self.t0,
            "t1": self.t1,
            "stream": self.stream,
            "flags": list(self.flags),
        }


@dataclass(frozen=True, slots=True)
class Event:
    """Something the session decided at one instant: a phase, a cue, a warning.

    Attributes
    ----------
    t : float
        Seconds since session start.
    name : str
        For example ``"run"``, ``"cue"``, ``"edge-contact"``, ``"sensor-lost"``.
    detail : mapping of str to JSON value
        What a reader needs to understand it.
    """

    t: float
    name: str
    detail: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])

    def as_json(self) -> dict[str, object]:
        """Return the event as it is printed."""
        return {"t": self.t, "name": self.name, "detail": dict(self.detail)}


@dataclass(frozen=True, slots=True)
class Marker:
    """An instant a person wanted to keep.

    Attributes
    ----------
    t : float
        Seconds since session start.
    label : str
        Short: ``"marker"``, ``"eyes closed"``, ``"note"``.
    detail : str
        Free text.
    """

    t: float
    label: str
    detail: str = ""


class LinkState(StrEnum):
    """Where the connection to one sensor stands."""

    SCANNING = "scanning"
    CONNECTING = "connecting"
    STREAMING = "streaming"
    LOST = "lost"
    CLOSED = "closed"
