"""Progress over months of one person: for the trainee, and for the therapist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.report.change import Verdict, change, direction, error_told, sentence
from surefoot.report.months import (
    attendance_plot,
    best,
    like_the_last,
    measure_plot,
    pain_plot,
    typical,
)
from surefoot.report.page import Html, Page, joined, rows, tag
from surefoot.report.scores import effort_plot, scores_part
from surefoot.report.sides import sides_part
from surefoot.report.story import PersonStory, person_story
from surefoot.report.values import is_usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.report.change import Change, One
    from surefoot.report.speech import Speech

__all__ = ["PersonStory", "person_page", "person_story"]

PLOTS_MAX = 6
"""So many measures are drawn for the therapist; all are in the table."""
ROWS_MAX = 30
"""So many changes of level are told, the newest."""


def person_page(story: PersonStory, say: Speech, reader: str = "therapist") -> Page:
    """Return the progress of one person.

    Parameters
    ----------
    story : PersonStory
        All that is known.
    say : Speech
        The language.
    reader : str
        ``"trainee"``: one page in large type. ``"therapist"``: everything.
    """
    title = say("Progress of {code}", code=story.code)
    head = (tag("h1", title), tag("p", _span(story, say), class_="soft"))
    if reader == "trainee":
        parts = (*head, _trainee(story, say))
    else:
        parts = (*head, *_therapist(story, say))
    return Page(title, parts, story.virtual)


def _span(story: PersonStory, say: Speech) -> str:
    if not story.days:
        return say("No session yet.")
    text = "{count} days with a session, {first} to {last}"
    first, last = story.days[0], story.days[-1]
    return say(text, count=len(story.days), first=str(first), last=str(last))


def _trainee(story: PersonStory, say: Speech) -> Html:
    """Return one page in large type: how often, the best, the usual, the last."""
    told: list[str] = []
    if story.days:
        text = "You trained on {count} days in {weeks} weeks."
        told.append(say(text, count=len(story.days), weeks=len(story.weeks)))
    picture = Html()
    for drill, name in _newest(story):
        ones = story.ones[drill, name]
        told.append(_best_and_usual(story, drill, ones, say))
        first = like_the_last(ones)[:1] if len(ones) > 1 else []
        told.append(sentence(change(ones[-1], first, story.code, story.retests), say))
        picture = measure_plot(story, (drill, name), 1, say, csv=False)
    if not story.keys:
        told.append(say("Nothing was measured yet."))
    words = tag("div", *(tag("p", line) for line in told), class_="lead")
    return tag("section", words, picture, class_="sheet")


def _newest(story: PersonStory) -> list[tuple[str, str]]:
    """Return what the drill done last declared; else the first that was measured."""
    declared = [key for key in story.keys if key in story.primary]
    newest = sorted(declared, key=lambda key: story.ones[key][-1].day)
    return newest[-1:] or story.keys[:1]


def _best_and_usual(
    story: PersonStory, drill: str, ones: Sequence[One], say: Speech
) -> str:
    finding = ones[-1].finding
    name, unit = finding.measure, finding.unit
    top, usual = best(ones), typical(ones)
    places: dict[str, object] = {
        "drill": say(story.title(drill)),
        "measure": say.title(name),
        "last": say.quantity(name, ones[-1].value, unit),
        "usual": say.quantity(name, usual[1], unit),
    }
    text = "{drill}. {measure}: last time {last}, usually {usual}."
    if top is None:
        return say(text, **places)
    places |= {"best": say.quantity(name, top.value, unit), "day": top.day}
    return say(f"{text[:-1]}, at best {{best}} ({{day}}).", **places)


def _therapist(story: PersonStory, say: Speech) -> list[Html]:
    parts = [
        tag("h2", say("Attendance")),
        attendance_plot(story, say),
        tag("p", _attended(story, say)),
    ]
    pain = pain_plot(story, say)
    if pain:
        parts += [tag("h2", say("Pain")), pain]
    effort = effort_plot(story, say)
    if effort:
        parts += [tag("h2", say("Effort")), effort]
    parts.append(scores_part(story, say))
    parts += [tag("h2", say("Measures")), tag("p", say(_JUDGED), class_="note")]
    drawn = [key for key in story.keys if _drawn(story, key)][:PLOTS_MAX]
    for number, key in enumerate(drawn, 1):
        drill, name = key
        parts.append(tag("h3", f"{say(story.title(drill))}: {say.title(name)}"))
        parts.append(measure_plot(story, key, number, say))
    parts += [_table(story, say), sides_part(story, say)]
    if story.levels:
        parts += [tag("h2", say("Levels, and why they changed")), _levels(story, say)]
    return parts


_JUDGED = (
    "Only the measure that a drill declares in advance is judged. A band shows how far "
    "a value may be from the first like one by error alone; without a band the error "
    "is not known. Hollow: came about in another way than the newest."
)


def _drawn(story: PersonStory, key: tuple[str, str]) -> bool:
    return key in story.primary or is_usual(key[1], None)


def _attended(story: PersonStory, say: Speech) -> str:
    if not story.weeks:
        return say("No session yet.")
    done = sum(story.weeks.values())
    per_week = say.number(done / len(story.weeks), 2)
    places: dict[str, object] = {"done": per_week, "weeks": len(story.weeks)}
    if story.per_week is None:
        return say("{done} sessions a week over {weeks} weeks; no plan.", **places)
    share = say.number(100 * done / (story.per_week * len(story.weeks)), 2)
    places |= {"plan": f"{story.per_week:g}", "share": share}
    text = "{done} sessions a week over {weeks} weeks; planned {plan}: {share} %."
    return say(text, **places)


def _levels(story: PersonStory, say: Speech) -> Html:
    told = story.levels[-ROWS_MAX:]
    lines = [
        (
            tag("td", str(day), class_="day"),
            _about(story, one.about, say),
            say(str(one.what)),
            say(one.reason),
        )
        for day, one in told
    ]
    table = rows((say("Day"), say("Exercise"), say("What"), say("Why")), lines)
    left = len(story.levels) - len(told)
    more = say("{count} earlier ones: surefoot programme why --all", count=left)
    return joined(table, tag("p", more, class_="note")) if left else table


def _about(story: PersonStory, name: str, say: Speech) -> str:
    return say(story.exercises.get(name, name).capitalize())


def _table(story: PersonStory, say: Speech) -> Html:
    """Return first, last, usual and best of every measure."""
    head = (
        *(say("Drill"), say("Measure"), say("Sessions"), say("First"), say("Last")),
        *(say("Usual (middle half)"), say("Best"), say("Error"), say("First to last")),
    )
    lines = [_row(story, key, say) for key in story.keys]
    if not lines:
        return tag("p", say("Nothing was measured yet."))
    return tag("section", rows(head, lines), class_="landscape")


def _row(story: PersonStory, key: tuple[str, str], say: Speech) -> tuple[object, ...]:
    drill, name = key
    ones = story.ones[key]
    last, unit = ones[-1], ones[-1].finding.unit
    found = change(last, ones[:1] if len(ones) > 1 else (), story.code, story.retests)
    low, usual, high = (say.quantity(name, v, unit) for v in typical(ones))
    top = best(ones)
    error = error_told(found.error, last.finding, say)
    return (
        say(story.title(drill)),
        tag("span", say.title(name), title=direction(name, say)),
        len(ones),
        f"{say.quantity(name, ones[0].value, unit)} ({ones[0].day})",
        f"{say.quantity(name, last.value, unit)} ({last.day})",
        f"{usual} ({low} {say('to')} {high})",
        "\N{EN DASH}" if top is None else say.quantity(name, top.value, unit),
        error,
        _said(found, key in story.primary, say),
    )


def _said(found: Change, judged: bool, say: Speech) -> str:
    name, unit = found.now.finding.measure, found.now.finding.unit
    if found.verdict is Verdict.FIRST:
        return "\N{EN DASH}"
    if found.verdict is Verdict.UNLIKE:
        return say("not compared: {why}", why="; ".join(found.because))
    apart = say.quantity(name, found.difference, unit)
    if not judged:
        return apart
    words = {
        Verdict.BEYOND: "{apart}, beyond the error",
        Verdict.WITHIN: "{apart}, within the error: not a change",
        Verdict.UNKNOWN: "{apart}, error unknown: no verdict",
    }
    return say(words[found.verdict], apart=apart)
