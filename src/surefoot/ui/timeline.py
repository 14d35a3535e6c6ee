"""The bar below a replay: play, pause, speed, and any instant at will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from surefoot.ui import theme
from surefoot.ui.language import retranslate
from surefoot.ui.timeline_bar import TimelineBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from surefoot.session.snapshot import Replay, Snapshot, Stage

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
STEP, LEAP = 1.0, 10.0  # s

_Key = Qt.Key
_STEPS = {
    _Key.Key_Left: -STEP,
    _Key.Key_Right: STEP,
    _Key.Key_Down: -LEAP,
    _Key.Key_Up: LEAP,
    _Key.Key_PageDown: -LEAP,
    _Key.Key_PageUp: LEAP,
}
_OTHERS = frozenset({_Key.Key_Space, _Key.Key_Home, _Key.Key_End})
_BUTTONS = (("-10 s", -LEAP), ("-1 s", -STEP), ("+1 s", STEP), ("+10 s", LEAP))


class Timeline(QWidget):
    """Shows where a replay stands and asks its stage to move.

    Keys: space plays and pauses; left and right go one second, up and down ten; home
    and end go to the ends. They work when the window passes its keys to `press`.

    Parameters
    ----------
    stage : Stage
        A replay. For a live session the bar stays empty.
    parent : QWidget or None
        As in Qt.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Timeline")
        self._stage = stage
        self._shown: Replay | None = None
        self._look: tuple[bool, theme.Palette] | None = None
        self._wanted: float | None = None
        self.bar = TimelineBar(self)
        self.play = QPushButton(self)
        self.clock = QLabel("", self)
        self.speed = QComboBox(self)
        self._build()
        retranslate(self)

    def refresh(self) -> None:
        """Take the newest picture; send where the hand has pointed since the last."""
        if self._wanted is not None:
            self._stage.send("seek", t=self._wanted)
            self._wanted = None
        self.show_snapshot(self._stage.snapshot())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where this picture stands."""
        replay = snapshot.replay
        self.setEnabled(replay is not None)
        if replay is None:
            return
        self.show_lanes(snapshot, replay)
        self.bar.show_position(replay.position)
        self._show_texts(replay)
        self._shown = replay

    def show_lanes(self, snapshot: Snapshot, replay: Replay) -> None:
        """Show what the recording holds."""
        markers = tuple(marker.t for marker in snapshot.markers)
        self.bar.show_spans(replay.duration, replay.trials, replay.gaps, markers)

    def means(self, key: Qt.Key) -> bool:
        """Return whether a key is one of the timeline's."""
        return self._shown is not None and (key in _STEPS or key in _OTHERS)

    def press(self, key: Qt.Key) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        replay = self._shown
        if replay is None or not self.means(key):
            return False
        if key == _Key.Key_Space:
            self._toggle()
        elif key in _STEPS:
            self._go(_STEPS[key])
        else:
            self._seek(0.0 if key == _Key.Key_Home else replay.duration)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the keys of the timeline."""
        if not self.press(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.play.setAccessibleName("Play or pause")
        self.play.setToolTip("Play or pause (space)")
        self.play.setFixedSize(56, 44)
        self.play.setIconSize(QSize(24, 24))
        self.clock.setAccessibleName("Position and length")
        self.speed.setAccessibleName("Speed of the replay")
        row.addWidget(self.play)
        for text, seconds in _BUTTONS:
            row.addWidget(self._step_button(text, seconds))
        row.addWidget(self.bar, stretch=1)
        row.addWidget(self.clock)
        row.addWidget(self.speed)
        for factor in SPEEDS:
            self.speed.addItem(f"{factor:g}x", factor)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.play.clicked.connect(self._toggle)
        self.speed.activated.connect(self._choose_speed)
        self.bar.pointed.connect(self._point)
        for control in (self.play, self.speed, self.clock):
            control.setFont(theme.font(theme.BODY))
            control.setMinimumHeight(44)
            control.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _step_button(self, text: str, seconds: float) -> QPushButton:
        button = QPushButton(text, self)
        button.setFont(theme.font(theme.BODY))
        button.setFixedHeight(44)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        n = f"{abs(seconds):g}"
        name = f"{n} seconds back" if seconds < 0 else f"{n} seconds on"
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self._go(seconds))
        return button

    def _show_texts(self, replay: Replay) -> None:
        text = f"{theme.minutes(replay.position)} / {theme.minutes(replay.duration)}"
        if text != self.clock.text():
            self.clock.setText(text)
            self.clock.setMinimumWidth(
                self.clock.fontMetrics().horizontalAdvance(f"8{text}")
            )
        look = (replay.playing, theme.PALETTE)
        if look != self._look:
            self._look = look
            self.play.setIcon(_icon(playing=replay.playing))
            self.bar.update()
        if replay.speed in SPEEDS and self.speed.currentData() != replay.speed:
            self.speed.setCurrentIndex(SPEEDS.index(replay.speed))

    def _toggle(self) -> None:
        if self._shown is not None:
            self._stage.send("pause" if self._shown.playing else "play")

    def _go(self, seconds: float) -> None:
        if self._shown is not None:
            self._seek(self._shown.position + seconds)

    def _seek(self, t: float) -> None:
        if self._shown is not None:
            self._stage.send("seek", t=min(self._shown.duration, max(0.0, t)))

    def _point(self, t: float) -> None:
        # the next frame sends it: a hand moves more often than a picture can be drawn
        self._wanted = t
        self.bar.show_position(t)

    def _choose_speed(self, index: int) -> None:
        self._stage.send("speed", factor=SPEEDS[index])


def _icon(*, playing: bool) -> QIcon:
    """Return the sign for what the button does next, drawn, not taken from a font."""
    image = QPixmap(48, 48)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(theme.PALETTE.text))
    if playing:
        painter.drawRect(QRectF(10, 6, 10, 36))
        painter.drawRect(QRectF(28, 6, 10, 36))
    else:
        corners = [QPointF(10, 4), QPointF(42, 24), QPointF(10, 44)]
        painter.drawPolygon(QPolygonF(corners))
    painter.end()
    return QIcon(image)
