"""The wrap-around picture under a strip chart: cost follows the new samples only.

Time runs along an endless row of device pixels, cut into tiles of a few columns. A tile
shows the samples around it and nothing else, so it looks the same whether they came one
by one or all at once. New samples repaint the tiles they touch; the image holds just
the tiles in sight, the newest ones overwriting the oldest.
"""

from __future__ import annotations

from math import ceil, floor, inf
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from surefoot.ui.plot import polygon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor

    from surefoot.session.snapshot import Track

GAP = 0.1
"""A step in time longer than this [s], and than 1.5 samples, is left blank."""

TILE = 16
"""Columns a tile: short polylines keep Qt's stroker far from its quadratic cost."""


class Sweep:
    """The newest seconds of one track as an image.

    Parameters
    ----------
    size : QSize
        Width and height of what is in sight [device pixels].
    seconds : float
        Time across the width.
    span : tuple of float
        Values at the bottom and the top edge.
    colours : sequence of QColor
        One a channel; taken in turn when there are more channels.
    pen_width : float
        In device pixels.
    """

    def __init__(
        self,
        size: QSize,
        seconds: float,
        span: tuple[float, float],
        colours: Sequence[QColor],
        pen_width: float = 2.0,
    ) -> None:
        self._width, self._height = max(size.width(), 1), max(size.height(), 1)
        self._speed = self._width / seconds
        self._span = span
        self._pens = [_pen(colour, pen_width) for colour in colours]
        self._pad = pen_width + 1.0
        self._count = ceil(self._width / TILE) + 2
        form = QImage.Format.Format_ARGB32_Premultiplied
        self._image = QImage(self._count * TILE, self._height, form)
        self._edge: int | None = None
        self._newest = -inf
        self._last_tile = 0

    def draw(self, track: Track, now: float | None = None) -> int:
        """Bring the picture up to a track and return how many tiles were painted.

        Parameters
        ----------
        track : Track
            The newest samples, reaching back at least to those drawn last. When it ends
            earlier than what is drawn, somebody went back, and all is drawn anew.
        now : float, optional
            Time at the right edge [s]; by default that of the newest sample.
        """
        newest = float(track.t[-1]) if len(track.t) else -inf
        right = newest if now is None else now
        if right == -inf:
            self._edge, self._newest = None, -inf
            return 0
        edge = floor(right * self._speed)
        tiles = self._stale_tiles(newest, edge)
        self._edge, self._newest, self._last_tile = edge, newest, edge // TILE
        if tiles:
            self._paint(tiles, track)
        return len(tiles)

    def blit(self, painter: QPainter, x: int, y: int) -> None:
        """Paint the picture with its top left corner at a device pixel."""
        if self._edge is None:
            return
        ring = self._image.width()
        start = (self._edge - self._width + 1) % ring
        first = min(self._width, ring - start)
        painter.drawImage(x, y, self._image, start, 0, first, self._height)
        if first < self._width:
            rest = self._width - first
            painter.drawImage(x + first, y, self._image, 0, 0, rest, self._height)

    def position(self, t: float) -> int:
        """Return the column of a time, 0 at the left edge [device pixels]."""
        edge = 0 if self._edge is None else self._edge
        return floor(t * self._speed) - edge + self._width - 1

    def row(self, value: float) -> float:
        """Return the row of a value, 0 at the top edge [device pixels]."""
        low, high = self._span
        return (high - value) * self._height / (high - low)

    def row_of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return `row` of many values."""
        low, high = self._span
        return (high - values) * (self._height / (high - low))

    def _stale_tiles(self, newest: float, edge: int) -> range:
        """Return the tiles in sight that do not yet show what they should."""
        in_sight = range((edge - self._width + 1) // TILE, edge // TILE + 1)
        if self._edge is None or newest < self._newest or edge < self._edge:
            return in_sight
        stale = self._last_tile + 1
        if newest > self._newest > -inf:
            unfinished = floor((self._newest * self._speed - self._pad) / TILE)
            stale = min(stale, unfinished)
        elif newest > self._newest:
            return in_sight
        return range(max(in_sight.start, stale), in_sight.stop)

    def _paint(self, tiles: range, track: Track) -> None:
        left, right = tiles.start * TILE - self._pad, tiles.stop * TILE + self._pad
        part = _around(track.t, left / self._speed, right / self._speed)
        x = track.t[part] * self._speed
        ends = np.diff(track.t[part]) > longest_step(track.rate)
        # far values keep their direction and stay where Qt's rasteriser is exact
        y = self.row_of(track.data[part]).clip(-8.0 * self._height, 9.0 * self._height)
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tile in tiles:
            self._paint_tile(painter, tile, x, y, ends)
        painter.end()

    def _paint_tile(
        self,
        painter: QPainter,
        tile: int,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        ends: NDArray[np.bool_],
    ) -> None:
        column = tile % self._count * TILE
        area = QRect(column, 0, TILE, self._height)
        painter.setClipRect(area)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(area, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        left = tile * TILE
        part = _around(x, left - self._pad, left + TILE + self._pad)
        near = x[part] - (left - column)
        for channel in range(y.shape[1]):
            painter.setPen(self._pens[channel % len(self._pens)])
            _draw_runs(painter, near, y[part, channel], ends[part])


def longest_step(rate: float) -> float:
    """Return the longest time between neighbours that are joined by a line [s]."""
    return max(GAP, 1.5 / rate) if rate > 0 else GAP


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return pen


def _around(x: NDArray[np.float64], low: float, high: float) -> slice:
    """Return what lies between the two, with one more on either side."""
    first, last = np.searchsorted(x, [low, high])
    return slice(max(int(first) - 1, 0), int(last) + 1)


def _draw_runs(
    painter: QPainter,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    ends: NDArray[np.bool_],
) -> None:
    for run in runs(np.isfinite(y), ends):
        if run.stop - run.start == 1:
            painter.drawPoint(QPointF(float(x[run.start]), float(y[run.start])))
        else:
            painter.drawPolyline(polygon(x[run], y[run]))


def runs(present: NDArray[np.bool_], ends: NDArray[np.bool_]) -> Iterator[slice]:
    """Yield the stretches without a missing value and without a gap."""
    if present.all() and not ends[: len(present) - 1].any():
        if len(present):
            yield slice(0, len(present))
        return
    at = np.flatnonzero(present)
    if not len(at):
        return
    cuts = np.flatnonzero((np.diff(at) > 1) | ends[at[:-1]]) + 1
    for group in np.split(at, cuts):
        yield slice(int(group[0]), int(group[-1]) + 1)
