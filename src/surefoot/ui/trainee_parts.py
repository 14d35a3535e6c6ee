"""Parts of the trainee's screen in drills without a ring: a mark, a cue, a picture."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtSvg import QSvgRenderer

from surefoot.session.drill_shelf import picture_of
from surefoot.ui import theme
from surefoot.ui.trainee_drill import STEP, STEP_NOW
from surefoot.ui.trainee_layout import COUNT_MM, TEXT_MM, WORD_MM
from surefoot.ui.trainee_text import paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from surefoot.ui.trainee_layout import Layout


def draw_mark(painter: QPainter, place: QRectF) -> None:
    """Draw a mark to look at: a disc in a ring, as large as the place allows."""
    palette = theme.PALETTE
    radius = 0.42 * min(place.width(), place.height())
    painter.setPen(QPen(theme.ink(palette.text), 0.12 * radius))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place.center(), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(palette.text))
    painter.drawEllipse(place.center(), 0.3 * radius, 0.3 * radius)


def draw_cue(painter: QPainter, layout: Layout, cue: str) -> None:
    """Draw a word to act on: in a full box with an arrow down when it is time."""
    palette = theme.PALETTE
    place = layout.top.united(layout.target).united(layout.word)
    now, near = STEP_NOW in cue, STEP in cue
    if now:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(palette.good))
        painter.drawRoundedRect(place, 40 * layout.unit, 40 * layout.unit)
        _arrow(painter, place, layout)
    painter.setPen(theme.ink(palette.background if now else palette.text))
    words = QRectF(place)
    if now:
        words.setRight(place.right() - 0.24 * place.width())
    height = 0.7 * layout.pixels(COUNT_MM) if near else layout.pixels(WORD_MM)
    inner = words.adjusted(0.03 * place.width(), 0, -0.03 * place.width(), 0)
    paragraph(painter, inner, cue, height, middle=True)


def draw_picture(painter: QPainter, place: QRectF, name: str) -> bool:
    """Draw the picture of a drill on a white card; return whether there is one."""
    renderer = _picture(name)
    size = renderer.defaultSize() if renderer is not None else None
    if renderer is None or size is None or size.isEmpty():
        return False
    scale = min(place.width() / size.width(), place.height() / size.height())
    card = QRectF(0, 0, scale * size.width(), scale * size.height())
    card.moveCenter(place.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(card, 0.04 * card.height(), 0.04 * card.height())
    renderer.render(painter, card.adjusted(6, 6, -6, -6))
    return True


def draw_note(painter: QPainter, layout: Layout, note: str) -> None:
    """Draw what else is to be known before a set, in place of the ring."""
    painter.setPen(theme.ink(theme.PALETTE.text))
    place = layout.target.united(layout.word)
    paragraph(painter, place, note, layout.pixels(TEXT_MM), middle=True)


def _arrow(painter: QPainter, place: QRectF, layout: Layout) -> None:
    """Draw an arrow down onto a floor."""
    palette = theme.PALETTE
    pen = QPen(theme.ink(palette.background), 34 * layout.unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, half = place.right() - 0.14 * place.width(), 0.055 * place.width()
    top, tip = place.top() + 0.2 * place.height(), place.top() + 0.72 * place.height()
    painter.drawLine(QPointF(x, top), QPointF(x, tip))
    corner = tip - 1.1 * half
    painter.drawPolyline(
        [QPointF(x - half, corner), QPointF(x, tip), QPointF(x + half, corner)]
    )
    floor = place.top() + 0.84 * place.height()
    painter.drawLine(QPointF(x - 1.4 * half, floor), QPointF(x + 1.4 * half, floor))


@lru_cache(maxsize=8)
def _picture(name: str) -> QSvgRenderer | None:
    text = picture_of(name) if name else ""
    return QSvgRenderer(QByteArray(text.encode())) if text else None
