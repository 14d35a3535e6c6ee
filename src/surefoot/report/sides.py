"""Left against right: the same on either leg, and shares of the two sides."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from surefoot.report.months import RECENT, typical
from surefoot.report.page import Html, joined, rows, tag
from surefoot.report.story import SHARES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.report.change import One
    from surefoot.report.speech import Speech
    from surefoot.report.story import Key, PersonStory

LEFT, RIGHT = "single-left", "single-right"


def sides_part(story: PersonStory, say: Speech) -> Html:
    """Return what was done on either leg, and how even the sides were.

    The usual value of each, of the newest sessions; nothing where no side was told.
    """
    legs = _legs(story, say)
    shares = _shares(story, say)
    if not legs and not shares:
        return Html()
    note = say("A difference is description: people are not even.")
    head = tag("h2", say("Left and right"))
    return joined(head, tag("p", note, class_="note"), legs, shares)


def by_leg(story: PersonStory) -> dict[Key, tuple[list[One], list[One]]]:
    """Return values of a drill and measure on the left and on the right leg."""
    found: dict[Key, tuple[list[One], list[One]]] = {}
    for key, ones in story.ones.items():
        left, right = (
            [one for one in ones if one.finding.circumstances.stance == stance]
            for stance in (LEFT, RIGHT)
        )
        if left and right:
            found[key] = (left, right)
    return found


def _legs(story: PersonStory, say: Speech) -> Html:
    lines = [
        _leg_row(story, key, left, right, say)
        for key, (left, right) in by_leg(story).items()
        if key in story.primary
    ]
    head = (
        *(say("Drill"), say("Measure"), say("Left leg"), say("Right leg")),
        say("Right less left"),
    )
    return rows(head, lines) if lines else Html()


def _leg_row(
    story: PersonStory,
    key: Key,
    left: Sequence[One],
    right: Sequence[One],
    say: Speech,
) -> tuple[str, ...]:
    drill, name = key
    unit = right[-1].finding.unit
    one, other = (median(o.value for o in ones[-RECENT:]) for ones in (left, right))
    told = (say.quantity(name, value, unit) for value in (one, other, other - one))
    return (say(story.title(drill)), say.title(name), *told)


def _shares(story: PersonStory, say: Speech) -> Html:
    lines = [
        (
            say(story.title(drill)),
            say.title(name),
            *(say.quantity(name, v, ones[-1].finding.unit) for v in typical(ones)),
        )
        for (drill, name), ones in story.ones.items()
        if name in SHARES
    ]
    head = (
        *(say("Drill"), say("Measure"), say("Lower quarter"), say("Usual")),
        say("Upper quarter"),
    )
    return rows(head, lines) if lines else Html()
