"""The target: a ring to stay in and a dot that goes the way the board tips."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPen, QPolygonF

from surefoot.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

FILL = 0.65  # of the view is the zone
_WHOLE = 0.94  # of the view is used where the ring goes about
_SLENDER = 0.32  # thickness over length of a ring with one axis
_CORNER = 1.25  # corners of a diamond that looks as large as a circle of radius 1
_NO_ZONE = math.radians(5.0)


def gain(place: QRectF, axis: str, zone: float, extent: float = 0.0) -> float:
    """Return pixels per radian (or metre) such that the zone fills two thirds.

    Where the ring goes up to ``extent`` from the middle, less: it stays in view.
    """
    span = place.width() if axis == "ml" else place.height()
    zone = zone or _NO_ZONE
    if extent:
        return _WHOLE * span / 2 / (extent + zone)
    return FILL * span / 2 / zone


@dataclass(frozen=True, slots=True)
class Target:
    """Where the ring and the dot are.

    Attributes
    ----------
    place : QRectF
        The part of the screen it may use.
    axis : str
        ``"ml"``, ``"ap"`` or ``"both"``.
    zone : float
        Radius of the ring [rad].
    gain : float
        Pixels per radian; fixed while a trial is under way.
    radius : float
        Of the dot, in pixels.
    at : (float, float)
        Middle of the ring, in the unit of the dot.
    others : tuple of (float, float)
        Other places: all the targets, or the way ahead of one that moves.
    moving : bool
        Whether the ring moves; then it is not part of what stands still.
    dotless : bool
        The target is shown and the dot is not.
    """

    place: QRectF
    axis: str
    zone: float
    gain: float
    radius: float
    at: tuple[float, float] = (0.0, 0.0)
    others: tuple[tuple[float, float], ...] = ()
    moving: bool = False
    dotless: bool = False

    @property
    def line(self) -> float:
        """Width of the ring's line."""
        return max(2.0, self.radius / 5)

    def ring(self) -> QRectF:
        """Return the ring: a circle, or a long one for a board with one axis."""
        reach = self.zone * self.gain
        room = 0.92 * min(self.place.width(), self.place.height()) / 2
        thick = min(room, max(_SLENDER * reach, 1.4 * self.radius), reach)
        if self.axis == "both":
            thick = reach
        across = thick if self.axis == "ap" else reach
        along = thick if self.axis == "ml" else reach
        centre = self.place.center() + self._off(self.at)
        return QRectF(
            centre.x() - across, centre.y() - along, 2 * across, 2 * along
        ).intersected(self.place.adjusted(*_inset(self.line / 2)))

    def still(self) -> Target:
        """Return the target without what moves by itself."""
        return replace(self, at=(0.0, 0.0), others=()) if self.moving else self

    def middle(self, at: tuple[float, float]) -> QPointF:
        """Return where a place is on the screen."""
        return self.place.center() + self._off(at)

    def _off(self, at: tuple[float, float]) -> QPointF:
        x = at[0] * self.gain if self.axis != "ap" else 0.0
        y = -at[1] * self.gain if self.axis != "ml" else 0.0
        return QPointF(x, y)

    def point(self, tilt: tuple[float, float]) -> tuple[QPointF, bool]:
        """Return the middle of the dot, and whether the tilt is beyond the view."""
        x = tilt[0] * self.gain if self.axis != "ap" else 0.0
        y = -tilt[1] * self.gain if self.axis != "ml" else 0.0
        reach = _CORNER * self.radius + self.line
        room_x = max(0.0, self.place.width() / 2 - reach)
        room_y = max(0.0, self.place.height() / 2 - reach)
        kept = QPointF(_within(x, room_x), _within(y, room_y))
        beyond = kept != QPointF(x, y)
        return self.place.center() + kept, beyond

    def around(self, tilt: tuple[float, float]) -> QRectF:
        """Return all that a dot may cover."""
        middle, _ = self.point(tilt)
        reach = _CORNER * self.radius + self.line
        return QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)


def draw_ring(painter: QPainter, target: Target, side: str, *, plain: bool) -> None:
    """Draw the ring: filled with a full line inside, empty and dashed outside.

    Parameters
    ----------
    painter : QPainter
        Where to.
    target : Target
        The places.
    side : str
        The side that is too low; empty inside.
    plain : bool
        A quiet outline only, when nothing is at stake or the picture stands still.
    """
    palette = theme.PALETTE
    ring, axis = target.ring(), target.axis
    _track(painter, target)
    quiet = QPen(theme.ink(palette.line), target.line * 0.6)
    inside = QPen(theme.ink(palette.good), target.line)
    outside = QPen(theme.ink(palette.bad), target.line, Qt.PenStyle.CustomDashLine)
    outside.setDashPattern([3.0, 2.0])
    outside.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(quiet if plain else outside if side else inside)
    filled = not side and not plain
    painter.setBrush(theme.ink(palette.zone) if filled else Qt.BrushStyle.NoBrush)
    corner = min(ring.width(), ring.height()) / 2
    painter.drawRoundedRect(ring, corner, corner)
    _mark(painter, target, axis)


