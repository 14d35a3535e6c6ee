"""What a person answers around a set, and where that leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import Event
from surefoot.training.decision import ProgrammeError, What
from surefoot.training.phase import Phase
from surefoot.training.sitting import Sitting
from surefoot.training.support import resistance_refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue


class Answered(Sitting):
    """A sitting that takes the answers around its sets."""

    def _ask_support(self, t: float) -> list[Event]:
        """Ask what this set needs; nothing is remembered from the last one."""
        self.asked = 0
        if self.questions or self.forbidden:
            return self.to(Phase.SUPPORT, t)
        return self.to(Phase.READY, t)

    def _support(self, t: float, yes: JsonValue) -> list[Event]:
        if yes is not True:
            return [self.refuse(t, "no start without support in reach")]
        if self.forbidden:
            return [self.refuse(t, self.forbidden)]
        self.asked += 1
        ticked = Event(t, "support", {"question": self.questions[self.asked - 1]})
        if self.asked < len(self.questions):
            return [ticked]
        if self.drill.schema == 1:
            return self.to(Phase.READY, t)
        return [ticked, *self.to(Phase.READY, t)]

    def _after_run(self) -> Phase:
        if self.drill.held_on and self.drill.signal != "none":
            return Phase.HELD_ON
        return self._after_held_on

    @property
    def _after_held_on(self) -> Phase:
        """What was done without a sensor, or beside the drill, is asked."""
        second = self.drill.schema > 1 and self.drill.second is not None
        return Phase.ENTER if second or self.drill.signal == "none" else Phase.RESULT

    def _answer(self, t: float, yes: JsonValue) -> list[Event]:
        if not isinstance(yes, bool):
            return [self.refuse(t, "held on: say yes or no")]
        self.held_on = yes
        told = Event(t, "held-on", {"yes": yes})
        if self._after_held_on is Phase.ENTER:
            return [told, *self.to(Phase.ENTER, t)]
        return [told, *self._result(t)]

    def _enter(self, t: float, value: JsonValue) -> list[Event]:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
            return [self.refuse(t, "say how many, 0 or more")]
        self.entered = float(value)
        return [Event(t, "done", {"value": value}), *self._result(t)]

    def _result(self, t: float) -> list[Event]:
        self.result_at = t
        return self.to(Phase.RESULT, t)

    def _pain_after(self, t: float, told: Mapping[str, JsonValue]) -> list[Event]:
        talk = self.talk
        if talk is None:
            return []
        try:
            decision = talk.answer_after(told, self.drill.name)
        except ProgrammeError as error:
            return [self.refuse(t, str(error))]
        if decision.what is not What.GO_ON:
            self.over = decision.reason
        felt = Event(t, "pain", pain_of(told, "after"))
        decided = Event(t, "decision", decision_of(decision.what, decision.reason))
        return [felt, decided, *self.to(Phase.EFFORT, t)]

    def _effort(self, t: float, value: JsonValue) -> list[Event]:
        if isinstance(value, bool) or value not in {1, 2, 3, 4, 5}:
            return [self.refuse(t, "how hard was it: say 1 to 5")]
        return [Event(t, "effort", {"value": value}), *self.to(Phase.DONE, t)]

    def _resist(self, t: float, text: str) -> list[Event]:
        why = resistance_refused(self.set.stage, self.resistance, text)
        if why:
            return [self.refuse(t, why)]
        self.resistance = text
        told = Event(t, "resistance", {"text": text})
        return [told, *self._nothing_left_to_ask(t)]

    def _nothing_left_to_ask(self, t: float) -> list[Event]:
        """Go on where only the therapist's word was waited for."""
        waits = self.phase is Phase.SUPPORT and self.drill.schema > 1
        if not waits or self.questions or self.forbidden:
            return []
        return self.to(Phase.READY, t)


def decision_of(what: What, reason: str) -> dict[str, JsonValue]:
    """Return a decision as an event tells it."""
    return {"what": what.value, "reason": reason}


def pain_of(told: Mapping[str, JsonValue], when: str) -> dict[str, JsonValue]:
    """Return an answer about pain as an event tells it."""
    signs = ("sharp", "stretch", "leg", "painkillers")
    given: dict[str, JsonValue] = {k: True for k in signs if told.get(k) is True}
    return {"when": when, "value": told.get("value"), **given}
