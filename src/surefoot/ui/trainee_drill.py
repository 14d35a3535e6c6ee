"""What a drill of any kind puts on the trainee's screen: which picture, which words."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.training import Grade, Phase
from surefoot.training.feedback_plan import NO_PICTURE, NO_PICTURE_CLOSED
from surefoot.training.pain_talk import AFTER, AT_REST, MOVING
from surefoot.ui.asking import answers, question_of
from surefoot.ui.language import say
from surefoot.ui.trainee_told import figure_of
from surefoot.ui.words import minutes

if TYPE_CHECKING:
    from surefoot.session.snapshot import Snapshot
    from surefoot.training.aim import Aim
    from surefoot.training.question import Question
    from surefoot.ui.asking import Entry
    from surefoot.ui.trainee_page import Page

ALL_DONE = "Well done. That is all for now."
EYES_CLOSED = "Eyes closed. Listen."
LOOK = "Look at the mark."
LISTEN = "Listen for the word."
GO_ALONG = "Go with the target"
NO_DOT = "No dot in this set. Go with the target."
STEP, STEP_NOW = "Step down", "Step down now"
GOOD, ON_TARGET = "IN THE RING", "ON TARGET"
AWAY = {
    "left": "TOO FAR LEFT",
    "right": "TOO FAR RIGHT",
    "front": "TOO FAR FORWARD",
    "back": "TOO FAR BACK",
}
_SHORT = {
    AT_REST: "Pain now, at rest? 0 none, 10 worst",
    MOVING: "Bend and turn. How much pain?",
    AFTER: "How much pain?",
}
"""The questions about pain where the answers need the room."""
_BRIEF = {
    "Begin when you are ready": "Begin when ready",
    "Move slowly, as far as it is free of pain": "Slowly, free of pain",
    "Go slowly to a gentle stretch": "To a gentle stretch",
    "Go to the mark and stay": "To the mark. Stay.",
    "Find it again and stay": "Find it. Stay.",
}
"""What is said in a moment, where there is room for one line."""
_GAUGED = frozenset({"stretch", "reposition"})
_LED = frozenset({"follow", "reach"})
_SILENT = frozenset({"stand", "land", "log"})
"""Tasks that never have a live picture."""
_RINGED = frozenset({"hold", "follow", "reach"})
_FINDING = frozenset({Phase.WAITING, Phase.STILL, Phase.BOW})
_PREPARING = frozenset({Phase.SUPPORT, Phase.READY})


def shows_ring(snapshot: Snapshot) -> bool:
    """Return whether the task is shown by a ring and a dot."""
    return snapshot.doing.task in _RINGED


def leads(snapshot: Snapshot) -> bool:
    """Return whether there are targets to go to, which must be seen to be met."""
    return snapshot.doing.task in _LED


def of_drill(made: Page, snapshot: Snapshot, entry: Entry) -> Page:
    """Return the page of a sitting with sets, or with a question that has answers.

    Parameters
    ----------
    made : Page
        As it is for any session.
    snapshot : Snapshot
        The newest picture.
    entry : Entry
        The answer that is being given.
    """
    asked = question_of(snapshot)
    if asked is not None:
        made = _asking(made, snapshot, asked, entry)
    if not snapshot.sets:
        return made
    if made.target and (snapshot.doing.signal != "tilt" or _goes(snapshot)):
        inside = ON_TARGET if snapshot.doing.task == "follow" else GOOD
        made = replace(made, sides={"": inside, **AWAY})
    if made.phase is Phase.RUN:
        return _running(made, snapshot)
    return _between(made, snapshot)


def _between(made: Page, snapshot: Snapshot) -> Page:
    """Return the page of what comes before, between and after the sets."""
    if made.phase in _PREPARING:
        made = replace(made, picture=snapshot.doing.name)
        asking = made.phase is Phase.SUPPORT  # there is room for one of them
        return made if asking else replace(made, title=set_title(snapshot))
    if made.phase is Phase.DONE:
        return _over(made, snapshot)
    if made.phase in _FINDING and snapshot.doing.signal != "tilt":
        return replace(made, picture=sensor_picture(snapshot))
    if made.phase is Phase.COUNTDOWN:
        return replace(made, title=_set_of(snapshot), note=_note(made, snapshot))
    if made.phase is Phase.REST:
        left = max(0, math.ceil((snapshot.countdown or 0.0) - 1e-9))
        return replace(made, number=f"{left}", unit="s")
    return made


def set_title(snapshot: Snapshot) -> str:
    """Return which set of how many it is, and the part's title."""
    if not snapshot.sets:
        return ""
    told = _set_of(snapshot)
    return f"{told}: {say(snapshot.stage)}" if snapshot.stage else told


def sensor_picture(snapshot: Snapshot) -> str:
    """Return the name of the picture that tells where the sensor is fixed."""
    if snapshot.doing.signal == "cop":  # a board with sensors of its own
        return snapshot.doing.name
    return f"sensor-{snapshot.doing.stream.partition('/')[0]}"


