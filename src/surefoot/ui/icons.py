"""Small pictures drawn with lines: no font is needed to have them."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from surefoot.ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor


def octagon(box: QRectF) -> QPolygonF:
    """Return the outline of a stop sign inside a box."""
    x, y = box.center().x(), box.center().y()
    radius = min(box.width(), box.height()) / 2 / cos(pi / 8)
    angles = [pi / 8 + i * pi / 4 for i in range(8)]
    return QPolygonF(
        [QPointF(x + radius * cos(a), y + radius * sin(a)) for a in angles]
    )


class Icon(QWidget):
    """A picture in a square, repainted only when it becomes another.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    side : int
        Length of an edge [pixels].
    """

    def __init__(self, name: str = "none", side: int = 20) -> None:
        super().__init__()
        self.setFixedSize(QSize(side, side))
        self._name, self._role = name, "muted"

    @property
    def name(self) -> str:
        """The picture shown."""
        return self._name

    def show_icon(self, name: str, role: str = "muted") -> None:
        """Show a picture in the palette colour ``role``."""
        if (name, role) != (self._name, self._role):
            self._name, self._role = name, role
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        colour = theme.ink(getattr(theme.PALETTE, self._role))
        draw_icon(painter, self._name, box, colour)


def draw_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw a picture of `NAMES` inside a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    pen = QPen(colour, 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _PICTURES[name](painter)
    painter.restore()


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _none(painter: QPainter) -> None:
    """Nothing is drawn."""


def _tick(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 7, 7)
    _line(painter, (4.8, 8.2), (7.2, 10.6), (11.4, 5.6))


def _search(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(6.5, 6.5), 5, 5)
    _line(painter, (10.4, 10.4), (15, 15))


def _dots(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 7, 7)
    for x in (4.6, 8.0, 11.4):
        painter.drawPoint(QPointF(x, 8))


def _warning(painter: QPainter) -> None:
    _line(painter, (8, 1.2), (15.2, 14.4), (0.8, 14.4), (8, 1.2))
    _line(painter, (8, 6), (8, 9.6))
    painter.drawPoint(QPointF(8, 12))


def _cross(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 7, 7)
    _line(painter, (5.4, 5.4), (10.6, 10.6))
    _line(painter, (10.6, 5.4), (5.4, 10.6))


def _closed(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 7, 7)
    _line(painter, (4.8, 8), (11.2, 8))


def _record(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 7, 7)
    painter.setBrush(painter.pen().color())
    painter.drawEllipse(QPointF(8, 8), 3.4, 3.4)


def _flag(painter: QPainter) -> None:
    _line(painter, (3, 15), (3, 1.5), (13, 4.6), (3, 8.2))


_PICTURES: dict[str, Callable[[QPainter], None]] = {
    "none": _none,
    "tick": _tick,
    "search": _search,
    "dots": _dots,
    "warning": _warning,
    "cross": _cross,
    "closed": _closed,
    "record": _record,
    "flag": _flag,
}
NAMES = tuple(_PICTURES)
"""Every picture there is."""
