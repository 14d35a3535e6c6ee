"""One recording, read once: its streams, what was decided, and how good it is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from surefoot.analysis import parse_calibration
from surefoot.core import Block, CalibrationError, DecodeError, RecordingError
from surefoot.core.control import fields, is_control
from surefoot.devices import ProfileDecoder, load_profile
from surefoot.recording import annotations_of, open_recording
from surefoot.session.analysing._cells import centre, usable
from surefoot.session.engine import Engine
from surefoot.session.player import COALESCE
from surefoot.session.replay import quality
from surefoot.session.setup import from_header
from surefoot.stream import Calibrate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from surefoot.core import Packet
    from surefoot.recording import Exclusion, Recording
    from surefoot.session.setup import Sensor, Setup

BOARD, TRUNK = "board", "trunk"
_MOVING = frozenset({BOARD, TRUNK})
"""The roles whose movement a session decides by."""
COP = ("cop_ml", "cop_ap")
FORCE = "force_v"


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asks of an analysis, beyond what the recording says.

    Attributes
    ----------
    lowpass : float, "auto" or None
        Zero-phase low-pass of a centre of pressure [Hz]; None filters nothing.
        ``"auto"`` is 10 Hz for a board of ours and nothing for an imported file, which
        somebody filtered, or not, in a way that is not known.
    repetitions : float or None
        Range of the movement there and back to look for [rad].
    height : float or None
        Body height of the trainee [m].
    outline : tuple of (float, float)
        Corners ML, AP of the outline of the feet, in order [m]; none when empty.
    profile : str or None
        Decode the sensor of ``role`` by this profile, a name or a file.
    calibration : Path or None
        And calibrate it by this file.
    role : str
        Whose they are.
    """

    lowpass: float | Literal["auto"] | None = "auto"
    repetitions: float | None = None
    height: float | None = None
    outline: tuple[tuple[float, float], ...] = ()
    profile: str | None = None
    calibration: Path | None = None
    role: str = BOARD


