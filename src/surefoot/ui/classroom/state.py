"""How a trainee of a class is doing, in one or two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training import Phase

if TYPE_CHECKING:
    from surefoot.session.group import Seen

_WORDS = {
    Phase.WAITING: "Waiting",
    Phase.SUPPORT: "Support?",
    Phase.READY: "Ready",
    Phase.COUNTDOWN: "Starting",
    Phase.RUN: "Running",
    Phase.RESULT: "Result",
}
_LATER = {
    "rest": "Rest",
    "done": "Done",
    "level-first": "Levelling",
    "level-second": "Levelling",
    "direction": "Checking",
    "still": "Stand still",
    "bow": "Lean forward",
}
"""Steps of a sitting by name: not every drill has them."""


def state_of(seen: Seen) -> tuple[str, bool]:
    """Return the words for a trainee, and whether somebody has to look after it.

    A sensor that is lost comes first, then what is wrong with the recording; a question
    that is open is called one.

    Parameters
    ----------
    seen : Seen
        One trainee at one instant.
    """
    picture = seen.picture
    if picture is None or seen.fault:
        return "Picture stopped", True
    if seen.lost:
        return "Sensor lost", True
    if picture.tape is not None and picture.tape.error:
        return "Not recorded", True
    if picture.faults:
        return "A part stopped", True
    phase = picture.phase
    return _WORDS.get(phase) or _LATER.get(str(phase), "Question"), False
