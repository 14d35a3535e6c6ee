"""What the trainee is told in each phase: words and pictures by name, no drawing.

Few and short words, one thing at a time, and nothing a person has to act on is said by
colour alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from surefoot.training import Grade, Phase
from surefoot.ui.asking import Entry
from surefoot.ui.language import say
from surefoot.ui.trainee_drill import leads, of_drill, shows_ring
from surefoot.ui.trainee_told import figure_of, tip
from surefoot.ui.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.session.snapshot import Result, Snapshot
    from surefoot.training import Verdict
    from surefoot.training.aim import Movement

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
_TOLD = frozenset({Phase.RESULT, Phase.REST})
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
    title : str
        Which set of how many, and the part's title.
    picture : str
        The drill whose picture is shown.
    note : str
        What else is told in the countdown: the second task.
    chosen : frozenset of str
        The answers that are marked.
    figure, beside : str
        A large number in the middle, and the small words beside it.
    say, word : str
        What to do in this moment; what else is to be done meanwhile.
    cue : str
        A word to act on at once.
    sides : mapping of str to str
        What is said below the ring for each side the dot may be at, where it is not
        about a board.
    dotless : bool
        Whether the target is drawn and the dot is not.
    mark : bool
        Whether there is a mark to look at.
    gauge : bool
        Whether an angle is shown with how far to go.
    movement : Movement or None
        Shown beside the one that is asked for.
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
    title: str = ""
    picture: str = ""
    note: str = ""
    chosen: frozenset[str] = frozenset()
    figure: str = ""
    beside: str = ""
    say: str = ""
    word: str = ""
    cue: str = ""
    sides: Mapping[str, str] = field(default_factory=dict[str, str])
    dotless: bool = False
    mark: bool = False
    gauge: bool = False
    movement: Movement | None = None

    @property
    def standing(self) -> bool:
        """Whether the trainee stands on the board."""
        return self.phase in _STANDING

    def still(self) -> Page:
        """Return the page without what changes many times a second."""
        shown = None
        if self.movement is not None:  # the template stays, the trace moves
            turn = None if self.movement.turn_in is None else 0.0
            shown = replace(self.movement, trace=(), turn_in=turn)
        return replace(self, number="", share="", bar=None, movement=shown)


def page(snapshot: Snapshot, *, stale: bool, entry: Entry | None = None) -> Page:
    """Return what to show.

    Parameters
    ----------
    snapshot : Snapshot
        The newest picture.
    stale : bool
        Whether the movement shown is to be marked as stopped.
    entry : Entry, optional
        The answer that is being given.
    """
    phase = snapshot.phase
    dotless = _has_target(snapshot)
    made = Page(
        phase,
        sentence=snapshot.prompt,
        sketch=_sketch(snapshot),
        answers=ANSWERS if phase in _ASKING else (),
        badges=_badges(snapshot),
        target=dotless or (phase in _MOVING and _has_ring(snapshot)),
        dotless=dotless,
    )
    if stale and phase in _MOVING:
        made = replace(made, banner=STALE_STANDING if made.standing else STALE)
    if made.standing and not _only_kept(snapshot):
        made = _counting(made, snapshot)
    if phase in _TOLD and snapshot.result is not None:
        made = replace(made, items=items(snapshot.result), sentence="")
    return of_drill(made, snapshot, entry or Entry())


def items(result: Result) -> tuple[Item, ...]:
    """Return the result in at most three short lines, the quality first."""
    verdict = result.verdict
    said, signal = say(_reason(verdict)), SIGNAL[verdict.grade]
    if result.score is not None and result.score.measure == "entered":
        return (figure_of(result),)
    if verdict.grade is Grade.NOT_SCORED:
        return ("", signal), ("", f"{said[:1].upper()}{said[1:]}."), ("", ONCE_MORE)
    if verdict.grade is Grade.FAIR:
        signal = f"{say(signal)}: {said}"
    if result.invalid:
        return ("", signal), ("", "This one does not count."), ("", tip(result))
    figure = figure_of(result)
    middle = (figure,) if figure[0] else ()
    return ("", signal), *middle, ("", tip(result))


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


def _has_ring(snapshot: Snapshot) -> bool:
    if snapshot.hide_dot or _only_kept(snapshot):
        return False
    return shows_ring(snapshot) and (snapshot.picture or not snapshot.sets)


def _has_target(snapshot: Snapshot) -> bool:
    """Return whether there is a target to go to, seen without a dot."""
    hidden = snapshot.phase is Phase.RUN and snapshot.hide_dot
    return hidden and leads(snapshot) and not _only_kept(snapshot)


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


def _reason(verdict: Verdict) -> str:
    """Return why a verdict is not good, without the words of engineers."""
    if not verdict.lost <= _LOST or verdict.longest_gap > _GAP:
        much = verdict.grade is Grade.NOT_SCORED
        return "too much was lost" if much else "a little was lost"
    return verdict.reasons[0] if verdict.reasons else "the signal was not steady"
