"""What is told about a drill: as a line, as JSON, and whole."""

from __future__ import annotations

import re
import textwrap
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from surefoot.session.drill_shelf import picture_file, picture_of
from surefoot.session.programme_store import load_plan
from surefoot.training.drill_text import BASIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surefoot.session.drill_shelf import Shelved
    from surefoot.training import Drill
    from surefoot.training.drill import Provenance
    from surefoot.training.ladder import Axis
    from surefoot.training.task import Stage

WIDTH = 88
LABEL = 14
STOPS = {
    "key": "the stop key",
    "clicker": "the clicker in the hand",
    "stepped-off": "stepping off",
    "pain": "pain",
    "sensor-lost": "a sensor that is lost",
}


def sets_of(drill: Drill) -> int:
    """Return how many sets a drill has in all."""
    return sum(stage.sets for stage in drill.stages)


def facts(one: Shelved) -> dict[str, object]:
    """Return what the list tells in JSON."""
    drill = one.drill
    return {
        "name": drill.name,
        "title": drill.title,
        "family": drill.family,
        "roles": list(drill.roles),
        "optional": list(drill.optional),
        "needs": list(drill.needs),
        "signal": drill.signal,
        "task": kind_of(drill),
        "stages": len(drill.stages),
        "sets": sets_of(drill),
        "primary": drill.primary or None,
        "measures": list(drill.measures),
        "own": one.own,
        "file": one.file,
    }


def row(one: Shelved) -> tuple[str, ...]:
    """Return what the list tells in a line."""
    drill = one.drill
    roles = " ".join(drill.roles) or "none"
    parts = len(drill.stages)
    count = f"{sets_of(drill)}" if parts == 1 else f"{sets_of(drill)} in {parts} parts"
    primary = drill.primary or "-"
    return drill.name, drill.family, roles, drill.signal, count, primary


def whole(drill: Drill) -> dict[str, object]:
    """Return everything about a drill in JSON; SI units, angles in radians."""
    told = asdict(drill)
    told["picture"] = _picture(drill)
    told["stages"] = [
        {**stage, "position": dict(kept.position), "task": _task(kept)}
        for stage, kept in zip(told["stages"], drill.stages, strict=True)
    ]
    return told


def kind_of(drill: Drill) -> str:
    """Return the kind of a drill's task: ``"hold"``."""
    return type(drill.stages[0].task).__name__.lower()


def lines(drill: Drill) -> list[str]:
    """Return everything about a drill as text, no line longer than 88."""
    told = [f"{drill.name}: {drill.title}", drill.focus, ""]
    for label, texts in (("do", drill.instructions), ("safety", drill.safety)):
        for text in texts:
            told += _wrapped(label if text is texts[0] else "", text)
    told += _wrapped("needs", _sensors(drill))
    told += _wrapped("the dot is", _SIGNALS[drill.signal])
    axes = load_plan().axes
    for stage in drill.stages:
        told += _stage(stage, axes)
    if drill.second:
        told += _wrapped("meanwhile", drill.second.words)
    if picture := _picture(drill):
        told += _wrapped("picture", picture)
    named = ", ".join(n for n in (drill.primary, *drill.measures) if n)
    told += _wrapped("measures", named or "none: what was done is entered")
    told += _wrapped("ends at once", ", ".join(STOPS[stop] for stop in drill.stop))
    return [*told, "", "numbers", *_numbers(drill.numbers)]


_SIGNALS = {
    "tilt": "the tilt of the board",
    "lean": "the lean of the body",
    "cop": "where the weight is on the board",
    "angle": "the angle of the movement",
    "none": "not there; what was done is entered",
}


def _sensors(drill: Drill) -> str:
    if not drill.roles:
        return "no sensor"
    needs = " with " + ", ".join(drill.needs) if drill.needs else ""
    also = f"; also used: {', '.join(drill.optional)}" if drill.optional else ""
    return f"a sensor on {', '.join(drill.roles)}{needs}{also}"


def _stage(stage: Stage, axes: Mapping[str, Axis]) -> list[str]:
    shown = sum(stage.pictures)
    times = f"{stage.sets} x {stage.duration:g} s, rest {stage.rest:g} s"
    pictures = f"picture in {shown} of {stage.sets}" if shown else "no picture"
    place = "".join(f"; {_place(*part, axes)}" for part in stage.position)
    title = f"{stage.title}: " if stage.title else ""
    told = f"{title}{times}, {pictures}{place}"
    return _wrapped("sets", told)


def _place(name: str, value: str, axes: Mapping[str, Axis]) -> str:
    """Return one part of a position in the words of the programme."""
    axis = axes.get(name)
    if axis is None or value not in axis.values:
        return f"{name} {value}"  # a low step, which no ladder has
    return axis.words[axis.rank(value)]


def _numbers(numbers: Iterable[Provenance]) -> list[str]:
    told: list[str] = []
    for (key, grade, source), parts in groupby(numbers, _founded):
        basis = BASIS[grade]
        values = ", ".join(f"{part.value:g}" for part in parts)
        why = basis if source == basis else f"{basis}: {source}"
        told += _wrapped("", f"{key} = {values} ({why})", 2)
    return told


def _founded(number: Provenance) -> tuple[str, str, str]:
    return re.sub(r"\[\d+\]$", "", number.key), number.grade, number.source


def _picture(drill: Drill) -> str:
    """Return the file of a drill's picture; empty where there is none."""
    return picture_file(drill.name) if picture_of(drill.name) else ""


def _task(stage: Stage) -> dict[str, object]:
    return {"kind": type(stage.task).__name__.lower(), **asdict(stage.task)}


def _wrapped(label: str, text: str, indent: int = LABEL) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{label:{indent}}",
        subsequent_indent=" " * max(indent, 4),
        break_long_words=False,
        break_on_hyphens=False,
    )
