"""The window of two recordings: left, right, what differs, and one timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from surefoot.language import LANGUAGES
from surefoot.session.settings import load_settings
from surefoot.ui import language, remembered, theme
from surefoot.ui.desk import FaultBar, Window
from surefoot.ui.frame import Frame, OnePicture
from surefoot.ui.panels import style_sheet
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.side_by_side.compared import Compared, compared
from surefoot.ui.side_by_side.lanes import PairTimeline
from surefoot.ui.side_by_side.side import SideView
from surefoot.ui.side_by_side.telling import besides, told
from surefoot.ui.window import FRAME, application, dress, interruptible

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.ui.side_by_side.pair import Pair

_LEFT, _RIGHT = 0, 1


class PairView(QWidget):
    """Both recordings beside each other, and the measure of the chosen runs below.

    Parameters
    ----------
    pair : Pair
        The two.
    """

    def __init__(self, pair: Pair) -> None:
        super().__init__()
        self.setObjectName("therapist")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Two recordings beside each other")
        self._pair = pair
        self.sides = [
            SideView(half, lambda by, which=which: self.choose(which, by))
            for which, half in enumerate(pair.halves)
        ]
        self.timeline = PairTimeline(pair)
        self.told, self.besides = Line(role="heading"), Line(role="muted", wrap=True)
        self.fault = ""
        self._compared: tuple[object, Compared] | None = None
        self._lay_out()
        self.restyle()
        language.retranslate(self)

    def refresh(self) -> None:
        """Draw the moment at which both stand."""
        seen = self._pair.seen()
        # one scale for both: what looks larger is larger
        span = max(side.wants(one) for side, one in zip(self.sides, seen, strict=True))
        for side, one in zip(self.sides, seen, strict=True):
            side.span = span
            side.draw(one)
        self.fault = "; ".join(s.trainee.fault for s in self.sides if s.trainee.fault)
        self._compare()
        self.timeline.refresh()

    def choose(self, which: int, by: int) -> None:
        """Align the next or the previous run of one of the two."""
        self._pair.send("run", which=which, by=by)

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        self.setStyleSheet(style_sheet())
        for side in self.sides:
            side.restyle()

    def _compare(self) -> None:
        runs = self._pair.run(_LEFT), self._pair.run(_RIGHT)
        if self._compared is not None and self._compared[0] == (runs, language.IN_USE):
            return
        first, second = self._pair.halves
        made = Compared(missing=(first.why or second.why or "no run",))
        if None not in runs and first.found and second.found:
            made = compared(first.found, second.found, runs)  # pyright: ignore[reportArgumentType]
        self._compared = ((runs, language.IN_USE), made)
        self.told.show_text(told(made))
        self.besides.show_text(besides(made))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 6)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        for side in self.sides:
            row.addWidget(side, stretch=1)
        column.addLayout(row, stretch=1)
        card = Card("")
        card.column.addWidget(self.told)
        card.column.addWidget(self.besides)
        column.addWidget(card)
        column.addWidget(self.timeline)


class PairDesk(QObject):
    """The view in its window.

    Keys: those of the timeline wherever the focus is; F7 and F8 align the next run of
    the left and of the right recording, with shift the previous one; F3 changes between
    dark and light, F4 goes to the next language, F11 between a window and the whole
    screen.

    Parameters
    ----------
    pair : Pair
        The two recordings.
    on_closed : callable
        Called when the window was closed.
    """

    def __init__(self, pair: Pair, on_closed: Callable[[], None]) -> None:
        super().__init__()
        self.view = PairView(pair)
        self.faults = FaultBar()
        self.window = Window(
            "Surefoot: side by side", self.view, role="pair", above=self.faults
        )
        self.window.closed.connect(on_closed)
        self._frame = Frame(OnePicture(pair), [self.view], self.faults.tell)
        view = self.view
        for key, what in (
            ("F3", self.turn_palette),
            ("F4", self.turn_language),
            ("F7", lambda: view.choose(_LEFT, 1)),
            ("Shift+F7", lambda: view.choose(_LEFT, -1)),
            ("F8", lambda: view.choose(_RIGHT, 1)),
            ("Shift+F8", lambda: view.choose(_RIGHT, -1)),
            ("F11", self._turn_size),
        ):
            QShortcut(QKeySequence(key), self.window).activated.connect(what)

    def show(self) -> None:
        """Open the window, filling the screen."""
        self.draw()
        language.retranslate(self.window)
        self.window.setGeometry(QApplication.primaryScreen().availableGeometry())
        self.window.showMaximized()
        self._application().installEventFilter(self)
        self.view.setFocus()

    def draw(self) -> None:
        """Draw one frame; raises nothing."""
        self._frame.draw()

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
        self._application().removeEventFilter(self)
        self.window.blockSignals(True)
        self.window.close()
        self.window.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        """Give the keys of the timeline to it before anything else takes them."""
        press = event.type() == QEvent.Type.KeyPress
        if not press or not isinstance(event, QKeyEvent):
            return False
        if QApplication.activePopupWidget() is not None:
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self.window:
            return False
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key == Qt.Key.Key_Space:
            return True
        return self.view.timeline.press(key)

    def _application(self) -> QApplication:
        return application()

    def _turn_size(self) -> None:
        if self.window.isFullScreen():
            self.window.showMaximized()
        else:
            self.window.showFullScreen()


def show_pair(
    pair: Pair, *, seconds: float | None = None, language: str | None = None
) -> int:
    """Show two recordings until the window is closed, then close them.

    Parameters
    ----------
    pair : Pair
        The two.
    seconds : float, optional
        Close after so long.
    language : str, optional
        Read the view in it this time.

    Returns
    -------
    int
        Exit status of Qt.
    """
    app = application()
    remembered.put_on(load_settings(), language)
    dress()
    desk = PairDesk(pair, app.quit)
    desk.show()
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
        desk.close()
        pair.close()