@dataclass(frozen=True, slots=True)
class Material:
    """What an analysis works on.

    Attributes
    ----------
    recording : Recording
        The file.
    setup : Setup
        As recorded, or as the options say.
    engine : Engine
        Has seen every packet; knows the runs.
    streams : mapping of str to Block
        Calibrated samples by the name of their stream.
    quality : dict
        As `surefoot.session.replay.quality` tells it, all sensors included.
    excluded : tuple of Exclusion
        Intervals that somebody said are not to be measured.
    jitter : mapping of str to float
        How far the arrival of samples scattered [s], by role, where no drill asked.
    options : Options
        What was asked.
    """

    recording: Recording
    setup: Setup
    engine: Engine
    streams: Mapping[str, Block]
    quality: dict[str, Any]
    excluded: tuple[Exclusion, ...]
    jitter: Mapping[str, float]
    options: Options = field(default_factory=Options)

    def cells(self, role: str) -> Block | None:
        """Return the stream of a role's four load cells, if they can be used."""
        for block in self.streams.values():
            mine = block.info.role == role and len(block) > 0
            if mine and usable(block.info, self.setup.sensors[role]):
                return block
        return None

    def kept(self, t: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which instants nobody excluded."""
        good = np.ones(len(t), dtype=np.bool_)
        for gone in self.excluded:
            good &= (t < gone.start) | (t >= gone.end)
        return good

    def declared(self, role: str) -> bool:
        """Return whether sample times stand in a file, not fitted to arrivals."""
        return self.setup.sensors[role].profile.transport == "table"

    def stream(self, role: str, *channels: str) -> Block | None:
        """Return the first stream of a role that has these channels and samples."""
        for name, block in self.streams.items():
            if name.partition("/")[0] != role or not len(block):
                continue
            if all(channel in block.info.channels for channel in channels):
                return block
        return None


def read(path: Path, options: Options) -> Material:
    """Return what a recording holds, decoded and decided in one pass.

    Raises
    ------
    SurefootError
        If the file is not a readable recording, or the options do not fit it.
    """
    recording = open_recording(path)
    setup = _told_otherwise(from_header(recording.header), options)
    kept: dict[str, list[Block]] = {}
    engine = Engine(
        replace(setup, sensors=_moving(setup)), coalesce=COALESCE, sink=_keep(kept)
    )
    beside = _Beside(_others(setup), _moving(setup))
    for packet in recording.packets():
        engine.feed(packet)
        if is_control(packet):
            beside.told(packet)
        else:
            beside.feed(packet, engine.t0_ns or 0)
    engine.close()
    streams = {name: Block.concat(blocks) for name, blocks in kept.items()}
    told = quality(recording, engine)
    told["sensors"] = [*told["sensors"], *beside.sensors()]
    streams |= beside.streams()
    streams |= _centres(setup, streams)
    left_out = annotations_of(path).exclusions
    jitter = beside.jitter()
    return Material(recording, setup, engine, streams, told, left_out, jitter, options)


def _centres(setup: Setup, streams: Mapping[str, Block]) -> dict[str, Block]:
    """Return the centre of pressure of every board with four load cells."""
    found: dict[str, Block] = {}
    for block in streams.values():
        sensor = setup.sensors[block.info.role]
        if len(block) and usable(block.info, sensor):
            made = centre(block, sensor)
            if made.info.name not in streams:
                found[made.info.name] = made
    return found


def _told_otherwise(setup: Setup, options: Options) -> Setup:
    """Return the setup with another profile or calibration for one role."""
    if options.profile is None and options.calibration is None:
        return setup
    old = setup.sensors.get(options.role)
    if old is None:
        roles = ", ".join(setup.sensors) or "none"
        msg = (
            f"{options.role}: expected one of the recording's sensors ({roles}), got "
            f"another: name it with --role"
        )
        raise RecordingError(msg)
    new = old
    if options.profile is not None:
        new = replace(new, profile=load_profile(options.profile))
    if options.calibration is not None:
        text = _text(options.calibration)
        made = parse_calibration(text, options.calibration.name)
        new = replace(new, calibration=made, calibration_text=text)
    return replace(setup, sensors={**setup.sensors, options.role: new})


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: expected a calibration (TOML), got {error}: give its path"
        raise CalibrationError(msg) from None


def _moving(setup: Setup) -> dict[str, Sensor]:
    """Return the sensors that the session itself decides by; none without a drill."""
    if setup.drill is None:
        return {}
    return {
        role: told
        for role, told in setup.sensors.items()
        if role in _MOVING and "acc_x" in _decoder(told, role, 0).info.channels
    }


def _others(setup: Setup) -> dict[str, Sensor]:
    """Return the sensors that have streams beside those."""
    moving = _moving(setup)
    return {
        role: told
        for role, told in setup.sensors.items()
        if role not in moving or len(told.profile.streams) > 1
    }


def _decoder(told: Sensor, role: str, t0_ns: int) -> ProfileDecoder:
    return ProfileDecoder(told.profile, role, t0_ns, told.params)


def _keep(kept: dict[str, list[Block]]) -> Callable[[Block], None]:
    """Return what keeps samples, and not what a chart makes of the same samples."""

    def keep(block: Block) -> None:
        if not len(block):
            return
        blocks = kept.setdefault(block.info.name, [])
        if not blocks or block.t[0] > blocks[-1].t[-1]:
            blocks.append(block)

    return keep


class _Beside:
    """Decodes what the engine has no use for: other roles, other streams."""

    def __init__(
        self, sensors: Mapping[str, Sensor], moving: Mapping[str, Sensor]
    ) -> None:
        self.wanted = frozenset(sensors)
        self._sensors = sensors
        self._moving = moving
        self._decoders: dict[str, ProfileDecoder] = {}
        self._kept: dict[str, list[Block]] = {}
        self._keep = _keep(self._kept)
        self._delays: dict[str, list[float]] = {}
        self._devices = {
            role: told.device or told.profile.name for role, told in sensors.items()
        }

    def told(self, packet: Packet) -> None:
        """Take note of what a link says its sensor is called."""
        if packet.role != "link" or packet.endpoint not in self.wanted:
            return
        with suppress(DecodeError):
            about = fields(packet)
            device = about.get("device")
            if isinstance(device, str):
                self._devices[packet.endpoint] = device
            if "gap" in about and packet.endpoint in self._decoders:
                self._decoders[packet.endpoint].cut()  # as live

    def feed(self, packet: Packet, t0_ns: int) -> None:
        role = packet.role
        if role not in self.wanted:
            return
        decoder = self._decoders.get(role)
        if decoder is None:
            decoder = self._decoders[role] = _decoder(self._sensors[role], role, t0_ns)
        try:
            blocks = decoder.decode(packet)
        except DecodeError:  # counted by the decoder
            return
        for block in blocks:
            if not len(block) or (role in self._moving and block.info is decoder.info):
                continue
            self._keep(block)
            arrived = (packet.t_ns - t0_ns) * 1e-9
            self._delays.setdefault(role, []).append(arrived - float(block.t[-1]))

    def streams(self) -> dict[str, Block]:
        """Return all samples, calibrated."""
        return {
            name: Calibrate(self._sensors[blocks[0].info.role].calibration).feed(
                Block.concat(blocks)
            )
            for name, blocks in self._kept.items()
        }

    def jitter(self) -> dict[str, float]:
        """Return how far the arrival of samples scattered [s], by role."""
        return {role: float(np.std(late)) for role, late in self._delays.items()}

    def sensors(self) -> list[dict[str, Any]]:
        """Return how the sensors fared that only this decoded."""
        return [
            {
                "role": role,
                "device": self._devices[role],
                "samples": decoder.counts.samples,
                "packets_lost": decoder.counts.lost,
                "duplicates": decoder.counts.duplicates,
                "refused": decoder.counts.refused,
            }
            for role in self._sensors
            if (decoder := self._decoders.get(role)) and role not in self._moving
        ]
