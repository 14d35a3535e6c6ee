"""Where one sitting with a drill stands, and what that means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from surefoot.core import Event
from surefoot.training.agreed import Agreed
from surefoot.training.decision import What
from surefoot.training.pain_talk import PainTalk
from surefoot.training.phase import Phase
from surefoot.training.sets import Set, sets_of
from surefoot.training.support import IN_REACH, Ticks, may_start, questions_of

if TYPE_CHECKING:
    from surefoot.training.drill import Drill
    from surefoot.training.progression_rules import Rules


@dataclass(slots=True)
class Sitting:
    """The state of one sitting; `surefoot.training.trial.Trial` changes it.

    Parameters
    ----------
    drill : Drill
        What is done.
    needs_level : bool
        Whether it has to be found out first how the sensor sits.
    rules : Rules or None
        The limits of pain; None asks nothing about pain.
    agreed : Agreed
        What was told before.
    """

    drill: Drill
    needs_level: bool = True
    rules: Rules | None = None
    agreed: Agreed = field(default_factory=Agreed)
    phase: Phase = Phase.WAITING
    start: float = 0.0
    """Start of the run [s], known from the countdown on."""
    ended: str = ""
    """Why the last run ended."""
    invalid: str = ""
    """Why the last set of a test does not count."""
    held_on: bool | None = None
    refused: str = ""
    """Why the last request was not followed, in words."""
    count: int = 0
    """Runs begun."""
    seed: int = 0
    """Everything random of the set comes from it."""
    resistance: str = ""
    """What was used, in words."""
    entered: float | None = None
    """How many were done, of a drill without a sensor."""
    over: str = ""
    """Why there will be no further set, in words."""
    sets: tuple[Set, ...] = ()
    index: int = 0
    """Which of the sets is next, or under way."""
    asked: int = 0
    """How many of the questions before this set were answered."""
    enabled: bool = False
    may_enable: bool = False
    """Whether the therapist may decide otherwise about what ended it."""
    talk: PainTalk | None = None
    refused_at: float = 0.0
    """When that was said [s]."""
    result_at: float = 0.0
    """When the last set was over [s]."""

    def __post_init__(self) -> None:
        self.sets = sets_of(self.drill, self.agreed)
        self.enabled = self.agreed.enabled
        if self.rules is not None and self.drill.schema > 1:
            self.talk = PainTalk(self.rules, self.agreed)

    @property
    def set(self) -> Set:
        """The set that is next, under way or just over."""
        return self.sets[min(self.index, len(self.sets) - 1)]

    @property
    def end(self) -> float:
        """Planned end of the run [s]."""
        one = self.drill.schema == 1
        return self.start + (self.drill.duration if one else self.set.stage.duration)

    @property
    def picture(self) -> bool:
        """Whether the set has a live picture."""
        return self.drill.schema == 1 or self.set.picture

    @property
    def under_way(self) -> bool:
        """Whether a countdown or a run is going on."""
        return self.phase in {Phase.COUNTDOWN, Phase.RUN}

    @property
    def rest_end(self) -> float:
        """When the rest is over [s]."""
        return self.result_at + self.set.stage.rest

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked before this set."""
        if self.drill.schema == 1:
            return (IN_REACH,)
        return questions_of(self.set.stage)

    @property
    def forbidden(self) -> str:
        """Why the set is not for this person, in words; or nothing."""
        if self.drill.schema == 1:
            return ""
        position = dict(self.set.stage.position)
        if self.resistance:
            position["resistance"] = self.resistance
        everything = Ticks(in_reach=True, second_person=True, ball=True)
        decision = may_start(position, everything, enabled=self.enabled)
        return decision.reason if decision.what is What.CLOSED else ""

    def refuse(self, t: float, why: str) -> Event:
        """Show and record why something asked for did not happen."""
        self.refused = why
        self.refused_at = t
        return Event(t, "refused", {"why": why})

    def to(self, phase: Phase, t: float) -> list[Event]:
        """Go to a phase."""
        self.refused = ""  # what was refused before is over
        self.phase = phase
        if phase is Phase.RESULT:
            self.result_at = t
        return [Event(t, "phase", {"phase": phase.value})]
