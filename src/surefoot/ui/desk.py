"""The two views, the timeline and their windows, on one screen or on two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from surefoot.language import LANGUAGES
from surefoot.ui import language, theme
from surefoot.ui.frame import Frame, OnePicture
from surefoot.ui.panels.today import Today
from surefoot.ui.sound.opening import speech_in
from surefoot.ui.therapist import TherapistView
from surefoot.ui.timeline import Timeline
from surefoot.ui.trainee import TraineeView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QScreen

    from surefoot.session.snapshot import Stage
    from surefoot.ui.frame import View
    from surefoot.ui.panels.today import DayPlan
    from surefoot.ui.sound.announcer import Announcer

_BELOW_STATUS = 2  # in the therapist view
_SIDE_BY_SIDE = ((True, True), (True, False), (False, True))  # trainee, therapist


class Window(QWidget):
    """A window that tells when it is closed, and asks nothing.

    Parameters
    ----------
    title : str
        For the task bar.
    view : QWidget
        Takes the room there is.
    role : str
        What its place is remembered by; the title unless told.
    above, below : QWidget or None
        Thin things around it.
    """

    closed = Signal()

    def __init__(
        self,
        title: str,
        view: QWidget,
        *,
        role: str = "",
        above: QWidget | None = None,
        below: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.role = role or title
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (above, view, below):
            if widget is not None:
                column.addWidget(widget, stretch=int(widget is view))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once."""
        event.accept()
        self.closed.emit()


