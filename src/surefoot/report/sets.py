"""What a sitting came to: each set with its score and rule, pain, effort, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surefoot.report.page import Html, joined, listed, rows, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.report.speech import Speech

    Told = Mapping[str, Any]

DASH = "\N{EN DASH}"
_ASKED = {
    "rest": "before, at rest",
    "moving": "before, in an easy movement",
    "after": "after the exercise",
}
_SIGNS = {
    "sharp": "it was sharp",
    "stretch": "stretch, not pain",
    "leg": "new in a leg",
    "painkillers": "painkillers were taken",
}
_INVALID = {
    "stepped": "took a step",
    "grabbed": "held on to something",
    "opened-eyes": "opened the eyes",
}


def sets_part(found: Told, say: Speech) -> Html:
    """Return the sets of a sitting and what was answered; nothing without any.

    Parameters
    ----------
    found : mapping
        As `surefoot.session.analysing.analyse` returns it.
    say : Speech
        The language.
    """
    sets: Sequence[Told] = found.get("sets") or ()
    answers = _answers(found, say)
    parts: list[Html] = []
    if sets:
        head = (
            *(say("Set"), say("Data"), say("Score"), say("What the score is")),
            say("Said of it"),
        )
        parts += [
            tag("h2", say("Sets")),
            rows(head, [_row(one, say) for one in sets]),
            tag("p", say(_ONE), class_="note"),
        ]
    if answers:
        parts += [tag("h2", say("Answers, and what followed")), listed(answers)]
    return joined(*parts) if parts else Html()


_ONE = (
    "A score is the share of what was asked that was kept. It comes from one measure; "
    "a set whose data are not good enough has none."
)


def score_told(one: Told, say: Speech) -> str:
    """Return what a set counts as: percent, a value, or a dash."""
    score: Told = one.get("score") or {}
    kept, value = score.get("kept"), score.get("value")
    told = DASH
    if value is not None and score["unit"] != "1":
        told = say.quantity(str(score["measure"]), value, str(score["unit"]))
    elif kept is not None:
        told = f"{100 * kept:.0f}\N{NO-BREAK SPACE}%"
    elif value is not None:
        told = say.quantity(str(score["measure"]), value, "1")
    if not one.get("invalid"):
        return told
    left_out = say("does not count")
    return left_out if told == DASH else f"{left_out} ({told})"


def pain_told(one: Told, say: Speech) -> str:
    """Return an answer about pain as it is read."""
    when = say(_ASKED.get(str(one.get("when")), str(one.get("when"))))
    told = say("pain {when}: {value} of 10", when=when, value=one.get("value"))
    return ", ".join([told, *(say(t) for s, t in _SIGNS.items() if one.get(s))])


def effort_told(one: Told, say: Speech) -> str:
    """Return how hard it was said to be."""
    return say("effort: {value} of 5", value=one.get("value"))


def decision_told(one: Told, say: Speech) -> str:
    """Return what was decided or allowed, with its reason."""
    kind = one.get("kind")
    if kind == "enabled":
        return say("allowed by the therapist: {note}", note=one.get("note"))
    if kind == "skipped":
        return say("set {n} was left out", n=one.get("set"))
    if kind == "resistance":
        return say("with: {what}", what=one.get("text"))
    reason = say(str(one.get("reason") or ""))
    return f"{say(str(one.get('what')))}: {reason}" if reason else say(str(one["what"]))


def _row(one: Told, say: Speech) -> tuple[object, ...]:
    score: Told = one.get("score") or {}
    place = say("Set {n} of {all}", n=one["set"], all=one["of"])
    stage = say(str(one["stage"])) if one.get("stage") else ""
    reasons = "; ".join(say(str(reason)) for reason in one["reasons"])
    grade = say(str(one["grade"]))
    rule = say(str(score.get("rule") or ""))
    why = score.get("reason") and not reasons
    return (
        f"{place}, {stage}" if stage else place,
        f"{grade} ({reasons})" if reasons else grade,
        tag("td", score_told(one, say), class_="value"),
        f"{rule} ({say(str(score['reason']))})" if why else rule,
        "; ".join(_beside(one, say)),
    )


def _beside(one: Told, say: Speech) -> list[str]:
    told: list[str] = []
    if one.get("invalid"):
        told.append(say(_INVALID.get(str(one["invalid"]), str(one["invalid"]))))
    if one.get("held_on"):
        told.append(say("held on"))
    if not one.get("picture", True):
        told.append(say("without a picture"))
    if one.get("resistance"):
        told.append(say("with: {what}", what=one["resistance"]))
    if one.get("second_task") is not None:
        told.append(say("second task: {n}", n=f"{one['second_task']:g}"))
    return told


def _answers(found: Told, say: Speech) -> list[str]:
    told = [(one["t"], pain_told(one, say)) for one in found.get("pain") or ()]
    told += [(one["t"], effort_told(one, say)) for one in found.get("effort") or ()]
    told += [
        (one["t"], decision_told(one, say)) for one in found.get("decisions") or ()
    ]
    lines = sorted(told, key=lambda one: float(one[0]))
    return [text[:1].upper() + text[1:] for _, text in lines]
