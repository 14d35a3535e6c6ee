"""The long bar of a recording: trials, gaps and markers, and a knob to seek with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from surefoot.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_MARGIN, _GROOVE, _KNOB = 12.0, 16.0, 9.0  # pixels
_LANE = 34.0  # pixels from one lane to the next
_NUMBERED = 16.0  # pixels; a trial narrower than this bears no number
_STEP = 0.02  # s; a finer move of the hand is not worth a picture

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """What a recording holds, in seconds.

    Attributes
    ----------
    trials, gaps : tuple of (float, float)
        Begin and end of each.
    markers : tuple of float
        When each was set.
    extent : (float, float) or None
        From where to where it goes; all along the bar if it is not told.
    chosen : int
        Which trial stands out, from 0; -1 for none.
    """

    trials: Spans = ()
    gaps: Spans = ()
    markers: tuple[float, ...] = ()
    extent: tuple[float, float] | None = None
    chosen: int = -1


class TimelineBar(QWidget):
    """Draws a recording from end to end and tells where a person points.

    Several recordings are drawn below each other, on one time.

    Signals
    -------
    pointed : float
        Seconds; while the button is down and the hand moves.
    """

    pointed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Position in the recording")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(44)
        self._duration = 0.0
        self._position = 0.0
        self._lanes: tuple[Lane, ...] = (Lane(),)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, 48)

    def show_spans(
        self, duration: float, trials: Spans, gaps: Spans, markers: tuple[float, ...]
    ) -> None:
        """Show what the recording holds; all in seconds."""
        self.show_lanes(duration, (Lane(trials, gaps, markers),))

    def show_lanes(self, duration: float, lanes: tuple[Lane, ...]) -> None:
        """Show what one recording or more hold, the first one on top."""
        if (duration, lanes) == (self._duration, self._lanes):
            return
        if len(lanes) != len(self._lanes):
            self.setMinimumHeight(44 + round((len(lanes) - 1) * _LANE))
        self._duration, self._lanes = duration, lanes
        self.update()

    def show_position(self, position: float) -> None:
        """Move the knob to this time [s]."""
        before, self._position = self.x_of(self._position), position
        if round(2 * before) != round(2 * self.x_of(position)):
            self.update()

    def x_of(self, t: float) -> float:
        """Return where a time is, in pixels from the left."""
        share = t / self._duration if self._duration > 0 else 0.0
        return _MARGIN + min(1.0, max(0.0, share)) * self._room()

    def t_of(self, x: float) -> float:
        """Return which time is there, in seconds."""
        share = min(1.0, max(0.0, (x - _MARGIN) / self._room()))
        return share * self._duration

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek to where the hand points."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._point(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event.position().x())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Draw the groove, what lies in it, and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, lane in enumerate(self._lanes):
            self._draw_lane(painter, lane, self._groove(number))
        self._draw_knob(painter)
        painter.end()

    def _point(self, x: float) -> None:
        t = self.t_of(x)
        if abs(t - self._position) >= _STEP:
            self.pointed.emit(t)

    def _room(self) -> float:
        return max(1.0, self.width() - 2 * _MARGIN)

    def _groove(self, lane: int) -> QRectF:
        room = _GROOVE + (len(self._lanes) - 1) * _LANE
        top = (self.height() - room) / 2 + lane * _LANE
        return QRectF(_MARGIN, top, self._room(), _GROOVE)

    def _span(self, groove: QRectF, span: tuple[float, float]) -> QRectF:
        left, right = self.x_of(span[0]), self.x_of(span[1])
        width = max(2.0, right - left)
        return QRectF(left, groove.top(), width, groove.height())

    def _draw_lane(self, painter: QPainter, lane: Lane, groove: QRectF) -> None:
        whole = groove if lane.extent is None else self._span(groove, lane.extent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(theme.PALETTE.line, 0.5))
        painter.drawRoundedRect(whole, 3, 3)
        self._draw_spans(painter, lane, groove)
        self._draw_markers(painter, lane, groove)

    def _draw_spans(self, painter: QPainter, lane: Lane, groove: QRectF) -> None:
        palette = theme.PALETTE
        painter.setFont(theme.font(theme.SMALL, bold=True))
        for number, trial in enumerate(lane.trials):
            place = self._span(groove, trial)
            wide = 3.5 if number == lane.chosen else 1.5
            painter.setPen(QPen(theme.ink(palette.good), wide))
            painter.setBrush(theme.ink(palette.zone))
            painter.drawRect(place)
            if place.width() >= _NUMBERED:
                painter.setPen(theme.ink(palette.text))
                beside = place.adjusted(4, 0, 0, 0)
                painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, str(number + 1))
        for gap in lane.gaps:
            place = self._span(groove, gap)
            painter.fillRect(place, theme.ink(palette.background))
            hatch = QBrush(theme.ink(palette.bad), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(place, hatch)

    def _draw_markers(self, painter: QPainter, lane: Lane, groove: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(theme.PALETTE.warn))
        for t in lane.markers:
            x, y = self.x_of(t), groove.top()
            flag = [QPointF(x - 6, y - 10), QPointF(x + 6, y - 10), QPointF(x, y)]
            painter.drawPolygon(QPolygonF(flag))
            painter.drawRect(QRectF(x - 0.75, y, 1.5, groove.height()))

    def _draw_knob(self, painter: QPainter) -> None:
        palette = theme.PALETTE
        first, last = self._groove(0), self._groove(len(self._lanes) - 1)
        x = self.x_of(self._position)
        painter.setPen(QPen(theme.ink(palette.background), 2))
        painter.setBrush(theme.ink(palette.text))
        height = last.bottom() - first.top() + 12
        painter.drawRect(QRectF(x - 1.5, first.top() - 6, 3, height))
        middle = QPointF(x, (first.top() + last.bottom()) / 2)
        painter.drawEllipse(middle, _KNOB, _KNOB)
