"""What a session has decided so far, in one frozen value; views add the clock to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isinf
from typing import TYPE_CHECKING

from surefoot.session.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.core import Event, Marker, Measure
    from surefoot.session.snapshot import Link, Result, Tape, Track
    from surefoot.training import Phase, Verdict

STALE = 0.2  # s; older movement is never shown as live


@dataclass(frozen=True, slots=True)
class State:
    """The session at one instant, without the movement itself.

    Attributes
    ----------
    start, end : float or None
        The run that is coming, under way or over [s].
    """

    t: float
    virtual: bool
    drill: str
    phase: Phase
    prompt: str
    start: float | None
    end: float | None
    zone: float
    axis: str
    edges: tuple[float, float] | None
    levelled: bool
    """Whether there is a dot to show."""
    time_in_zone: float | None
    cue: str
    measures: tuple[Measure, ...]
    links: tuple[Link, ...]
    quality: Verdict | None
    result: Result | None
    faults: tuple[str, ...]
    markers: tuple[Marker, ...]
    events: tuple[Event, ...]
    latency_ms: float | None = None
    """From a movement to its picture, the link's least delay not counted [ms]."""
    hide_dot: bool = False
    """No live picture: a set without feedback, or one that would come too late."""


@dataclass(frozen=True, slots=True)
class Dot:
    """The newest filtered tilt (ml, ap) [rad] and its time [s]."""

    t: float
    tilt: tuple[float, float]


def picture(
    state: State,
    t: float,
    dot: Dot | None,
    tracks: Mapping[str, Track],
    tape: Tape | None = None,
) -> Snapshot:
    """Return what a view may show at session time ``t``.

    Parameters
    ----------
    state : State
        The last state at or before ``t``.
    t : float
        Now [s].
    dot : Dot or None
        The newest tilt at or before ``t``.
    tracks : mapping of str to Track
        For the strip charts.
    tape : Tape or None
        The recording under way.
    """
    return Snapshot(
        t=t,
        virtual=state.virtual,
        drill=state.drill,
        phase=state.phase,
        prompt=state.prompt,
        countdown=_left(state, t),
        duration=_length(state),
        tilt=dot.tilt if dot else None,
        stale=dot is not None and t - dot.t > STALE,
        zone=state.zone,
        axis=state.axis,
        edges=state.edges,
        inside=_inside(state, dot),
        time_in_zone=state.time_in_zone,
        cue=state.cue,
        measures=state.measures,
        links=tuple(_aged(link, t - state.t) for link in state.links),
        quality=state.quality,
        result=state.result,
        tape=tape,
        faults=state.faults,
        markers=state.markers,
        events=state.events,
        tracks=tracks,
        latency_ms=state.latency_ms,
        hide_dot=state.hide_dot,
    )


def latest(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return the newest value of each measure."""
    return tuple({measure.name: measure for measure in measures[-40:]}.values())


def distance(tilt: tuple[float, float], axis: str) -> float:
    """Return how far a tilt is from level in the drill's axis [rad]."""
    if axis == "both":
        return float((tilt[0] * tilt[0] + tilt[1] * tilt[1]) ** 0.5)
    return abs(tilt[0] if axis == "ml" else tilt[1])


def _left(state: State, t: float) -> float | None:
    if state.start is None or state.end is None or isinf(state.end):
        return None
    if state.phase == "countdown":
        return max(0.0, state.start - t)
    if state.phase == "run":
        return max(0.0, state.end - t)
    return None


def _length(state: State) -> float:
    if state.start is None or state.end is None or isinf(state.end):
        return 0.0  # without a drill nothing says when it ends
    return state.end - state.start


def _inside(state: State, dot: Dot | None) -> bool | None:
    if dot is None:
        return None
    return distance(dot.tilt, state.axis) <= state.zone


def _aged(link: Link, more: float) -> Link:
    return replace(link, age=link.age + max(0.0, more))
