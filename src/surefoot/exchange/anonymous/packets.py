"""Packets without what tells a person, a device or a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import DecodeError, Packet
from surefoot.core.control import control, fields, is_control
from surefoot.devices import ProfileDecoder
from surefoot.exchange.anonymous.blank import Blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from surefoot.core import JsonValue
    from surefoot.session.setup import Sensor, Setup

    Fields = Mapping[str, JsonValue]

_ENDPOINTS = frozenset({"start", "tick", "suspended", "paint", "end", "command"})
_STATES = frozenset({"scanning", "connecting", "streaming", "lost", "closed"})
_DOINGS = frozenset(
    {
        *("level", "relevel", "direction", "support", "start", "stop"),
        *("held-on", "again", "zone", "marker"),
    }
)
_WORDS: Mapping[str, frozenset[str]] = {
    "do": _DOINGS,
    "edge": frozenset({"left", "right", "front", "back"}),
    "why": frozenset({"key", "clicker", "stepped-off", "pain"}),
}
_EVER = 1 << 62
_BEGINS_NUMBER = frozenset(b"0123456789+-.")
_NUMERIC = frozenset(b"0123456789+-.eE \t")
_LINE_ENDS = frozenset(b"\r\n")
_HIDDEN = ord("x")


class Scrub:
    """Takes the packets of a recording and gives those of its anonymous copy.

    Times count from the first packet. Control packets keep what results depend on:
    states, commands, numbers. Packets of sensors stay where samples are made of them,
    and bytes that their profile has no use for become zero; others are left out, for
    nobody knows what is in them. Rows of a table lose the columns that are not used,
    and their own clock.

    Parameters
    ----------
    setup : Setup
        Of the recording.

    Attributes
    ----------
    left_out : int
        Packets so far that are not in the copy.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._sensors: dict[str, _Device | _Rows] = {}
        self._t0_ns: int | None = None
        self.left_out = 0

    def each(self, packets: Iterable[Packet]) -> Iterator[Packet]:
        """Yield the packets of the copy."""
        for packet in packets:
            if self._t0_ns is None:
                self._t0_ns = packet.t_ns
            t_ns = packet.t_ns - self._t0_ns
            if is_control(packet):
                yield self._told(packet, t_ns)
                continue
            payload = self._sensor(packet)
            if payload is None:
                self.left_out += 1
            else:
                yield Packet(packet.source, t_ns, payload)

    def _told(self, packet: Packet, t_ns: int) -> Packet:
        try:
            told = fields(packet)
        except DecodeError:
            told = {}
        kept = _CONTROL[packet.role](told, packet.endpoint)
        role, endpoint = packet.role, packet.endpoint
        if "gap" in kept and role == "link" and endpoint in self._sensors:
            self._sensors[endpoint].cut()
        known = endpoint in self._setup.sensors or endpoint in _ENDPOINTS
        return control(f"{role}/{endpoint if known else 'unnamed'}", t_ns, **kept)

    def _sensor(self, packet: Packet) -> bytes | None:
        role = packet.role
        if role not in self._setup.sensors:
            return None
        if role not in self._sensors:
            told = self._setup.sensors[role]
            assert self._t0_ns is not None
            decoder = ProfileDecoder(told.profile, role, self._t0_ns, told.params)
            table = told.profile.transport == "table"
            self._sensors[role] = (_Rows if table else _Device)(told, decoder)
        return self._sensors[role].keep(packet)


class _Device:
    """Keeps the packets that samples, or the numbers for them, are made of."""

    def __init__(self, sensor: Sensor, decoder: ProfileDecoder) -> None:
        streams = sensor.profile.streams
        self._profile = sensor.profile
        self._blanks: dict[str, Blank] = {}
        self._decoder = decoder
        # a frame may go on in the next packet: these are never left out
        self._framed = {s.endpoint for s in streams if s.framing is not None}
        self._texts = {
            s.endpoint: _Lines(s.separator) for s in streams if s.codec == "text"
        }

    def keep(self, packet: Packet) -> bytes | None:
        if packet.endpoint in self._texts:
            return self._texts[packet.endpoint].hidden(packet.payload)
        if packet.endpoint in self._framed:
            return packet.payload
        before = self._decoder.counts.ignored
        try:
            self._decoder.decode(packet)
        except DecodeError:
            return None
        if self._decoder.counts.ignored > before:
            return None
        return self._blank(packet.endpoint).blanked(packet.payload)

    def _blank(self, endpoint: str) -> Blank:
        if endpoint not in self._blanks:
            self._blanks[endpoint] = Blank(self._profile, endpoint)
        return self._blanks[endpoint]

    def cut(self) -> None:
        self._decoder.cut()
        for text in self._texts.values():
            text.cut()


