"""The windows: who sees what on which screen, and the keys that belong to none."""

from __future__ import annotations

import logging
import os
import signal
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from surefoot.session.settings import load_settings
from surefoot.ui import language as spoken
from surefoot.ui import remembered, theme
from surefoot.ui.display import BARE

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

    from surefoot.session.snapshot import Stage
    from surefoot.ui.panels.today import DayPlan

FRAME = 16  # ms
_log = logging.getLogger(__name__)


def application() -> QApplication:
    """Return the one application of Qt, made and dressed if it was not there.

    It is as large as the settings say; Qt asks for that only at its start.
    """
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    scale = load_settings().font_scale
    if scale != 1.0:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{scale:g}")
    made = QApplication(["surefoot"])
    made.setApplicationName("Surefoot")
    made.setStyle("Fusion")
    dress()
    return made


def dress() -> None:
    """Give ordinary widgets the colours of the palette in use."""
    palette, roles = theme.PALETTE, QPalette.ColorRole
    worn = QPalette()
    for role, colour in {
        roles.Window: palette.background,
        roles.Base: palette.panel,
        roles.AlternateBase: palette.background,
        roles.Button: palette.panel,
        roles.WindowText: palette.text,
        roles.Text: palette.text,
        roles.ButtonText: palette.text,
        roles.PlaceholderText: palette.muted,
        roles.ToolTipBase: palette.panel,
        roles.ToolTipText: palette.text,
        roles.Highlight: palette.series[0],
        roles.HighlightedText: palette.background,
    }.items():
        worn.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        worn.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.line))
    QApplication.setPalette(worn)


def show_until_closed(
    stage: Stage,
    *,
    alone: bool,
    seconds: float | None,
    language: str | None = None,
    plan: DayPlan | None = None,
) -> int:
    """Show both views until a window is closed; the stage is left open.

    Parameters
    ----------
    stage : Stage
        A session or a replay.
    alone : bool
        On one screen: begin with the trainee view alone, filling it.
    seconds : float or None
        Close after so long.
    language : str, optional
        Read the views in it this time, instead of the one that was chosen last.
    plan : DayPlan, optional
        What the programme has for today; the therapist sees it.

    Returns
    -------
    int
        Exit status of Qt.
    """
    # the start window is there before what only a session needs
    from surefoot.ui.desk import Desk
    from surefoot.ui.sound.opening import closed_eyes, heard, open_sound

    app = application()
    settings = load_settings()
    remembered.put_on(settings, language)
    dress()
    desk = Desk(
        stage,
        on_closed=app.quit,
        on_palette=dress,
        sound=partial(
            open_sound,
            table=heard(stage) or settings.sound,
            language=spoken.IN_USE,
            audible=app.platformName() not in BARE,
            eyes_closed=closed_eyes(stage),
        ),
    )
    if plan is not None:
        desk.tell_plan(plan)
    desk.show(remembered.in_order(app.screens(), settings), alone=alone)
    remembered.place(desk, settings)
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(desk.draw)
    timer.start(FRAME)
    if seconds is not None:
        QTimer.singleShot(round(1000 * seconds), app.quit)
    try:
        with interruptible(app):
            return app.exec()
    finally:
        timer.stop()
        trouble = remembered.keep(desk, settings, language)
        if trouble:
            _log.warning(trouble)
        desk.close()


@contextmanager
def interruptible(app: QApplication) -> Generator[None]:
    """Let Ctrl-C close the windows in order while Qt is in charge."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def quit_(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
        app.quit()

    before = signal.signal(signal.SIGINT, quit_)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
