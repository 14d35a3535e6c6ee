"""Packets and commands of known meaning, kept beside the profiles."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from surefoot.core import Block, DecodeError, Packet, ProfileError
from surefoot.devices.commands import steps
from surefoot.devices.decoder import ProfileDecoder
from surefoot.devices.formats import format_of
from surefoot.devices.units import si
from surefoot.resources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from surefoot.devices.commands import OrderName
    from surefoot.devices.profile import Profile

_STEP_NS = 10_000_000
_TABLE = 2  # dimensions: samples, columns


@dataclass(frozen=True, slots=True)
class Vector:
    """Packets and the samples they hold, by a source other than this code.

    Attributes
    ----------
    profile, stream, endpoint : str
        What they are packets of.
    hex : sequence of str
        Payloads, in order of reception.
    expect : mapping of str to list
        Values by channel, one row a sample, in `units`.
    units : mapping of str to str
        Units of `expect`, as the source gives them.
    origin : str
        ``"capture"`` from a device, ``"maker-test"`` or ``"two-implementations"`` from
        the tests of those who made or read it, ``"document"`` printed in one,
        ``"synthetic"`` packed by hand from the layout.
    source : str
        Where they come from.
    tol : float
        Relative and absolute, in `units`.
    tick, seq : int or None
        Device clock and packet counter in the last packet.
    note : str
        Free text.
    params : mapping of str to float
        Settings of the device that differ from the defaults.
    before : sequence of (str, str)
        Endpoint and payload of packets that come first, a calibration for example.
    """

    profile: str
    stream: str
    endpoint: str
    hex: Sequence[str]
    expect: Mapping[str, list[list[float]]]
    units: Mapping[str, str]
    origin: str
    source: str
    tol: float
    tick: int | None = None
    seq: int | None = None
    note: str = ""
    params: Mapping[str, float] = field(default_factory=dict[str, float])
    before: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """An order to a device and its bytes, by a source other than this code."""

    profile: str
    order: OrderName
    steps: Sequence[str]
    source: str
    params: Mapping[str, float] = field(default_factory=dict[str, float])


Known = TypeVar("Known", Vector, Command)


def load_vectors(where: Path | None = None) -> tuple[list[Vector], list[Command]]:
    """Return the packets and the commands of known meaning.

    Parameters
    ----------
    where : Path, optional
        Folder of ``vectors*.json``; the one that ships by default.

    Raises
    ------
    ProfileError
        If a file is not usable.
    """
    packets: list[Vector] = []
    commands: list[Command] = []
    for path in sorted((where or folder("devices")).glob("vectors*.json")):
        told = _json(path)
        packets += [_made(Vector, item, path) for item in told.get("packets", [])]
        commands += [_made(Command, item, path) for item in told.get("commands", [])]
    return packets, commands


def _made(kind: type[Known], item: object, path: Path) -> Known:
    keys = [f.name for f in fields(kind)]
    needed = [f.name for f in fields(kind) if f.default is MISSING is f.default_factory]
    told = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
    if not set(needed) <= set(told) <= set(keys):
        got = ", ".join(told) or "nothing"
        msg = f"{path.name}: expected the keys {', '.join(needed)}, got {got}: "
        raise ProfileError(msg + "see docs/profiles.md")
    return kind(**told)


def _json(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        told: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        msg = f"{path.name}: expected JSON, got {error}: mend that line of the file"
        raise ProfileError(msg) from None
    lists = cast("dict[str, Any]", told) if isinstance(told, dict) else {}
    if not lists or not all(isinstance(part, list) for part in lists.values()):
        msg = f"{path.name}: expected lists packets and commands, got others: "
        raise ProfileError(msg + "see docs/profiles.md")
    return lists


def wrong_packet(profile: Profile, vector: Vector) -> str:
    """Return what the profile makes of a vector that it should not; empty if nothing.

    Parameters
    ----------
    profile : Profile
        The device, or a broken copy of it.
    vector : Vector
        What is known.
    """
    try:
        blocks = _decoded(profile, vector)
    except DecodeError as error:
        return str(error)
    if not blocks:
        return "no samples"
    block = Block.concat(blocks)
    return _wrong_values(block, vector) or _wrong_header(profile, vector)


def wrong_command(profile: Profile, command: Command) -> str:
    """Return the steps an order expands to if they are not as known; empty if they are.

    Parameters
    ----------
    profile : Profile
        The device.
    command : Command
        What is known.
    """
    got = [
        " ".join(filter(None, (step.do, step.endpoint, step.data.hex())))
        for step in steps(profile, command.order, command.params)
    ]
    if got == list(command.steps):
        return ""
    return f"expected {list(command.steps)}, got {got}"


def _decoded(profile: Profile, vector: Vector) -> list[Block]:
    decoder = ProfileDecoder(profile, "board", 0, vector.params)
    source = f"board/{vector.endpoint}"
    blocks: list[Block] = []
    for endpoint, payload in vector.before:
        decoder.decode(Packet(f"board/{endpoint}", 0, bytes.fromhex(payload)))
    for i, payload in enumerate(vector.hex):
        blocks += decoder.decode(Packet(source, i * _STEP_NS, bytes.fromhex(payload)))
    return [block for block in blocks if block.info.name == f"board/{vector.stream}"]


def _wrong_values(block: Block, vector: Vector) -> str:
    for name, expected in vector.expect.items():
        got = _channel(block, name) / si(vector.units[name])[1]
        known = np.asarray(expected, float)
        if got.shape != known.shape:
            return f"{name}: expected {_size(known)}, got {_size(got)}"
        if not np.allclose(got, known, rtol=vector.tol, atol=vector.tol):
            wrong = ~np.isclose(got, known, rtol=vector.tol, atol=vector.tol)
            k = int(np.flatnonzero(wrong.any(axis=1))[0])
            return (
                f"{name}: expected {_told(known[k])}, got {_told(got[k])} "
                f"in sample {k + 1}"
            )
    return ""


def _size(values: NDArray[np.float64]) -> str:
    """Return the shape of a table as people say it."""
    if values.ndim != _TABLE:
        return "numbers that are no table"
    return f"{values.shape[0]} samples of {values.shape[1]}"


def _told(values: NDArray[np.float64]) -> str:
    return ", ".join(f"{value:.9g}" for value in values.tolist())


def _channel(block: Block, name: str) -> NDArray[np.float64]:
    """Return the columns of one channel, by axis whatever their place."""
    own = [c for c in block.info.channels if name in {c, c.rpartition("_")[0]}]
    return block.data[:, block.info.columns(*sorted(own))]


def _wrong_header(profile: Profile, vector: Vector) -> str:
    if vector.tick is None:
        return ""
    stream = next(s for s in profile.streams if s.id == vector.stream)
    payload = bytes.fromhex(vector.hex[-1])
    packets = format_of(stream)
    for earlier in vector.hex:
        packets.fits(bytes.fromhex(earlier))  # some formats remember
    content = packets.read(payload, vector.profile)
    if content.tick != vector.tick:
        return f"device clock {content.tick}"
    if vector.seq is not None and content.seq != vector.seq:
        return f"packet counter {content.seq}"
    return ""
