"""What must hold between the parts of a drill, beyond the range of each number."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from surefoot.analysis.registry import CARDS, LACKS, Need
from surefoot.training.support import EXAGGERATED, TILTING, never
from surefoot.training.task import (
    Follow,
    Hold,
    Land,
    Reach,
    Repeat,
    Reposition,
    Stand,
    Stretch,
    Walk,
)

if TYPE_CHECKING:
    from surefoot.training._drill_reader import Document
    from surefoot.training._toml_lines import Path
    from surefoot.training.drill import Drill
    from surefoot.training.task import Signal, Stage, Task

FAMILIES = ("proprioceptive", "setting", "flexibility", "opponents", "test")
NEEDS = ("acc", "gyr", "force")
STOPS = ("key", "clicker", "stepped-off", "pain", "sensor-lost")
BODY = (
    "trunk",
    "pelvis",
    "head",
    *(
        f"{side}-{part}"
        for part in ("thigh", "shin", "foot", "wrist")
        for side in ("left", "right")
    ),
)
ROLES = ("board", *BODY)
"""What a sensor may be fixed to."""
FIRST_ROLES: dict[Signal, tuple[str, ...]] = {
    "tilt": ("board",),
    "cop": ("board",),
    "lean": ("trunk", "pelvis", "head"),
    "angle": BODY,
    "none": (),
}
"""Whose samples move the dot."""
_LEAST_NEEDS: dict[Signal, set[str]] = {
    "tilt": {"acc"},
    "cop": {"force"},
    "lean": {"acc"},
    "angle": {"acc", "gyr"},
    "none": set(),
}
_ALWAYS = ("key", "pain")
_AXIS_OF_SURFACE = {"rocker-ml": "ml", "rocker-ap": "ap"}
_GIVEN_BY_SIGNAL: dict[Signal, set[Need]] = {
    "tilt": {Need.TILT, Need.EDGES, Need.ACC, Need.GYR, Need.ORIENTATION},
    "cop": {Need.COP, Need.FORCE, Need.LEAN, Need.HEIGHT, Need.BOUNDARY},
    "lean": {Need.LEAN, Need.ACC, Need.GYR, Need.ORIENTATION},
    "angle": {Need.ANGLE, Need.ACC, Need.GYR, Need.ORIENTATION},
    "none": set(),
}
_GIVEN_BY_TASK: dict[type[Task], set[Need]] = {
    Hold: {Need.TARGET},
    Follow: {Need.TARGET, Need.MOVING_TARGET},
    Reach: {Need.CUES, Need.TARGET},
    Repeat: {Need.REPETITIONS},
    Reposition: {Need.ATTEMPTS},
    Land: {Need.IMPACT},
    Walk: {Need.STEPS, Need.MISSTEPS},
}
_GIVEN_BY_ROLE = {
    "trunk": {Need.TRUNK, Need.ACC, Need.ORIENTATION},
    "pelvis": {Need.PELVIS, Need.ACC, Need.ORIENTATION},
}
_ABOUT_A_TARGET = {Need.TARGET, Need.MOVING_TARGET}


def check_whole(drill: Drill, document: Document) -> None:
    """Refuse roles, needs, axis and stop rules that do not fit the signal.

    Raises
    ------
    DrillError
        At the first that does not.
    """
    signal, refuse = drill.signal, document.refuse
    firsts = FIRST_ROLES[signal]
    first = drill.roles[0] if drill.roles else None
    if first is None and firsts:
        refuse(("roles",), f"{' or '.join(firsts)} first, for signal {signal}", [])
    if first is not None and first not in firsts:
        expected = f"{' or '.join(firsts)} first" if firsts else "no role"
        refuse(("roles",), f"{expected}, for signal {signal}", first)
    twice = [role for role in drill.optional if role in drill.roles or not drill.roles]
    if twice:
        refuse(("optional",), "roles beside those that are needed", twice[0])
    lacking = sorted(_LEAST_NEEDS[signal] - set(drill.needs))
    if lacking or (drill.needs and not firsts):
        expected = f'"{lacking[0]}" among them' if lacking else "none"
        refuse(("needs",), f"{expected}, for signal {signal}", list(drill.needs))
    _check_stop(drill, document)


def check_measures(drill: Drill, document: Document) -> None:
    """Refuse measures that the registry does not know, or the drill cannot give.

    Raises
    ------
    DrillError
        At the first of them.
    """
    named = [(("primary",), drill.primary)] if drill.primary else []
    named += [(("measures",), name) for name in drill.measures]
    given = given_by(drill)
    for path, name in named:
        card = CARDS.get(name)
        if card is None:
            near = get_close_matches(name, CARDS, n=3)
            do = f"did you mean {' or '.join(near)}?" if near else "see measures list"
            document.refuse(path, "a measure of the registry", name, do)
        for need in Need:
            if need in card.needs and need not in given:
                why = LACKS[need].partition(":")[0]
                document.refuse(path, f"a measure without {why}", name)
        if name in drill.measures and drill.measures.count(name) > 1:
            document.refuse(path, "each measure once", name)
    if not named and drill.signal != "none":
        document.refuse(("measures",), "one measure or more", [])


def check_stages(drill: Drill, document: Document) -> None:
    """Refuse a stage that is never done, or does not fit its signal and task.

    Raises
    ------
    DrillError
        At the first of them.
    """
    for i, stage in enumerate(drill.stages):
        _check_position(i, stage, drill, document)
        _check_axis(i, stage, drill, document)
        _check_range(i, stage, document)
        _check_time(i, stage, document)


def given_by(drill: Drill) -> set[Need]:
    """Return what a recording of the drill will have for measures."""
    found = {Need.ASKED, *_GIVEN_BY_SIGNAL[drill.signal]}
    roles = {*drill.roles, *drill.optional}
    for stage in drill.stages:
        found |= _GIVEN_BY_TASK.get(type(stage.task), set())
    for role in roles:
        found |= _GIVEN_BY_ROLE.get(role, set())
    if {"trunk", "pelvis"} <= roles:
        found.add(Need.TWO_SENSORS)
    if {"left", "right"} <= {stage.side for stage in drill.stages}:
        found.add(Need.SIDES)
    if len(drill.stages) > 1:
        found.add(Need.CONDITIONS)
    if found & _ABOUT_A_TARGET:
        found.add(Need.TILT)  # a zone or target may be about a lean or a load as well
    return found


def _check_stop(drill: Drill, document: Document) -> None:
    always = {*_ALWAYS, *(("clicker", "sensor-lost") if drill.roles else ())}
    missing = [stop for stop in STOPS if stop in always and stop not in drill.stop]
    if missing:
        expected = f'"{missing[0]}" among them, for it always ends a set'
        document.refuse(("stop",), expected, list(drill.stop))
    if "sensor-lost" in drill.stop and not drill.roles:
        document.refuse(("stop",), "no sensor-lost without a sensor", list(drill.stop))
    if "stepped-off" in drill.stop and drill.signal not in {"tilt", "cop"}:
        expected = "no stepped-off, for only a board can tell it"
        document.refuse(("stop",), expected, list(drill.stop))


def _check_position(i: int, stage: Stage, drill: Drill, document: Document) -> None:
    position = dict(stage.position)
    surface, vision = position.get("surface", ""), position.get("vision", "")
    if never(position):
        at = _path(document, i, "vision")
        document.refuse(at, "eyes open on the ball, always", vision)
    resistance = position.get("resistance", "none")
    if position.get("range") == EXAGGERATED and resistance != "none":
        at = _path(document, i, "resistance")
        expected = "none, for a range of 110 is never done with resistance"
        document.refuse(at, expected, resistance)
    at = _path(document, i, "surface")
    if drill.signal == "tilt" and surface not in TILTING:
        expected = "rocker-ml, rocker-ap, wobble or dome, for signal tilt"
        document.refuse(at, expected, surface or None)
    if drill.signal == "cop" and surface in TILTING:
        document.refuse(at, "a surface that does not tilt, for signal cop", surface)
    if isinstance(stage.task, Land) is not (surface == "step"):
        expected = "step, for a task of kind land and no other"
        document.refuse(at, expected, surface or None)
    axis = _AXIS_OF_SURFACE.get(surface, drill.axis)
    if drill.signal == "tilt" and drill.axis != axis:
        document.refuse(("axis",), f'"{axis}", for surface {surface}', drill.axis)


def _check_axis(i: int, stage: Stage, drill: Drill, document: Document) -> None:
    task, axis = stage.task, drill.axis
    if axis == "both":
        return
    if isinstance(task, Follow) and not task.path.endswith(f"-{axis}"):
        expected = f"a path to and fro along {axis}, the axis of the drill"
        document.refuse(_task_path(document, i, "path"), expected, task.path)
    if isinstance(task, Hold) and task.at[1 if axis == "ml" else 0]:
        key = "at_mm" if drill.signal == "cop" else "at_deg"
        expected = f"a place along {axis} only, the axis of the drill"
        document.refuse(_task_path(document, i, key), expected, list(task.at))


def _check_range(i: int, stage: Stage, document: Document) -> None:
    task, at = stage.task, _path(document, i, "range")
    told = dict(stage.position).get("range")
    if isinstance(task, Repeat | Stretch):
        share = task.portion if isinstance(task, Repeat) else task.limit
        percent = f"{100 * share:g}"
        expected = f'"{percent}", as the share of the task'
        if told not in {None, percent}:
            document.refuse(at, expected, told)
    if isinstance(task, Repeat) and told is None and task.portion > 1:
        where = _task_path(document, i, "portion")
        expected = 'range = "110" in its position, for more than the whole way'
        document.refuse(where, expected, task.portion)


def _check_time(i: int, stage: Stage, document: Document) -> None:
    needed = least_time(stage.task)
    if stage.duration < needed:
        at = _path(document, i, "duration", "sets")
        expected = f"{needed:g} s or more, which the task takes"
        document.refuse(at, expected, stage.duration)


def least_time(task: Task) -> float:
    """Return how long a set of a task must be, at least [s]."""
    if isinstance(task, Reach):
        return len(task.targets) * task.each
    if isinstance(task, Repeat):
        return 0.0 if task.capture else task.repetitions * sum(task.tempo)
    if isinstance(task, Stretch):
        return task.holds * task.stay
    if isinstance(task, Reposition):
        return (task.learn + task.find) * task.stay
    if isinstance(task, Land):
        return task.latest + 5.0
    if isinstance(task, Stand | Hold):
        return 5.0
    return 0.0


def _path(document: Document, i: int, key: str, base: str = "position") -> Path:
    own: Path = ("stage", i, key)
    return own if document.has(own) or not document.has((base, key)) else (base, key)


def _task_path(document: Document, i: int, key: str) -> Path:
    own: Path = ("stage", i, "task", key)
    return own if document.has(own) else ("task", key)
