"""One recording, read once: its streams, what was decided, and how good it is."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from surefoot.core import Block
from surefoot.recording import annotations_of, open_recording
from surefoot.session.analysing._beside import Beside, decoder_of, keeping
from surefoot.session.analysing._cells import centre, usable
from surefoot.session.deciding import Deciding
from surefoot.session.player import COALESCE
from surefoot.session.replay import quality
from surefoot.session.setup import Instead, from_header

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from surefoot.core import Marker
    from surefoot.recording import Annotations, Exclusion, Recording
    from surefoot.session.analysing._beside import Aside
    from surefoot.session.setup import Sensor, Setup

BOARD, TRUNK = "board", "trunk"
COP = ("cop_ml", "cop_ap")
FORCE = "force_v"
_LARGE = 10_000_000  # bytes; below this a second process costs more than it saves


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

    @property
    def instead(self) -> Instead:
        """Whose profile or calibration is another one than recorded."""
        return Instead(self.profile, self.calibration, self.role)


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
    said : Annotations
        What somebody said afterwards: intervals not to be measured, circumstances,
        markers.
    jitter : mapping of str to float
        How far the arrival of samples scattered [s], by role, where no drill asked.
    options : Options
        What was asked.
    """

    recording: Recording
    setup: Setup
    engine: Deciding
    streams: Mapping[str, Block]
    quality: dict[str, Any]
    said: Annotations
    jitter: Mapping[str, float]
    options: Options = field(default_factory=Options)

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """The intervals that are not to be measured."""
        return self.said.exclusions

    @property
    def corrections(self) -> Mapping[str, str]:
        """What is true instead of what the recording says."""
        return self.said.corrections

    @property
    def marked(self) -> tuple[Marker, ...]:
        """The markers that were added afterwards."""
        return self.said.markers

    @property
    def markers(self) -> list[Marker]:
        """All markers, those added afterwards too, in the order of time."""
        return sorted((*self.engine.markers, *self.marked), key=lambda one: one.t)

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


def read(path: Path, options: Options, workers: int = 1) -> Material:
    """Return what a recording holds, decoded and decided in one pass.

    Parameters
    ----------
    path : Path
        The recording.
    options : Options
        What is asked.
    workers : int
        With two or more, the sensors of a long recording that no drill looks at are
        decoded by a second process at the same time. The values are the same.

    Raises
    ------
    SurefootError
        If the file is not a readable recording, or the options do not fit it.
    """
    recording = open_recording(path)
    setup = options.instead.applied(from_header(recording.header))
    kept: dict[str, list[Block]] = {}
    engine = Deciding(
        replace(setup, sensors=_deciding(setup)), coalesce=COALESCE, sink=keeping(kept)
    )
    beside = Beside(_others(setup), _moving(setup))
    with _apart(path, options, workers if beside.wanted else 1) as elsewhere:
        for batch in recording.batches():
            engine.take(batch)
            if elsewhere is None:
                beside.take(batch)
        engine.close()
        aside = beside.found() if elsewhere is None else elsewhere.result()
    streams = {name: Block.concat(blocks) for name, blocks in kept.items()}
    told = quality(recording, engine)
    counted = {one["role"] for one in told["sensors"]}
    others = [one for one in aside.sensors if one["role"] not in counted]
    told["sensors"] = [*told["sensors"], *others]
    streams |= aside.streams
    streams |= _centres(setup, streams)
    said, jitter = annotations_of(path), aside.jitter
    return Material(recording, setup, engine, streams, told, said, jitter, options)


def aside(path: Path, options: Options) -> Aside:
    """Return what the sensors say that a session does not decide by, nothing else."""
    recording = open_recording(path)
    setup = options.instead.applied(from_header(recording.header))
    beside = Beside(_others(setup), _moving(setup))
    for batch in recording.batches():
        beside.take(batch)
    return beside.found()


@contextmanager
def _apart(
    path: Path, options: Options, workers: int
) -> Generator[Future[Aside] | None]:
    """Decode those sensors in a process of their own, where the file is worth it."""
    if workers < 2 or path.stat().st_size < _LARGE:
        yield None
        return
    context = multiprocessing.get_context("spawn")  # alike on every system
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        yield pool.submit(aside, path, options)


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


def _deciding(setup: Setup) -> dict[str, Sensor]:
    """Return those and a force board that leads the drill: without it there is no run.

    Its samples are taken beside the engine, as those of any force board are.
    """
    if setup.drill is None or setup.drill.signal != "cop":
        return _moving(setup)
    lead = setup.drill.roles[0]
    led = {lead: setup.sensors[lead]} if lead in setup.sensors else {}
    return led | _moving(setup)


def _moving(setup: Setup) -> dict[str, Sensor]:
    """Return the sensors whose movement the drill decides by; none without one."""
    if setup.drill is None:
        return {}
    return {
        role: told
        for role, told in setup.sensors.items()
        if role in setup.drill.roles
        and "acc_x" in decoder_of(told, role, 0).info.channels
    }


def _others(setup: Setup) -> dict[str, Sensor]:
    """Return the sensors that have streams beside those."""
    moving = _moving(setup)
    return {
        role: told
        for role, told in setup.sensors.items()
        if role not in moving or len(told.profile.streams) > 1
    }
