"""Reads the task of a drill or stage: what is asked for, in a therapist's units."""

from __future__ import annotations

from math import radians
from typing import TYPE_CHECKING

from surefoot.training.task import (
    Follow,
    Hold,
    Land,
    Log,
    Reach,
    Repeat,
    Reposition,
    Stand,
    Stretch,
    Walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.training._drill_reader import Table
    from surefoot.training.task import Signal, Task

PATHS = ("sine-ml", "sine-ap", "circle", "walk", "steps-ml", "steps-ap")
CUES = ("told", "time", "side")
ABOUT = ("bend", "turn")
ROUND = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)
HIGHEST_STEP = 10.0  # cm; a rule, not a default
SIGNALS_OF: dict[str, tuple[Signal, ...]] = {
    "hold": ("tilt", "lean", "cop"),
    "follow": ("tilt", "lean", "cop"),
    "stand": ("tilt", "lean", "cop"),
    "reach": ("lean", "cop"),
    "repeat": ("angle",),
    "stretch": ("angle",),
    "reposition": ("angle",),
    "land": ("lean",),
    "walk": ("lean",),
    "log": ("none",),
}
"""What the dot of each kind of task can come from."""


def read_task(kind: str, table: Table, signal: Signal) -> Task:
    """Return the task that a table tells.

    Parameters
    ----------
    kind : str
        One of `SIGNALS_OF`.
    table : Table
        Its numbers; ``kind`` and all that is read counts as asked for.
    signal : Signal
        Decides about degrees or millimetres.

    Raises
    ------
    DrillError
        If a number is missing or out of range.
    """
    table.has("kind")
    return _KINDS[kind](table, signal)


def _hold(table: Table, signal: Signal) -> Task:
    key, most = ("at_mm", 150.0) if signal == "cop" else ("at_deg", 25.0)
    if not table.has(key):
        return Hold()
    ml, ap = table.numbers(key, (-most, most), (2, 2), (0.0, 0.0))
    if signal == "cop":
        return Hold((ml / 1000, ap / 1000))
    return Hold((radians(ml), radians(ap)))


def _follow(table: Table, signal: Signal) -> Task:
    path = table.choice("path", PATHS)
    if signal == "cop":
        size = table.number("size_mm", 5, 150) / 1000
    else:
        size = radians(table.number("size_deg", 1, 20))
    return Follow(path, size, table.number("period", 3, 60))


def _stand(table: Table, _signal: Signal) -> Task:
    best, errors = table.flag("best"), table.flag("errors")
    if best and errors:
        table.refuse("errors", "either best = true or errors = true")
    if not errors:
        return Stand(best)
    return Stand(best, errors, table.whole("most_errors", 1, 20, 10))


def _reach(table: Table, _signal: Signal) -> Task:
    targets = table.numbers("targets_deg", (0.0, 359.0), (1, 12), ROUND)
    return Reach(
        tuple(radians(target) for target in targets),
        table.number("each", 3, 30),
        table.number("distance", 0.2, 1.0),
        table.number("stay", 0.1, 5, 0.25),
    )


def _repeat(table: Table, _signal: Signal) -> Task:
    capture = table.flag("capture")
    most = 5 if capture else 30
    out, hold, back = table.numbers("tempo", (0.0, 30.0), (3, 3), (4.0, 1.0, 4.0))
    own = table.flag("own")
    if own and capture:
        table.refuse("own", "either own or capture, not both")
    if min(out, back) < 1:
        table.refuse("tempo", "out and back of at least 1 s each")
    return Repeat(
        repetitions=table.whole("repetitions", 3 if capture else 1, most),
        range=radians(table.number("range_deg", 5, 180)),
        portion=table.number("portion", 0.25, 1.1, 1.0),
        tempo=(out, hold, back),
        range_band=table.number("range_band", 0.02, 0.5, 0.10),
        tempo_band=table.number("tempo_band", 0.05, 1.0, 0.20),
        capture=capture,
        about=table.choice("about", ABOUT, "bend"),
        own=own,
    )


def _stretch(table: Table, _signal: Signal) -> Task:
    return Stretch(
        table.whole("holds", 1, 10),
        table.number("stay", 5, 60),
        table.number("limit", 0.25, 0.9, 0.9),
        radians(table.number("gentle_deg_s", 1, 20, 10.0)),
    )


def _reposition(table: Table, _signal: Signal) -> Task:
    return Reposition(
        table.whole("learn", 1, 10),
        table.whole("find", 1, 20),
        radians(table.number("angle_deg", 5, 90)),
        table.number("stay", 0.5, 5, 2.0),
    )


def _land(table: Table, _signal: Signal) -> Task:
    cue = table.choice("cue", CUES)
    earliest = table.number("earliest", 1, 30)
    latest = table.number("latest", 1, 30, earliest)
    if latest < earliest:
        table.refuse("latest", f"a number {earliest:g} to 30, not before earliest")
    if cue == "told" and latest > earliest:
        table.refuse("latest", f"{earliest:g} as earliest, for the cue is told")
    height = table.number("height_cm", 1, HIGHEST_STEP)
    return Land(cue, earliest, latest, height / 100)


def _walk(table: Table, _signal: Signal) -> Task:
    return Walk(table.whole("steps", 2, 30))


def _log(table: Table, _signal: Signal) -> Task:
    return Log(table.whole("repetitions", 0, 50))


_KINDS: dict[str, Callable[[Table, Signal], Task]] = {
    "hold": _hold,
    "follow": _follow,
    "stand": _stand,
    "reach": _reach,
    "repeat": _repeat,
    "stretch": _stretch,
    "reposition": _reposition,
    "land": _land,
    "walk": _walk,
    "log": _log,
}
