"""A sheet for home: what is due, with pictures, large, and when to stop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from surefoot.report.page import Html, Page, joined, listed, tag
from surefoot.session.drill_shelf import picture_of
from surefoot.training.decision import What
from surefoot.training.pain import Felt
from surefoot.training.programme import after, fold, next_session, plan_day
from surefoot.training.programme.entries import CheckIn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from surefoot.report.speech import Speech
    from surefoot.training.programme import Entry, Item, Plan, Standing, Today

BOXES = "\N{BALLOT BOX}"
_TRAINS = frozenset({What.TRAIN, What.GENTLE, What.MAINTAIN})


def home_page(
    plan: Plan, entries: Sequence[Entry], day: date, code: str, say: Speech
) -> Page:
    """Return the sheet of the next session on or after a day.

    Which exercises are due depends on the answers about pain of that day. The sheet is
    for usual answers, and says so: with others it does not hold.

    Parameters
    ----------
    plan : Plan
        The plan.
    entries : sequence of Entry
        What is known, oldest first.
    day : date
        The first day it may be for.
    code : str
        Whose.
    say : Speech
        The language.
    """
    standing = fold(plan, entries)
    when, today = _due(plan, standing, max(day, standing.day or day))
    title = say("Sheet for home")
    text = "{code}, {day}, week {week}"
    about = say(text, code=code, day=str(when), week=today.week)
    parts = [tag("h1", title), tag("p", about, class_="soft")]
    if today.items:
        parts += [_first(say), _cards(today.items, say), _stops(today, say)]
    else:
        words = joined(say(str(today.decision.what)).capitalize(), ". ")
        parts.append(tag("p", words, say(today.decision.reason), class_="lead"))
    parts += [tag("p", _ask(say(ask.reason), say)) for ask in today.asks]
    return Page(title, (tag("section", *parts, class_="sheet"),))


def _due(plan: Plan, standing: Standing, day: date) -> tuple[date, Today]:
    """Return the next session, and what is due if the answers are as usual."""
    now = plan_day(plan, standing, day)
    if now.items or now.decision.what in {What.HELP_NOW, What.NO_TRAINING}:
        return day, now
    when = next_session(standing, day)
    planned = plan_day(plan, standing, when)
    if planned.items or planned.decision.what not in _TRAINS:
        return when, planned
    usual = standing.last.rest if standing.last is not None else 0
    answered = after(plan, standing, CheckIn(when, usual, Felt(usual)))
    return when, plan_day(plan, answered, when)


def _first(say: Speech) -> Html:
    text = (
        "First ask yourself: is the pain at rest, and in an easy movement, as usual? "
        "Is there nothing new in a leg? Only then does this sheet hold. Otherwise do "
        "not train today and ask your therapist."
    )
    return tag("p", say(text), class_="warn")


def _cards(items: Sequence[Item], say: Speech) -> Html:
    return tag("ol", *(tag("li", _card(item, say)) for item in items), class_="cards")


def _card(item: Item, say: Speech) -> Html:
    sets = item.feedback.pictures
    asks = listed(say(question) for question in item.ask_before)
    return joined(
        picture(item.drill or item.name),
        tag("h3", say(item.title)),
        tag("p", ", ".join(say(part) for part in item.how.split(", ")), class_="how"),
        tag("p", say(item.focus), class_="how"),
        tag("p", _sets(sets, say)),
        asks,
        tag("p", " ".join(BOXES for _ in sets), class_="boxes"),
    )


def _ask(reason: str, say: Speech) -> str:
    return say("Ask your therapist: {reason}", reason=reason)


def _sets(pictures: tuple[bool, ...], say: Speech) -> str:
    """Return how many sets, and in which nothing is shown."""
    blind = [str(n) for n, shown in enumerate(pictures, 1) if not shown]
    if not blind:
        return say("Sets: {count}.", count=len(pictures))
    text = "Sets: {count}. Without looking at a screen: set {which}."
    return say(text, count=len(pictures), which=", ".join(blind))


def picture(name: str) -> Html:
    """Return the picture of a drill; nothing where there is none."""
    svg = picture_of(name) if re.fullmatch(r"[a-z0-9-]+", name) else ""
    start = svg.find("<svg")
    return Html(svg[start:].strip()) if start >= 0 else Html()


def _stops(today: Today, say: Speech) -> Html:
    head = tag("h2", say("Stop at once"))
    told = listed(say(stop) for stop in today.stops)
    return joined(head, told)
