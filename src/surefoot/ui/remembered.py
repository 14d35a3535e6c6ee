"""Takes up what was set the last time, and keeps it when the windows close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from surefoot.session.settings import Settings, keep_settings
from surefoot.ui import language, theme
from surefoot.ui.display import BARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QScreen

    from surefoot.ui.desk import Desk

_LAYOUT = "split"


def put_on(settings: Settings, told: str | None = None) -> None:
    """Use the language and the palette that were set.

    Parameters
    ----------
    settings : Settings
        What was kept; a language that was not set is that of the system.
    told : str, optional
        A language for this time only.
    """
    language.use(told or settings.language or language.of_system())
    theme.use(settings.theme == "dark")


def in_order(screens: Sequence[QScreen], settings: Settings) -> list[QScreen]:
    """Return the screens, the one the trainee view was last on as the second."""
    before = [s for s in screens if s.name() == settings.screen]
    others = [s for s in screens if s not in before]
    return [*others[:1], *before, *others[1:]]


def place(desk: Desk, settings: Settings) -> None:
    """Put the windows where they were, as far as they are still to be seen there."""
    for window in desk.windows:
        kept = settings.windows.get(window.role, "")
        if kept and not window.isFullScreen():
            window.restoreGeometry(QByteArray.fromHex(kept.encode()))
    if desk.splitter is not None:
        kept = settings.windows.get(_LAYOUT, "")
        desk.splitter.restoreState(QByteArray.fromHex(kept.encode()))


def keep(desk: Desk, settings: Settings, told: str | None = None) -> str:
    """Keep what is set now; return why that could not be done, or nothing.

    A language told for this time only is kept if another one was chosen since. Nothing
    is kept of windows that nobody could see.
    """
    if QApplication.platformName() in BARE:
        return ""
    return keep_settings(now(desk, settings, told))


def now(desk: Desk, settings: Settings, told: str | None = None) -> Settings:
    """Return the settings as they are now."""
    begun = told or settings.language or language.of_system()
    chosen = settings.language if begun == language.IN_USE else language.IN_USE
    windows = dict(settings.windows)
    for window in desk.windows:
        windows[window.role] = _hex(window.saveGeometry())
    if desk.splitter is not None:
        windows[_LAYOUT] = _hex(desk.splitter.saveState())
    screen = desk.trainee.screen()
    sound = desk.sound.settings.as_table() if desk.sound else settings.sound
    return replace(
        settings,
        sound=sound,
        language=chosen,
        theme="dark" if theme.PALETTE.dark else "light",
        screen=screen.name() if len(desk.windows) > 1 else settings.screen,
        windows=windows,
    )


def _hex(data: QByteArray) -> str:
    return bytes(data.toHex().data()).decode()
