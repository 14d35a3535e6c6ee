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
    Phase.LEVEL_FIRST: (1.0, "level", {"edge": "left"}),
    Phase.LEVEL_SECOND: (0.5, "level", {"edge": "right"}),
    Phase.DIRECTION: (2.0, "direction", {"yes": True}),
    Phase.SUPPORT: (1.5, "support", {"yes": True}),
    Phase.READY: (1.5, "start", {}),
    Phase.HELD_ON: (1.0, "held-on", {"yes": False}),
}
_PATIENCE = 14.0  # s; ask again if nothing came of it


@dataclass(slots=True)
class Director:
    """Answers each phase of a trial once, after a moment.

    Parameters
    ----------
    stage : Stage
        The session.
    """

    stage: Stage
    _phase: Phase | None = None
    _since: float = 0.0
    _done: set[str] = field(default_factory=set[str])

    def step(self) -> Snapshot:
        """Look at the session, do what is due, and return what was seen."""
        shot = self.stage.snapshot()
        if shot.phase is not self._phase or shot.t - self._since > _PATIENCE:
            self._phase, self._since = shot.phase, shot.t
            self._done.clear()
        answer = _ANSWERS.get(shot.phase)
        if answer and not self._done and shot.t - self._since >= answer[0]:
            _, do, arguments = answer
            self._done.add(do)
            self.stage.send(do, **arguments)
        return shot

    @property
    def finished(self) -> bool:
        """Whether the result is on the screen."""
        return self._phase is Phase.RESULT
