"""An engine that nobody looks at: it finds the runs and how good they are."""

from __future__ import annotations

from surefoot.session.engine import Engine


class Deciding(Engine):
    """Decides what a session decided, without what was only shown of it.

    Phases, levels, runs, their ends and their quality are those of `Engine`; live
    measures and cues are not made, nor is quality judged while a run goes on.
    """

    def _open(self, t0_ns: int) -> None:
        super()._open(t0_ns)
        self._others.live = False
        if self._board is not None:
            self._board.live = False

    def _look(self, t: float) -> None:
        """Judge at the end only."""
