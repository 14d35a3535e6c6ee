"""The questions about pain in one sitting, in their order, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, ProgrammeError, What
from surefoot.training.pain import Felt, after_block, before_training, check_pain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue
    from surefoot.training.agreed import Agreed
    from surefoot.training.progression_rules import Rules

AT_REST = "How much does it hurt now, at rest? 0 is nothing, 10 the worst."
MOVING = "Bend and turn a little. How much does that hurt? 0 to 10."
AFTER = "How much did it hurt in this exercise? 0 to 10."


@dataclass(slots=True)
class PainTalk:
    """Asks at rest, then moving, then after the exercise.

    Parameters
    ----------
    rules : Rules
        The limits.
    agreed : Agreed
        Tells whether rest pain was asked today already.
    """

    rules: Rules
    agreed: Agreed
    rest: int | None = None
    """Today's pain at rest."""
    answers: list[Felt] = field(default_factory=list[Felt])
    """Moving, then after the exercise."""

    def __post_init__(self) -> None:
        if self.rest is None:
            self.rest = self.agreed.rest_pain

    @property
    def asked_before(self) -> bool:
        """Whether nothing has to be asked before the exercise."""
        return self.agreed.rest_pain is not None

    @property
    def before(self) -> str:
        """The question that comes next before the exercise."""
        return AT_REST if self.rest is None else MOVING

    def answer_before(self, told: Mapping[str, JsonValue]) -> Decision | None:
        """Take an answer; return what today may be once both were given.

        Raises
        ------
        ProgrammeError
            If the answer is not one.
        """
        felt = felt_of(told)
        if self.rest is None:
            if felt.leg:
                self.rest = felt.pain
                return before_training(self.rules, felt.pain, felt)
            self.rest = felt.pain
            return None
        return before_training(self.rules, self.rest, felt)

    def answer_after(self, told: Mapping[str, JsonValue], exercise: str) -> Decision:
        """Take what was felt in the exercise; return how to go on.

        Raises
        ------
        ProgrammeError
            If the answer is not one.
        """
        felt = felt_of(told)
        self.answers.append(felt)
        return after_block(self.rules, exercise, self.rest or 0, felt)


def felt_of(told: Mapping[str, JsonValue]) -> Felt:
    """Return what a ``pain`` command tells.

    Raises
    ------
    ProgrammeError
        If it is not 0 to 10, or a stretch that hurts.
    """
    value = told.get("value")
    stretch = told.get("stretch") is True
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        msg = f"pain: expected 0 to 10, got {value!r}: ask again"
        raise ProgrammeError(msg)
    if value != int(value):
        msg = f"pain: expected a whole number, got {value:g}: ask again"
        raise ProgrammeError(msg)
    check_pain(int(value))
    return Felt(int(value), told.get("sharp") is True, stretch, told.get("leg") is True)


def may_train(decision: Decision, family: str) -> bool:
    """Return whether a drill of this family may go on after the first questions."""
    gentle = decision.what is What.GENTLE and family == "flexibility"
    return decision.what is What.TRAIN or gentle
