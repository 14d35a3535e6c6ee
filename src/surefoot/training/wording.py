"""The one sentence that says what to do now. Short, and about the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training.phase import Phase

if TYPE_CHECKING:
    from surefoot.training.drill import Drill
    from surefoot.training.trial import Trial


def prompt(trial: Trial) -> str:
    """Return what the person should do now."""
    if trial.refused:
        return trial.refused[0].upper() + trial.refused[1:] + "."
    if trial.phase is Phase.RESULT and trial.ended == "time":
        return "Well done. Rest a little."
    return _prompt(trial.phase, trial.drill)


def _prompt(phase: Phase, drill: Drill) -> str:
    first, second = drill.edges
    return {
        Phase.WAITING: "Waiting for the sensor. Switch it on.",
        Phase.LEVEL_FIRST: f"Nobody on the board. Rest it on its {first} edge.",
        Phase.LEVEL_SECOND: f"Now rest it on its {second} edge.",
        Phase.DIRECTION: f"Tip the board {_towards(first)}. Did the dot go there?",
        Phase.SUPPORT: "Is something firm to hold within reach?",
        Phase.READY: "Step on. Press start when you are ready.",
        Phase.COUNTDOWN: "Get ready.",
        Phase.RUN: drill.focus,
        Phase.HELD_ON: "Did you hold on?",
        Phase.RESULT: "Rest a little.",
    }[phase]


def _towards(edge: str) -> str:
    return {"left": "to the left", "right": "to the right"}.get(edge, f"to the {edge}")
