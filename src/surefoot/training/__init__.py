"""Drills, trials and what may be said of them: pure decisions on parsed text."""

from surefoot.training.drill import Drill, watching
from surefoot.training.drill_text import lasting, parse_drill
from surefoot.training.phase import COMMANDS, Phase
from surefoot.training.trial import SILENCE, Trial
from surefoot.training.verdict import Grade, Verdict, judge
from surefoot.training.wording import prompt

__all__ = [
    "COMMANDS",
    "SILENCE",
    "Drill",
    "Grade",
    "Phase",
    "Trial",
    "Verdict",
    "judge",
    "lasting",
    "parse_drill",
    "prompt",
    "watching",
]
