"""The demonstration: a virtual person does one drill in the real windows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.session.director import Director
from surefoot.training import Phase
from surefoot.ui.display import has_display, require_display

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.session.snapshot import Snapshot, Stage

_STEP = 40  # ms between looks of the director
_LIMIT = 60.0  # s beside the run itself; a demonstration that takes longer is stuck
_SHOWN = 3.0  # s the result stays on the screen
_REPLAY_SPEED = 4.0


@dataclass(slots=True)
class Album:
    """Saves pictures of both views at the moments worth a picture, once each."""

    stage: Stage
    folder: Path
    prefix: str = ""

    def save(self, name: str) -> list[Path]:
        """Save both views as they are now."""
        from surefoot.ui.shots import save_shots

        return save_shots(self.stage, self.folder, f"{self.prefix}{name}")


def use_platform(*, headless: bool) -> bool:
    """Choose where Qt draws; return whether a person can see it.

    Raises
    ------
    DisplayError
        If Qt cannot start here at all.
    """
    visible = not headless and has_display()
    if not visible:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    require_display()
    return visible and os.environ.get("QT_QPA_PLATFORM") != "offscreen"


def perform(stage: Stage, folder: Path, tell: Callable[[Snapshot], None]) -> list[Path]:
    """Show a live session in both views while a virtual person does the drill.

    Parameters
    ----------
    stage : Stage
        A started session with a virtual person.
    folder : Path
        Where pictures go.
    tell : callable
        Told each picture looked at, some 25 a second.

    Returns
    -------
    list of Path
        The pictures.
    """
    director = Director(stage)
    album = Album(stage, folder, "live-")
    scenes = _Scenes(album)

    def look() -> bool:
        shot = director.step()
        tell(shot)
        scenes.look(shot)
        return scenes.over(shot)

    _show(stage, look)
    return scenes.saved


def play(stage: Stage, folder: Path) -> list[Path]:
    """Show a replay from start to end, quickly, and save what it looked like."""
    stage.send("speed", factor=_REPLAY_SPEED)
    saved: list[Path] = []

    def look() -> bool:
        replay = stage.snapshot().replay
        return replay is None or not replay.playing

    _show(stage, look)
    replay = stage.snapshot().replay
    if replay is not None and replay.trials:
        start, end = replay.trials[0]
        stage.send("seek", t=start + 0.7 * (end - start))
        saved = Album(stage, folder).save("replay")
    return saved


class _Scenes:
    def __init__(self, album: Album) -> None:
        self.saved: list[Path] = []
        self._album = album
        self._names: set[str] = set()
        self._result_at: float | None = None

    def look(self, shot: Snapshot) -> None:
        name = _scene(shot)
        if name and name not in self._names:
            self._names.add(name)
            self.saved.extend(self._album.save(name))
        if shot.phase is Phase.RESULT and self._result_at is None:
            self._result_at = shot.t

    def over(self, shot: Snapshot) -> bool:
        done = self._result_at is not None and shot.t - self._result_at > _SHOWN
        return done or shot.t > _LIMIT + shot.duration


def _scene(shot: Snapshot) -> str:
    """Return the name of the moment, or nothing."""
    if shot.phase is Phase.LEVEL_FIRST and shot.t > 2.0:
        return "1-level"
    if shot.phase is Phase.COUNTDOWN and (shot.countdown or 9.0) < 3.0:
        return "2-countdown"
    if shot.phase is Phase.RUN and (shot.countdown or 0.0) < 0.6 * shot.duration:
        return "3-outside" if shot.cue else "3-inside"
    return "4-result" if shot.phase is Phase.RESULT else ""


def _show(stage: Stage, look: Callable[[], bool]) -> None:
    """Draw both views until ``look`` says that it is over, or a window is closed."""
    from PySide6.QtCore import QTimer

    from surefoot.ui.window import application, show_until_closed

    app = application()
    timer = QTimer()

    def step() -> None:
        if look():
            timer.stop()
            app.quit()

    timer.timeout.connect(step)
    timer.start(_STEP)
    show_until_closed(stage, alone=False, seconds=None)
    timer.stop()
