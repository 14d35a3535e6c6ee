"""The window of a class, from opening to closing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from surefoot.core import DisplayError
from surefoot.language import LANGUAGES
from surefoot.session.settings import load_settings
from surefoot.ui import language, remembered, theme
from surefoot.ui.classroom.keys import ClassKeys
from surefoot.ui.classroom.view import ClassView
from surefoot.ui.desk import FaultBar, Window
from surefoot.ui.window import FRAME, application, dress, interruptible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QScreen

    from surefoot.session.group import Group

_log = logging.getLogger(__name__)


class ClassDesk(QObject):
    """The class view in its window, on the screen that the class looks at.

    Keys: F3 changes between dark and light, F4 goes to the next language, F11 between a
    window and the whole screen.

    Parameters
    ----------
    group : Group
        The class.
    clickers : mapping of str to str
        The key that a trainee's hand clicker sends, by code.
    on_closed : callable
        Called when the window was closed.
    """

    def __init__(
        self, group: Group, clickers: Mapping[str, str], on_closed: Callable[[], None]
    ) -> None:
        super().__init__()
        self.view = ClassView(group, ClassKeys(keys_of(clickers)))
        self.faults = FaultBar()
        self.window = Window(
            "Surefoot: class", self.view, role="class", above=self.faults
        )
        self.window.closed.connect(on_closed)
        self._logged: set[str] = set()
        for key, what in (
            ("F3", self.turn_palette),
            ("F4", self.turn_language),
            ("F11", self._turn_size),
        ):
            QShortcut(QKeySequence(key), self.window).activated.connect(what)

    def show(self, screen: QScreen) -> None:
        """Open the window on a screen, filling it."""
        self.draw()
        language.retranslate(self.window)
        self.window.setGeometry(screen.geometry())
        self.window.showFullScreen()
        self.view.setFocus()

    def draw(self) -> None:
        """Draw one frame; raises nothing."""
        fault = ""
        try:
            self.view.refresh()
        except Exception as error:  # noqa: BLE001  the class must outlive its picture
            fault = f"{type(error).__name__}: {error}"
            if fault not in self._logged:
                self._logged.add(fault)
                _log.exception("drawing failed")
        self.faults.tell(fault or self.view.fault)

    def turn_palette(self) -> None:
        """Change between dark and light."""
        theme.use(not theme.PALETTE.dark)
        dress()
        self.view.restyle()

    def turn_language(self) -> None:
        """Go on in the next language."""
        codes = list(LANGUAGES)
        language.use(codes[(codes.index(language.IN_USE) + 1) % len(codes)])
        language.retranslate(self.window)
        self.draw()

    def close(self) -> None:
        """Close the window and forget it."""
        self.window.blockSignals(True)
        self.window.close()
        self.window.deleteLater()

    def _turn_size(self) -> None:
        if self.window.isFullScreen():
            self.window.showMaximized()
        else:
            self.window.showFullScreen()


def keys_of(clickers: Mapping[str, str]) -> dict[int, str]:
    """Return the code of the trainee by key.

    Parameters
    ----------
    clickers : mapping of str to str
        The name of the key, as ``"F9"`` or ``"PageDown"``, by code.

    Raises
    ------
    DisplayError
        If there is no key of that name, or two trainees share one.
    """
    found: dict[int, str] = {}
    for person, name in clickers.items():
        key: Qt.Key | None = getattr(Qt.Key, f"Key_{name}", None)
        if key is None or int(key) in found:
            msg = (
                f"clicker of {person}: expected a key of its own, as F9 or PageDown, "
                f"got {name!r}: press it in a text editor to see what it sends"
            )
            raise DisplayError(msg)
        found[int(key)] = person
    return found


def show_class(
    group: Group,
    clickers: Mapping[str, str],
    seconds: float | None = None,
    look: Callable[[], bool] | None = None,
) -> int:
    """Show a class until its window is closed; the class is left open.

    On two screens it fills the second one.

    Parameters
    ----------
    group : Group
        The class, started.
    clickers : mapping of str to str
        As for `ClassDesk`.
    seconds : float, optional
        Close after so long.
    look : callable, optional
        Called with every frame; true closes the window.

    Returns
    -------
    int
        Exit status of Qt.
    """
    app = application()
    settings = load_settings()
    remembered.put_on(settings)
    dress()
    desk = ClassDesk(group, clickers, app.quit)
    desk.show(remembered.in_order(app.screens(), settings)[:2][-1])
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def frame() -> None:
        desk.draw()
        if look is not None and look():
            app.quit()

    timer.timeout.connect(frame)
    timer.start(FRAME)
    if seconds is not None:
        QTimer.singleShot(round(1000 * seconds), app.quit)
    try:
        with interruptible(app):
            return app.exec()
    finally:
        timer.stop()
        desk.close()
