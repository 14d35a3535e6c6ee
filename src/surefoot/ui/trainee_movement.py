"""A movement beside the one that is asked for, and an angle with how far to go."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF

from surefoot.ui import theme
from surefoot.ui.trainee_layout import TEXT_MM, WORD_MM
from surefoot.ui.trainee_text import LEFT, line, paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from surefoot.training.aim import Movement
    from surefoot.ui.trainee_layout import Layout
    from surefoot.ui.trainee_page import Page

YOURS = "YOU"
_LEAST = math.radians(20.0)  # a view of angles is never narrower
_HEAD = 1.25  # times the way asked for
_LONGEST = 12.0  # s shown of a movement that nothing is asked of
_CAPTURED = math.radians(90.0)


def panels(layout: Layout) -> tuple[QRectF, QRectF]:
    """Return where the movement asked for is, and where one's own."""
    place = layout.target
    gap = 0.03 * place.width()
    half = (place.width() - gap) / 2
    first = QRectF(place.left(), place.top(), half, place.height())
    return first, first.translated(half + gap, 0)


def draw_asked(painter: QPainter, layout: Layout, page: Page) -> None:
    """Draw what stays: both frames, the template in the first, the word below."""
    palette, height = theme.PALETTE, layout.pixels(TEXT_MM)
    movement = page.movement
    if movement is None:
        return
    portion = f"{100 * movement.portion:.0f} %" if movement.template else ""
    for place, name in zip(panels(layout), (portion, YOURS), strict=True):
        if not name:
            continue  # nothing is asked of a movement that is captured
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(palette.panel))
        painter.drawRoundedRect(place, height / 4, height / 4)
        painter.setPen(theme.ink(palette.muted))
        line(painter, _head(place, height), name, height, LEFT)
    first, _ = panels(layout)
    if movement.template:
        _curve(painter, _plot(first, height), movement.template, movement, "good")
    painter.setPen(theme.ink(palette.text))
    word = _word(layout, turning=movement.turn_in is not None)
    paragraph(painter, word, page.say, layout.pixels(WORD_MM), middle=True)


def draw_own(painter: QPainter, layout: Layout, movement: Movement) -> None:
    """Draw what moves: the trace, where the template is by now, and the next turn."""
    palette, height = theme.PALETTE, layout.pixels(TEXT_MM)
    first, second = panels(layout)
    plot = _plot(second, height)
    _curve(painter, plot, movement.trace, movement, "dot")
    if movement.trace:
        radius = 0.18 * height
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(palette.dot))
        last = _point(plot, movement.trace[-1], movement)
        painter.drawEllipse(last, radius, radius)
        if movement.template:
            now = at_time(movement.template, movement.trace[-1][0])
            painter.setBrush(theme.ink(palette.good))
            asked = _point(_plot(first, height), now, movement)
            painter.drawEllipse(asked, radius, radius)
    if movement.turn_in is not None:
        painter.setPen(theme.ink(palette.text))
        seconds = f"{math.ceil(movement.turn_in - 1e-9)} s"
        line(painter, turn_place(layout), seconds, layout.pixels(WORD_MM))


def at_time(curve: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    """Return the point of a curve at a time, its last one after its end."""
    for (t0, a), (t1, b) in pairwise(curve):
        if t <= t1:
            share = (t - t0) / (t1 - t0) if t1 > t0 else 1.0
            return t, a + (b - a) * max(0.0, share)
    return curve[-1]


def turn_place(layout: Layout) -> QRectF:
    """Return where the seconds to the next turn stand."""
    word = layout.word
    return QRectF(
        word.right() - 0.2 * word.width(), word.top(), 0.2 * word.width(), word.height()
    )


def gauge_scale(angle: float) -> float:
    """Return the angle at the end of a gauge that has to hold this one [rad]."""
    return max(_LEAST, _HEAD * angle)


def draw_gauge(
    painter: QPainter, layout: Layout, angles: tuple[float, float | None], scale: float
) -> None:
    """Draw an angle as a way to go: the start, the mark to go to, and the dot.

    Parameters
    ----------
    painter : QPainter
        Where to.
    layout : Layout
        The places.
    angles : (float, float or None)
        How far to go, and how far it is now [rad].
    scale : float
        What is at the end of the way [rad].
    """
    palette, height = theme.PALETTE, layout.pixels(TEXT_MM)
    place = layout.target.adjusted(0.8 * height, 0, -0.8 * height, 0)
    middle = place.center().y()

    def at(angle: float) -> QPointF:
        share = min(1.0, max(0.0, angle / scale))
        return QPointF(place.left() + share * place.width(), middle)

    goal, now = angles
    thick = 0.9 * height
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(palette.panel))
    way = QRectF(place.left(), middle - thick / 2, place.width(), thick)
    painter.drawRoundedRect(way, thick / 2, thick / 2)
    painter.setBrush(theme.ink(palette.zone))
    way.setRight(max(way.left() + thick, at(goal).x()))
    painter.drawRoundedRect(way, thick / 2, thick / 2)
    painter.setPen(QPen(theme.ink(palette.good), height / 8))
    x = at(goal).x()
    painter.drawLine(
        QPointF(x, middle - 1.1 * height), QPointF(x, middle + 1.1 * height)
    )
    if now is None:
        return
    painter.setPen(QPen(theme.ink(palette.background), height / 12))
    painter.setBrush(theme.ink(palette.dot))
    painter.drawEllipse(at(now), 0.68 * height, 0.68 * height)


def _word(layout: Layout, *, turning: bool) -> QRectF:
    word = QRectF(layout.word)
    if turning:
        word.setRight(turn_place(layout).left())
    return word


def _head(place: QRectF, height: float) -> QRectF:
    side = height / 3
    return QRectF(
        place.left() + side, place.top(), place.width() - 2 * side, 1.3 * height
    )


def _plot(place: QRectF, height: float) -> QRectF:
    side = height / 3
    return place.adjusted(side, 1.3 * height, -side, -side)


def _size(movement: Movement) -> tuple[float, float]:
    """Return seconds and radians that fill a panel."""
    if not movement.template:
        return _LONGEST, _CAPTURED
    most = max(angle for _, angle in movement.template)
    return 1.15 * movement.template[-1][0], max(math.radians(5.0), _HEAD * most)


def _point(plot: QRectF, at: tuple[float, float], movement: Movement) -> QPointF:
    seconds, angle = _size(movement)
    x, y = min(1.0, at[0] / seconds), min(1.0, max(0.0, at[1] / angle))
    return QPointF(plot.left() + x * plot.width(), plot.bottom() - y * plot.height())


def _curve(
    painter: QPainter,
    plot: QRectF,
    points: tuple[tuple[float, float], ...],
    movement: Movement,
    role: str,
) -> None:
    colour = theme.ink(getattr(theme.PALETTE, role))
    pen = QPen(colour, max(3.0, 0.05 * plot.height()))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shown = [p for p in points if p[0] <= _size(movement)[0]]
    if movement.template:
        shown = list(points)
    painter.drawPolyline(QPolygonF([_point(plot, p, movement) for p in shown]))
