"""A recording for whoever works with it in Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from surefoot.api._measures import Measures
from surefoot.core import Event, SignalError
from surefoot.exchange.export.material import read_material
from surefoot.recording import open_recording
from surefoot.session.analysing import examine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.core import Block, Marker, Measure
    from surefoot.exchange.export.material import Material
    from surefoot.session.analyse import Options
    from surefoot.session.analysing import Examined
    from surefoot.training import Drill


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One interval that was measured: a run of a drill, or the whole of a table.

    Attributes
    ----------
    t0, t1 : float
        In session time [s].
    zone : float or None
        Radius of the zone [rad]; None or infinite without one.
    tilt : Block or None
        Final tilt ML, AP of the board about its level [rad].
    cop : Block or None
        Centre of pressure ML, AP [m], filtered as for the measures.
    measures : tuple of Measure
        The final values of this interval.
    """

    t0: float
    t1: float
    zone: float | None
    tilt: Block | None
    cop: Block | None
    measures: tuple[Measure, ...]


class Session:
    """One recording; it is read when something is asked for, and then kept.

    Attributes
    ----------
    path : Path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._recording = open_recording(path)
        self._asked: dict[Options | None, Examined] = {}

    def __repr__(self) -> str:
        return f"<Session {self.path.name}: {self.duration:.1f} s>"

    @property
    def info(self) -> dict[str, Any]:
        """What there is to say about the file: state, person, drill, packets."""
        return self._recording.info()

    @property
    def duration(self) -> float:
        """Seconds from the first packet to the last."""
        return self._recording.duration

    @property
    def virtual(self) -> bool:
        """Whether people and sensors in it do not exist."""
        return bool(self._recording.header.session.get("virtual"))

    @property
    def drill(self) -> Drill | None:
        """What was done; None if it was only recorded."""
        return self._examined(None).drill

    @property
    def blocks(self) -> Mapping[str, Block]:
        """All samples by stream, as ``"board/imu"``: decoded, calibrated, SI units.

        Times are those at which samples were taken, gaps and all: nothing is filled,
        resampled or filtered. A board with four load cells also has its ``cop``.
        """
        return self._material.blocks

    def array(
        self, stream: str, *channels: str
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return times [s], shape (n,), and samples, shape (n, c), of a stream.

        Parameters
        ----------
        stream : str
            ``"board/imu"``, or a role: its first stream with these channels.
        *channels : str
            As ``"acc_x"``; all of the stream if none is named.

        Returns
        -------
        tuple of ndarray
            Read-only; in ``blocks[stream].info.units``.

        Raises
        ------
        SurefootError
            If there is no such stream; it names those there are.
        """
        for name, block in self.blocks.items():
            mine = stream in {name, block.info.role}
            if mine and set(channels) <= set(block.info.channels):
                wanted = block.info.columns(*(channels or block.info.channels))
                data = block.data[:, wanted]
                data.setflags(write=False)
                return block.t, data
        told = (f"{name} ({' '.join(b.info.channels)})" for name, b in self._streams())
        asked = " ".join((stream, *channels))
        msg = f"{self.path.name}: expected a stream {asked}, got {', '.join(told)}"
        raise SignalError(msg + ": ask for one of these")

    @property
    def events(self) -> tuple[Event, ...]:
        """What the session decided, in the order of time: phases, cues, contacts."""
        told = self._material.events
        return tuple(Event(one["t"], one["name"], one["detail"]) for one in told)

    @property
    def markers(self) -> tuple[Marker, ...]:
        """What somebody marked, then or afterwards, in the order of time."""
        return self._examined(None).markers

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The intervals that were measured; a run that is not scored is none."""
        return self.trials_by(None)

    def trials_by(self, options: Options | None) -> tuple[Trial, ...]:
        """Return the same, measured in another way.

        Parameters
        ----------
        options : Options or None
            What is asked.
        """
        examined = self._examined(options)
        values = Measures(examined.found)
        return tuple(
            Trial(
                t0=one.start,
                t1=one.end,
                zone=one.target.zone if one.target else None,
                tilt=one.tilt,
                cop=one.cop,
                measures=tuple(
                    m for m in values if one.start <= m.t0 and m.t1 <= one.end
                ),
            )
            for one in examined.intervals
        )

    def measures(self, options: Options | None = None) -> Measures:
        """Return the final values: what ``surefoot analyze`` gives, all of it.

        Parameters
        ----------
        options : Options, optional
            Filter, repetitions, body height and more; the usual ones if left out.

        Returns
        -------
        Measures
            With quality, pipeline, circumstances, and why others are not given.

        Raises
        ------
        SurefootError
            If the options do not fit the recording.
        """
        return Measures(self._examined(options).found)

    def _streams(self) -> list[tuple[str, Block]]:
        return list(self.blocks.items())

    @cached_property
    def _material(self) -> Material:
        return read_material(self.path)

    def _examined(self, options: Options | None) -> Examined:
        if options not in self._asked:
            self._asked[options] = examine(self.path, options)
        return self._asked[options]
