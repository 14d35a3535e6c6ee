"""One sitting with a drill as a state machine: what is asked, allowed, decided when.

It sees commands, ticks and findings, never samples; what it decides comes back as
events. Nothing here looks at a clock: every call says what time it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import Event
from surefoot.training.answered import Answered, decision_of, pain_of
from surefoot.training.decision import ProgrammeError, What
from surefoot.training.pain_talk import may_train
from surefoot.training.phase import Phase
from surefoot.training.sets import after_full_time
from surefoot.training.task import Stand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue

GRACE = 0.3  # s; samples of the run still under way when it ends arrive within this
SILENCE = 1.0  # s without a packet of a needed sensor ends a trial
SAID = 3.0  # s that a refusal stays on the screen while somebody stands on the board
TIPPED = 2.0  # deg towards the first edge before "did the dot go there?" may be a yes
SUMMARY = 5.0  # s that a result is shown before the rest is counted down

_AGAIN = frozenset({Phase.RESULT, Phase.REST})
_SKIP = _AGAIN | {Phase.SUPPORT, Phase.READY}
_PREPARING = frozenset(
    {
        Phase.LEVEL_FIRST,
        Phase.LEVEL_SECOND,
        Phase.DIRECTION,
        Phase.STILL,
        Phase.BOW,
    }
)
_ASKED_LATER = frozenset({Phase.WAITING, Phase.PAIN_BEFORE})
_ASKED_NOW = frozenset(
    {Phase.HELD_ON, Phase.ENTER, Phase.PAIN_AFTER, Phase.EFFORT, Phase.DONE}
)
_HURT = "It hurt. This exercise is over for today."
_GENTLE = "Today is for comfortable flexibility only."


class Trial(Answered):
    """One drill with one person, from the first question to the last set."""

    def watch(self, t: float) -> None:
        """Run from now on without being asked: nothing is drilled, all is kept."""
        self.start = t
        self.count += 1
        self.phase = Phase.RUN

    def streaming(self, t: float) -> list[Event]:
        """Take note that every needed sensor streams."""
        if self.phase is not Phase.WAITING:
            return []
        if self.talk is not None and not self.talk.asked_before:
            return self.to(Phase.PAIN_BEFORE, t)
        if self.agreed.gentle and self.drill.family != "flexibility":
            self.may_enable = True
            return self._stay_away(_GENTLE, t)
        return self._prepare(t)

    def edge_found(self, t: float) -> list[Event]:
        """Take note that what was asked for was found: an edge, stillness, a bow."""
        if self.phase not in _PREPARING:
            return []  # it was looked for before something ended that
        following = {
            Phase.LEVEL_FIRST: Phase.LEVEL_SECOND,
            Phase.LEVEL_SECOND: Phase.DIRECTION,
        }
        if self.phase is Phase.STILL and self.drill.signal == "lean":
            return self.to(Phase.BOW, t)
        after = following.get(self.phase)
        return self.to(after, t) if after else self._next_set(t)

    def level_failed(self, t: float, why: str) -> list[Event]:
        """Begin levelling anew, saying why."""
        if self.phase not in _PREPARING:
            return []
        events = self._prepare(t)
        return [*events, self.refuse(t, why)]

    def command(
        self, t: float, told: Mapping[str, JsonValue], tilt_deg: float | None
    ) -> list[Event]:
        """Follow what a person asked for, or say why not.

        Parameters
        ----------
        t : float
            Now [s].
        told : mapping
            ``do`` and its arguments, as in `COMMANDS`.
        tilt_deg : float or None
            The board's tilt in the drill's axis, towards the second edge positive.
        """
        self.refused = ""
        do = str(told.get("do"))
        yes = told.get("yes")
        if do == "stop":
            return self._stop(t, str(told.get("why", "key")))
        if do == "relevel" and self._may_prepare:
            return self._prepare_again(t)
        answers = {
            ("direction", Phase.DIRECTION): lambda: self._direction(t, yes, tilt_deg),
            ("support", Phase.SUPPORT): lambda: self._support(t, yes),
            ("start", Phase.READY): lambda: self._begin(t, told.get("seed")),
            ("held-on", Phase.HELD_ON): lambda: self._answer(t, yes),
            ("done", Phase.ENTER): lambda: self._enter(t, told.get("value")),
            ("pain", Phase.PAIN_BEFORE): lambda: self._pain_before(t, told),
            ("pain", Phase.PAIN_AFTER): lambda: self._pain_after(t, told),
            ("effort", Phase.EFFORT): lambda: self._effort(t, told.get("value")),
            ("again", Phase.DONE): lambda: self._anew(t),
        }
        answer = answers.get((do, self.phase))
        return self._free(t, do, told) if answer is None else answer()

    def say(self, t: float, why: str) -> Event:
        """Show and record why something asked for did not happen."""
        return self.refuse(t, why)

    def tick(self, t: float) -> list[Event]:
        """Let time pass."""
        if self.under_way and t - self.refused_at > SAID:
            self.refused = ""
        if self.phase is Phase.COUNTDOWN and t >= self.start:
            return self.to(Phase.RUN, t)
        if self.phase is Phase.RUN and t >= self.end + GRACE:
            return self.finish(t, "time")
        if self.drill.schema > 1:
            return self._pass(t)
        return []

    def finish(self, t: float, why: str) -> list[Event]:
        """End the countdown or the run: time, stepped off, stopped or sensor lost."""
        if self.phase is Phase.COUNTDOWN:
            stopped = Event(t, "countdown-stopped", {"why": why})
            if why == "pain" and self.talk is not None:
                self.over = _HURT
                return [stopped, *self.to(Phase.PAIN_AFTER, t)]
            return [*self._ask_support(t), stopped]
        if self.phase is not Phase.RUN:
            return []
        self.ended = why
        self.held_on = None
        self.result_at = t
        if why == "pain" and self.talk is not None:
            self.over = _HURT
        ended = Event(t, "run-end", {"why": why, "run": self.count})
        return [ended, *self.to(self._after_run(), t)]

    # ---- before the first set ----

    def _prepare(self, t: float) -> list[Event]:
        """Find out how the sensor sits, if need be."""
        first = {"tilt": Phase.LEVEL_FIRST, "none": None}
        phase = first.get(self.drill.signal, Phase.STILL)
        if not self.needs_level or phase is None:
            return self._next_set(t)
        return self.to(phase, t)

    @property
    def _may_prepare(self) -> bool:
        """Whether it may be found out again how the sensor sits."""
        if self.drill.schema == 1:
            return not self.under_way and self.phase is not Phase.WAITING
        over = self.phase is Phase.DONE and not self.over
        return over or self.phase in _PREPARING | _SKIP

    def _prepare_again(self, t: float) -> list[Event]:
        """Find it out again; no question before or after is passed over by that."""
        if self.drill.schema == 1:
            return self._prepare(t)
        if self.phase is Phase.DONE:
            self.index = 0
        if self.phase is Phase.RESULT:
            if self.over or self.index + 1 >= len(self.sets):
                return self._go_on(t, at_once=True)
            self.index += 1
        return self._prepare(t)

    def _direction(
        self, t: float, yes: JsonValue, tilt_deg: float | None
    ) -> list[Event]:
        side = self.drill.edges[0]
        if yes is not True:
            why = f"the dot went the wrong way: rest the board on its {side} edge first"
            return self.level_failed(t, why)
        if tilt_deg is None or tilt_deg > -TIPPED:
            return [self.refuse(t, f"tip the board further to the {side}")]
        return self._next_set(t)

    def _pain_before(self, t: float, told: Mapping[str, JsonValue]) -> list[Event]:
        talk = self.talk
        if talk is None:
            return []
        when = "rest" if talk.rest is None else "moving"
        try:
            decision = talk.answer_before(told)
        except ProgrammeError as error:
            return [self.refuse(t, str(error))]
        felt = Event(t, "pain", pain_of(told, when))
        if decision is None:
            return [felt, Event(t, "phase", {"phase": self.phase.value})]
        decided = Event(t, "decision", decision_of(decision.what, decision.reason))
        if may_train(decision, self.drill.family):
            if self.agreed.gentle and self.drill.family != "flexibility":
                self.may_enable = True
                return [felt, decided, *self._stay_away(_GENTLE, t)]
            return [felt, decided, *self._prepare(t)]
        self.may_enable = decision.what is What.GENTLE
        return [felt, decided, *self._stay_away(decision.reason, t)]

    def _stay_away(self, why: str, t: float) -> list[Event]:
        self.over = why
        return self.to(Phase.DONE, t)

    # ---- one set after the other ----

    def _next_set(self, t: float) -> list[Event]:
        return self._ask_support(t)

    def _begin(self, t: float, seed: JsonValue) -> list[Event]:
        self.start = t + self.drill.countdown
        self.ended = self.invalid = ""
        self.held_on = None
        self.entered = None
        self.seed = seed if isinstance(seed, int) else 0
        self.count += 1
        events = self.to(Phase.COUNTDOWN, t)
        if self.drill.schema == 1:
            return events
        now = self.set
        told: dict[str, JsonValue] = {
            "set": self.index + 1,
            "of": len(self.sets),
            "stage": now.stage.title,
            "picture": now.picture,
            "vision": dict(now.stage.position).get("vision", ""),
            "countdown": self.drill.countdown,
            "seed": self.seed,
            "resistance": self.resistance,
        }
        return [Event(t, "set", told), *events]

    def _pass(self, t: float) -> list[Event]:
        """Go on from a result that was seen, and from a rest that is over."""
        if self.phase is Phase.RESULT and t >= self.result_at + SUMMARY:
            return self._go_on(t, at_once=False)
        if self.phase is Phase.REST and t >= self.rest_end:
            return self._ask_support(t)
        return []

    def _go_on(self, t: float, *, at_once: bool) -> list[Event]:
        """Leave the result for the next set, or for the last questions."""
        index = self.index + 1
        task = self.set.stage.task
        whole = self.ended == "time" and not self.invalid
        if isinstance(task, Stand) and task.best and whole:
            index = after_full_time(self.sets, self.index)
        if self.over or index >= len(self.sets):
            return self.to(Phase.PAIN_AFTER if self.talk else Phase.EFFORT, t)
        if at_once or self.set.stage.rest <= t - self.result_at:
            self.index = index
            return self._ask_support(t)
        events = self.to(Phase.REST, t)
        # the rest that counts is that of the set which was done
        self.result_at += self.set.stage.rest - self.sets[index].stage.rest
        self.index = index
        return events

    def _anew(self, t: float) -> list[Event]:
        if self.over:
            return [self.refuse(t, self.over)]
        self.index = 0
        return self._ask_support(t)

    # ---- at any time ----

    def _free(self, t: float, do: str, told: Mapping[str, JsonValue]) -> list[Event]:
        """Follow what may be asked in more than one phase."""
        if do == "again" and self.phase in _AGAIN:
            if self.drill.schema == 1:
                return self.to(Phase.SUPPORT, t)
            resting = self.phase is Phase.REST
            return self._ask_support(t) if resting else self._go_on(t, at_once=True)
        if do == "skip" and self.phase in _SKIP and self.drill.schema > 1:
            return self._skip(t)
        if do == "invalid" and self.drill.is_test and self.count:
            return self._void(t, str(told.get("why", "")))
        if do == "enable" and str(told.get("note", "")).strip():
            return self._enable(t, str(told["note"]))
        if do == "resistance" and not self.under_way:
            return self._resist(t, str(told.get("text", "")).strip())
        return [self.refuse(t, f"{do}: not now")]

    def _skip(self, t: float) -> list[Event]:
        index = self.index + (self.phase is Phase.RESULT)
        if self.over or index >= len(self.sets):
            return self._go_on(t, at_once=True)
        left_out = Event(t, "skipped", {"set": index + 1})
        self.index = index + 1
        if self.index >= len(self.sets):
            self.index = len(self.sets) - 1
            last = Phase.PAIN_AFTER if self.talk else Phase.EFFORT
            return [left_out, *self.to(last, t)]
        return [left_out, *self._ask_support(t)]

    def _void(self, t: float, why: str) -> list[Event]:
        self.invalid = why or "not valid"
        told = Event(t, "invalid", {"why": self.invalid, "run": self.count})
        return [told, *(self.finish(t, "invalid") if self.under_way else [])]

    def _enable(self, t: float, note: str) -> list[Event]:
        told = Event(t, "enabled", {"note": note})
        if self.phase is Phase.DONE and self.may_enable:
            self.over, self.may_enable = "", False
            return [told, *self._prepare(t)]
        self.enabled = True
        return [told, *self._nothing_left_to_ask(t)]

    def _stop(self, t: float, why: str) -> list[Event]:
        if self.under_way:
            return self.finish(t, why)
        stopped = Event(t, "stop", {"why": why})
        if why != "pain" or self.talk is None or self.phase in _ASKED_LATER:
            return [stopped]
        self.over = self.over or _HURT
        if self.phase in _ASKED_NOW:
            return [stopped]
        return [stopped, *self.to(Phase.PAIN_AFTER, t)]
