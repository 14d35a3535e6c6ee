"""A recording measured, with the signals behind the values, for whoever draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.analysis.repetitions import find_repetitions
from surefoot.analysis.smoothing import smooth
from surefoot.core import Block, StreamInfo
from surefoot.session.analysing._angle import movement
from surefoot.session.analysing._cop import CUTOFF, ORDER
from surefoot.session.analysing._even import SLACK, series
from surefoot.session.analysing._material import BOARD, COP, Options, read
from surefoot.session.analysing._tilt import tilt_of
from surefoot.session.analysing._told import told
from surefoot.session.tasks.repeat import Repeat
from surefoot.session.tasks.reposition import Reposition
from surefoot.session.tasks.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from surefoot.analysis import Target
    from surefoot.analysis.repetitions import Repetition
    from surefoot.core import Marker
    from surefoot.recording import Header
    from surefoot.session.analysing._angle import Movement
    from surefoot.session.analysing._material import Material
    from surefoot.session.analysing._spans import Span, Ups
    from surefoot.session.tasks import TaskRun
    from surefoot.training import Drill


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement, and the repetitions there and back that were found in it, if any.

    Attributes
    ----------
    t, angle : ndarray, shape (n,)
        Time [s] and angle [rad].
    rate : float
        In Hz.
    repetitions : sequence of Repetition
        Their instants are places in ``angle``.
    """

    t: np.ndarray[Any, np.dtype[np.float64]]
    angle: np.ndarray[Any, np.dtype[np.float64]]
    rate: float
    repetitions: Sequence[Repetition]


@dataclass(frozen=True, slots=True)
class Interval:
    """One measured interval with its signals.

    Attributes
    ----------
    start, end : float
        In session time [s].
    target : Target or None
        Zone and edges; the radius is infinite without a drill.
    drilled : bool
        Whether a drill asked for it.
    tilt : Block or None
        Final tilt ML, AP of the board [rad].
    cop : Block or None
        Centre of pressure ML, AP as it was measured [m].
    moved : Moved or None
        If a movement was asked for, there and back or to be held.
    """

    start: float
    end: float
    target: Target | None
    drilled: bool
    tilt: Block | None
    cop: Block | None
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class Examined:
    """All a report needs of one recording.

    Attributes
    ----------
    found : dict
        As `surefoot.session.analyse.analyse` returns it.
    header : Header
        What the recording says about itself.
    drill : Drill or None
        What was done.
    person : str
        A code, empty for nobody's; what was said afterwards goes first.
    intervals : tuple of Interval
        What was measured; a run that is not scored is not among them.
    markers : tuple of Marker
        Set by somebody, in the order of time.
    duration : float
        Of the recording [s].
    live : dict or None
        Events and measures as they were live, where the recording holds them.
    """

    found: dict[str, Any]
    header: Header
    drill: Drill | None
    person: str
    intervals: tuple[Interval, ...]
    markers: tuple[Marker, ...]
    duration: float
    live: dict[str, Any] | None


def examine(path: Path, options: Options | None = None) -> Examined:
    """Return the final measures of a recording and the signals behind them.

    Parameters
    ----------
    path : Path
        The recording.
    options : Options, optional
        As for `surefoot.session.analyse.analyse`, which gives the same values.

    Raises
    ------
    SurefootError
        If the file is not a readable recording, or the options do not fit it.
    """
    material = read(path, options or Options())
    found, ups, spans = told(material)
    said = material.said.person
    header = material.recording.header
    return Examined(
        found=found,
        header=header,
        drill=material.setup.drill,
        person=str(header.session.get("person") or "") if said is None else said,
        intervals=tuple(_interval(material, ups, span) for span in spans),
        markers=tuple(material.markers),
        duration=material.recording.duration,
        live=material.recording.results,
    )


def _interval(material: Material, ups: Ups, span: Span) -> Interval:
    tilt = None
    if span.rotation is not None:
        whole = tilt_of(ups, BOARD, span.rotation)
        tilt = None if whole is None else whole.between(span.start, span.end)
    cop = _cop(material, span)
    moved = _moved(material, ups, span)
    return Interval(span.start, span.end, span.target, span.drilled, tilt, cop, moved)


def _cop(material: Material, span: Span) -> Block | None:
    """Return the centre of pressure, low-passed as it was for the measures."""
    block = material.stream(BOARD, *COP)
    inside = None if block is None else block.between(span.start, span.end)
    if inside is None or len(inside) < 2:
        return None
    raw = np.ascontiguousarray(inside.data[:, inside.info.columns(*COP)])
    declared = material.declared(BOARD)
    found = series(inside.t, raw, inside.info.rate, SLACK if declared else np.inf)
    asked = material.options.lowpass
    cutoff = (None if declared else CUTOFF) if asked == "auto" else asked
    data = found.data
    if cutoff is not None and found.even:
        data = smooth(data, found.rate, cutoff, ORDER)
    info = StreamInfo(inside.info.name, COP, ("m", "m"), found.rate, "board")
    return Block(info, found.t, data)


def _moved(material: Material, ups: Ups, span: Span) -> Moved | None:
    """Return the movement that was asked for, with its repetitions."""
    target = material.options.repetitions
    drill, task = material.setup.drill, span.task
    if target is None and drill is not None and drill.roles:
        return _of_task(ups, span, drill.roles[0], task)
    roles = sorted(material.setup.sensors, key=lambda r: r != material.options.role)
    role = next((role for role in roles if ups.imu(role) is not None), None)
    if target is None or role is None:
        return None
    imu, up = ups.imu(role), ups.up(role)
    if imu is None or up is None:
        return None
    imu, up = imu.between(span.start, span.end), up.between(span.start, span.end)
    if len(imu) < 3:
        return None
    axis = drill.axis if drill and role == BOARD else "both"
    found = movement(imu, up, span.rotation if role == BOARD else None, axis)
    return _repeated(found, target)


def _of_task(ups: Ups, span: Span, role: str, task: TaskRun | None) -> Moved | None:
    """Return the movement that a drill asked for, as it is measured."""
    imu, up = ups.imu(role), ups.up(role)
    if imu is None or up is None or not isinstance(task, (Repeat, Stretch, Reposition)):
        return None
    imu, up = imu.between(span.start, span.end), up.between(span.start, span.end)
    if len(imu) < 3 or (isinstance(task, Repeat) and task.turns):
        return None
    found = movement(imu, up, None)
    if isinstance(task, Repeat) and task.done:
        way = task.done[0].extent if task.captures else task.way
        return _repeated(found, way) or _plainly(found)
    return _plainly(found)


def _plainly(moved: Movement) -> Moved:
    return Moved(moved.found.t, moved.angle, moved.found.rate, ())


def _repeated(moved: Movement, target: float) -> Moved | None:
    if not moved.found.even:
        return None
    rate = moved.found.rate
    reps = find_repetitions(
        moved.angle, rate, target, velocity=moved.velocity, outward=moved.outward
    )
    return Moved(moved.found.t, moved.angle, rate, reps) if reps else None
