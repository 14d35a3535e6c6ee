"""Drills, trials and what may be said of them: pure decisions, parsed text, no files."""

from surefoot.training.drill import Drill, parse_drill
from surefoot.training.phase import COMMANDS, Phase
from surefoot.training.verdict import Grade, Verdict

__all__ = ["COMMANDS", "Drill", "Grade", "Phase", "Verdict", "parse_drill"]
