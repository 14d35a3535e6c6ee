"""Sets over months: the score of each by its rule, and how hard it was said to be."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from surefoot.report.figure import INK, SOFT, drawing
from surefoot.report.months import RECENT, SIZE, turned
from surefoot.report.page import Html, csv_of, joined, plot, rows, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surefoot.archive import SetDone
    from surefoot.report.speech import Speech
    from surefoot.report.story import PersonStory

PLOTS_MAX = 4
"""So many drills are drawn, those with most sets; all are in the table."""
DASH = "\N{EN DASH}"


def scores_part(story: PersonStory, say: Speech) -> Html:
    """Return the scores of the sets of each drill; nothing without a sitting."""
    known = {drill: sets for drill, sets in story.sets.items() if sets}
    if not known:
        return Html()
    drawn = [drill for drill in known if any(_scored(known[drill]))]
    drawn.sort(key=lambda drill: (-len(known[drill]), drill))
    plots: list[Html] = []
    for number, drill in enumerate(drawn[:PLOTS_MAX], 1):
        plots.append(tag("h3", say(story.title(drill))))
        plots.append(_plot(story, drill, number, say))
    head = (
        *(say("Drill"), say("Sessions"), say("Sets"), say("Scored"), say("First")),
        *(say("Last"), say("Usual"), say("What the score is")),
    )
    lines = [_row(story, drill, say) for drill in sorted(known)]
    return joined(
        tag("h2", say("Scores of the sets")),
        *plots,
        rows(head, lines),
        tag("p", say(_SAID), class_="note"),
    )


_SAID = (
    "First and last: the middle set of that session. A score says what was kept of "
    "what was asked then; at another level the same score is another thing."
)


def effort_plot(story: PersonStory, say: Speech) -> Html:
    """Return how hard it was said to be; nothing where nobody was asked."""
    if not story.efforts:
        return Html()
    label = say("Effort, 1 to 5")
    with drawing("effort", (SIZE[0], 1.8), label, margins=True) as figure:
        axes = figure.axes
        days, told = zip(*story.efforts, strict=True)
        axes.plot(days, told, "o", mec=INK, mfc=SOFT, ms=4)
        axes.set_ylim(0.5, 5.5)
        axes.set_yticks(range(1, 6))
        axes.set_ylabel(label, fontsize=8)
        turned(axes)
    csv = csv_of(("day", "effort_1_to_5"), story.efforts)
    return plot(figure.svg, say("1 very easy, 5 very hard."), csv, "effort", say)


def _plot(story: PersonStory, drill: str, number: int, say: Speech) -> Html:
    sets = [one for one in story.sets[drill] if one.kept is not None and one.started]
    label = say("Score [%]")
    with drawing(f"scores{number}", (SIZE[0], 1.9), label, margins=True) as figure:
        axes = figure.axes
        for counts, fill in ((True, INK), (False, "white")):
            mine = [one for one in sets if counts is not bool(one.invalid)]
            where = [one.started for one in mine]
            what = [100 * (one.kept or 0.0) for one in mine]
            axes.plot(where, what, "o", mec=INK, mfc=fill, ms=4)
        axes.set_ylim(-5, 105)
        axes.set_ylabel(label, fontsize=8)
        _levels(axes, story, drill)
        turned(axes)
    told = (
        (_day(one), one.session, one.number, one.stage, one.kept, one.invalid)
        for one in sets
    )
    head = ("day", "session", "set", "stage", "score", "invalid")
    caption = say("A dot a set; hollow: it does not count. Dotted: the level changed.")
    return plot(figure.svg, caption, csv_of(head, list(told)), f"{drill}-scores", say)


def _levels(axes: Any, story: PersonStory, drill: str) -> None:
    from surefoot.training.decision import What

    mine = story.drills.get(drill, set())
    first = min(
        (s.started.date() for s in story.sets[drill] if s.started), default=None
    )
    for day, decision in story.levels:
        moved = decision.what in {What.UP, What.DOWN} and decision.about in mine
        if moved and first is not None and day >= first:
            axes.axvline(day, color=INK, ls=":", lw=1)


def _row(story: PersonStory, drill: str, say: Speech) -> tuple[object, ...]:
    sets = story.sets[drill]
    each = _by_session(sets)
    shares = [share for share in each if share is not None]
    rule = next((_rule(one) for one in reversed(sets) if _rule(one)), "")
    return (
        say(story.title(drill)),
        len(each),
        len(sets),
        len(list(_scored(sets))),
        _percent(shares[0] if shares else None),
        _percent(shares[-1] if shares else None),
        _percent(median(shares[-RECENT:]) if shares else None),
        say(rule),
    )


def _by_session(sets: Sequence[SetDone]) -> list[float | None]:
    """Return the middle score of each session, None where none was scored."""
    sessions = dict.fromkeys(one.session for one in sets)
    found: list[float | None] = []
    for number in sessions:
        mine = list(_scored(one for one in sets if one.session == number))
        found.append(median(mine) if mine else None)
    return found


def _scored(sets: Iterable[SetDone]) -> Iterable[float]:
    """Return the scores of the sets that count."""
    return (s.kept for s in sets if s.kept is not None and not s.invalid)


def _rule(one: SetDone) -> str:
    score: dict[str, Any] = one.told.get("score") or {}
    return str(score.get("rule") or "")


def _percent(share: float | None) -> str:
    return DASH if share is None else f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def _day(one: SetDone) -> str:
    return f"{one.started:%Y-%m-%d}" if one.started else ""
