"""Draws one page of the trainee view, apart from what moves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from surefoot.training import Phase
from surefoot.ui import theme
from surefoot.ui import trainee_board as board
from surefoot.ui import trainee_parts as parts
from surefoot.ui.language import say
from surefoot.ui.trainee_answers import draw_answers, draw_number
from surefoot.ui.trainee_layout import COUNT_MM, NUMBER_MM, TEXT_MM, WORD_MM
from surefoot.ui.trainee_movement import draw_asked
from surefoot.ui.trainee_page import STOP_HINT, STOP_SIGN
from surefoot.ui.trainee_target import Target, draw_others, draw_ring
from surefoot.ui.trainee_text import CENTRE, LEFT, RIGHT, figure, line, paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QRegion

    from surefoot.ui.trainee_layout import Layout
    from surefoot.ui.trainee_page import Page


REST = "Rest"


def paint_still(
    painter: QPainter, layout: Layout, page: Page, target: Target | None, side: str
) -> None:
    """Draw everything that stays as it is from frame to frame.

    Parameters
    ----------
    painter : QPainter
        Antialiasing set.
    layout : Layout
        The places.
    page : Page
        What to say.
    target : Target or None
        Where ring and dot are, if there are any.
    side : str
        The side that is too low; empty inside the ring.
    """
    painter.fillRect(layout.sheet, theme.ink(theme.PALETTE.background))
    _footer(painter, layout)
    _ribbon(painter, layout, page.badges)
    if target is not None and not target.moving:
        plain = page.phase is Phase.DIRECTION or bool(page.banner)
        draw_others(painter, target)
        draw_ring(painter, target, side, plain=plain)
    if page.standing:
        _standing(painter, layout, page, side)
    elif page.items:
        _items(painter, layout, page)
    else:
        _asking(painter, layout, page)
    if page.banner:
        _banner(painter, layout, page)


def paint_numbers(
    painter: QPainter, layout: Layout, page: Page, dirty: QRegion
) -> None:
    """Draw the time left, the share in the ring and the bar, as far as it is dirty."""
    if page.banner:
        return
    painter.setPen(theme.ink(theme.PALETTE.text))
    heights = layout.pixels(NUMBER_MM), layout.pixels(TEXT_MM)
    number = _number_place(layout, page)
    if not page.number or not dirty.intersects(number.toAlignedRect()):
        pass
    elif page.phase in {Phase.COUNTDOWN, Phase.REST}:
        line(painter, number, page.number, layout.pixels(COUNT_MM))
    else:
        figure(painter, number, (page.number, page.unit), heights, LEFT)
    if page.share and dirty.intersects(layout.share.toAlignedRect()):
        line(painter, layout.share, page.share, heights[1], RIGHT)
    if page.bar is not None and dirty.intersects(layout.bar.toAlignedRect()):
        _bar(painter, layout, page.bar)


def moved(layout: Layout, before: Page, now: Page) -> list[QRectF]:
    """Return where the numbers of two pages of one look differ."""
    places: list[QRectF] = []
    if before.number != now.number:
        places.append(_number_place(layout, now))
    if before.share != now.share:
        places.append(layout.share)
    if before.bar != now.bar:
        ends = sorted(layout.bar.width() * (p.bar or 0.0) for p in (before, now))
        place = QRectF(layout.bar)
        place.setLeft(layout.bar.left() + ends[0])
        place.setWidth(max(1.0, ends[1] - ends[0]))
        places.append(place.adjusted(-2, -1, 2, 1))
    return places


def _number_place(layout: Layout, page: Page) -> QRectF:
    big = page.phase in {Phase.COUNTDOWN, Phase.REST}
    return layout.count if big else layout.number


def _standing(painter: QPainter, layout: Layout, page: Page, side: str) -> None:
    if page.banner:
        return
    palette = theme.PALETTE
    painter.setPen(theme.ink(palette.text))
    if page.phase is Phase.COUNTDOWN:
        told = page.title or page.sentence
        line(painter, layout.beside, told, layout.pixels(WORD_MM))
    elif page.sentence:
        _sentence(painter, layout, page)
    if page.target:
        _word(painter, layout, page, side)
    else:
        _without_ring(painter, layout, page)


def _without_ring(painter: QPainter, layout: Layout, page: Page) -> None:
    if page.cue:
        parts.draw_cue(painter, layout, page.cue)
    if page.movement is not None:
        draw_asked(painter, layout, page)
    if page.note:
        parts.draw_note(painter, layout, page.note)
    if page.gauge:
        painter.setPen(theme.ink(theme.PALETTE.text))
        paragraph(painter, layout.word, page.say, layout.pixels(WORD_MM), middle=True)


def _sentence(painter: QPainter, layout: Layout, page: Page) -> None:
    """Draw the words of a run without a ring, with the mark or the number below."""
    place = layout.target.united(layout.word)
    height = layout.pixels(WORD_MM)
    if not (page.mark or page.figure):
        paragraph(painter, place, page.sentence, height, middle=True)
        return
    words = QRectF(place)
    words.setHeight(0.4 * place.height())
    paragraph(painter, words, page.sentence, height, middle=True)
    rest = QRectF(place)
    rest.setTop(words.bottom())
    if page.mark:
        parts.draw_mark(painter, rest)
    else:
        painter.setPen(theme.ink(theme.PALETTE.text))
        heights = layout.pixels(COUNT_MM), layout.pixels(TEXT_MM)
        figure(painter, rest, (page.figure, page.beside), heights)


def second_place(layout: Layout) -> QRectF:
    """Return where it stands what else is to be done: beside or below the number."""
    place = layout.share.united(layout.bar)
    place.setLeft(layout.share.left())
    if layout.share.top() < layout.number.bottom():
        place.setTop(layout.top.top())
    return place


def _word(painter: QPainter, layout: Layout, page: Page, side: str) -> None:
    """Draw the word below the ring: where the dot is, or what else is to be done."""
    palette = theme.PALETTE
    good = not side or bool(page.say)
    painter.setPen(theme.ink(palette.good if good else palette.bad))
    told = page.say or page.sides.get(side, "")
    word, height = told or theme.side_word(side), layout.pixels(WORD_MM)
    place = layout.word
    paragraph(painter, place, word, height, middle=True)
    if page.word:
        painter.setPen(theme.ink(palette.text))
        beside = second_place(layout)
        paragraph(painter, beside, page.word, layout.pixels(TEXT_MM), middle=True)


def _items(painter: QPainter, layout: Layout, page: Page) -> None:
    """Draw the result: quality first, then the one number, then what follows."""
    palette = theme.PALETTE
    place = QRectF(layout.sentence)
    heights = layout.pixels(NUMBER_MM), layout.pixels(TEXT_MM)
    if page.phase is Phase.REST:
        place.setTop(layout.top.bottom())
        painter.setPen(theme.ink(palette.muted))
        line(painter, layout.beside, REST, layout.pixels(WORD_MM))
    row = QRectF(place)
    row.setHeight(place.height() / len(page.items))
    painter.setPen(theme.ink(palette.text))
    for number, words in page.items:
        if number:
            figure(painter, row, (number, words), heights)
        else:
            paragraph(painter, row, words, heights[1], middle=True)
        row.moveTop(row.bottom())


def _asking(painter: QPainter, layout: Layout, page: Page) -> None:
    height = layout.pixels(TEXT_MM)
    place = QRectF(layout.sentence)
    if page.target:
        place.setBottom(layout.low_target.top())
    if page.answers or page.figure:
        place.setBottom(min(place.bottom(), draw_answers(painter, layout, page)))
    painter.setPen(theme.ink(theme.PALETTE.text))
    if page.title:
        title = QRectF(place)
        title.setHeight(1.3 * height)
        painter.setPen(theme.ink(theme.PALETTE.muted))
        line(painter, title, page.title, height)
        place.setTop(title.bottom() + 0.1 * height)
        painter.setPen(theme.ink(theme.PALETTE.text))
    used = QRectF(place.topLeft(), place.topLeft())
    if not (page.banner and page.target):
        used = paragraph(painter, place, page.sentence, height)
    rest = QRectF(place)
    rest.setTop(used.bottom())
    if page.figure:
        draw_number(painter, layout, page, rest)
        return
    _drawing(painter, page, rest.adjusted(0, 0.2 * height, 0, -0.2 * height), height)


def _drawing(painter: QPainter, page: Page, place: QRectF, height: float) -> None:
    """Draw the picture of the drill, or else the sketch, where there is room."""
    if place.height() < 1.6 * height:
        return
    if page.picture and parts.draw_picture(painter, place, page.picture):
        return
    if page.sketch:
        board.draw(painter, place, page.sketch, height)


def _footer(painter: QPainter, layout: Layout) -> None:
    if not layout.footer.isEmpty():
        draw_stop(painter, layout.footer, STOP_HINT, layout.pixels(TEXT_MM))


def draw_stop(painter: QPainter, place: QRectF, hint: str, height: float) -> None:
    """Draw how to stop: a red sign of the usual shape, with words.

    Parameters
    ----------
    painter : QPainter
        Where to.
    place : QRectF
        For both; the sign is as high.
    hint : str
        What to press.
    height : float
        Of capitals, in pixels.
    """
    palette = theme.PALETTE
    sign = QRectF(place.left(), place.top(), 5.0 * height, place.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(palette.stop))
    painter.drawPolygon(_octagon(sign))
    painter.setPen(theme.ink(palette.on_stop))
    line(painter, sign, STOP_SIGN, height)
    painter.setPen(theme.ink(palette.text))
    rest = QRectF(place)
    rest.setLeft(sign.right() + 0.4 * height)
    line(painter, rest, hint, height, LEFT)


def _octagon(place: QRectF) -> QPolygonF:
    cut = place.height() * (1 - 1 / math.sqrt(2))
    left, top = place.left(), place.top()
    right, bottom = place.right(), place.bottom()
    corners = (
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    )
    return QPolygonF([QPointF(x, y) for x, y in corners])


def _ribbon(painter: QPainter, layout: Layout, badges: tuple[str, ...]) -> None:
    """Draw along the right edge what must never be taken for a live session."""
    if not badges or layout.ribbon.isEmpty():
        return
    palette, place = theme.PALETTE, layout.ribbon
    painter.fillRect(place, theme.ink(palette.panel))
    painter.save()
    painter.translate(place.center())
    painter.rotate(90)
    turned = QRectF(
        -place.height() / 2, -place.width() / 2, place.height(), place.width()
    )
    painter.setPen(theme.ink(palette.warn))
    text = "   ".join(map(say, badges))
    line(painter, turned, text, layout.pixels(TEXT_MM), CENTRE)
    painter.restore()


def _banner(painter: QPainter, layout: Layout, page: Page) -> None:
    palette, height = theme.PALETTE, layout.pixels(TEXT_MM)
    place = QRectF(layout.top)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(palette.bad))
    painter.drawRoundedRect(place, height / 4, height / 4)
    painter.setPen(theme.ink(palette.background))
    rows = len(page.banner)
    for index, text in enumerate(page.banner):
        row = QRectF(place)
        row.setHeight(place.height() / rows)
        row.moveTop(place.top() + index * row.height())
        line(painter, row.adjusted(height / 2, 0, -height / 2, 0), text, height)


def _bar(painter: QPainter, layout: Layout, share: float) -> None:
    palette, place = theme.PALETTE, layout.bar
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(palette.panel))
    painter.drawRect(place)
    painter.setBrush(theme.ink(palette.muted))
    left = QRectF(place)
    left.setWidth(place.width() * share)
    painter.drawRect(left)
