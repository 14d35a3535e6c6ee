"""The answers to a question on the trainee's screen: boxes that can be clicked too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from surefoot.ui import theme
from surefoot.ui.language import say
from surefoot.ui.trainee_layout import NUMBER_MM, TEXT_MM
from surefoot.ui.trainee_text import figure, line, paragraph

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from surefoot.ui.trainee_layout import Layout
    from surefoot.ui.trainee_page import Page

_SCALE = 11  # answers of 0 to 10
_LAST = 5.0  # times as wide as the others: it names its key
_ROW, _TALL = 1.27, 3.56  # heights of a row of one line and of two, in capitals
_QUESTION = 1.65  # height left for the question above them
_LONG = 24  # characters that are more than one line
STEPS = ("\N{MINUS SIGN}", "+", "Enter = OK")
"""Beside a number: less, more, and that it is right."""


def places(layout: Layout, page: Page) -> list[QRectF]:
    """Return where each answer of a page is, in their order.

    A number has three: less, more, and that it is right.
    """
    texts = page.answers or (STEPS if page.figure and not page.standing else ())
    height = _height(layout, texts)
    gap = height / 6
    if len(texts) < _SCALE:
        weights = [1.0, 1.0, 2.6] if texts == STEPS else [1.0] * len(texts)
        return _row(layout.low_word, weights, 3 * gap)
    rows = [QRectF(layout.sentence)]
    bottom = layout.sentence.bottom()
    for text in reversed(texts[_SCALE:]):
        tall = _TALL if len(say(text)) > _LONG else _ROW
        rows.insert(0, _strip(layout, bottom, tall * height))
        bottom = rows[0].top() - gap
    scale = _strip(layout, bottom, _ROW * height)
    boxes = _row(scale, [1.0] * (_SCALE - 1) + [_LAST], gap / 2)
    return [*boxes, *rows[:-1]]


def answer_at(layout: Layout, page: Page, point: QPointF) -> int | None:
    """Return which answer is at a point, None where there is none."""
    for index, place in enumerate(places(layout, page)):
        if place.contains(point):
            return index
    return None


def draw_answers(painter: QPainter, layout: Layout, page: Page) -> float:
    """Draw the answers and return where they begin, from the top."""
    boxes = places(layout, page)
    texts = page.answers or STEPS
    height = _height(layout, texts)
    for box, text in zip(boxes, texts, strict=False):
        _box(painter, box, text, height, chosen=text in page.chosen)
    return min((box.top() for box in boxes), default=layout.low_word.top())


def draw_number(painter: QPainter, layout: Layout, page: Page, place: QRectF) -> None:
    """Draw the number that is told, in what the words leave."""
    painter.setPen(theme.ink(theme.PALETTE.text))
    heights = layout.pixels(NUMBER_MM), layout.pixels(TEXT_MM)
    figure(painter, place, (page.figure, page.beside), heights)


def _box(
    painter: QPainter, box: QRectF, text: str, height: float, *, chosen: bool
) -> None:
    palette, round_ = theme.PALETTE, height / 4
    thick = max(2.0, height / 12)
    painter.setPen(
        QPen(theme.ink(palette.good), thick) if chosen else Qt.PenStyle.NoPen
    )
    painter.setBrush(theme.ink(palette.zone if chosen else palette.panel))
    painter.drawRoundedRect(box, round_, round_)
    painter.setPen(theme.ink(palette.text))
    side = min(height / 4, 0.06 * box.width())
    inner = box.adjusted(side, 0, -side, 0)
    if len(say(text)) > _LONG:
        paragraph(painter, inner, text, height, middle=True)
    else:
        line(painter, inner, text, height)


def _height(layout: Layout, texts: tuple[str, ...]) -> float:
    """Return the height of capitals: less where many answers have little room."""
    height = layout.pixels(TEXT_MM)
    if len(texts) < _SCALE:
        return height
    rows = [_TALL if len(say(text)) > _LONG else _ROW for text in texts[_SCALE:]]
    whole = _QUESTION + _ROW + sum(rows) + len(rows) / 6
    return min(height, layout.sentence.height() / whole)


def _strip(layout: Layout, bottom: float, height: float) -> QRectF:
    place = layout.sentence
    return QRectF(place.left(), bottom - height, place.width(), height)


def _row(place: QRectF, weights: list[float], gap: float) -> list[QRectF]:
    if not weights:
        return []
    one = (place.width() - gap * (len(weights) - 1)) / sum(weights)
    boxes: list[QRectF] = []
    left = place.left()
    for weight in weights:
        boxes.append(QRectF(left, place.top(), weight * one, place.height()))
        left += weight * one + gap
    return boxes
