"""A drill as a therapist writes it: read from TOML, checked once, trusted after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict, cast

from surefoot.analysis.pipeline import circumstances_of
from surefoot.training._drill_one import read_circumstances, read_first
from surefoot.training._drill_reader import Document
from surefoot.training._drill_stages import read_stages
from surefoot.training._drill_tasks import SIGNALS_OF
from surefoot.training.drill import Axis, Drill, Second
from surefoot.training.drill_rules import (
    FAMILIES,
    NEEDS,
    ROLES,
    STOPS,
    check_measures,
    check_stages,
    check_whole,
)
from surefoot.training.position import circumstances_at
from surefoot.training.task import SIGNALS, Signal

if TYPE_CHECKING:
    from surefoot.analysis.pipeline import Circumstances
    from surefoot.training._drill_reader import Table
    from surefoot.training.drill import Provenance
    from surefoot.training.task import Stage

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BASIS = {
    "S": "read in the source",
    "S2": "read in a secondary source",
    "BK": "unverified default",
    "D": "our default",
}
"""How well a number is founded, in words."""
ADDRESS = re.compile(r"\b10\.\d{4,}/|\bPMC\d+|\b[\w-]+\.(?:[\w-]+\.)*[a-z]{2,}/\S")
"""What makes a source findable: a DOI, a number of PubMed Central, or an address."""
_SECOND = ("counting", "speech", "subtraction")
_ZONED = frozenset({"hold", "follow", "reach"})


class _Zone(TypedDict):
    zone_deg: float
    zone_floor_deg: float
    zone_mm: float
    zone_floor_mm: float
    zone_percentile: float
    cue_after: float
    edge_margin_deg: float
    edge_hysteresis_deg: float


def parse_drill(text: str, where: str) -> Drill:
    """Return the drill told by a TOML text.

    Parameters
    ----------
    text : str
        The TOML, of schema 1 or 2.
    where : str
        File name, for errors.

    Raises
    ------
    DrillError
        In one line: the file, the line, the key, what was expected, what came, and what
        to do.
    """
    document = Document(text, where)
    schema = document.told.get("schema")
    if type(schema) is not int or schema not in {1, 2}:
        document.refuse(("schema",), "1 or 2", schema, "write schema = 2")
    return read_first(document) if schema == 1 else _read_second(document)


def lasting(drill: Drill, seconds: float) -> Drill:
    """Return the drill with every set so long, told so in its text too.

    Raises
    ------
    DrillError
        If its task cannot be done in that time.
    """
    line = f"duration = {seconds:g}"
    text = re.sub(r"(?m)^(\s*)duration\s*=[^#\n]*", rf"\g<1>{line}", drill.text)
    return parse_drill(text, drill.name)


def _read_second(document: Document) -> Drill:
    top = document.table()
    top.has("schema")
    name = top.text("name")
    if not NAME.fullmatch(name):
        top.refuse("name", "small letters and digits, joined by -")
    signal = cast("Signal", top.choice("signal", SIGNALS))
    base = top.table("task")
    kind = base.choice("kind", SIGNALS_OF)
    if signal not in SIGNALS_OF[kind]:
        known = " or ".join(f'"{s}"' for s in SIGNALS_OF[kind])
        top.refuse("signal", f"{known} for a task of kind {kind}")
    family = top.choice("family", FAMILIES)
    sets = top.table("sets")
    stages = read_stages(top, sets, base, signal, family)
    told = read_circumstances(top)
    made = Drill(
        name=name,
        title=top.text("title"),
        focus=top.text("focus"),
        text=document.text,
        instructions=top.texts("instructions"),
        safety=top.texts("safety"),
        roles=top.choices("roles", ROLES, least=0),
        optional=top.choices("optional", ROLES, least=0),
        axis=cast("Axis", top.choice("axis", ("ml", "ap", "both"), "both")),
        countdown=sets.number("countdown", 3, 30, 5.0),
        duration=stages[0].duration,
        **_zone(top, kind, signal),
        primary=top.text("primary", "") if signal == "none" else top.text("primary"),
        circumstances=_shared(stages, told),
        schema=2,
        family=family,
        signal=signal,
        needs=top.choices("needs", NEEDS, least=0),
        measures=top.texts("measures", least=0),
        stop=top.choices("stop", STOPS),
        stages=stages,
        held_on=sets.flag("held_on"),
        second=_second(top),
        numbers=_numbers(top, document),
    )
    sets.close()
    top.close()
    check_whole(made, document)
    check_measures(made, document)
    check_stages(made, document)
    return made


def _zone(top: Table, kind: str, signal: Signal) -> _Zone:
    """Return the numbers of the zone; without one those that never matter."""
    found = _Zone(
        zone_deg=5.0,
        zone_floor_deg=1.0,
        zone_mm=20.0,
        zone_floor_mm=5.0,
        zone_percentile=80.0,
        cue_after=0.4,
        edge_margin_deg=1.0,
        edge_hysteresis_deg=1.0,
    )
    if kind not in _ZONED:
        if top.has("zone"):
            top.refuse("zone", f"no table [zone] for a task of kind {kind}")
        return found
    zone = top.table("zone")
    if signal == "cop":
        found["zone_mm"] = zone.number("start_mm", 2, 100)
        found["zone_floor_mm"] = zone.number("floor_mm", 2, found["zone_mm"])
    else:
        found["zone_deg"] = zone.number("start_deg", 0.5, 30)
        found["zone_floor_deg"] = zone.number("floor_deg", 0.5, found["zone_deg"])
    found["zone_percentile"] = zone.number("percentile", 50, 99, 80.0)
    found["cue_after"] = zone.number("cue_after", 0.1, 5, 0.4)
    if signal == "tilt":
        found["edge_margin_deg"] = zone.number("edge_margin_deg", 0.1, 5, 1.0)
        found["edge_hysteresis_deg"] = zone.number("edge_hysteresis_deg", 0.1, 5, 1.0)
    zone.close()
    return found


def _second(top: Table) -> Second | None:
    if not top.has("second"):
        return None
    table = top.table("second")
    made = Second(table.choice("kind", _SECOND), table.text("words"))
    table.close()
    return made


def _numbers(top: Table, document: Document) -> tuple[Provenance, ...]:
    grade, source = _graded(top)
    sources: dict[str, tuple[str, str]] = {}
    table = top.table("sources")
    known = [*document.numbers, *(n.partition("[")[0] for n in document.numbers)]
    for key in table.told:
        if key not in document.numbers and f"{key}[1]" not in document.numbers:
            near = [n for n in dict.fromkeys(known) if n.rpartition(".")[2] in key]
            hint = f"did you mean {near[0]}?" if near else ""
            document.refuse(table.at(key), "a number of this file", key, hint)
        own = table.table(key)
        sources[key] = _graded(own)
        own.close()
    return document.provenance(grade, source, sources)


def _graded(table: Table) -> tuple[str, str]:
    grade, source = table.choice("grade", BASIS), table.text("source")
    if grade == "S" and not ADDRESS.search(source):
        table.refuse("source", "an address or a DOI, for grade S is read in a source")
    return grade, source


def _shared(stages: tuple[Stage, ...], told: Circumstances) -> Circumstances:
    """Return what is told, and what all stages have in common."""
    each = [circumstances_at(dict(s.position), s.side).told() for s in stages]
    common = {
        what: word
        for what, word in each[0].items()
        if all(other.get(what) == word for other in each)
    }
    return told.over(circumstances_of(common))