class _Lines:
    """Hides what is no number, in lines that come in pieces.

    A line that does not begin as a number is a heading or a remark to the decoder, and
    still is none of its business when it is made of the letter x.
    """

    def __init__(self, separator: str) -> None:
        self._plain = _NUMERIC | frozenset(separator.encode())
        self.cut()

    def cut(self) -> None:
        self._fresh, self._number = True, False

    def hidden(self, text: bytes) -> bytes:
        out = bytearray(text)
        for i, byte in enumerate(text):
            if byte in _LINE_ENDS:
                self._fresh = True
                continue
            if self._fresh:
                self._fresh, self._number = False, byte in _BEGINS_NUMBER
            if not (self._number and byte in self._plain):
                out[i] = _HIDDEN
        return bytes(out)


class _Rows:
    """Keeps the used columns of a table, with times of the session."""

    def __init__(self, sensor: Sensor, decoder: ProfileDecoder) -> None:
        stream = sensor.profile.primary
        self._decoder = decoder
        self._stream = stream
        self._names = [column.name for column in stream.columns]

    def keep(self, packet: Packet) -> bytes | None:
        try:
            blocks = self._decoder.decode(packet)
        except DecodeError:
            return None
        if not blocks or not len(blocks[0]):
            return None
        text = packet.payload.decode("utf-8", "replace")
        lines = [line for line in text.split("\n") if line.strip()]
        times = blocks[0].t.tolist()
        rows = [self._row(*pair) for pair in zip(lines, times, strict=True)]
        return "\n".join(rows).encode()

    def cut(self) -> None:
        self._decoder.cut()

    def _row(self, line: str, t: float) -> str:
        separator, timed = self._stream.separator, self._stream.time_column
        cells = [cell.strip() for cell in line.split(separator)]
        for i, name in enumerate(self._names):
            if name == "-":
                cells[i] = "0"
            elif name == timed:
                cells[i] = repr(t).replace(".", self._stream.decimal)
        return separator.join(cells)


def _clock(told: Fields, endpoint: str) -> dict[str, JsonValue]:
    if endpoint == "start":
        return {"wall_ns": 0}
    if endpoint == "end":
        return {"why": "end"}
    return _numbers(told)


def _link(told: Fields, _endpoint: str) -> dict[str, JsonValue]:
    return _numbers(told) | _word(told, "state", _STATES)


def _person(told: Fields, _endpoint: str) -> dict[str, JsonValue]:
    kept: dict[str, JsonValue] = {"do": "unnamed", **_numbers(told)}
    for key, words in _WORDS.items():
        kept |= _word(told, key, words)
    return kept


def _word(told: Fields, key: str, words: frozenset[str]) -> dict[str, JsonValue]:
    """Return a field if it says one of these words."""
    value = told.get(key)
    return {key: value} if isinstance(value, str) and value in words else {}


def _numbers(told: Fields) -> dict[str, JsonValue]:
    """Return the fields that are finite numbers or truths, under known names."""
    return {
        key: value
        for key, value in told.items()
        if key in _NUMBERS
        and isinstance(value, (bool, int, float))
        and -_EVER < value < _EVER
    }


_NUMBERS = frozenset({"asleep_ns", "ms", "gap", "battery", "yes", "degrees", "pain"})
_CONTROL: Mapping[str, Callable[[Fields, str], dict[str, JsonValue]]] = {
    "clock": _clock,
    "link": _link,
    "person": _person,
}
