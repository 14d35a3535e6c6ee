"""Text whose capitals have the height that is asked for, and that never runs out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from surefoot.ui import theme
from surefoot.ui.language import say

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

Align = Qt.AlignmentFlag
LEFT, RIGHT, CENTRE = Align.AlignLeft, Align.AlignRight, Align.AlignHCenter
_SHRINK = 0.96
_FLOOR = 12.0  # pixels; below this nothing is gained


def capitals(height: float, *, bold: bool = True) -> QFont:
    """Return the font whose capitals and digits are this many pixels high."""
    return theme.font(height / _ratio(bold), bold=bold)


def fit_line(text: str, width: float, height: float) -> QFont:
    """Return the font for one line: capitals of ``height``, less only if too long."""
    font = capitals(height)
    advance = QFontMetricsF(font).horizontalAdvance(text)
    while advance > width and height > _FLOOR:
        height *= min(_SHRINK, width / advance)
        font = capitals(height)
        advance = QFontMetricsF(font).horizontalAdvance(text)
    return font


def line(
    painter: QPainter,
    place: QRectF,
    text: str,
    height: float,
    align: Align = CENTRE,
) -> None:
    """Draw one line, its capitals centred from top to bottom of the place.

    As the others here it takes English and draws it in the language in use.
    """
    text = say(text)
    font = fit_line(text, place.width(), height)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    slack = place.width() - width
    x = place.left() + {LEFT: 0.0, RIGHT: slack}.get(align, slack / 2)
    baseline = place.center().y() + metrics.capHeight() / 2
    painter.setFont(font)
    painter.drawText(QPointF(x, baseline), text)


def figure(
    painter: QPainter,
    place: QRectF,
    parts: tuple[str, str],
    heights: tuple[float, float],
    align: Align = CENTRE,
) -> None:
    """Draw a large number and small words beside it, on one line.

    Where both have no room side by side, both become smaller.
    """
    number, words = map(say, parts)
    font, small = capitals(heights[0]), capitals(heights[1])
    wide = QFontMetricsF(font).horizontalAdvance(number)
    gap = 0.12 * heights[0]
    both = wide + gap + QFontMetricsF(small).horizontalAdvance(words)
    if both > place.width() and heights[1] > _FLOOR:
        less = _SHRINK * place.width() / both
        figure(painter, place, parts, (less * heights[0], less * heights[1]), align)
        return
    slack = max(0.0, place.width() - both)
    x = place.left() + (slack / 2 if align == CENTRE else 0.0)
    baseline = place.center().y() + heights[0] / 2
    painter.setFont(font)
    painter.drawText(QPointF(x, baseline), number)
    painter.setFont(small)
    painter.drawText(QPointF(x + wide + gap, baseline), words)


def paragraph(
    painter: QPainter,
    place: QRectF,
    text: str,
    height: float,
    *,
    middle: bool = False,
) -> QRectF:
    """Draw a text centred in as many lines as it needs, all of about one length.

    It begins at the top of the place, or stands in its middle.

    Returns
    -------
    QRectF
        What it takes up.
    """
    flags = Qt.TextFlag.TextWordWrap | CENTRE | Align.AlignTop
    text = say(text)
    if not text.strip():
        return QRectF(place.topLeft(), place.topLeft())
    font, used = _fit_paragraph(text, place, height, flags)
    used = _balanced(font, used, flags, text)
    if middle:
        used.moveCenter(place.center())
    painter.setFont(font)
    painter.drawText(used.adjusted(-2, 0, 2, 0), flags, text)
    return used


def _balanced(font: QFont, used: QRectF, flags: int, text: str) -> QRectF:
    """Make the lines narrower for as long as their number stays."""
    metrics = QFontMetricsF(font)
    narrow = QRectF(used)
    while True:
        step = narrow.width() * (1 - _SHRINK) / 2
        tried = narrow.adjusted(step, 0, -step, 0)
        needed = metrics.boundingRect(tried, flags, text)
        if needed.height() > used.height() or needed.width() > tried.width():
            return narrow
        narrow = tried


def _fit_paragraph(
    text: str, place: QRectF, height: float, flags: int
) -> tuple[QFont, QRectF]:
    while True:
        font = capitals(height)
        used = QFontMetricsF(font).boundingRect(place, flags, text)
        fits = used.width() <= place.width() and used.height() <= place.height()
        if fits or height <= _FLOOR:
            wide = QRectF(place.left(), used.top(), place.width(), used.height())
            return font, wide
        height *= _SHRINK


@lru_cache(maxsize=2)
def _ratio(bold: bool) -> float:
    """Height of a capital over the size of its font, as the font at hand has it."""
    return QFontMetricsF(theme.font(1000, bold=bold)).capHeight() / 1000
