"""What the trainee is told in each phase: words and pictures by name, no drawing.

Few and short words, one thing at a time, and nothing a person has to act on is said by
colour alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surefoot.training import Grade, Phase
from surefoot.ui.language import say
from surefoot.ui.words import ending, percent

if TYPE_CHECKING:
    from surefoot.session.snapshot import Result, Snapshot
    from surefoot.training import Verdict

STOP_SIGN, STOP_HINT = "STOP", "Esc or clicker"
NO_PICTURE = "No picture. Eyes open. Look at the mark."
ANSWERS = ("Y = Yes", "N = No")
STALE_STANDING = ("PICTURE STOPPED", "HOLD THE RAIL")
STALE = ("PICTURE STOPPED", "Check the sensor")
ONCE_MORE = "Please do it once more."
SIGNAL = {
    Grade.GOOD: "Signal good",
    Grade.FAIR: "Signal fair",
    Grade.NOT_SCORED: "No score this time",
}
_LOST, _GAP = 0.02, 0.2  # share and seconds from which on it is said

Item = tuple[str, str]
"""A figure, which may be empty, and the words beside it."""

_MOVING = frozenset({Phase.DIRECTION, Phase.COUNTDOWN, Phase.RUN})
_STANDING = frozenset({Phase.COUNTDOWN, Phase.RUN})
_ASKING = frozenset({Phase.DIRECTION, Phase.SUPPORT, Phase.HELD_ON})


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the trainee's screen but the dot.

    Attributes
    ----------
    phase : Phase
        Decides the arrangement.
    sentence : str
        What to do now; empty while numbers are shown instead.
    sketch : str
        The drawing: ``"wait"``, ``"left"``, ``"right"``, ``"front"``, ``"back"`` (the
        board rests on that edge), ``"support"``, ``"ready"`` or none.
    answers, badges, banner : tuple of str
        Short texts, each in a place of its own.
    items : tuple of Item
        The result, at most three lines.
    target : bool
        Whether the target and the dot are drawn.
    number, unit, share : str
        Time left, and share of the time in the ring.
    bar : float or None
        Share of the run that is left.
    """

    phase: Phase
    sentence: str = ""
    sketch: str = ""
    answers: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    banner: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    target: bool = False
    number: str = ""
    unit: str = ""
    share: str = ""
    bar: float | None = None

    @property
    def standing(self) -> bool:
        """Whether the trainee stands on the board."""
        return self.phase in _STANDING

    def still(self) -> Page:
        """Return the page without what changes many times a second."""
        return replace(self, number="", share="", bar=None)


def page(snapshot: Snapshot, *, stale: bool) -> Page:
    """Return what to show.

    Parameters
    ----------
    snapshot : Snapshot
        The newest picture.
    stale : bool
        Whether the movement shown is to be marked as stopped.
    """
    phase = snapshot.phase
    made = Page(
        phase,
        sentence=snapshot.prompt,
        sketch=_sketch(snapshot),
        answers=ANSWERS if phase in _ASKING else (),
        badges=_badges(snapshot),
        target=phase in _MOVING and not snapshot.hide_dot and not _only_kept(snapshot),
    )
    if stale and phase in _MOVING:
        made = replace(made, banner=STALE_STANDING if made.standing else STALE)
    if made.standing and not _only_kept(snapshot):
        return _counting(made, snapshot)
    if phase is Phase.RESULT and snapshot.result is not None:
        return replace(made, items=items(snapshot.result), sentence="")
    return made


def items(result: Result) -> tuple[Item, ...]:
    """Return the result in at most three short lines, the quality first."""
    verdict = result.verdict
    said, signal = say(_reason(verdict)), SIGNAL[verdict.grade]
    if verdict.grade is Grade.NOT_SCORED:
        return ("", signal), ("", f"{said[:1].upper()}{said[1:]}."), ("", ONCE_MORE)
    if verdict.grade is Grade.FAIR:
        signal = f"{say(signal)}: {said}"
    figure = _in_ring(result)
    middle = ((figure, "in ring"),) if figure else ()
    return ("", signal), *middle, ("", _remark(result))


def shown_side(snapshot: Snapshot) -> str:
    """Return the side that is too low, or nothing inside the ring.

    What the session decided comes first; before it has decided (no run under way) the
    newest tilt does.
    """
    inside = snapshot.inside
    if snapshot.tilt is None or inside:
        return ""
    ml, ap = _on_axis(snapshot)
    if inside is None and math.hypot(ml, ap) <= snapshot.zone:
        return ""
    if snapshot.cue:
        return snapshot.cue
    if abs(ml) >= abs(ap):
        return "right" if ml > 0 else "left"
    return "front" if ap > 0 else "back"


def _on_axis(snapshot: Snapshot) -> tuple[float, float]:
    ml, ap = snapshot.tilt or (0.0, 0.0)
    return (ml if snapshot.axis != "ap" else 0.0, ap if snapshot.axis != "ml" else 0.0)


def _counting(made: Page, snapshot: Snapshot) -> Page:
    left = snapshot.countdown
    if left is not None and not math.isfinite(left):  # it runs until it is stopped
        left = None
    number = "" if left is None else f"{max(0, math.ceil(left - 1e-9))}"
    if made.phase is Phase.COUNTDOWN:
        return replace(made, number=number)
    known = left is not None and snapshot.duration > 0
    share = snapshot.time_in_zone
    shown = share is not None and not snapshot.hide_dot
    return replace(
        made,
        sentence=NO_PICTURE if snapshot.hide_dot else "",
        number=number,
        unit="s" if number else "",
        bar=min(1.0, max(0.0, (left or 0.0) / snapshot.duration)) if known else None,
        share=f"{percent(share)} in ring" if shown and share is not None else "",
    )


def _only_kept(snapshot: Snapshot) -> bool:
    """Return whether there is no drill: no ring was set and level is not known."""
    return snapshot.phase is Phase.RUN and snapshot.duration <= 0


def _sketch(snapshot: Snapshot) -> str:
    first, second = ("front", "back") if snapshot.axis == "ap" else ("left", "right")
    return {
        Phase.WAITING: "wait",
        Phase.LEVEL_FIRST: first,
        Phase.LEVEL_SECOND: second,
        Phase.SUPPORT: "support",
        Phase.READY: "ready",
        Phase.HELD_ON: "support",
    }.get(snapshot.phase, "")


def _badges(snapshot: Snapshot) -> tuple[str, ...]:
    told = (("REPLAY", snapshot.replay is not None), ("VIRTUAL", snapshot.virtual))
    return tuple(word for word, holds in told if holds)


def _in_ring(result: Result) -> str:
    for measure in result.measures:
        if measure.name == "time_in_zone" and math.isfinite(measure.value):
            return percent(measure.value)
    return ""


def _remark(result: Result) -> str:
    if result.ended != "time":
        return ending(result.ended)
    if result.held_on:
        return "You held on"
    if result.next_zone is None or result.zone <= 0:
        return "Full time"
    change = result.next_zone / result.zone - 1
    if abs(change) < 0.02:
        return "Next: same ring"
    return "Next: smaller ring" if change < 0 else "Next: larger ring"


def _reason(verdict: Verdict) -> str:
    """Return why a verdict is not good, without the words of engineers."""
    if not verdict.lost <= _LOST or verdict.longest_gap > _GAP:
        much = verdict.grade is Grade.NOT_SCORED
        return "too much was lost" if much else "a little was lost"
    return verdict.reasons[0] if verdict.reasons else "the signal was not steady"