class FaultBar(QLabel):
    """Says that drawing failed, in one line, while the session goes on."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName("Fault of the picture")
        self.setFont(theme.font(theme.HEADING, bold=True))
        self.setWordWrap(True)
        self.setMargin(10)
        self.setAutoFillBackground(True)
        self.hide()

    def tell(self, fault: str) -> None:
        """Show the fault, or nothing."""
        text = f"The picture failed, the session goes on. {fault}" if fault else ""
        text = language.say(text)
        if text == self.text():
            return
        self.setText(text)
        worn = self.palette()
        worn.setColor(self.backgroundRole(), theme.ink(theme.PALETTE.bad))
        worn.setColor(self.foregroundRole(), theme.ink(theme.PALETTE.background))
        self.setPalette(worn)
        self.setVisible(bool(text))


class Desk(QObject):
    """Both views of a stage in their windows.

    Keys: F2 changes what is shown on a single screen, F3 between dark and light, F4
    goes to the next language, F6 turns sound off and on, F11 between a window and the
    whole screen. In a replay the timeline's keys work wherever the focus is, except in
    a text that is being typed.

    Parameters
    ----------
    stage : Stage
        A session or a replay.
    on_closed, on_palette : callable
        Called when a window was closed, and when dark and light were changed.
    sound : callable, optional
        Makes what is heard of a stage; without it there is no sound.
    """

    def __init__(
        self,
        stage: Stage,
        *,
        on_closed: Callable[[], None],
        on_palette: Callable[[], None],
        sound: Callable[[Stage], Announcer] | None = None,
    ) -> None:
        super().__init__()
        self._on_closed, self._on_palette = on_closed, on_palette
        shown = OnePicture(stage)
        self.trainee = TraineeView(shown)
        self.therapist = TherapistView(shown)
        self.faults = FaultBar()
        replayed = shown.snapshot().replay is not None
        self.timeline = Timeline(shown) if replayed else None
        self.windows: list[Window] = []
        self.splitter: QSplitter | None = None
        self.therapist.languages.chosen.connect(self.speak)
        views: list[View] = [self.trainee, self.therapist]
        views += [self.timeline] if self.timeline is not None else []
        self.sound = sound(shown) if sound is not None else None
        if self.sound is not None:
            views.insert(0, self.sound)  # it need not wait for the drawing
            self.therapist.sound.clicked.connect(self.turn_sound)
        self._frame = Frame(shown, views, self.faults.tell)
        self._arrangement = 0

    def show(self, screens: Sequence[QScreen], *, alone: bool = False) -> None:
        """Open the windows: two on two screens, else one for both views."""
        self.draw()
        if len(screens) > 1:
            self._show_on_two(screens[0], screens[1])
        else:
            self._show_on_one(screens[0], alone=alone)
        for window in self.windows:
            window.closed.connect(self._on_closed)
            self._add_keys(window)
            language.retranslate(window)
        if self.timeline is not None:
            QApplication.instance().installEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess]
        self.trainee.setFocus()

    def tell_plan(self, plan: DayPlan) -> None:
        """Tell the therapist what the programme has for today."""
        told, place = Today(plan), self.therapist.layout()
        if isinstance(place, QVBoxLayout):
            place.insertWidget(_BELOW_STATUS, told)

    def draw(self) -> None:
        """Draw one frame; raises nothing."""
        self._frame.draw()
        if self.sound is not None:
            self.therapist.sound.show_state(self.sound.on, self.sound.status)

    def arrange(self, choice: int) -> None:
        """On a single screen: both views (0), trainee alone (1) or therapist alone."""
        self._arrangement = choice % len(_SIDE_BY_SIDE)
        trainee, therapist = _SIDE_BY_SIDE[self._arrangement]
        if len(self.windows) == 1:
            self.trainee.setVisible(trainee)
            self.therapist.setVisible(therapist)
            (self.trainee if trainee else self.therapist).setFocus()

    def turn_palette(self) -> None:
        """Change between dark and light."""
        theme.use(not theme.PALETTE.dark)
        self._on_palette()
        for view in (self.trainee, self.therapist):
            restyle = getattr(view, "restyle", None)
            if restyle is not None:
                restyle()

    def speak(self, code: str) -> None:
        """Go on in another language, at once."""
        language.use(code)
        for window in self.windows:
            language.retranslate(window)
        if self.sound is not None:
            self.sound.speak(speech_in(language.IN_USE))
        self.draw()

    def turn_sound(self) -> None:
        """Turn sound off or on."""
        if self.sound is not None:
            self.sound.turn()

    def close(self) -> None:
        """Close the windows and forget them."""
        if self.sound is not None:
            self.sound.close()
        if self.timeline is not None:
            QApplication.instance().removeEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess]
        for window in self.windows:
            window.blockSignals(True)
            window.close()
            window.deleteLater()
        self.windows.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        """Give the keys of a replay to its timeline before any button takes them."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if self.timeline is None or _typing() or not isinstance(watched, QWidget):
            return False
        key = Qt.Key(event.key())
        if event.type() == QEvent.Type.ShortcutOverride:
            if self.timeline.means(key):
                event.accept()
                return True
            return False
        if event.isAutoRepeat() and key == Qt.Key.Key_Space:
            return True
        return self.timeline.press(key)

    def _show_on_two(self, first: QScreen, second: QScreen) -> None:
        desk = Window(
            "Surefoot: therapist",
            self.therapist,
            role="desk",
            above=self.faults,
            below=self.timeline,
        )
        floor = Window("Surefoot: trainee", self.trainee, role="floor")
        self.windows = [desk, floor]
        desk.setGeometry(first.availableGeometry())
        desk.showMaximized()
        floor.setGeometry(second.geometry())
        floor.showFullScreen()

    def _show_on_one(self, screen: QScreen, *, alone: bool) -> None:
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.trainee)
        both.addWidget(self.therapist)
        both.setSizes([820, 1100])
        both.setChildrenCollapsible(False)
        window = Window(
            "Surefoot", both, role="both", above=self.faults, below=self.timeline
        )
        self.splitter = both
        self.windows = [window]
        self.arrange(1 if alone else 0)
        window.setGeometry(screen.availableGeometry())
        if alone:
            window.showFullScreen()
        else:
            window.showMaximized()

    def _add_keys(self, window: Window) -> None:
        for key, what in (
            ("F2", lambda: self.arrange(self._arrangement + 1)),
            ("F3", self.turn_palette),
            ("F4", lambda: self.speak(_after(language.IN_USE))),
            ("F6", self.turn_sound),
            ("F11", lambda: window.setWindowState(_other_state(window))),
        ):
            QShortcut(QKeySequence(key), window).activated.connect(what)


def _other_state(window: QWidget) -> Qt.WindowState:
    full = window.isFullScreen()
    return Qt.WindowState.WindowMaximized if full else Qt.WindowState.WindowFullScreen


def _after(code: str) -> str:
    """Return the language that follows one, the first after the last."""
    codes = list(LANGUAGES)
    return codes[(codes.index(code) + 1) % len(codes)]


def _typing() -> bool:
    if QApplication.activePopupWidget() is not None:
        return True
    focus = QApplication.focusWidget()
    return isinstance(focus, QLineEdit | QAbstractSpinBox)
