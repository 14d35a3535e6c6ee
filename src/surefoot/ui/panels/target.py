"""The target as seen from above: ring or band, the last seconds of tilt, the dot."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from surefoot.ui import theme
from surefoot.ui.calm import Linger
from surefoot.ui.language import say
from surefoot.ui.plot import polygon
from surefoot.ui.sweep import longest_step, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.session.snapshot import Snapshot, Track

TRACE = 5.0
"""Seconds of the past that are drawn."""
_RINGED = frozenset({"hold", "follow", "reach"})
_POINTS = 160  # the eye sees no more in so small a picture, and wide pens cost


class Target(QWidget):
    """Tilt to the right goes right, tilt to the front goes up."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Target, seen from above")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._snapshot: Snapshot | None = None
        self._stopped = False
        self._silence = Linger()

    def sizeHint(self) -> QSize:
        """As in Qt."""
        return QSize(200, 244)

    def draw(self, snapshot: Snapshot) -> None:
        """Show the tilt of a picture."""
        self._stopped = self._silence.feed(snapshot.t, snapshot.stale)
        before, self._snapshot = self._snapshot, snapshot
        if before is None or _differs(before, snapshot):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        palette = theme.PALETTE
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(palette.panel))
        painter.drawRoundedRect(self.rect(), 8, 8)
        painter.setPen(theme.ink(palette.muted))
        painter.setFont(theme.font(theme.SMALL, bold=True))
        painter.drawText(QPointF(14, 24), say("LAST 5 SECONDS"))
        box = self._box()
        painter.setClipRect(box)
        painter.fillRect(box, theme.ink(palette.background))
        if self._snapshot is not None:
            self._paint_target(painter, box, self._snapshot)

    def _box(self) -> QRectF:
        """Return the square the target is drawn in."""
        area = QRectF(self.rect()).adjusted(12, 34, -12, -12)
        side = min(area.width(), area.height())
        left = area.left() + (area.width() - side) / 2
        return QRectF(left, area.top() + (area.height() - side) / 2, side, side)

    def _paint_target(self, painter: QPainter, box: QRectF, snapshot: Snapshot) -> None:
        scale = box.width() / 2 / _half_span(snapshot)
        if snapshot.doing.task in _RINGED:
            _paint_zone(painter, box, snapshot, scale)
        _paint_words(painter, box, snapshot.axis)
        painter.translate(box.center())
        painter.setOpacity(0.35 if self._stopped else 1.0)
        track = snapshot.tracks.get(snapshot.doing.stream)
        if track is not None and len(track.t):
            _paint_trace(painter, track, scale)
        if snapshot.tilt is not None:
            ml, ap = (shown(v, snapshot) * scale for v in snapshot.tilt)
            painter.setPen(QPen(theme.ink(theme.PALETTE.background), 2))
            painter.setBrush(theme.ink(theme.PALETTE.dot))
            painter.drawEllipse(QPointF(ml, -ap), 7, 7)


def _differs(one: Snapshot, other: Snapshot) -> bool:
    names = ("tilt", "stale", "zone", "axis", "edges", "aim", "doing")
    return one.t != other.t or any(getattr(one, n) != getattr(other, n) for n in names)


def _half_span(snapshot: Snapshot) -> float:
    """Return the degrees from the centre to the side; fixed while the ring is."""
    edges = max(map(abs, snapshot.edges)) if snapshot.edges else 0.0
    far = shown(snapshot.doing.extent + snapshot.zone, snapshot)
    return max(1.1 * degrees(edges), 2.5 * shown(snapshot.zone, snapshot), far, 5.0)


def shown(value: float, snapshot: Snapshot) -> float:
    """Return a place of the dot in what the charts have: degrees, or millimetres."""
    return 1e3 * value if snapshot.unit == "m" else degrees(value)


def _paint_zone(
    painter: QPainter, box: QRectF, snapshot: Snapshot, scale: float
) -> None:
    """Draw a ring, or a band where only one axis counts, where the target is."""
    palette, centre = theme.PALETTE, box.center()
    radius = shown(snapshot.zone, snapshot) * scale
    if snapshot.aim is not None:
        ml, ap = (shown(v, snapshot) * scale for v in snapshot.aim.at)
        centre += QPointF(ml if snapshot.axis != "ap" else 0.0, 0.0)
        centre -= QPointF(0.0, ap if snapshot.axis != "ml" else 0.0)
    painter.setBrush(theme.ink(palette.zone))
    painter.setPen(QPen(theme.ink(palette.good), 2))
    long = box.width()
    if snapshot.axis == "both":
        painter.drawEllipse(centre, radius, radius)
    elif snapshot.axis == "ml":
        band = QRectF(centre.x() - radius, box.top() - 4, 2 * radius, long + 8)
        painter.drawRect(band)
    else:
        band = QRectF(box.left() - 4, centre.y() - radius, long + 8, 2 * radius)
        painter.drawRect(band)
    painter.setPen(QPen(theme.ink(palette.line), 1))
    centre = box.center()
    painter.drawLine(QPointF(box.left(), centre.y()), QPointF(box.right(), centre.y()))
    painter.drawLine(QPointF(centre.x(), box.top()), QPointF(centre.x(), box.bottom()))


def _paint_words(painter: QPainter, box: QRectF, axis: str) -> None:
    painter.setFont(theme.font(theme.SMALL))
    painter.setPen(theme.ink(theme.PALETTE.muted))
    flag = Qt.AlignmentFlag
    inner = box.adjusted(6, 4, -6, -4)
    if axis != "ap":
        painter.drawText(inner, flag.AlignLeft | flag.AlignBottom, say("left"))
        painter.drawText(inner, flag.AlignRight | flag.AlignBottom, say("right"))
    if axis != "ml":
        beside = inner.adjusted(inner.width() / 2 + 4, 0, 0, 0)
        painter.drawText(beside, flag.AlignLeft | flag.AlignTop, say("front"))
        painter.drawText(beside, flag.AlignLeft | flag.AlignBottom, say("back"))


def _paint_trace(painter: QPainter, track: Track, scale: float) -> None:
    """Draw the past in three shades, the newest strongest, with gaps left open."""
    t, data = _thinned(track)
    newest = float(t[-1])
    x, y = scale * data[:, 0], -scale * data[:, -1]
    if data.shape[1] == 1:  # an angle goes straight up, as its dot
        x = np.zeros_like(y)
    present = np.isfinite(x) & np.isfinite(y)
    ends = np.diff(t) > longest_step(len(t) / TRACE)
    for third, shade in enumerate((0.3, 0.6, 1.0)):
        since = newest - TRACE + TRACE / 3 * third
        start, stop = _first(t, since), _first(t, since + TRACE / 3) + 1
        part = slice(start, stop)
        painter.setPen(QPen(theme.ink(theme.PALETTE.series[0], shade), 2))
        for run in runs(present[part], ends[part]):
            painter.drawPolyline(polygon(x[part][run], y[part][run]))


def _thinned(track: Track) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the last seconds with fewer samples, always the same ones of them."""
    first = _first(track.t, float(track.t[-1]) - TRACE)
    t, data = track.t[first:], track.data[first:, :2]
    # one sample in each cell of a fixed grid of times: the trace does not crawl
    cells = np.floor(t * (_POINTS / TRACE))
    keep = np.append(np.diff(cells) > 0, [True])
    thin: NDArray[np.float64] = data[keep]
    return t[keep], thin


def _first(t: NDArray[np.float64], since: float) -> int:
    return int(np.searchsorted(t, since))
