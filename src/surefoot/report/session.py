"""The report of one session: the trainee's page, the runs, and how it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surefoot.report.appendix import appendix, quality_part
from surefoot.report.change import (
    Change,
    Verdict,
    change,
    direction,
    error_told,
    ones_found,
    sentence,
)
from surefoot.report.events import happened
from surefoot.report.page import Html, Page, joined, listed, rows, tag
from surefoot.report.plots import (
    angle_plot,
    pair,
    phase_plot,
    plane_plot,
    repetition_plot,
    spectrum_plot,
    tilt_plot,
    time_plot,
)
from surefoot.report.sets import sets_part
from surefoot.report.values import flags_told, in_run, is_usual, usual_table
from surefoot.resources import intended_use

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.report.change import One
    from surefoot.report.known_error import Retest
    from surefoot.report.speech import Speech
    from surefoot.session.analysing import Examined, Interval

    Told = dict[str, Any]

NOT_SCORED = "not scored"
_BY_HAND = "no sensor: what was done is entered"
_NEAR = 0.5  # s; a measured interval and the run it is of begin this near


@dataclass(frozen=True, slots=True)
class Past:
    """What was known before a session.

    Attributes
    ----------
    ones : mapping of str to sequence of One
        Earlier values of the same drill by measure, oldest first.
    retests : sequence of Retest
        Own ones of everybody.
    """

    ones: Mapping[str, Sequence[One]]
    retests: Sequence[Retest] = ()


def session_page(examined: Examined, past: Past, say: Speech) -> Page:
    """Return the report of one recording.

    Parameters
    ----------
    examined : Examined
        The recording.
    past : Past
        What it is compared with.
    say : Speech
        The language.

    Returns
    -------
    Page
        The values are those of ``surefoot analyze``.
    """
    found = examined.found
    changes = _changes(examined, past)
    title = _title(examined, say)
    first = changes.get(str(found["primary"]))
    parts = [
        tag("h1", title),
        tag("p", _head(examined, say), class_="soft"),
        _trainee(examined, first, say),
        tag("h2", say("How good the data are")),
        quality_part(found, say),
        sets_part(found, say),
        *_runs(examined, say),
        _happened(examined, say),
        tag("h2", say("Since last time")),
        _since(changes, found["primary"], say),
        appendix(examined, say),
    ]
    return Page(title, tuple(parts), bool(found["quality"]["virtual"]))


def _title(examined: Examined, say: Speech) -> str:
    if examined.drill is not None:
        return say(examined.drill.title)
    return say("Recording without a drill")


def _head(examined: Examined, say: Speech) -> str:
    told = examined.header.session
    started = str(told.get("started") or "")[:16].replace("T", " ")
    who = examined.person or say("nobody named")
    started = say("{when} UTC", when=started) if started else say("when: not known")
    whose = say("trainee: {code}", code=who)
    return f"{started}; {whose}; {say('recording')} {str(examined.found['id'])[:8]}"


def _changes(examined: Examined, past: Past) -> dict[str, Change]:
    started = str(examined.header.session.get("started") or "")[:10]
    now = ones_found(examined.found, started)
    return {
        name: change(one, past.ones.get(name, ()), examined.person, past.retests)
        for name, one in now.items()
    }


def _trainee(examined: Examined, first: Change | None, say: Speech) -> Html:
    """Return the one paragraph for the trainee, in large type, a page of its own."""
    runs = examined.found["quality"]["runs"]
    scored = [run for run in runs if run["grade"] != NOT_SCORED]
    told = [_done(examined, runs, say), _data(runs, scored, say)]
    if first is not None and scored:
        told.append(_result(first, len(scored), say))
        told.append(sentence(first, say))
    elif examined.found["primary"] and scored:
        told.append(_kept(examined.found, str(examined.found["primary"]), say))
    share = next(
        (m for m in examined.found["measures"] if m["name"] == "time_in_zone"), None
    )
    if share is not None and scored and abs(share["t0"] - runs[0]["t0"]) < _NEAR:
        shown = say.quantity("time_in_zone", share["value"], share["unit"])
        text = "You were in the zone for {share} of the time of the first run."
        told.append(say(text, share=shown))
    ended = " ".join(line for line in told if line)
    drawn = [tilt_plot(run, 0, say, csv=False) for run in examined.intervals[-1:]]
    words = tag("div", tag("p", ended), class_="lead")
    if examined.drill is None:  # nobody was asked to do anything
        return words
    foot = tag("p", say(intended_use()), class_="soft paper")
    return tag("section", words, *drawn, foot, class_="sheet")


def _done(examined: Examined, runs: Sequence[Told], say: Speech) -> str:
    if examined.drill is None:
        return say("This is a recording without a drill.")
    title = say(examined.drill.title)
    if not runs:
        return say("You began “{title}” and made no run.", title=title)
    if len(runs) == 1:
        return say("You did “{title}” once.", title=title)
    return say("You did “{title}” {count} times.", title=title, count=len(runs))


def _data(runs: Sequence[Told], scored: Sequence[Told], say: Speech) -> str:
    if not runs:
        return say("There is nothing to score.")
    if not scored:
        if _by_hand(runs[-1]):
            return say("No sensor saw it; what was done is entered by hand.")
        why = "; ".join(say(reason) for reason in runs[-1]["reasons"])
        return say("It could not be scored: {why}.", why=why)
    if len(scored) < len(runs):
        text = "{good} of {count} runs could be scored."
        return say(text, good=len(scored), count=len(runs))
    if all(run["grade"] == "good" for run in runs):
        return say("The data are good.")
    reasons = dict.fromkeys(say(reason) for run in runs for reason in run["reasons"])
    return say("The data are fair: {why}.", why="; ".join(reasons))


def _by_hand(run: Told) -> bool:
    return _BY_HAND in run["reasons"]


def _kept(found: Told, name: str, say: Speech) -> str:
    """Tell the declared measure where it is made in the set only, and was kept."""
    kept = [one["score"] for one in found.get("sets", ()) if one["score"]]
    last = next((one for one in reversed(kept) if one["measure"] == name), None)
    title = say.title(name)
    if last is None or last["value"] is None:
        return say("{title}: not given, see the last part.", title=title)
    value = say.quantity(name, last["value"], last["unit"])
    return say("{title}: {value} in the last set.", title=title, value=value)


def _result(first: Change, scored: int, say: Speech) -> str:
    """Tell the primary measure, and of which runs it is: only like ones are a mean."""
    name, unit = first.now.finding.measure, first.now.finding.unit
    value = say.quantity(name, first.now.value, unit)
    title = say.title(name)
    if first.now.runs == 1:
        text = "{title}: {value}."
        if scored > 1:
            text = (
                "{title}: {value} in the last run; the others were done in another way."
            )
        return say(text, title=title, value=value)
    text = "{title}: {value}, the mean of {count} runs."
    if first.now.runs < scored:
        text = (
            "{title}: {value}, the mean of the {count} runs that were done like the "
            "last one."
        )
    return say(text, title=title, value=value, count=first.now.runs)


def _runs(examined: Examined, say: Speech) -> list[Html]:
    """Return each run: why it is not scored, or plots and measures."""
    parts: list[Html] = []
    left = list(examined.intervals)
    for number, run in enumerate(examined.found["quality"]["runs"], 1):
        parts.append(tag("h2", say("Run {number}", number=number)))
        reasons = "; ".join(say(reason) for reason in run["reasons"])
        told = say("Data: {grade}", grade=say(run["grade"]))
        parts.append(tag("p", f"{told} ({reasons})" if reasons else told))
        if run["held_on"]:
            parts.append(tag("p", say("Held on to something during the run.")))
        interval = _interval_of(run, left)
        if run["grade"] == NOT_SCORED or interval is None:
            parts.append(tag("p", _no_score(run, say), class_="warn"))
            continue
        left.remove(interval)
        parts += _drawn(examined, interval, number, run["grade"], say)
    if not examined.found["quality"]["runs"]:
        parts.append(tag("h2", say("Runs")))
        parts.append(tag("p", say("No run in this recording."), class_="warn"))
    return parts


def _interval_of(run: Told, left: Sequence[Interval]) -> Interval | None:
    """Return what was measured of a run; handling at its ends may be left out."""
    for interval in left:
        if abs(interval.start - run["t0"]) < _NEAR or not interval.drilled:
            return interval
    return None


def _no_score(run: Told, say: Speech) -> str:
    if run["grade"] != NOT_SCORED:
        return say("This run was left out afterwards, or has nothing to measure.")
    if _by_hand(run):
        return say("No sensor saw it; what was done is entered by hand.")
    return say("No score: too much of the data is missing or not to be trusted.")


def _drawn(
    examined: Examined, interval: Interval, number: int, grade: str, say: Speech
) -> list[Html]:
    found = examined.found
    measures = in_run(found, interval.start, interval.end)
    moved = interval.moved
    return [
        tilt_plot(interval, number, say),
        pair(plane_plot(interval, number, say), spectrum_plot(interval, number, say)),
        angle_plot(moved, number, say) if moved is not None else Html(),
        repetition_plot(moved, number, say) if moved is not None else Html(),
        phase_plot(measures, number, say),
        usual_table(found, measures, grade, say),
        *(tag("p", line, class_="note") for line in flags_told(measures, say)),
    ]


def _happened(examined: Examined, say: Speech) -> Html:
    drawn = time_plot(
        happened(examined, say), examined.intervals, examined.duration, say
    )
    return joined(tag("h2", say("What happened when")), drawn) if drawn else Html()


def _since(changes: Mapping[str, Change], primary: str | None, say: Speech) -> Html:
    """Return now and before; the primary measure alone carries a verdict."""
    order = sorted(changes, key=lambda name: name != primary)
    shown = [name for name in order if is_usual(name, primary)]
    if not any(changes[name].before for name in shown):
        return tag("p", say("There is no earlier session to compare with."))
    head = (
        *(say("Measure"), say("Now"), say("Before"), say("Difference")),
        *(say("Error of measurement"), say("Said of it")),
    )
    lines = [_change_row(changes[name], name == primary, say) for name in shown]
    text = (
        "Only the measure that the drill declares in advance is judged; the others are "
        "description. A difference within the error is not a change."
    )
    declared = changes.get(primary or "")
    told = [direction(primary or "", say)] if declared is not None else []
    beside = dict.fromkeys(note for name in shown for note in _beside(changes[name]))
    notes = (
        [tag("p", say("Said beside a comparison:"), class_="note")] if beside else []
    )
    return joined(
        tag("p", say(text), " ", *told),
        rows(head, lines),
        *notes,
        listed(beside, "note"),
    )


def _beside(told: Change) -> tuple[str, ...]:
    """Return what is said beside a comparison that may be made."""
    return () if told.verdict is Verdict.UNLIKE else told.because


def _change_row(told: Change, judged: bool, say: Speech) -> tuple[object, ...]:
    finding, before = told.now.finding, told.before
    name, unit = finding.measure, finding.unit
    now = _with_runs(told.now, say)
    if before is None:
        return (say.title(name), now, "\N{EN DASH}", "\N{EN DASH}", "", "")
    apart = "\N{EN DASH}"
    if told.verdict is not Verdict.UNLIKE:
        apart = say.quantity(name, told.difference, unit)
    error = error_told(told.error, finding, say)
    if told.verdict is Verdict.UNLIKE:
        verdict = say("not compared: {why}", why="; ".join(told.because))
    else:
        verdict = _verdict_word(told, say) if judged else say("description")
    earlier = f"{_with_runs(before, say)}, {before.day}"
    return (say.title(name), now, earlier, apart, error, verdict)


def _verdict_word(told: Change, say: Speech) -> str:
    words = {
        Verdict.BEYOND: "beyond the error",
        Verdict.WITHIN: "within the error: not a change",
        Verdict.UNKNOWN: "error unknown: no verdict",
    }
    return say(words[told.verdict])


def _with_runs(one: One, say: Speech) -> str:
    value = say.quantity(one.finding.measure, one.value, one.finding.unit)
    if one.runs == 1:
        return value
    return say("{value} (mean of {count} runs)", value=value, count=one.runs)
