"""A strip chart: half a minute of one track, the newest sample at the right edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QVBoxLayout, QWidget

from surefoot.ui import theme
from surefoot.ui.legend import Legend, mark
from surefoot.ui.plot import GUTTER, Plot
from surefoot.ui.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionGraphicsItem

    from surefoot.session.snapshot import Track

SECONDS = 30.0


class StripChart(QWidget):
    """The newest seconds of one track, at a cost that follows the new samples only.

    Parameters
    ----------
    title : str
        What the chart shows; the unit comes with the track.
    seconds : float
        Time across the chart.
    parent : QWidget, optional
        As in Qt.
    """

    def __init__(
        self, title: str, seconds: float = SECONDS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"Chart: {title}")
        self._seconds = seconds
        self._legend = Legend(title)
        self._plot = Plot(seconds)
        self._strip = _Strip(self._plot, seconds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(0)
        column.addWidget(self._legend)
        column.addWidget(self._plot.widget, 1)
        self.set_span(-1.0, 1.0)
        self.show_times(True)

    def set_track(self, track: Track, now: float | None = None) -> None:
        """Show a track; only samples newer than those drawn are drawn.

        Parameters
        ----------
        track : Track
            The newest samples, reaching back over the whole chart where there are as
            many. One that ends earlier than the last is drawn anew.
        now : float, optional
            Time at the right edge [s], so that several charts share one; by default
            that of the newest sample.
        """
        self._legend.show_track(track)
        self._strip.show_track(track, now)

    def freeze(self, frozen: bool) -> None:
        """Grey the picture, because what it shows is no longer live."""
        self._legend.freeze(frozen)
        self._strip.freeze(frozen)

    def set_span(self, low: float, high: float) -> None:
        """Show values from ``low`` to ``high``, in the unit of the track."""
        if (low, high) != self._plot.span():
            self._plot.set_span(low, high)

    def set_zone(self, zone: tuple[float, float] | None) -> None:
        """Shade the values from one to the other."""
        self._strip.set_zone(zone)

    def set_lines(self, values: Sequence[float]) -> None:
        """Draw a dashed line at each value, such as the edges of a board."""
        self._strip.set_lines(tuple(values))

    def set_marks(self, times: Sequence[float]) -> None:
        """Draw an upright line at each time [s], such as a marker."""
        self._strip.set_marks(tuple(times))

    def show_times(self, shown: bool) -> None:
        """Write the times under the chart, or leave them to the chart below."""
        every = 5 * max(1, round(self._seconds / 30))
        times = range(-int(self._seconds), 1, every)
        self._timed = shown
        self._plot.set_times([(t, f"{t} s" if t else "now") for t in times if shown])

    def retranslate(self) -> None:
        """Take up the language in use."""
        self.show_times(self._timed)
        self._plot.retranslate()

    def redraw(self) -> None:
        """Draw everything again: the past of the track is not what it was."""
        self._strip.forget()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink(theme.PALETTE.panel))
        painter.drawRoundedRect(self.rect(), 8, 8)

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        self._plot.restyle()
        self._legend.update()
        self._strip.forget()


class _Strip(QGraphicsItem):
    """What lies between the axes of the chart."""

    def __init__(self, plot: Plot, seconds: float) -> None:
        super().__init__(plot.root)
        self._plot = plot
        self._seconds = seconds
        self._track: Track | None = None
        self._now: float | None = None
        self._frozen = False
        self._zone: tuple[float, float] | None = None
        self._lines: tuple[float, ...] = ()
        self._marks: tuple[float, ...] = ()
        self._sweep: Sweep | None = None
        self._made_for: tuple[object, ...] = ()
        plot.on_change(self._resized)

    def show_track(self, track: Track, now: float | None) -> None:
        if not _continues(self._track, track):
            self._sweep = None
        same = now == self._now and _newest(track) == _newest(self._track)
        self._track, self._now = track, now
        if not same or self._sweep is None:
            self.update()

    def freeze(self, frozen: bool) -> None:
        if frozen != self._frozen:
            self._frozen = frozen
            self.update()

    def set_zone(self, zone: tuple[float, float] | None) -> None:
        if zone != self._zone:
            self._zone = zone
            self.update()

    def set_lines(self, values: tuple[float, ...]) -> None:
        if values != self._lines:
            self._lines = values
            self.update()

    def set_marks(self, times: tuple[float, ...]) -> None:
        if times != self._marks:
            self._marks = times
            self.update()

    def forget(self) -> None:
        self._sweep = None
        self.update()

    def boundingRect(self) -> QRectF:
        return self._plot.area().adjusted(-1, -GUTTER, GUTTER, GUTTER)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt passes it
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        painter.save()
        # not the ratio of painter.device(): a picture taken of the view has its own
        ratio = painter.deviceTransform().m11()
        area = _device_area(painter, self._plot.area())
        sweep = self._sweep_for(area.size(), ratio)
        if self._track is not None:
            sweep.draw(self._track, self._now)
        self._paint_ground(painter, area, sweep, ratio)
        painter.setOpacity(0.35 if self._frozen else 1.0)
        sweep.blit(painter, area.left(), area.top())
        painter.setClipping(False)
        self._paint_newest(painter, area, sweep, ratio)
        painter.restore()

    def _resized(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def _sweep_for(self, size: QSize, ratio: float) -> Sweep:
        """Return the picture, made anew when what it depends on has changed."""
        asked = (size, ratio, self._plot.span(), theme.PALETTE)
        if self._sweep is None or asked != self._made_for:
            colours = [theme.ink(c) for c in theme.PALETTE.series]
            span = self._plot.span()
            self._sweep = Sweep(size, self._seconds, span, colours, 2.0 * ratio)
            self._made_for = asked
        return self._sweep

    def _paint_ground(
        self, painter: QPainter, area: QRect, sweep: Sweep, ratio: float
    ) -> None:
        palette = theme.PALETTE
        painter.setClipRect(area)
        painter.fillRect(area, theme.ink(palette.background))
        if self._zone is not None:
            bottom, top = (area.top() + sweep.row(v) for v in self._zone)
            band = QRectF(area.left(), top, area.width(), bottom - top)
            painter.fillRect(band, theme.ink(palette.zone))
        painter.setPen(QPen(theme.ink(palette.line, 0.45), ratio))
        painter.drawLines(self._grid(area, sweep))
        painter.setPen(QPen(theme.ink(palette.muted), ratio, Qt.PenStyle.DashLine))
        painter.drawLines([_level(area, sweep.row(v)) for v in self._lines])
        painter.setPen(QPen(theme.ink(palette.text), ratio, Qt.PenStyle.DotLine))
        painter.drawLines([_upright(area, sweep.position(t)) for t in self._marks])

    def _grid(self, area: QRect, sweep: Sweep) -> list[QLineF]:
        levels = [_level(area, sweep.row(v)) for v in self._plot.levels()]
        every = area.width() * 5.0 / self._seconds
        count = int(self._seconds / 5.0)
        return levels + [_upright(area, every * i) for i in range(1, count)]

    def _paint_newest(
        self, painter: QPainter, area: QRect, sweep: Sweep, ratio: float
    ) -> None:
        """Mark each newest value in the gutter, so that no line needs its colour."""
        if self._track is None or not len(self._track.t):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = area.left() + area.width() + 6 * ratio
        for channel, value in enumerate(self._track.data[-1]):
            row = sweep.row(float(value))
            if np.isfinite(row) and 0 <= row <= area.height():
                mark(painter, channel, QPointF(x, area.top() + row), 4 * ratio)


def _continues(old: Track | None, new: Track) -> bool:
    """Return whether a track may go on in the picture of another."""
    if old is None:
        return True
    return (old.title, old.channels, old.rate) == (new.title, new.channels, new.rate)


def _newest(track: Track | None) -> float | None:
    return float(track.t[-1]) if track is not None and len(track.t) else None


def _device_area(painter: QPainter, area: QRectF) -> QRect:
    """Turn a painter to whole device pixels and return where the area lies in them."""
    on_device = painter.deviceTransform().mapRect(area)
    painter.setWorldTransform(QTransform())
    back, _ = painter.deviceTransform().inverted()
    painter.setWorldTransform(back)
    left, top = round(on_device.left()), round(on_device.top())
    right, bottom = round(on_device.right()), round(on_device.bottom())
    return QRect(left, top, right - left, bottom - top)


def _level(area: QRect, row: float) -> QLineF:
    y = area.top() + round(row) + 0.5
    return QLineF(area.left(), y, area.left() + area.width(), y)


def _upright(area: QRect, column: float) -> QLineF:
    x = area.left() + round(column) + 0.5
    return QLineF(x, area.top(), x, area.top() + area.height())
