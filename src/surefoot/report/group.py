"""Progress of a group: numbers instead of codes, no order of merit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.report.change import Change, Verdict, change
from surefoot.report.figure import INK, SOFT, drawing
from surefoot.report.page import Html, Page, csv_of, plot, rows, tag
from surefoot.report.speech import scale
from surefoot.report.story import person_story, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.archive import Archive, Person
    from surefoot.report.speech import Speech
    from surefoot.report.story import Key


@dataclass(frozen=True, slots=True)
class Member:
    """One of a group, without a code.

    Attributes
    ----------
    key : str
        A random number that puts members in an order that says nothing.
    days, weeks : int
        With a session, and from the first to the last.
    per_week : float or None
        How many sessions a week are planned.
    changes : mapping of (drill, measure) to Change
        First to last, of what the drills declared.
    virtual : bool
        Whether nobody real was measured.
    """

    key: str
    days: int
    weeks: int
    per_week: float | None
    changes: dict[Key, Change]
    virtual: bool


def member(archive: Archive, person: Person, key: str) -> Member:
    """Return what a group report tells of one person.

    Parameters
    ----------
    archive : Archive
        The catalogue.
    person : Person
        Whose code goes no further than this.
    key : str
        As `Member.key`.
    """
    story = person_story(archive, person.code)
    changes = {
        drill: change(ones[-1], ones[:1], person.code, story.retests)
        for drill, ones in story.ones.items()
        if drill in story.primary and len(ones) > 1
    }
    days, weeks = len(story.days), len(story.weeks)
    return Member(key, days, weeks, story.per_week, changes, story.virtual)


def group_page(members: Sequence[Member], say: Speech) -> Page:
    """Return the report of a group.

    Numbers stand for people, in an order drawn by chance when they were taken in.
    Numbers are pseudonyms: who has the archive can still tell who is who.
    """
    ordered = sorted(members, key=lambda one: one.key)
    title = say("Progress of a group")
    text = (
        "{count} people. Numbers stand for people and are in no order of merit. Who "
        "holds the archive can tell who is who: this stays personal data."
    )
    parts = [
        tag("h1", title),
        tag("p", say(text, count=len(ordered))),
        tag("h2", say("Attendance")),
        _attendance(ordered, say),
    ]
    keys = Counter(key for one in ordered for key in one.changes)
    for number, (key, _) in enumerate(sorted(keys.items(), key=lambda k: -k[1]), 1):
        parts += _measure(ordered, key, number, say)
    if not keys:
        parts.append(tag("p", say("No measure that a drill declared, twice.")))
    virtual = bool(ordered) and all(one.virtual for one in ordered if one.days)
    return Page(title, tuple(parts), virtual and any(one.days for one in ordered))


def _attendance(members: Sequence[Member], say: Speech) -> Html:
    head = (
        *(say("Number"), say("Days with a session"), say("Weeks")),
        *(say("Sessions a week"), say("Planned a week")),
    )
    lines = [
        (
            number,
            one.days,
            one.weeks,
            say.number(one.days / one.weeks, 2) if one.weeks else "\N{EN DASH}",
            "\N{EN DASH}" if one.per_week is None else f"{one.per_week:g}",
        )
        for number, one in enumerate(members, 1)
    ]
    return rows(head, lines)


def _measure(
    members: Sequence[Member], key: Key, place: int, say: Speech
) -> list[Html]:
    """Return first and last of one measure of everybody who has both."""
    drill, name = key
    told = [
        (number, one.changes[key])
        for number, one in enumerate(members, 1)
        if key in one.changes
    ]
    fit = [(n, c) for n, c in told if c.before and c.verdict is not Verdict.UNLIKE]
    title = f"{say(title_of(drill))}: {say.title(name)}"
    counts = Counter(one.verdict for _, one in told)
    words = {
        Verdict.BEYOND: "{count} beyond the error",
        Verdict.WITHIN: "{count} within the error",
        Verdict.UNKNOWN: "{count} with an unknown error: no verdict",
        Verdict.UNLIKE: "{count} not compared: not done alike",
    }
    summary = "; ".join(say(words[v], count=n) for v, n in counts.items())
    parts = [tag("h2", title), tag("p", summary)]
    return [*parts, _drawn(fit, name, place, say)] if fit else parts


def _drawn(
    told: Sequence[tuple[int, Change]], name: str, place: int, say: Speech
) -> Html:
    unit = told[0][1].now.finding.unit
    factor, shown = scale(name, unit)
    label = say("First and last session of each")
    with drawing(f"group{place}", (6.4, 3.0), label) as figure:
        axes = figure.axes
        lines: list[tuple[object, ...]] = []
        for number, one in told:
            first = one.before.value if one.before else one.now.value
            solid = one.verdict is Verdict.BEYOND
            ends = [first * factor, one.now.value * factor]
            style = {"color": INK if solid else SOFT, "lw": 1.6 if solid else 0.7}
            axes.plot([0, 1], ends, marker="o", ms=4, **style)
            row = (number, first, one.now.value, unit, one.verdict.value)
            lines.append(row)
        axes.set_xticks([0, 1], [say("first session"), say("last session")])
        axes.set_xlim(-0.3, 1.3)
        sign = "" if shown == "1" else f" [{shown}]"
        axes.set_ylabel(f"{say.title(name)[:34]}{sign}", fontsize=8)
    csv = csv_of(("number", "first_si", "last_si", "unit", "verdict"), lines)
    caption = say("A line a person. Thick: beyond the error of measurement.")
    return plot(figure.svg, caption, csv, f"group-{name}", say)
