"""What a trainee is recognised by from across the room: a shape in a colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from surefoot.ui import theme
from surefoot.ui.trainee_text import line

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from surefoot.session.group import Mark

_SERIES = {"blue": 0, "pink": 3, "yellow": 4, "orange": 1, "green": 2, "red": 5}
_DIGIT, _LESS = 0.46, 0.34  # of the mark's height; in shapes with less room


def colour_of(mark: Mark) -> QColor:
    """Return the colour of a trainee in the palette in use."""
    return theme.ink(theme.PALETTE.series[_SERIES[mark.colour]])


def draw_mark(painter: QPainter, place: QRectF, mark: Mark, *, turned: bool) -> None:
    """Draw a trainee's shape with the number in it.

    Parameters
    ----------
    painter : QPainter
        Where to.
    place : QRectF
        The shape fills the largest square in its middle.
    mark : Mark
        Whose.
    turned : bool
        The ground under it has the trainee's colour, so the shape has not.
    """
    side = min(place.width(), place.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(place.center())
    ground = theme.ink(theme.PALETTE.background)
    own = colour_of(mark)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground if turned else own)
    painter.drawPath(shape(mark.shape, box))
    painter.setPen(own if turned else ground)
    digit = QRectF(box)
    if mark.shape == "triangle":
        digit.translate(0, 0.14 * side)
    elif mark.shape == "moon":
        digit.translate(-0.25 * side, 0)
    roomy = mark.shape in {"circle", "square"}
    line(painter, digit, str(mark.number), (_DIGIT if roomy else _LESS) * side)


def shape(name: str, box: QRectF) -> QPainterPath:
    """Return a shape by its name, as large as the box; an unknown one is a circle."""
    path = QPainterPath()
    if name == "square":
        path.addRect(box.adjusted(*_inset(0.06 * box.width())))
    elif name == "triangle":
        _polygon(path, box, [(0.5, 0.02), (1.0, 0.95), (0.0, 0.95)])
    elif name == "star":
        _polygon(path, box, [_tip(k) for k in range(10)])
    elif name == "cross":
        for across, along in ((0.5, 0.19), (0.19, 0.5)):
            arm = QRectF(0, 0, 2 * across * box.width(), 2 * along * box.height())
            arm.moveCenter(box.center())
            path = path.united(_rect(arm))
    elif name == "moon":
        path.addEllipse(box)
        bite = QPainterPath()
        bite.addEllipse(box.translated(0.5 * box.width(), 0))
        path = path.subtracted(bite)
    else:
        path.addEllipse(box)
    return path


def _tip(k: int) -> tuple[float, float]:
    """Return a corner of a star of five points that is thick enough for a digit."""
    reach = 0.54 if k % 2 == 0 else 0.30
    turn = math.radians(36 * k - 90)
    return 0.5 + reach * math.cos(turn), 0.54 + reach * math.sin(turn)


def _polygon(
    path: QPainterPath, box: QRectF, corners: list[tuple[float, float]]
) -> None:
    for index, (x, y) in enumerate(corners):
        at = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
        (path.lineTo if index else path.moveTo)(at)
    path.closeSubpath()


def _rect(place: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(place)
    return path


def _inset(width: float) -> tuple[float, float, float, float]:
    return width, width, -width, -width
