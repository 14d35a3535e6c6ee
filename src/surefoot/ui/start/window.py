"""The start window: one page at a time, dark or light, in any language."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from surefoot.language import LANGUAGES
from surefoot.session.settings import keep_settings, load_settings
from surefoot.ui import language, remembered, theme
from surefoot.ui.display import BARE
from surefoot.ui.panels import Languages
from surefoot.ui.panels.card import Line, style_sheet
from surefoot.ui.panels.controls import Button
from surefoot.ui.start.flow import Flow
from surefoot.ui.start.parts import start_sheet
from surefoot.ui.start.sensing import hear
from surefoot.ui.window import application, dress, interruptible

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from surefoot.ui.start.parts import Page
    from surefoot.ui.start.sensing import Hear
    from surefoot.ui.start.wish import Came, Wish

_PULSE = 200  # ms
_log = logging.getLogger(__name__)


class StartWindow(QWidget):
    """Shows the pages of the start, and is done when something is wished for.

    F3 changes dark and light, F4 goes to the next language.

    Parameters
    ----------
    came : Came, optional
        What came of the last wish.
    ear : callable
        As `surefoot.ui.start.sensing.hear`.

    Signals
    -------
    done
        A wish is complete, or the window was closed.
    """

    done = Signal()

    def __init__(self, came: Came | None = None, ear: Hear = hear) -> None:
        super().__init__()
        self.setObjectName("start")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Surefoot")
        self.setMinimumSize(900, 640)
        self.wish: Wish | None = None
        self.page: Page | None = None
        self._makers: list[Callable[[], Page]] = []
        self.languages = Languages()
        self.languages.chosen.connect(self.speak)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(28, 12, 28, 0)
        head.addWidget(Line("Surefoot", role="heading", cut=False))
        head.addStretch(1)
        head.addWidget(Button("Dark or light (F3)", self.turn_palette, big=False))
        head.addWidget(self.languages)
        whole.addLayout(head)
        self._room = QVBoxLayout()
        whole.addLayout(self._room, 1)
        self._add_keys()
        self._restyle()
        self.flow = Flow(self, self._wished, ear)
        self.flow.begin(came)

    def go(self, make: Callable[[], Page]) -> None:
        """Go on to a page; Esc comes back to the one before."""
        self._makers.append(make)
        self._show(make())

    def back(self) -> None:
        """Go back to the page before."""
        if len(self._makers) > 1:
            self._makers.pop()
        self._show(self._makers[-1]())

    def home(self, make: Callable[[], Page]) -> None:
        """Begin anew with a page."""
        self._makers = [make]
        self._show(make())

    def again(self) -> None:
        """Make the page that is shown anew."""
        self._show(self._makers[-1]())

    def speak(self, code: str) -> None:
        """Go on in another language, at once."""
        language.use(code)
        language.retranslate(self)

    def turn_palette(self) -> None:
        """Change between dark and light."""
        theme.use(not theme.PALETTE.dark)
        dress()
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt: the keys of the page work beside it too."""
        if self.page is not None:
            self.page.keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As in Qt."""
        self._leave()
        event.accept()
        self.done.emit()

    def _wished(self, wish: Wish) -> None:
        self.wish = wish
        self._leave()
        self.done.emit()

    def _leave(self) -> None:
        if self.page is not None:
            self.page.end()

    def _show(self, page: Page) -> None:
        before, self.page = self.page, page
        if before is not None:
            before.end()
            before.hide()
            self._room.removeWidget(before)
            before.deleteLater()
        self._room.addWidget(page)
        language.retranslate(self)
        page.show()
        page.begin()

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet() + start_sheet())
        restyle = getattr(self.page, "restyle", None)
        if restyle is not None:
            restyle()

    def _add_keys(self) -> None:
        for key, what in (("F3", self.turn_palette), ("F4", self._next_language)):
            QShortcut(QKeySequence(key), self).activated.connect(what)

    def _next_language(self) -> None:
        codes = list(LANGUAGES)
        self.speak(codes[(codes.index(language.IN_USE) + 1) % len(codes)])


def ask(came: Came | None = None) -> Wish | None:
    """Show the start window until something is wished for or it is closed.

    Parameters
    ----------
    came : Came, optional
        What came of the last wish.

    Returns
    -------
    Wish or None
        What is wanted next; None when the window was closed.
    """
    app = application()
    settings = load_settings()
    remembered.put_on(settings)
    dress()
    before = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)
    window = StartWindow(came)
    window.done.connect(app.quit)
    pulse = QTimer()  # so that Ctrl-C is heard
    pulse.timeout.connect(lambda: None)
    pulse.start(_PULSE)
    window.resize(1120, 780)
    window.show()
    try:
        if window.wish is None:
            with interruptible(app):
                app.exec()
        return window.wish
    finally:
        pulse.stop()
        _keep()
        window.blockSignals(True)
        window.close()
        window.deleteLater()
        app.setQuitOnLastWindowClosed(before)


def _keep() -> None:
    """Keep language and palette for the next time."""
    if QApplication.platformName() in BARE:
        return
    settings = load_settings()
    begun = settings.language or language.of_system()
    chosen = settings.language if begun == language.IN_USE else language.IN_USE
    kept = "dark" if theme.PALETTE.dark else "light"
    trouble = keep_settings(replace(settings, language=chosen, theme=kept))
    if trouble:
        _log.warning(trouble)
