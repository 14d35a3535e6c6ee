"""The one sentence that says what to do now. Short, and about the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training.pain_talk import AFTER
from surefoot.training.phase import Phase
from surefoot.training.question import Question
from surefoot.training.task import Log

if TYPE_CHECKING:
    from surefoot.training.drill import Drill
    from surefoot.training.sitting import Sitting

EFFORT = "How hard was it? 1 is easy, 5 is as hard as it gets."
HELD_ON = "Did you hold on?"
HOW_MANY = "How many did you do?"
HOW_LONG = "How many minutes did you do it?"
SECOND = {
    "counting": "Which number did you reach?",
    "subtraction": "Which number did you reach?",
    "speech": "How many words did you say?",
}
_STILL = {
    "lean": "Sit or stand still, as you will begin.",
    "cop": "Step on and stand still.",
    "angle": "Be still, as you will begin.",
}


def prompt(trial: Sitting) -> str:
    """Return what the person should do now."""
    if trial.refused:
        return _said(trial.refused)
    if trial.phase is Phase.SUPPORT:
        return _support(trial)
    if trial.phase is Phase.PAIN_BEFORE and trial.talk is not None:
        return trial.talk.before
    if trial.phase is Phase.ENTER and trial.drill.second is not None:
        return SECOND.get(trial.drill.second.kind, HOW_MANY)
    if trial.phase is Phase.ENTER and trial.set.stage.task == Log(0):
        return HOW_LONG
    if trial.phase is Phase.RESULT and trial.ended == "time":
        return "Well done. Rest a little."
    if trial.phase is Phase.DONE:
        return trial.over or "Well done. That is all for now."
    return _prompt(trial.phase, trial.drill)


def question(trial: Sitting) -> Question | None:
    """Return what is asked now, if anything is."""
    asked = {
        Phase.PAIN_BEFORE: ("pain", "pain"),
        Phase.DIRECTION: ("yes-no", "direction"),
        Phase.SUPPORT: ("yes-no", "support"),
        Phase.HELD_ON: ("yes-no", "held-on"),
        Phase.ENTER: ("number", "done"),
        Phase.PAIN_AFTER: ("pain", "pain"),
        Phase.EFFORT: ("effort", "effort"),
    }.get(trial.phase)
    return None if asked is None else Question(asked[0], prompt(trial), asked[1])


def _said(refused: str) -> str:
    """Return why something did not happen as people read it: of an error what to do."""
    told = refused.rpartition(": ")[2] if ": expected " in refused else refused
    return told[:1].upper() + told[1:].rstrip(".") + "."


def _support(trial: Sitting) -> str:
    if trial.forbidden:
        return trial.forbidden
    told = trial.questions
    return told[min(trial.asked, len(told) - 1)] if told else ""


def _prompt(phase: Phase, drill: Drill) -> str:
    first, second = drill.edges
    step_on = drill.signal == "tilt"
    return {
        Phase.WAITING: "Waiting for the sensor. Switch it on.",
        Phase.LEVEL_FIRST: f"Nobody on the board. Rest it on its {first} edge.",
        Phase.LEVEL_SECOND: f"Now rest it on its {second} edge.",
        Phase.DIRECTION: f"Tip the board {_towards(first)}. Did the dot go there?",
        Phase.STILL: _STILL.get(drill.signal, "Be still."),
        Phase.BOW: "Lean forward a little. Come back.",
        Phase.READY: ("Step on. " if step_on else "")
        + "Press start when you are ready.",
        Phase.COUNTDOWN: "Get ready.",
        Phase.RUN: drill.focus,
        Phase.HELD_ON: HELD_ON,
        Phase.ENTER: HOW_MANY,
        Phase.RESULT: "Rest a little.",
        Phase.REST: "Rest a little. The next set comes soon.",
        Phase.PAIN_AFTER: AFTER,
        Phase.EFFORT: EFFORT,
    }.get(phase, "")


def _towards(edge: str) -> str:
    return {"left": "to the left", "right": "to the right"}.get(edge, f"to the {edge}")
