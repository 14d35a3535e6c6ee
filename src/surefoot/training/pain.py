"""The pain gates: asked before, after each block, at the end and next morning.

Answers are 0 (none) to 10. Rest pain is asked first, then movement pain. "Stretch, not
pain" is an answer of its own. There is one set of rules and no bolder one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What

if TYPE_CHECKING:
    from surefoot.training.progression_rules import Rules

WORST = 10


@dataclass(frozen=True, slots=True)
class Felt:
    """What was felt in a movement.

    Attributes
    ----------
    pain : int
        0 to 10; 0 when it was a stretch.
    sharp : bool
        It was sharp.
    stretch : bool
        "Stretch, not pain."
    leg : bool
        New leg pain, numbness or weakness.

    Raises
    ------
    ProgrammeError
        If the pain is not 0 to 10, or a stretch is told to hurt.
    """

    pain: int = 0
    sharp: bool = False
    stretch: bool = False
    leg: bool = False

    def __post_init__(self) -> None:
        check_pain(self.pain)
        if self.stretch and (self.pain or self.sharp):
            msg = "pain: expected a stretch or pain, got both: ask again which it was"
            raise ProgrammeError(msg)


def check_pain(pain: int) -> None:
    """Refuse an answer that is not 0 to 10.

    Raises
    ------
    ProgrammeError
        Telling the answer.
    """
    if not 0 <= pain <= WORST:
        msg = f"pain: expected 0 to {WORST}, got {pain}: ask again"
        raise ProgrammeError(msg)


def before_training(rules: Rules, rest: int, moved: Felt) -> Decision:
    """Return what today may be, from pain at rest and then in an easy movement.

    Parameters
    ----------
    rules : Rules
        ``pain.gentle_at`` and ``pain.rise`` are used.
    rest : int
        Pain at rest, 0 to 10, asked first.
    moved : Felt
        What an easy movement felt like, asked second.

    Returns
    -------
    Decision
        ``NO_TRAINING``, ``GENTLE`` or ``TRAIN``.
    """
    check_pain(rest)
    told = (Number("rest pain", rest, "of 10"), Number("moving", moved.pain, "of 10"))
    if moved.leg:
        reason = "New leg pain, numbness or weakness. Speak to your therapist first."
        return Decision(What.NO_TRAINING, "session", reason, told)
    if rest >= rules["pain.gentle_at"]:
        reason = "Pain at rest is high today. Your therapist may decide otherwise."
        return _decided(What.GENTLE, reason, told, rules, "pain.gentle_at")
    if _provoked(rules, rest, moved):
        reason = "An easy movement already hurts more than resting."
        return _decided(What.GENTLE, reason, told, rules, "pain.rise")
    reason = "Pain is no reason to do less today."
    return _decided(What.TRAIN, reason, told, rules, "pain.gentle_at", "pain.rise")


def after_block(rules: Rules, exercise: str, rest: int, felt: Felt) -> Decision:
    """Return how to go on after one exercise.

    Parameters
    ----------
    rules : Rules
        ``pain.rise`` is used.
    exercise : str
        The movement that is asked about.
    rest : int
        Today's pain at rest, 0 to 10.
    felt : Felt
        What was felt in it.

    Returns
    -------
    Decision
        ``END_SESSION``, ``END_DRILL`` or ``GO_ON``.
    """
    check_pain(rest)
    told = (Number("pain", felt.pain, "of 10"), Number("rest pain", rest, "of 10"))
    if felt.leg:
        reason = "New leg pain, numbness or weakness. Stop. Speak to your therapist."
        return Decision(What.END_SESSION, exercise, reason, told)
    if felt.sharp:
        reason = "It was sharp. Leave this one for today."
        return Decision(What.END_DRILL, exercise, reason, told)
    limit = rules.number("pain.rise")
    if _risen(rest, felt.pain, limit.value):
        reason = "It hurt more than resting does. Leave this one for today."
        return Decision(What.END_DRILL, exercise, reason, (*told, limit))
    reason = "A stretch is fine." if felt.stretch else "Pain is no reason to stop."
    return Decision(What.GO_ON, exercise, reason, (*told, limit))


def next_morning(rules: Rules, rest: int, pain: int) -> Decision:
    """Return what the morning after says of the last session.

    Parameters
    ----------
    rules : Rules
        ``pain.morning_rise`` is used.
    rest : int
        Pain at rest before that session, 0 to 10.
    pain : int
        Pain in the morning after it, 0 to 10.

    Returns
    -------
    Decision
        ``DOWN`` after a rise, else ``GO_ON``.
    """
    check_pain(rest)
    check_pain(pain)
    told = (
        Number("morning pain", pain, "of 10"),
        Number("rest pain before the session", rest, "of 10"),
        rules.number("pain.morning_rise"),
    )
    if _risen(rest, pain, rules["pain.morning_rise"]):
        reason = "More pain the morning after. The last session was too much."
        return Decision(What.DOWN, "session", reason, told)
    return Decision(What.GO_ON, "session", "The morning after was fine.", told)


def _provoked(rules: Rules, rest: int, felt: Felt) -> bool:
    return felt.sharp or _risen(rest, felt.pain, rules["pain.rise"])


def _risen(rest: int, pain: int, rise: float) -> bool:
    """Return whether pain rose; at the end of the scale its end is enough."""
    return pain >= min(WORST, rest + rise)


def _decided(
    what: What, reason: str, told: tuple[Number, ...], rules: Rules, *names: str
) -> Decision:
    return Decision(what, "session", reason, (*told, *rules.numbers(*names)))