def draw_others(painter: QPainter, target: Target) -> None:
    """Draw the other targets as rings, or the way ahead as dots that become smaller."""
    palette = theme.PALETTE
    if target.moving:
        _way(painter, target)
        return
    painter.setPen(QPen(theme.ink(palette.line), target.line * 0.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    reach = target.zone * target.gain
    for at in target.others:
        if at != target.at:
            painter.drawEllipse(target.middle(at), reach, reach)


def _way(painter: QPainter, target: Target) -> None:
    """Draw the way ahead as a line with an arrow head."""
    way = [target.middle(at) for at in (target.at, *target.others)]
    end = way[-1]
    back = next((p for p in reversed(way) if _far(p, end) > 0.4 * target.radius), None)
    if back is None:
        return
    pen = QPen(theme.ink(theme.PALETTE.muted), target.line)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(way))
    painter.save()
    painter.translate(end)
    painter.rotate(math.degrees(math.atan2(end.y() - back.y(), end.x() - back.x())))
    size = 0.45 * target.radius
    painter.drawPolyline([QPointF(-size, -size), QPointF(0, 0), QPointF(-size, size)])
    painter.restore()


def _far(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def ahead(target: Target) -> QRectF:
    """Return all that a moving ring and the way ahead of it cover."""
    box = target.ring().adjusted(*_inset(-2 * target.line))
    reach = max(target.radius * 1.4, target.radius + 2 * target.line)
    for at in ((target.at), *target.others):
        middle = target.middle(at)
        dot = QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
        box = box.united(dot)
    return box


def draw_dot(
    painter: QPainter,
    target: Target,
    tilt: tuple[float, float],
    side: str,
    *,
    stale: bool,
) -> None:
    """Draw the dot: round inside, a diamond outside, hatched when it stands still."""
    palette = theme.PALETTE
    middle, beyond = target.point(tilt)
    colour = palette.muted if stale else palette.bad if side else palette.dot
    painter.setPen(QPen(theme.ink(palette.background), target.line * 0.6))
    painter.setBrush(theme.ink(colour))
    if stale:
        painter.setPen(QPen(theme.ink(colour), target.line * 0.6))
        painter.setBrush(theme.ink(palette.background))
    shape = _diamond if side else _circle
    shape(painter, middle, target.radius)
    if stale:
        painter.setBrush(QBrush(theme.ink(colour), Qt.BrushStyle.BDiagPattern))
        shape(painter, middle, target.radius)
    elif beyond:
        _chevron(painter, middle, target, tilt)


def _track(painter: QPainter, target: Target) -> None:
    painter.setPen(QPen(theme.ink(theme.PALETTE.line), target.line * 0.5))
    place, centre = target.place, target.place.center()
    if target.axis != "ap":
        y = centre.y()
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
    if target.axis != "ml":
        x = centre.x()
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))


def _mark(painter: QPainter, target: Target, axis: str) -> None:
    """Draw the middle, a little longer than the dot."""
    painter.setPen(QPen(theme.ink(theme.PALETTE.text), target.line * 0.5))
    centre, reach = target.middle(target.at), target.radius * 1.15
    if axis != "ap":
        painter.drawLine(centre - QPointF(0, reach), centre + QPointF(0, reach))
    if axis != "ml":
        painter.drawLine(centre - QPointF(reach, 0), centre + QPointF(reach, 0))


def _circle(painter: QPainter, middle: QPointF, radius: float) -> None:
    painter.drawEllipse(middle, radius, radius)


def _diamond(painter: QPainter, middle: QPointF, radius: float) -> None:
    reach = _CORNER * radius
    steps = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in steps]))


def _chevron(
    painter: QPainter, middle: QPointF, target: Target, tilt: tuple[float, float]
) -> None:
    """Draw an arrow head in the dot: the board is further out than the view."""
    x = tilt[0] if target.axis != "ap" else 0.0
    y = -tilt[1] if target.axis != "ml" else 0.0
    painter.save()
    painter.translate(middle)
    painter.rotate(math.degrees(math.atan2(y, x)))
    size = 0.36 * target.radius
    pen = QPen(theme.ink(theme.PALETTE.background), target.line)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    tip = [QPointF(-size / 2, -size), QPointF(size / 2, 0), QPointF(-size / 2, size)]
    painter.drawPolyline(QPolygonF(tip))
    painter.restore()


def _within(value: float, room: float) -> float:
    return min(room, max(-room, value))


def _inset(width: float) -> tuple[float, float, float, float]:
    return width, width, -width, -width
