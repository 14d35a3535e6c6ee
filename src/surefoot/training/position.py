"""Positions that a drill may ask for, and what they mean for a measure.

The words are those of the ladders, so that a step of the programme fits a drill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.analysis.pipeline import WORDS, Circumstances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.training.drill import Drill
    from surefoot.training.task import Stage

AXES: Mapping[str, tuple[str, ...]] = {
    "support": ("two-hands", "one-hand", "fingertips", "hover", "free"),
    "stance": (
        "lying",
        "sitting",
        "wide",
        "narrow",
        "semi-tandem",
        "tandem",
        "single",
    ),
    "surface": (
        "firm",
        "foam",
        "rocker-ml",
        "rocker-ap",
        "wobble",
        "dome",
        "ball",
        "step",
    ),
    "vision": ("open", "head-turns", "dim", "closed"),
    "movement": ("hold", "shift", "reach", "catch", "job"),
    "range": ("25", "50", "75", "90", "100", "110"),
    "resistance": ("none", "light", "moderate"),
    "task": ("single", "counting", "speech", "subtraction"),
}
"""Each axis and its values, from easy to hard, in the order of the ladders.

What a drill tells in numbers of its own is left out: tempo, repetitions, feedback. A
step to come down from is a surface that no ladder has.
"""
SIDES = ("left", "right")
_BOARDS = frozenset({"rocker", "wobble", "dome", "ball"})


def circumstances_at(
    position: Mapping[str, str], side: str = "", told: Circumstances | None = None
) -> Circumstances:
    """Return what a position means for comparing measures.

    Parameters
    ----------
    position : mapping of str to str
        Axis and value.
    side : {"", "left", "right"}
        The leg that is stood on.
    told : Circumstances, optional
        What is known besides, it goes before.

    Returns
    -------
    Circumstances
        Empty where a position does not say, or there is no word: lying, for example.
    """
    surface = position.get("surface", "").split("-")[0]
    stance = position.get("stance", "")
    vision = position.get("vision", "")
    support = position.get("support", "")
    found = Circumstances(
        board=surface if surface in _BOARDS else "",
        stance=_word("stance", f"{stance}-{side}" if stance == "single" else stance),
        support="rail-near" if support in {"hover", "free"} else support,
        vision="open" if vision == "head-turns" else vision,
        surface=_word("surface", surface),
    )
    return found if told is None else told.over(found)


def circumstances_of_stage(drill: Drill, stage: Stage) -> Circumstances:
    """Return under which circumstances a stage of a drill is usually done."""
    return circumstances_at(dict(stage.position), stage.side, drill.circumstances)


def _word(what: str, value: str) -> str:
    return value if value in WORDS[what] else ""
