"""Plots over months: a measure with its error, attendance, pain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.analysis.comparison import comparable
from surefoot.analysis.registry import CARDS
from surefoot.report.figure import INK, PALE, SOFT, drawing
from surefoot.report.known_error import error_of
from surefoot.report.page import Html, csv_of, plot
from surefoot.report.speech import scale
from surefoot.training.decision import What

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.report.change import One
    from surefoot.report.speech import Speech
    from surefoot.report.story import Key, PersonStory

SIZE = (6.4, 2.3)
RECENT = 5
"""The usual value is the middle of so many newest like sessions. Our default."""
_MOMENTS = {
    "before": ("before training", "o", INK),
    "block": ("after an exercise", "^", "white"),
    "end": ("at the end", "s", SOFT),
    "next-morning": ("next morning", "D", "white"),
}


def like_the_last(ones: Sequence[One]) -> list[One]:
    """Return the values that may be compared with the newest one, oldest first."""
    last = ones[-1].finding
    return [
        one for one in ones if not any(d.forbids for d in comparable(one.finding, last))
    ]


def best(ones: Sequence[One]) -> One | None:
    """Return the best of the like values; None where neither way is better."""
    name = ones[-1].finding.measure
    better = CARDS[name].better if name in CARDS else "neither"
    like = like_the_last(ones)
    if better == "lower":
        return min(like, key=lambda one: one.value)
    if better == "higher":
        return max(like, key=lambda one: one.value)
    if better == "nearer-zero":
        return min(like, key=lambda one: abs(one.value))
    return None


def typical(ones: Sequence[One]) -> tuple[float, float, float]:
    """Return quartile, median and quartile of the newest like sessions, SI."""
    values = [one.value for one in like_the_last(ones)[-RECENT:]]
    low, middle, high = np.percentile(values, [25, 50, 75]).tolist()
    return low, middle, high


def measure_plot(
    story: PersonStory, key: Key, number: int, say: Speech, *, csv: bool = True
) -> Html:
    """Return one measure over months, with its error and changes of level."""
    ones = [one for one in story.ones[key] if one.day]
    if not ones:
        return Html()
    name, unit = key[1], ones[-1].finding.unit
    factor, shown = scale(name, unit)
    like = like_the_last(ones)
    with drawing(f"months{number}", SIZE, say.title(name), margins=True) as figure:
        axes = figure.axes
        for part, fill in ((ones, "white"), (like, INK)):
            at = [date.fromisoformat(one.day) for one in part]
            what = [one.value * factor for one in part]
            axes.plot(at, what, "o", mec=INK, mfc=fill, ms=5)
        at = [date.fromisoformat(one.day) for one in like]
        axes.plot(at, [one.value * factor for one in like], color=SOFT, lw=0.8)
        _band(axes, story, like, factor, say)
        moved = _levels(axes, story, key[0], at[0])
        if shown != "1":  # a whole title is longer than the axis is high
            axes.set_ylabel(f"[{shown}]", fontsize=8)
        _dates(axes, ones)
    lines = [(one.day, one.session, one.value, unit, one.runs) for one in ones]
    table = csv_of(("day", "session", "value_si", "unit", "runs"), lines) if csv else ""
    caption = say("A dot a session.")
    if moved:
        caption = say("A dot a session. Dotted lines: the level changed.")
    caption = f"{say.title(name)}. {caption}"
    return plot(figure.svg, caption, table, f"{key[0] or 'none'}-{name}", say)


def attendance_plot(story: PersonStory, say: Speech) -> Html:
    """Return sessions a week, against the plan."""
    if not story.weeks:
        return Html()
    weeks, counts = list(story.weeks), list(story.weeks.values())
    label = say("Sessions a week")
    with drawing("attendance", (SIZE[0], 1.8), label, margins=True) as figure:
        axes = figure.axes
        axes.bar(weeks, counts, width=5, color=SOFT)
        if story.per_week is not None:
            axes.axhline(story.per_week, color=INK, ls="--", label=say("planned"))
            axes.legend(fontsize=8, loc="upper right")
        axes.set_ylabel(label, fontsize=8)
        axes.set_ylim(0, max(*counts, story.per_week or 0, 1) * 1.35)
        axes.yaxis.get_major_locator().set_params(integer=True)
        turned(axes)
    lines = [(w, n, story.per_week) for w, n in story.weeks.items()]
    csv = csv_of(("week_from", "sessions", "planned"), lines)
    return plot(figure.svg, say("Sessions in each week."), csv, "attendance", say)


def pain_plot(story: PersonStory, say: Speech) -> Html:
    """Return all answers about pain; nothing where nobody answered."""
    if not story.pain:
        return Html()
    label = say("Pain, 0 to 10")
    with drawing("pain", (SIZE[0], 2.2), label, margins=True) as figure:
        axes = figure.axes
        for moment, (text, mark, fill) in _MOMENTS.items():
            told = [one for one in story.pain if one.moment == moment]
            if told:
                where, what = [one.day for one in told], [one.value for one in told]
                style = {"mec": INK, "mfc": fill, "ms": 4, "label": say(text)}
                axes.plot(where, what, mark, **style)
        axes.set_ylim(-0.5, 12.5)  # room for what the signs mean
        axes.set_yticks(range(0, 11, 2))
        axes.set_ylabel(label, fontsize=8)
        axes.legend(fontsize=8, loc="upper center", ncols=4)
        turned(axes)
    lines = [(one.day, one.moment, one.value) for one in story.pain]
    csv = csv_of(("day", "moment", "pain_0_to_10"), lines)
    caption = say("Answers as they were given, 0 none to 10.")
    return plot(figure.svg, caption, csv, "pain", say)


def _band(
    axes: Any, story: PersonStory, like: Sequence[One], factor: float, say: Speech
) -> None:
    """Shade what is no change from the first like session."""
    first, last = like[0], like[-1]
    runs = (last.runs, first.runs)
    error = error_of(last.finding, story.code, story.retests, runs)
    if error is None:
        return
    low, high = first.value - error.mdc, first.value + error.mdc
    label = say("within the error of the first")
    axes.axhspan(low * factor, high * factor, color=PALE, lw=0, label=label)
    axes.legend(fontsize=8, loc="upper right")


def _levels(axes: Any, story: PersonStory, drill: str, first: date) -> bool:
    """Draw when the level of a drill's exercise changed; return whether it did."""
    mine = story.drills.get(drill, set())
    days = [
        day
        for day, decision in story.levels
        if decision.what in {What.UP, What.DOWN}
        and day >= first
        and decision.about in mine
    ]
    for day in days:
        axes.axvline(day, color=INK, ls=":", lw=1)
    return bool(days)


def _dates(axes: Any, ones: Sequence[One]) -> None:
    days = [date.fromisoformat(one.day) for one in ones]
    pad = max(timedelta(days=2), (days[-1] - days[0]) * 0.03)
    axes.set_xlim(min(days) - pad, max(days) + pad)
    turned(axes)


def turned(axes: Any) -> None:
    """Write days as ISO 8601, few enough not to touch."""
    from matplotlib.dates import AutoDateLocator, DateFormatter

    axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=6))
    axes.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))
    axes.tick_params(labelsize=8)
