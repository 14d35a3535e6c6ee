"""The trial of one drill as a state machine: what is asked, allowed and decided when.

It sees commands, ticks and findings, never samples; what it decides comes back as
events. Nothing here looks at a clock: every call says what time it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import Event
from surefoot.training.phase import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue
    from surefoot.training.drill import Drill

GRACE = 0.3  # s; samples of the run still under way when it ends arrive within this
SILENCE = 1.0  # s without a packet of a needed sensor ends a trial
SAID = 3.0  # s that a refusal stays on the screen while somebody stands on the board
TIPPED = 2.0  # deg towards the first edge before "did the dot go there?" may be a yes


@dataclass(slots=True)
class Trial:
    """One drill with one person, from levelling to the result, as often as wanted.

    Parameters
    ----------
    drill : Drill
        What is done.
    needs_level : bool
        Whether the board has to be levelled before the first run.
    """

    drill: Drill
    needs_level: bool = True
    phase: Phase = Phase.WAITING
    start: float = 0.0
    """Start of the run [s], known from the countdown on."""
    ended: str = ""
    """Why the last run ended."""
    held_on: bool | None = None
    refused: str = ""
    """Why the last request was not followed, in words."""
    count: int = 0
    """Runs begun."""
    _refused_at: float = 0.0

    @property
    def end(self) -> float:
        """Planned end of the run [s]."""
        return self.start + self.drill.duration

    @property
    def under_way(self) -> bool:
        """Whether a countdown or a run is going on."""
        return self.phase in {Phase.COUNTDOWN, Phase.RUN}

    def watch(self, t: float) -> None:
        """Run from now on without being asked: nothing is drilled, all is kept."""
        self.start = t
        self.count += 1
        self.phase = Phase.RUN

    def streaming(self, t: float) -> list[Event]:
        """Take note that every needed sensor streams."""
        if self.phase is not Phase.WAITING:
            return []
        return self._to(Phase.LEVEL_FIRST if self.needs_level else Phase.SUPPORT, t)

    def edge_found(self, t: float) -> list[Event]:
        """Take note that the board was at rest on the edge that was asked for."""
        if self.phase is Phase.LEVEL_FIRST:
            return self._to(Phase.LEVEL_SECOND, t)
        return self._to(Phase.DIRECTION, t)

    def level_failed(self, t: float, why: str) -> list[Event]:
        """Begin levelling anew, saying why."""
        events = self._to(Phase.LEVEL_FIRST, t)
        return [*events, self._refuse(t, why)]

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
        do = told.get("do")
        yes = told.get("yes")
        if do == "stop":
            return self._stop(t, str(told.get("why", "key")))
        if do == "relevel" and not self.under_way and self.phase is not Phase.WAITING:
            return self._to(Phase.LEVEL_FIRST, t)
        answers = {
            ("direction", Phase.DIRECTION): lambda: self._direction(t, yes, tilt_deg),
            ("support", Phase.SUPPORT): lambda: self._support(t, yes),
            ("start", Phase.READY): lambda: self._begin(t),
            ("held-on", Phase.HELD_ON): lambda: self._answer(t, yes),
            ("again", Phase.RESULT): lambda: self._to(Phase.SUPPORT, t),
        }
        answer = answers.get((str(do), self.phase))
        if answer is None:
            return [self._refuse(t, f"{do}: not now")]
        return answer()

    def say(self, t: float, why: str) -> Event:
        """Show and record why something asked for did not happen."""
        return self._refuse(t, why)

    def tick(self, t: float) -> list[Event]:
        """Let time pass."""
        if self.under_way and t - self._refused_at > SAID:
            self.refused = ""
        if self.phase is Phase.COUNTDOWN and t >= self.start:
            return self._to(Phase.RUN, t)
        if self.phase is Phase.RUN and t >= self.end + GRACE:
            return self.finish(t, "time")
        return []

    def finish(self, t: float, why: str) -> list[Event]:
        """End the countdown or the run: time, stepped off, stopped or sensor lost."""
        if self.phase is Phase.COUNTDOWN:
            events = self._to(Phase.SUPPORT, t)
            return [*events, Event(t, "countdown-stopped", {"why": why})]
        if self.phase is not Phase.RUN:
            return []
        self.ended = why
        self.held_on = None
        ended = Event(t, "run-end", {"why": why, "run": self.count})
        return [ended, *self._to(Phase.HELD_ON, t)]

    def _stop(self, t: float, why: str) -> list[Event]:
        if self.under_way:
            return self.finish(t, why)
        return [Event(t, "stop", {"why": why})]

    def _direction(
        self, t: float, yes: JsonValue, tilt_deg: float | None
    ) -> list[Event]:
        side = self.drill.edges[0]
        if yes is not True:
            why = f"the dot went the wrong way: rest the board on its {side} edge first"
            return self.level_failed(t, why)
        if tilt_deg is None or tilt_deg > -TIPPED:
            return [self._refuse(t, f"tip the board further to the {side}")]
        return self._to(Phase.SUPPORT, t)

    def _support(self, t: float, yes: JsonValue) -> list[Event]:
        if yes is not True:
            return [self._refuse(t, "no start without support in reach")]
        return self._to(Phase.READY, t)

    def _begin(self, t: float) -> list[Event]:
        self.start = t + self.drill.countdown
        self.ended = ""
        self.held_on = None
        self.count += 1
        return self._to(Phase.COUNTDOWN, t)

    def _answer(self, t: float, yes: JsonValue) -> list[Event]:
        if not isinstance(yes, bool):
            return [self._refuse(t, "held on: say yes or no")]
        self.held_on = yes
        return [Event(t, "held-on", {"yes": yes}), *self._to(Phase.RESULT, t)]

    def _refuse(self, t: float, why: str) -> Event:
        self.refused = why
        self._refused_at = t
        return Event(t, "refused", {"why": why})

    def _to(self, phase: Phase, t: float) -> list[Event]:
        self.refused = ""  # what was refused before is over
        self.phase = phase
        return [Event(t, "phase", {"phase": phase.value})]