def _over(made: Page, snapshot: Snapshot) -> Page:
    """Return the last page: the sentence, and the number of the last set if it has one.

    Where there will be no further set for a reason, the reason stands alone.
    """
    result = snapshot.result
    if result is None or result.verdict.grade is Grade.NOT_SCORED:
        return made
    figure = figure_of(result)
    if made.sentence != ALL_DONE or not figure[0]:
        return made
    return replace(made, items=(("", made.sentence), figure))


def _goes(snapshot: Snapshot) -> bool:
    """Return whether the target is elsewhere than at level."""
    return snapshot.doing.extent > 0


def _set_of(snapshot: Snapshot) -> str:
    return say("Set {n} of {all}", n=snapshot.set_no, all=snapshot.sets)


def _note(made: Page, snapshot: Snapshot) -> str:
    """Return what else is to be known before a set."""
    if not snapshot.picture and leads(snapshot):
        return NO_DOT
    if not snapshot.picture and snapshot.doing.task not in _SILENT:
        return NO_PICTURE_CLOSED if snapshot.doing.closed else NO_PICTURE
    if snapshot.second:
        return snapshot.second
    if snapshot.doing.task == "stand":
        return EYES_CLOSED if snapshot.doing.closed else LOOK
    return "" if made.target else snapshot.stage or snapshot.focus


def _asking(made: Page, snapshot: Snapshot, asked: Question, entry: Entry) -> Page:
    entry.follow(snapshot)
    there = answers(snapshot)
    texts = tuple(choice.text for choice in there)
    chosen = {there[entry.mark].text} if entry.mark is not None else set[str]()
    chosen |= {choice.text for choice in there if choice.sign in entry.signs}
    sentence = _SHORT.get(asked.text, made.sentence)
    if snapshot.doing.refused:
        sentence = made.sentence
    if asked.kind == "number":
        return replace(made, figure=f"{entry.number(snapshot)}", sentence=sentence)
    return replace(made, answers=texts, chosen=frozenset(chosen), sentence=sentence)


def _running(made: Page, snapshot: Snapshot) -> Page:
    aim, doing = snapshot.aim, snapshot.doing
    if not snapshot.picture and doing.task not in _SILENT | _LED:
        told = EYES_CLOSED if doing.closed else LOOK
        if aim is not None and doing.task in _GAUGED:
            told = _BRIEF.get(aim.say, aim.say)
        made = replace(made, sentence=told, mark=not doing.closed, target=False)
        return _counted(made, aim) if aim is not None and aim.of else made
    if doing.task in _RINGED:
        return _ringed(made, snapshot, aim)
    if doing.task == "stand":
        told = EYES_CLOSED if doing.closed else LOOK
        share = f"{aim.done} errors" if aim is not None and aim.of else ""
        return replace(made, sentence=told, mark=not doing.closed, share=share)
    if doing.task == "land":
        return _cued(made, aim)
    if doing.task == "log":
        many = say("{n} times", n=doing.wanted) if doing.wanted else ""
        return replace(made, sentence=snapshot.focus, share=many)
    return _moving(made, snapshot, aim) if aim is not None else made


def _ringed(made: Page, snapshot: Snapshot, aim: Aim | None) -> Page:
    if not made.target or aim is None:
        return made
    if made.dotless:
        made = replace(made, sentence="", say=GO_ALONG, share="")
    if snapshot.second:
        made = replace(made, word=snapshot.second, share="", bar=None)
    if snapshot.doing.task != "reach":
        return made
    count = "" if made.dotless else f"{aim.done} {_of(aim.of)}"
    return replace(made, share=count, say=aim.say)


def _cued(made: Page, aim: Aim | None) -> Page:
    told = aim.say if aim is not None else LISTEN
    return replace(made, sentence="", cue=told, number="", unit="", bar=None, share="")


def _moving(made: Page, snapshot: Snapshot, aim: Aim) -> Page:
    made = _counted(made, aim)
    if snapshot.doing.task == "walk":
        return replace(
            made,
            sentence=aim.say,
            number="",
            unit="",
            figure=made.number,
            beside=made.unit,
        )
    if snapshot.hide_dot:
        return replace(made, sentence=aim.say)
    made = replace(made, sentence="", say=_BRIEF.get(aim.say, aim.say))
    if snapshot.doing.task in _GAUGED:
        return replace(made, gauge=True)
    return replace(made, movement=aim.movement)


def _of(many: int) -> str:
    return say("of {of}", of=many)


def _counted(made: Page, aim: Aim) -> Page:
    """Return the page with how many were done as its number, the time beside it."""
    left = f"{made.number} s" if made.number else ""
    if made.number.isdigit() and int(made.number) >= 60:
        left = minutes(int(made.number))
    return replace(made, number=f"{aim.done}", unit=_of(aim.of), share=left)
