"""A result in a figure and few words, and one tip; no word of it praises or blames."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.ui.words import ending, percent, plain

if TYPE_CHECKING:
    from surefoot.session.snapshot import Result

Item = tuple[str, str]

_KEPT = {
    "time_in_zone": "in ring",
    "time_on_target": "on target",
    "reach_share": "targets reached",
    "repetition_clean_share": "as asked",
    "stretch_calm_share": "calm holds",
    "walk_correct_steps": "steps on the line",
    "stance_time": "of the time held",
    "stance_errors": "without an error",
}
"""What a share is a share of, by the measure it comes from."""
_ITSELF = {
    "reposition_absolute_error": "from the place",
    "stabilisation_band_time": "until still",
    "repetition_count": "repetitions kept",
}
_TIPS = {
    "time_in_zone": "Smaller movements help.",
    "time_on_target": "Look where the target goes.",
    "reach_share": "Lean from the ankles.",
    "repetition_clean_share": "Slower, and only as far as asked.",
    "stretch_calm_share": "Go more slowly.",
    "walk_correct_steps": "Heel to toe, no hurry.",
}
_ASKED = 0.7
"""Below this share a tip is given. Our default."""
_DONE = frozenset({"time", "done"})
_INVALID = {
    "stepped": "Stepped out of place",
    "grabbed": "Held on",
    "opened-eyes": "Opened the eyes",
    "moved": "Moved",
}


def figure_of(result: Result) -> Item:
    """Return the one number of a set and the words beside it; empty without one."""
    score = result.score
    if score is None:
        for measure in result.measures:
            if measure.name == "time_in_zone" and math.isfinite(measure.value):
                return percent(measure.value), "in ring"
        return "", ""
    if score.measure == "entered":
        return f"{score.value:g}", "done"
    if score.kept is not None:
        return percent(score.kept), _KEPT.get(score.measure, "kept")
    for measure in result.measures:
        if measure.name == score.measure and math.isfinite(measure.value):
            label, value = plain(measure)
            return value, _ITSELF.get(measure.name, label)
    return "", ""


def invalid_words(result: Result) -> str:
    """Return why a set of a test does not count."""
    return _INVALID.get(result.invalid, "Please do it once more.")


def tip(result: Result) -> str:
    """Return the one thing to know for the next time."""
    if result.invalid:
        return invalid_words(result)
    if result.ended not in _DONE:
        return ending(result.ended)
    if result.held_on:
        return "You held on"
    score = result.score
    if score is not None and score.kept is not None and score.kept < _ASKED:
        return _TIPS.get(score.measure, "Full time")
    if result.next_zone is None or result.zone <= 0:
        return "Full time" if result.ended == "time" else "All done"
    change = result.next_zone / result.zone - 1
    if abs(change) < 0.02:
        return "Next: same ring"
    return "Next: smaller ring" if change < 0 else "Next: larger ring"
