"""The line above a strip chart: title, and mark, name and newest value of each channel.

Every channel has a shape besides its colour; the same shape stands at its newest value.
"""

from __future__ import annotations

from math import inf, isfinite, nan
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from surefoot.ui import theme
from surefoot.ui.language import say

if TYPE_CHECKING:
    from surefoot.session.snapshot import Track

_HEIGHT = 26
_GAP = 8.0
_UNITS = {"deg": "°", "deg/s": "°/s", "m/s^2": "m/s²"}


class Legend(QWidget):
    """One line of text with marks, repainted only when a word of it changes.

    Parameters
    ----------
    title : str
        In bold at the left.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = title
        self._unit = ""
        self._shown: tuple[tuple[str, str], ...] = ()
        self._read_at = -inf
        self._frozen = False

    def sizeHint(self) -> QSize:
        """As in Qt."""
        return QSize(200, _HEIGHT)

    def show_track(self, track: Track) -> None:
        """Take the newest values, four times a second: faster cannot be read."""
        t = float(track.t[-1]) if len(track.t) else -inf
        if self._shown and abs(t - self._read_at) < 0.25:
            return
        self._read_at, self._unit = t, track.unit
        nothing = [nan] * len(track.channels)
        values = track.data[-1] if len(track.t) else nothing
        shown = tuple(
            (name, with_unit(float(value), track.unit))
            for name, value in zip(track.channels, values, strict=True)
        )
        if shown != self._shown:
            self._shown = shown
            self.update()

    def freeze(self, frozen: bool) -> None:
        """Say that nothing comes any more, instead of the newest values."""
        if frozen != self._frozen:
            self._frozen = frozen
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        palette = theme.PALETTE
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.BODY, bold=True))
        painter.setPen(theme.ink(palette.text))
        _write(painter, 12.0, say(self._title))
        painter.setFont(theme.font(theme.SMALL))
        if self._frozen:
            self._write_stopped(painter)
        else:
            self._write_values(painter)

    def _write_stopped(self, painter: QPainter) -> None:
        painter.setPen(theme.ink(theme.PALETTE.bad))
        text = say("stopped: no data")
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        _write(painter, self.width() - width - _GAP, text)

    def _write_values(self, painter: QPainter) -> None:
        """Write from the right, in columns that do not jump with the digits."""
        metrics = QFontMetricsF(painter.font())
        x = float(self.width()) - _GAP
        column = metrics.horizontalAdvance(say(with_unit(-188.8, self._unit)))
        for channel in reversed(range(len(self._shown))):
            name, value = map(say, self._shown[channel])
            x -= column
            painter.setPen(theme.ink(theme.PALETTE.text))
            _write(painter, x, value)
            x -= metrics.horizontalAdvance(name) + _GAP
            painter.setPen(theme.ink(theme.PALETTE.muted))
            _write(painter, x, name)
            x -= 14
            mark(painter, channel, QPointF(x + 4, _HEIGHT / 2 + 1), 4.5)
            x -= _GAP


def mark(painter: QPainter, channel: int, centre: QPointF, radius: float) -> None:
    """Draw the shape of a channel in its colour: disc, square, triangle, in turn."""
    series = theme.PALETTE.series
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ink(series[channel % len(series)]))
    x, y = centre.x(), centre.y()
    if channel % 3 == 0:
        painter.drawEllipse(centre, radius, radius)
    elif channel % 3 == 1:
        painter.drawRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    else:
        up, low = QPointF(x, y - radius), y + radius
        corners = [up, QPointF(x + radius, low), QPointF(x - radius, low)]
        painter.drawPolygon(QPolygonF(corners))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def with_unit(value: float, unit: str) -> str:
    """Return a value as people read it: ``"3.1°"``; a missing one is a dash."""
    if not isfinite(value):
        return "\N{EN DASH}"
    sign = _UNITS.get(unit, unit)
    space = "" if sign.startswith("°") else " "
    number = f"{value:.1f}".replace("-0.0", "0.0").replace("-", "\N{MINUS SIGN}")
    return f"{number}{space}{sign}"


def _write(painter: QPainter, x: float, text: str) -> None:
    metrics = QFontMetricsF(painter.font())
    middle = (_HEIGHT + metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(x, middle), text)
