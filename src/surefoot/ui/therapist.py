"""The therapist's window: sensors left, signals in the middle, the trial right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surefoot.ui import language, panels
from surefoot.ui.asking import TAKEN, entry_of, question_of
from surefoot.ui.keys import BOUNCE, SKIP, request

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from surefoot.session.snapshot import Snapshot, Stage
    from surefoot.ui.asking import Entry

_KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_M,
    Qt.Key.Key_Y,
    Qt.Key.Key_N,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_E,
    Qt.Key.Key_H,
    Qt.Key.Key_L,
    Qt.Key.Key_S,
    Qt.Key.Key_X,
    SKIP,
    *(Qt.Key(Qt.Key.Key_0 + n) for n in range(10)),
)
_ANSWERING = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
"""Keys that widgets need, but for a question that takes them."""
_LEFT, _RIGHT = 228, 284
_SLOW = 0.2  # s; text that changes faster cannot be read


class TherapistView(QWidget):
    """Everything a therapist watches and presses during a session or a replay.

    A timer of the window calls `refresh`; nothing here runs by itself.

    Parameters
    ----------
    stage : Stage
        A live session or a replay.
    parent : QWidget, optional
        As in Qt.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("therapist")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Surefoot: therapist")
        self.setMinimumSize(1024, 700)
        self._stage = stage
        self._entry = entry_of(stage)
        self._seen: tuple[object, ...] = ()
        self._read_at = 0.0
        self._header, self._status = panels.Header(), panels.Status()
        self._sensors, self._quality = panels.Sensors(), panels.Quality()
        self._recording, self._charts = panels.Recording(), panels.Charts()
        self._target, self._measures = panels.Target(), panels.Measures()
        self._trial, self._settings = panels.Trial(stage), panels.Settings(stage)
        self._notes = panels.Notes(stage)
        self.languages, self.sound = panels.Languages(), panels.SoundSwitch()
        self._lay_out()
        self._add_keys()
        self.restyle()
        language.retranslate(self)

    def sizeHint(self) -> QSize:
        """As in Qt."""
        return QSize(1280, 800)

    def refresh(self) -> None:
        """Draw the newest picture: movement always, text five times a second."""
        snapshot = self._stage.snapshot()
        self._charts.draw(snapshot)
        self._target.draw(snapshot)
        self._trial.draw_time(snapshot)
        seen = _telling(snapshot)
        if seen != self._seen or abs(snapshot.t - self._read_at) >= _SLOW:
            self._seen, self._read_at = seen, snapshot.t
            self._draw_text(snapshot)

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        self.setStyleSheet(panels.style_sheet())
        for part in (self._status, self._charts):
            part.restyle()
        self.update()

    def _draw_text(self, snapshot: Snapshot) -> None:
        for panel in (
            self._header,
            self._status,
            self._sensors,
            self._quality,
            self._recording,
            self._measures,
            self._trial,
            self._settings,
            self._notes,
            self._charts.drill,
        ):
            panel.draw(snapshot)
        asked = question_of(snapshot)
        free = asked is None and request(self._space.code, snapshot) is not None
        self._space.setEnabled(free or _gives(snapshot, self._entry))
        for key in self._answering:
            key.setEnabled(_gives(snapshot, self._entry))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 12, 12)
        whole.setSpacing(8)
        self._header.add(self.sound)
        self._header.add(self.languages)
        whole.addWidget(self._header)
        whole.addWidget(self._status)
        body = QHBoxLayout()
        body.setSpacing(10)
        left = _column(self._sensors, self._quality, self._recording)
        body.addWidget(_scrolling(left, _LEFT))
        body.addLayout(self._middle(), 1)
        right = _column(self._trial, self._settings, self._notes)
        body.addWidget(_scrolling(right, _RIGHT))
        whole.addLayout(body, 1)

    def _middle(self) -> QLayout:
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._target)
        below.addWidget(self._measures, 1)
        middle = QVBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self._charts, 1)
        middle.addLayout(below)
        return middle

    def _add_keys(self) -> None:
        self._space = _Key(Qt.Key.Key_Space, self)
        self._answering = [_Key(code, self) for code in _ANSWERING]
        others = [_Key(code, self) for code in _KEYS]
        for key in (self._space, *self._answering, *others):
            key.activated.connect(self._pressed)

    def _pressed(self) -> None:
        key = self.sender()
        if not isinstance(key, _Key) or key.bounces():
            return
        asked = request(key.code, self._stage.snapshot(), self._entry)
        if asked is not None and asked != TAKEN:
            do, arguments = asked
            self._stage.send(do, **arguments)


def _gives(snapshot: Snapshot, entry: Entry) -> bool:
    """Return whether an answer is being given by keys, and no button has them."""
    asked = question_of(snapshot)
    number = asked is not None and asked.kind == "number"
    return number or (asked is not None and entry.mark is not None)


class _Key(QShortcut):
    """A key that works wherever the focus is in the window, once a press."""

    def __init__(self, code: Qt.Key, parent: QWidget) -> None:
        super().__init__(QKeySequence(code), parent)
        self.code = code
        self.setAutoRepeat(False)
        self._since = QElapsedTimer()

    def bounces(self) -> bool:
        """Return whether this press follows the last as only a worn switch's does."""
        soon = self._since.isValid() and self._since.elapsed() < BOUNCE
        self._since.start()
        return soon


def _telling(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what may not wait to be told."""
    return (
        language.IN_USE,
        snapshot.phase,
        snapshot.prompt,
        snapshot.axis,
        snapshot.stale,
        snapshot.virtual,
        snapshot.zone,
        snapshot.replay is None,
        snapshot.result,
        snapshot.measures,
        snapshot.question,
        snapshot.doing,
        snapshot.set_no,
        snapshot.faults,
        snapshot.tape.error if snapshot.tape else "",
        len(snapshot.markers),
        *(link.state for link in snapshot.links),
    )


def _column(*panels_in_order: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    for panel in panels_in_order:
        layout.addWidget(panel)
    layout.addStretch(1)
    return column


def _scrolling(column: QWidget, width: int) -> QScrollArea:
    """Return the column in a frame that scrolls where the window is too low."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setFixedWidth(width)
    area.setWidget(column)
    # the window behind shows through
    column.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
