"""The final values of a recording, computed again with all of it known."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.analysis import (
    lean_rms,
    offline_tilt,
    offline_up,
    rotation_from_up,
    tilt_from_up,
    tilt_measures,
)
from surefoot.core import Block, Measure
from surefoot.recording import open_recording
from surefoot.session.engine import Engine
from surefoot.session.player import COALESCE
from surefoot.session.replay import quality
from surefoot.session.setup import from_header
from surefoot.training import Grade

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from surefoot.session.run import Run
    from surefoot.session.snapshot import Result

CUTOFF = 6.0  # Hz, zero phase
HANDLING = np.radians(45.0)  # tilted further than this, somebody holds the board


def analyse(path: Path) -> dict[str, Any]:
    """Return the final measures of a recording.

    Parameters
    ----------
    path : Path
        The recording.

    Returns
    -------
    dict
        ``file``, ``pipeline``, ``quality``, ``measures`` and ``refused`` (what is not
        given, and why), ready for JSON.

    Raises
    ------
    RecordingError
        If the file is not a readable recording.
    """
    recording = open_recording(path)
    setup = from_header(recording.header)
    kept: dict[str, list[Block]] = {}
    engine = Engine(
        setup,
        coalesce=COALESCE,
        sink=lambda block: kept.setdefault(block.info.name, []).append(block),
    )
    for packet in recording.packets():
        engine.feed(packet)
    engine.close()
    streams = {name: Block.concat(blocks) for name, blocks in kept.items()}
    final = _Final(streams, setup.drill is not None)
    if not engine.runs:
        final.refuse("tilt_rms", "no run in this recording")
    for run, result in zip(engine.runs, engine.results, strict=True):
        final.add(run, result)
    return {
        "file": str(path),
        "pipeline": _pipeline(final),
        "quality": quality(recording, engine),
        "measures": [measure.as_json() for measure in final.measures],
        "refused": [{"name": n, "reason": why} for n, why in final.refused],
    }


class _Final:
    """Collects the final measures of the runs of one recording."""

    def __init__(self, streams: dict[str, Block], levelled: bool) -> None:
        self.measures: list[Measure] = []
        self.refused: list[tuple[str, str]] = []
        self.levelled = levelled
        self._imu = streams.get("board/imu")
        self._trunk = streams.get("trunk/imu")
        if self._imu is None:
            self.refuse("tilt_rms", "no samples from a sensor on the board")

    def refuse(self, name: str, why: str) -> None:
        """Say why a measure is not given, once."""
        if (name, why) not in self.refused:
            self.refused.append((name, why))

    def add(self, run: Run, result: Result) -> None:
        """Measure one run, or say why not."""
        if result.verdict.grade is Grade.NOT_SCORED:
            self.refuse("tilt_rms", _not_scored(result))
            return
        end = result.end
        if self._imu is None or not len(self._imu):
            return
        if self.levelled and run.rotation is not None:
            tilt = offline_tilt(self._imu, run.rotation, CUTOFF)
            self._measure(tilt, run.start, end, run, ())
        else:
            self._unlevelled(run, end)
        self._lean(run.start, end)

    def _measure(
        self, tilt: Block, start: float, end: float, run: Run, flags: tuple[str, ...]
    ) -> None:
        target = run.target
        found = tilt_measures(tilt, start, end, target)
        self.measures.extend(measure.flagged(*flags) for measure in found)
        if target.edges is None:
            why = "the edges are not known: the board was not levelled"
            self.refuse("edge_contacts", why)

    def _unlevelled(self, run: Run, end: float) -> None:
        """Measure about the file's own middle, without the handling at its ends."""
        assert self._imu is not None
        up = offline_up(self._imu)
        middle = rotation_from_up(np.median(up.data, axis=0))
        away = tilt_from_up(up.data, middle)
        first, last = _longest(np.abs(away).max(axis=1) < HANDLING)
        tilt = offline_tilt(self._imu, middle, CUTOFF)[first:last]
        if len(tilt) < 2:
            self.refuse("tilt_rms", "the board was never upright for long")
            return
        start, stop = float(tilt.t[0]), min(end, float(tilt.t[-1]))
        trimmed = ("TRIMMED",) if len(tilt) < len(away) else ()
        self._measure(tilt, start, stop, run, ("NOT_LEVEL", *trimmed))

    def _lean(self, start: float, end: float) -> None:
        if self._trunk is None:
            self.refuse("trunk_lean_rms", "no sensor on the trunk")
            return
        up = offline_up(self._trunk).between(start, end)
        if not len(up):
            why = f"run at {start:.0f} s: no samples from the trunk"
            self.refuse("trunk_lean_rms", why)
            return
        rms = lean_rms(up.data)
        self.measures.append(
            Measure("trunk_lean_rms", rms, "rad", start, end, "trunk/imu")
        )


def _not_scored(result: Result) -> str:
    reasons = "; ".join(result.verdict.reasons)
    return f"run at {result.start:.0f} s not scored: {reasons}"


def _longest(holds: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the longest stretch in which a condition holds, as a half-open range."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds.astype(np.int8), [0]])))
    begins, ends = edges[::2], edges[1::2]
    if not len(begins):
        return 0, 0
    best = int(np.argmax(ends - begins))
    return int(begins[best]), int(ends[best])


def _pipeline(final: _Final) -> str:
    level = "level from both edges" if final.levelled else "level = the file's median"
    return (
        f"surefoot {version('surefoot')}: offline vqf {version('vqf')} 6D, "
        f"rest 1 deg/s, {level}, zero-phase low-pass {CUTOFF:g} Hz, tilt about level"
    )
