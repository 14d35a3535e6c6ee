"""Line drawings of the rocker board and of a person on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from surefoot.ui import theme
from surefoot.ui.trainee_text import line

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_HALF, _ROCKER = 1.0, 0.27  # half the plank and the rocker's radius; the unit is free
_LABELS = {
    "left": ("LEFT", "RIGHT"),
    "right": ("LEFT", "RIGHT"),
    "front": ("BACK", "FRONT"),
    "back": ("BACK", "FRONT"),
}
_DOWN_LEFT = frozenset({"left", "back"})


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where the drawing stands: the floor below its middle, and its scale."""

    floor: QPointF
    scale: float

    def at(self, x: float, y: float) -> QPointF:
        """Return a point ``x`` to the right and ``y`` above the floor."""
        return self.floor + QPointF(x, -y) * self.scale


def draw(painter: QPainter, place: QRectF, sketch: str, text_height: float) -> None:
    """Draw one of the sketches a page may ask for, as large as the place allows.

    Parameters
    ----------
    painter : QPainter
        Where to.
    place : QRectF
        The room there is.
    sketch : str
        ``"left"``, ``"right"``, ``"front"``, ``"back"``: a board at rest on that edge,
        seen from behind, or from the right for the last two. Else ``"wait"``,
        ``"support"`` or ``"ready"``.
    text_height : float
        Height of capitals, in pixels.
    """
    if sketch in _LABELS:
        _resting(painter, place, sketch, text_height)
    elif sketch == "wait":
        _waiting(painter, place)
    elif sketch in {"support", "ready"}:
        _person(painter, place, holding=sketch == "support")


def _resting(painter: QPainter, place: QRectF, edge: str, text_height: float) -> None:
    labels = QRectF(place)
    labels.setTop(place.bottom() - 1.45 * text_height)
    scale = min(0.30 * place.width(), (labels.top() - place.top()) / 0.72)
    ground = _Ground(QPointF(place.center().x(), labels.top() - 0.06 * scale), scale)
    low = -1 if edge in _DOWN_LEFT else 1
    angle = low * math.asin(_ROCKER / _HALF)
    _floor(painter, ground, 1.5)
    _board(painter, ground, angle)
    _arrow(painter, ground, low)
    for x, label in zip((-1, 1), _LABELS[edge], strict=True):
        colour = theme.PALETTE.good if x == low else theme.PALETTE.muted
        painter.setPen(theme.ink(colour))
        middle = place.center().x() + x * 0.95 * scale
        half = min(middle - place.left(), place.right() - middle, 0.9 * scale)
        line(
            painter,
            QRectF(middle - half, labels.top(), 2 * half, labels.height()),
            label,
            text_height,
        )


def _waiting(painter: QPainter, place: QRectF) -> None:
    scale = min(0.30 * place.width(), 0.92 * place.height())
    ground = _Ground(QPointF(place.center().x(), place.bottom() - 0.06 * scale), scale)
    _floor(painter, ground, 1.5)
    _board(painter, ground, 0.0)
    palette = theme.PALETTE
    painter.setPen(_pen(palette.good, ground, 0.03))
    painter.setBrush(theme.ink(palette.panel))
    box = QRectF(ground.at(-0.14, 0.46), ground.at(0.14, 0.31))
    painter.drawRoundedRect(box, 0.03 * scale, 0.03 * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for reach in (0.16, 0.28, 0.40):
        middle = ground.at(0, 0.50)
        around = QRectF(middle.x(), middle.y(), 0, 0)
        grown = reach * scale
        around.adjust(-grown, -grown, grown, grown)
        painter.drawArc(around, 50 * 16, 80 * 16)


def _person(painter: QPainter, place: QRectF, *, holding: bool) -> None:
    scale = min(0.30 * place.width(), 0.96 * place.height() / 1.36)
    ground = _Ground(QPointF(place.center().x(), place.bottom() - 0.04 * scale), scale)
    _floor(painter, ground, 1.5)
    _board(painter, ground, 0.0)
    _rails(painter, ground, lit=holding)
    painter.setPen(_pen(theme.PALETTE.text, ground, 0.06))
    painter.setBrush(theme.ink(theme.PALETTE.background))
    painter.drawEllipse(ground.at(0, 1.22), 0.10 * scale, 0.10 * scale)
    hip, neck = ground.at(0, 0.70), ground.at(0, 1.10)
    painter.drawLine(hip, neck)
    hand = 1.06 if holding else 0.36
    for side in (-1, 1):
        painter.drawLine(hip, ground.at(side * 0.22, 0.34))
        shoulder = ground.at(0, 1.02)
        elbow = ground.at(side * (0.5 if holding else 0.2), 0.86)
        painter.drawPolyline([shoulder, elbow, ground.at(side * hand, 0.80)])


def _board(painter: QPainter, ground: _Ground, angle: float) -> None:
    """Draw the plank on its half round rocker, turned by ``angle`` (right end down)."""
    palette, scale = theme.PALETTE, ground.scale
    painter.save()
    painter.translate(ground.at(0, _ROCKER))
    painter.rotate(math.degrees(angle))
    painter.setPen(_pen(palette.muted, ground, 0.03))
    painter.setBrush(theme.ink(palette.panel))
    round_ = QRectF(-_ROCKER, -_ROCKER, 2 * _ROCKER, 2 * _ROCKER)
    painter.drawChord(_scaled(round_, scale), 180 * 16, 180 * 16)
    painter.setPen(_pen(palette.text, ground, 0.07))
    painter.drawLine(QPointF(-_HALF * scale, 0), QPointF(_HALF * scale, 0))
    painter.restore()


def _rails(painter: QPainter, ground: _Ground, *, lit: bool) -> None:
    colour = theme.PALETTE.good if lit else theme.PALETTE.muted
    painter.setPen(_pen(colour, ground, 0.07))
    for side in (-1, 1):
        painter.drawLine(ground.at(side * 1.25, 0.0), ground.at(side * 1.25, 0.80))
        painter.drawLine(ground.at(side * 1.0, 0.80), ground.at(side * 1.42, 0.80))


def _arrow(painter: QPainter, ground: _Ground, low: int) -> None:
    painter.setPen(_pen(theme.PALETTE.good, ground, 0.06))
    x = low * 0.93
    painter.drawLine(ground.at(x, 0.64), ground.at(x, 0.20))
    tip = ground.at(x, 0.18)
    painter.drawPolyline([ground.at(x - 0.1, 0.31), tip, ground.at(x + 0.1, 0.31)])


def _floor(painter: QPainter, ground: _Ground, half: float) -> None:
    painter.setPen(_pen(theme.PALETTE.line, ground, 0.03))
    painter.drawLine(ground.at(-half, 0), ground.at(half, 0))


def _pen(colour: str, ground: _Ground, width: float) -> QPen:
    pen = QPen(theme.ink(colour), width * ground.scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _scaled(rect: QRectF, scale: float) -> QRectF:
    return QRectF(
        rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale
    )
