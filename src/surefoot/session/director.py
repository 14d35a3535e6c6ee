"""A stand-in for the people of a demonstration: does what the screen asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from surefoot.training import Phase

if TYPE_CHECKING:
    from surefoot.core import JsonValue
    from surefoot.session.snapshot import Snapshot, Stage

_Answer = tuple[float, str, dict[str, "JsonValue"]]

# how long a careful person takes before answering, what they ask for, and with what
_ANSWERS: dict[Phase, _Answer] = {
    Phase.PAIN_BEFORE: (1.0, "pain", {"value": 0}),
    Phase.LEVEL_FIRST: (1.0, "level", {"edge": "left"}),
    Phase.LEVEL_SECOND: (0.5, "level", {"edge": "right"}),
    Phase.DIRECTION: (2.0, "direction", {"yes": True}),
    Phase.STILL: (1.5, "level", {"edge": "still"}),
    Phase.SUPPORT: (1.5, "support", {"yes": True}),
    Phase.READY: (1.5, "start", {}),
    Phase.HELD_ON: (1.0, "held-on", {"yes": False}),
    Phase.ENTER: (1.0, "done", {"value": 8}),
    Phase.PAIN_AFTER: (1.0, "pain", {"value": 0}),
    Phase.EFFORT: (1.0, "effort", {"value": 2}),
}
_EDGES = {"left": "front", "right": "back"}
_PATIENCE = 14.0  # s; ask again if nothing came of it


class SelfRunning:
    """A session in which a demonstration answers all by itself, as a stage.

    Parameters
    ----------
    stage : Stage
        The session.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._director = Director(stage)

    def snapshot(self) -> Snapshot:
        """Return the newest picture, and do what it asks for."""
        return self._director.step()

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Pass on what somebody asks for."""
        self._stage.send(do, **arguments)

    def painted(self, seconds: float) -> None:
        """Pass on how long a movement took to the screen [s]."""
        told = getattr(self._stage, "painted", None)
        if told is not None:
            told(seconds)

    def close(self) -> None:
        """Close the session."""
        self._stage.close()


@dataclass(slots=True)
class Director:
    """Answers each phase of a trial once, after a moment.

    Parameters
    ----------
    stage : Stage
        The session.
    """

    stage: Stage
    _asked: tuple[Phase, str] | None = None
    _since: float = 0.0
    finished: bool = False
    """Whether the last result was seen."""
    _done: set[str] = field(default_factory=set[str])

    def step(self) -> Snapshot:
        """Look at the session, do what is due, and return what was seen."""
        shot = self.stage.snapshot()
        asked = (shot.phase, shot.question.text if shot.question else "")
        if asked != self._asked or shot.t - self._since > _PATIENCE:
            self._asked, self._since = asked, shot.t
            self._done.clear()
            self.finished = shot.phase is Phase.DONE or (
                shot.phase is Phase.RESULT and not shot.sets
            )
        answer = _ANSWERS.get(shot.phase)
        if answer and not self._done and shot.t - self._since >= answer[0]:
            _, do, arguments = answer
            self._done.add(do)
            if "edge" in arguments and shot.axis == "ap":
                edge = str(arguments["edge"])
                arguments = {"edge": _EDGES.get(edge, edge)}
            self.stage.send(do, **arguments)
        return shot
