"""Drills of the first schema: one levelled board, one run at a time.

Recordings of that time carry them; a new drill is written in schema 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from surefoot.analysis.pipeline import WORDS, Circumstances, circumstances_of
from surefoot.training.drill import Axis, Drill
from surefoot.training.task import Hold, Stage

if TYPE_CHECKING:
    from surefoot.training._drill_reader import Document, Table

NUMBERS: dict[str, tuple[float, float]] = {
    "countdown": (3.0, 30.0),
    "duration": (5.0, 600.0),
    "zone_deg": (0.5, 30.0),
    "zone_floor_deg": (0.5, 10.0),
    "zone_percentile": (50.0, 99.0),
    "cue_after": (0.1, 5.0),
    "edge_margin_deg": (0.1, 5.0),
    "edge_hysteresis_deg": (0.1, 5.0),
}
AROUND = {
    # no words of one's own: a drill is passed on, and they could name somebody
    "board": ("rocker", "wobble", "dome", "ball", "foam", "force-plate", "floor"),
    **WORDS,
    "feedback": ("dot", "sound", "none"),
}


def read_first(document: Document) -> Drill:
    """Return a drill of schema 1.

    Raises
    ------
    DrillError
        If something is missing, not known, or out of range.
    """
    table = document.table()
    table.has("schema")
    told = {key: table.number(key, *bounds) for key, bounds in NUMBERS.items()}
    axis = cast("Axis", table.choice("axis", ("ml", "ap", "both")))
    made = Drill(
        name=table.text("name"),
        title=table.text("title"),
        focus=table.text("focus"),
        text=document.text,
        instructions=table.texts("instructions"),
        safety=table.texts("safety"),
        roles=table.texts("roles"),
        optional=table.texts("optional", least=0),
        axis=axis,
        primary=table.text("primary") if table.has("primary") else "",
        circumstances=read_circumstances(table),
        countdown=told["countdown"],
        duration=told["duration"],
        zone_deg=told["zone_deg"],
        zone_floor_deg=told["zone_floor_deg"],
        zone_percentile=told["zone_percentile"],
        cue_after=told["cue_after"],
        edge_margin_deg=told["edge_margin_deg"],
        edge_hysteresis_deg=told["edge_hysteresis_deg"],
        stages=(Stage("", (), Hold(), duration=told["duration"]),),
        numbers=document.provenance("D", "our default", {}),
    )
    table.close()
    return made


def read_circumstances(table: Table) -> Circumstances:
    """Return what the optional table tells; a word it does not know is refused."""
    around = table.table("circumstances")
    told = {what: around.choice(what, AROUND[what], "") for what in AROUND}
    around.close()
    return circumstances_of({what: word for what, word in told.items() if word})
