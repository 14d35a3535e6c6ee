"""What is exported of a recording: every stream decoded and calibrated, no more."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.analysis import Calibration
from surefoot.core import Block, DecodeError, RecordingError
from surefoot.core.control import fields, is_control
from surefoot.devices import ProfileDecoder
from surefoot.exchange.rows import wall_time
from surefoot.recording import open_recording
from surefoot.session.replay import replay
from surefoot.session.setup import from_header
from surefoot.stream import Calibrate, Pressure
from surefoot.stream.pressure import cells

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from surefoot.core import Packet
    from surefoot.recording import Recording
    from surefoot.session.setup import Setup

_LOOSE = 4096  # blocks of a packet each; joined they need a tenth of the memory


@dataclass(frozen=True, slots=True)
class Material:
    """A recording decoded.

    Attributes
    ----------
    recording : Recording
        The file.
    setup : Setup
        Its sensors, as recorded.
    blocks : mapping of str to Block
        All samples of each stream by its name, calibrated, at the times at which they
        were taken [s since session start]; never filled, never resampled.
    events : list of dict
        ``t``, ``name`` and ``detail`` of what the session decided.
    worked_out : mapping of str to str
        Streams that no sensor sent, and what they are worked out of: the centre of
        pressure of a board with four load cells.
    """

    recording: Recording
    setup: Setup
    blocks: Mapping[str, Block]
    events: list[dict[str, Any]]
    worked_out: Mapping[str, str]

    @property
    def wall_ns(self) -> int:
        """Wall time of session start [ns since 1970]; 0 if it is not known."""
        anchor = self.recording.header.session.get("anchor_ns", 0)
        return wall_time(int(anchor) + self.recording.t0_ns) or 0


def read_material(path: Path) -> Material:
    """Return what a recording holds, decoded by the profiles that are in it.

    Raises
    ------
    SurefootError
        If the file is not a readable recording, or holds no samples.
    """
    recording = open_recording(path)
    setup = from_header(recording.header)
    blocks = _blocks(recording, setup)
    if not blocks:
        msg = f"{path}: expected samples, got a recording without: nothing to export"
        raise RecordingError(msg)
    # without a drill nothing is decided
    events: list[dict[str, Any]] = replay(path)["events"] if setup.drill else []
    centres, worked_out = _centres(setup, blocks)
    return Material(recording, setup, blocks | centres, events, worked_out)


def usual_rate(t: np.ndarray[Any, np.dtype[np.float64]]) -> float | None:
    """Return samples a second by the median step [Hz]; None for fewer than two."""
    return float(1.0 / np.median(np.diff(t))) if len(t) > 1 else None


def _blocks(recording: Recording, setup: Setup) -> dict[str, Block]:
    decoders: dict[str, ProfileDecoder] = {}
    kept: dict[str, list[Block]] = {}
    t0_ns: int | None = None
    for packet in recording.packets():
        t0_ns = packet.t_ns if t0_ns is None else t0_ns
        if is_control(packet):
            _cut(packet, decoders)
            continue
        told = setup.sensors.get(packet.role)
        if told is None:
            continue
        decoder = decoders.get(packet.role)
        if decoder is None:
            decoder = ProfileDecoder(told.profile, packet.role, t0_ns, told.params)
            decoders[packet.role] = decoder
        try:
            found = decoder.decode(packet)
        except DecodeError:  # what analysis leaves out too, and counts
            continue
        for block in found:
            _add(block, kept)
    steps = {r: Calibrate(told.calibration) for r, told in setup.sensors.items()}
    return {
        name: steps[parts[0].info.role].feed(Block.concat(parts))
        for name, parts in kept.items()
    }


def _add(block: Block, kept: dict[str, list[Block]]) -> None:
    if not len(block):
        return
    parts = kept.setdefault(block.info.name, [])
    parts.append(block)
    if len(parts) > _LOOSE:
        parts[:] = [Block.concat(parts)]


def _centres(
    setup: Setup, blocks: Mapping[str, Block]
) -> tuple[dict[str, Block], dict[str, str]]:
    """Return the centre of pressure of every board, and of which stream it is."""
    found: dict[str, Block] = {}
    of: dict[str, str] = {}
    for name, block in blocks.items():
        known = setup.sensors[block.info.role].calibration
        names = cells(block.info)
        scaled = known.cell_scale != Calibration().cell_scale
        if not names or not (names[0].startswith("force") or scaled):
            continue  # plain counts say nothing
        made = Pressure(known).feed(block)
        if len(made) and made.info.name not in blocks:
            found[made.info.name], of[made.info.name] = made, name
    return found, of


def _cut(packet: Packet, decoders: Mapping[str, ProfileDecoder]) -> None:
    """Tell a decoder of a break of its link, as a session does."""
    decoder = decoders.get(packet.endpoint) if packet.role == "link" else None
    if decoder is not None:
        with suppress(DecodeError):
            if "gap" in fields(packet):
                decoder.cut()
