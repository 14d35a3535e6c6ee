"""What a person of a demonstration answers and presses, and when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from surefoot.core.control import is_control
from surefoot.session.state import AHEAD
from surefoot.training.phase import Phase
from surefoot.training.task import Land, Repeat, Stand, Walk
from surefoot.virtual.deeds import PACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.core import Event, JsonValue, Packet
    from surefoot.session.engine import Engine
    from surefoot.training import Trial
    from surefoot.training.aim import Aim
    from surefoot.training.task import Stage
    from surefoot.virtual.person import Person

Said = tuple[str, dict[str, "JsonValue"]]

_PATIENCE = 18.0  # s; ask again if nothing came of it
_WAITS: dict[Phase, float] = {
    Phase.PAIN_BEFORE: 1.0,
    Phase.LEVEL_FIRST: 1.0,
    Phase.LEVEL_SECOND: 0.5,
    Phase.DIRECTION: 2.0,
    Phase.STILL: 1.5,
    Phase.SUPPORT: 1.0,
    Phase.READY: 1.5,
    Phase.HELD_ON: 1.0,
    Phase.ENTER: 1.0,
    Phase.RESULT: 2.0,
    Phase.REST: 1.0,
    Phase.PAIN_AFTER: 1.0,
    Phase.EFFORT: 1.0,
}
_ALONE = 15.0  # s until somebody without a sensor says that it is done
_HURTS = 3
"""What somebody in pain says of moving, one who is not says nothing of it."""


@dataclass(slots=True)
class Answers:
    """Answers each question of a sitting once, after a moment, as a person would.

    Parameters
    ----------
    person : Person
        Who.
    seed : int
        Of the sets.
    patient : bool
        Whether a rest is waited for to its end.
    """

    person: Person
    seed: int = 1
    patient: bool = False
    _asked: tuple[str, int, int] = ("", -1, -1)
    _since: float = 0.0
    _said: bool = False
    _keys: list[tuple[float, Said]] = field(default_factory=list["tuple[float, Said]"])

    def due(self, t: float, trial: Trial) -> list[Said]:
        """Return what is to be said or pressed at ``t``."""
        pains = 0 if trial.talk is None or trial.talk.rest is None else 1
        asked = (trial.phase.value, trial.asked + 100 * pains, trial.count)
        if asked != self._asked or t - self._since > _PATIENCE:
            self._asked, self._since, self._said = asked, t, False
            if trial.phase is Phase.RUN:
                self._keys = self._pressed(trial)
        if trial.phase is Phase.RUN:
            return self._due_keys(t - trial.start)
        wait = _WAITS.get(trial.phase)
        if wait is None or self._said or t - self._since < wait:
            return []
        self._said = True
        return self._answer(trial)

    def _answer(self, trial: Trial) -> list[Said]:
        first, second = trial.drill.edges
        if trial.phase is Phase.SUPPORT and trial.forbidden:
            return [("enable", {"note": "agreed for this demonstration"})]
        if trial.phase is Phase.REST and self.patient:
            return []
        said: dict[Phase, Said] = {
            Phase.PAIN_BEFORE: ("pain", self._pain(trial)),
            Phase.LEVEL_FIRST: ("level", {"edge": first}),
            Phase.LEVEL_SECOND: ("level", {"edge": second}),
            Phase.DIRECTION: ("direction", {"yes": True}),
            Phase.STILL: ("level", {"edge": "still"}),
            Phase.SUPPORT: ("support", {"yes": True}),
            Phase.READY: ("start", {"seed": self.seed * 100 + trial.count + 1}),
            Phase.HELD_ON: ("held-on", {"yes": self._grabs(trial)}),
            Phase.ENTER: ("done", {"value": self._done(trial)}),
            Phase.RESULT: ("again", {}),
            Phase.REST: ("again", {}),
            Phase.PAIN_AFTER: ("pain", self._felt(trial)),
            Phase.EFFORT: ("effort", {"value": self._effort}),
        }
        return [said[trial.phase]]

    def _pain(self, trial: Trial) -> dict[str, JsonValue]:
        at_rest = trial.talk is None or trial.talk.rest is None
        if self.person.stops_after is None:
            return {"value": 0}
        return {"value": 1 if at_rest else 2}

    def _felt(self, trial: Trial) -> dict[str, JsonValue]:
        if trial.drill.family == "flexibility" and self.person.stops_after is None:
            return {"value": 0, "stretch": True}
        return {"value": 0 if self.person.stops_after is None else _HURTS}

    @property
    def _effort(self) -> int:
        return min(5, max(1, round(1 + 4 * (1 - self.person.skill))))

    def _grabs(self, trial: Trial) -> bool:
        return self.person.skill < 0.5 and trial.count % 2 == 0

    def _done(self, trial: Trial) -> int:
        stage = trial.set.stage
        asked = getattr(stage.task, "repetitions", 0)
        part = 0.5 + 0.5 * self.person.skill
        if trial.ended == "pain" and self.person.stops_after is not None:
            part *= min(1.0, self.person.stops_after / stage.duration)
        return max(0, round(asked * part))

    def _pressed(self, trial: Trial) -> list[tuple[float, Said]]:
        """Return what is pressed in a set, in order of its time."""
        keys: list[tuple[float, Said]] = []
        stage, person = trial.set.stage, self.person
        if trial.drill.signal == "none":
            keys.append((min(_ALONE, 0.8 * stage.duration), ("stop", {"why": "key"})))
        if isinstance(stage.task, Walk):
            keys += self._steps(stage.task)
        if isinstance(stage.task, Stand):
            keys += self._stands(trial, stage.task)
        if person.stops_after is not None and person.stops_after < stage.duration:
            keys.append((person.stops_after, ("stop", {"why": "pain"})))
        return sorted(keys, key=lambda key: key[0])

    def _steps(self, task: Walk) -> list[tuple[float, Said]]:
        wrong = round((1 - self.person.skill) * task.steps * 0.7)
        return [
            (1.4 + PACE * n, ("count", {"what": "misstep", "detail": "off the line"}))
            for n in range(task.steps - wrong, task.steps)
        ]

    def _stands(self, trial: Trial, task: Stand) -> list[tuple[float, Said]]:
        position = dict(trial.set.stage.position)
        hard = sum(
            (
                position.get("vision") == "closed",
                position.get("stance") in {"single", "tandem"},
                position.get("surface") in {"foam", "dome"},
            )
        )
        poor = 1 - self.person.skill
        if task.errors:
            many = round(hard * poor * 5)
            return [
                (2.0 + 2.5 * n, ("count", {"what": "error", "detail": "hands"}))
                for n in range(many)
            ]
        holds = 90.0 * (1.2 - poor) / (1 + 3 * hard * poor)
        if task.best and holds < trial.set.stage.duration:
            return [(holds, ("count", {"what": "error", "detail": "stepped"}))]
        return []

    def _due_keys(self, since: float) -> list[Said]:
        due = [said for at, said in self._keys if at <= since]
        self._keys = [key for key in self._keys if key[0] > since]
        return due


class Actor(Protocol):
    """A virtual person, who does what is asked."""

    def asked(self, phase: str) -> None:
        """Do what the screen asks for in this phase."""
        ...

    def follow(self, do: str, **fields: JsonValue) -> None:
        """Do what a command says."""
        ...

    def perform(self, stage: Stage, after: float, seed: int) -> None:
        """Do a set that begins after so many seconds."""
        ...

    def see(self, places: Sequence[tuple[float, float]], step: float) -> None:
        """Look at where the target is, and will be at each ``step``."""
        ...


def _shown(engine: Engine) -> Stage:
    """Return the part of the drill as the picture shows it: its movement's own way."""
    stage, template = engine.trial.set.stage, engine.template
    if template is None or not isinstance(stage.task, Repeat):
        return stage
    return replace(stage, task=replace(stage.task, range=template.way))


class Prompter:
    """Tells a virtual person what the screen shows, after every packet.

    Parameters
    ----------
    actor : Actor
        Who.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._phase: Phase | None = None
        self._told = 0

    def after(self, packet: Packet, engine: Engine) -> bool:
        """Tell what changed with this packet; return whether the phase did."""
        self._hear(engine.events[self._told :], engine)
        self._told = len(engine.events)
        trial = engine.trial
        entered = trial.phase is not self._phase
        if entered:
            self._phase = trial.phase
            self._actor.asked(trial.phase.value)
            if trial.phase is Phase.COUNTDOWN:
                after = trial.start - engine.t
                self._actor.perform(_shown(engine), after, trial.seed)
        elif trial.phase is Phase.RUN and is_control(packet):
            self._show(engine.state().sitting.aim)
        return entered

    def _show(self, aim: Aim | None) -> None:
        if aim is not None:
            ahead = aim.ahead if aim.moving else ()
            self._actor.see((aim.at, *ahead), AHEAD)

    def _hear(self, events: list[Event], engine: Engine) -> None:
        if not isinstance(engine.trial.set.stage.task, Land):
            return
        for event in events:
            if event.name == "target":
                side = str(event.detail.get("side", ""))
                self._actor.follow("step-down", side=side)
