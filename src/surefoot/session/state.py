"""What a session has decided so far, in one frozen value; views add the clock to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isinf
from typing import TYPE_CHECKING

from surefoot.session.snapshot import Doing, Snapshot
from surefoot.session.tasks.extent import extent
from surefoot.training.task import Log
from surefoot.training.wording import question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.core import Block, Event, Marker, Measure
    from surefoot.session.snapshot import Link, Result, Tape, Track
    from surefoot.training import Phase, Trial, Verdict
    from surefoot.training.aim import Aim
    from surefoot.training.question import Question

STALE = 0.2  # s; older movement is never shown as live
AHEAD = 0.1  # s between two places that a moving target will be at


@dataclass(frozen=True, slots=True)
class Seated:
    """What the sitting asks for now, in one frozen value.

    Attributes
    ----------
    unit : str
        Of the dot.
    aim : Aim or None
        Where to go now; a moving target is for the state's own time.
    """

    unit: str = "rad"
    aim: Aim | None = None
    stage: str = ""
    set_no: int = 0
    sets: int = 0
    picture: bool = True
    question: Question | None = None
    focus: str = ""
    second: str = ""
    rest_end: float = 0.0
    doing: Doing = field(default_factory=Doing)


def sitting_of(trial: Trial, aim: Aim | None, stream: str = "board/tilt") -> Seated:
    """Return what a sitting asks for now.

    Parameters
    ----------
    trial : Trial
        The sitting.
    aim : Aim or None
        Of the run under way.
    stream : str
        Where the dot comes from.
    """
    drill = trial.drill
    if drill.schema == 1:
        doing = _doing(trial, stream)
        return Seated(question=question(trial), focus=drill.focus, doing=doing)
    return Seated(
        unit=drill.unit,
        aim=aim,
        stage=trial.set.stage.title,
        set_no=min(trial.index + 1, len(trial.sets)),
        sets=len(trial.sets),
        picture=trial.picture,
        question=question(trial),
        focus=drill.focus,
        second=drill.second.words if drill.second else "",
        rest_end=trial.rest_end,
        doing=_doing(trial, stream),
    )


def _doing(trial: Trial, stream: str) -> Doing:
    drill, stage = trial.drill, trial.set.stage
    task = stage.task
    return Doing(
        name=drill.name,
        task=type(task).__name__.lower(),
        signal=drill.signal,
        stream=stream,
        closed=dict(stage.position).get("vision") == "closed",
        test=drill.is_test,
        wanted=task.repetitions if isinstance(task, Log) else 0,
        extent=extent(task, drill.signal),
        instructions=drill.instructions,
        safety=drill.safety,
        resistance=trial.resistance,
        may_enable=bool(trial.forbidden) or trial.may_enable,
        refused=trial.refused,
    )


_ALONE = Seated()


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
    sitting: Seated = _ALONE
    """What is asked for now."""
    hide_dot: bool = False
    """No live picture: a set without feedback, or one that would come too late."""
    results: tuple[Result, ...] = ()
    """Of the sets so far, oldest first."""


@dataclass(frozen=True, slots=True)
class Dot:
    """The newest filtered tilt (ml, ap) [rad] and its time [s]."""

    t: float
    tilt: tuple[float, float]


def dot_of(stream: Block, i: int) -> Dot:
    """Return the dot at a sample of the drill's stream; an angle goes straight up."""
    row = stream.data[i]
    one = stream.info.channels[0] == "angle"
    place = (0.0, float(row[0])) if one else (float(row[0]), float(row[1]))
    return Dot(float(stream.t[i]), place)


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
        unit=state.sitting.unit,
        aim=_now(state.sitting.aim, t - state.t),
        stage=state.sitting.stage,
        set_no=state.sitting.set_no,
        sets=state.sitting.sets,
        picture=state.sitting.picture,
        question=state.sitting.question,
        focus=state.sitting.focus,
        second=state.sitting.second,
        doing=state.sitting.doing,
        results=state.results,
    )


def latest(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return the newest value of each measure."""
    return tuple({measure.name: measure for measure in measures[-40:]}.values())


def _now(aim: Aim | None, gone: float) -> Aim | None:
    """Return where a target is by now, from where it will be."""
    if aim is None or gone <= 0:
        return aim
    if aim.movement is not None and aim.movement.turn_in is not None:
        left = max(0.0, aim.movement.turn_in - gone)
        return replace(aim, movement=replace(aim.movement, turn_in=left))
    if not aim.moving or not aim.ahead:
        return aim
    at = min(gone / AHEAD, len(aim.ahead) - 1.0)
    i = min(int(at), len(aim.ahead) - 2) if len(aim.ahead) > 1 else 0
    first, then = aim.ahead[i], aim.ahead[min(i + 1, len(aim.ahead) - 1)]
    part = at - i
    ml, ap = (a + part * (b - a) for a, b in zip(first, then, strict=True))
    return replace(aim, at=(ml, ap))


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
    if state.phase == "rest":
        return max(0.0, state.sitting.rest_end - t)
    return None


def _length(state: State) -> float:
    if state.start is None or state.end is None or isinf(state.end):
        return 0.0  # without a drill nothing says when it ends
    return state.end - state.start


def _inside(state: State, dot: Dot | None) -> bool | None:
    if dot is None:
        return None
    at = state.sitting.aim.at if state.sitting.aim else (0.0, 0.0)
    away = (dot.tilt[0] - at[0], dot.tilt[1] - at[1])
    return distance(away, state.axis) <= state.zone


def _aged(link: Link, more: float) -> Link:
    return replace(link, age=link.age + max(0.0, more))
