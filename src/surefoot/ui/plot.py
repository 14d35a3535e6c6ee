"""The little of pyqtgraph the views use, with types: it carries none itself."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any, cast

import pyqtgraph
from PySide6.QtCore import QRectF

from surefoot.ui import theme
from surefoot.ui.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QPolygonF
    from PySide6.QtWidgets import QGraphicsWidget, QWidget

_pg = cast("Any", pyqtgraph)

_AXIS_WIDTH = 46
_AXIS_HEIGHT = 22
_LEVEL_HEIGHT = 22
GUTTER = 20
"""Room at the right of a plot for the marks of its newest values [pixels]."""


class Plot:
    """One pyqtgraph plot with a fixed span of seconds and a value axis set by us.

    Charts above each other line up: the axes have the same width everywhere.

    Parameters
    ----------
    seconds : float
        Time across the plot; the axis reads from minus that to zero.
    """

    def __init__(self, seconds: float) -> None:
        self._widget = _pg.PlotWidget(enableMenu=False)
        self._plot = self._widget.getPlotItem()
        self._box = self._plot.getViewBox()
        self._box.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.layout.setContentsMargins(0, 4, GUTTER, 0)
        self._plot.setXRange(-seconds, 0.0, padding=0)
        self._left, self._bottom = (
            self._plot.getAxis(side) for side in ("left", "bottom")
        )
        self._left.setWidth(_AXIS_WIDTH)
        self._bottom.setHeight(_AXIS_HEIGHT)
        self.restyle()

    @property
    def widget(self) -> QWidget:
        """The widget to lay out."""
        return self._widget

    @property
    def root(self) -> QGraphicsWidget:
        """The item to hang own items on; `area` is in its coordinates."""
        return self._plot

    def area(self) -> QRectF:
        """Return the rectangle between the axes."""
        return QRectF(self._box.geometry())

    def span(self) -> tuple[float, float]:
        """Return the values at the bottom and the top edge."""
        low, high = self._box.viewRange()[1]
        return float(low), float(high)

    def levels(self) -> list[float]:
        """Return the round values that are written at the axis."""
        most = int(self.area().height() / _LEVEL_HEIGHT)
        return round_values(*self.span(), most=min(max(most, 1), 6))

    def set_span(self, low: float, high: float) -> None:
        """Show values from ``low`` to ``high``, with a few round tick values."""
        self._plot.setYRange(low, high, padding=0)
        self._write_levels()

    def set_times(self, ticks: list[tuple[float, str]]) -> None:
        """Write these times under the plot; none hides the words, not the line."""
        self._bottom.setTicks([[(t, say(word)) for t, word in ticks]])
        self._bottom.setStyle(showValues=bool(ticks))
        self._bottom.setHeight(_AXIS_HEIGHT if ticks else 4)

    def on_change(self, call: Callable[[], None]) -> None:
        """Call when the area or the span has changed."""

        def changed(*_: object) -> None:
            self._write_levels()
            call()

        self._box.sigResized.connect(changed)
        self._box.sigYRangeChanged.connect(changed)

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        palette = theme.PALETTE
        self._widget.setBackground(palette.panel)
        for axis in (self._left, self._bottom):
            axis.setPen(palette.line)
            axis.setTextPen(palette.muted)
            axis.setTickFont(theme.font(theme.SMALL))
            axis.setStyle(tickLength=0, tickTextOffset=4, hideOverlappingLabels=40)

    def retranslate(self) -> None:
        """Take up the language in use."""
        self._write_levels()

    def _write_levels(self) -> None:
        self._left.setTicks([[(v, say(f"{v:g}")) for v in self.levels()]])


def polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """Return points for Qt without a Python loop."""
    return cast("QPolygonF", _pg.functions.arrayToQPolygonF(x, y))


def round_values(low: float, high: float, most: int) -> list[float]:
    """Return at most so many values of one or two digits that divide a span evenly."""
    if not high > low:
        return []
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.999)
    first = -floor(-low / step)
    count = floor((high + step * 1e-6 - first * step) / step) + 1
    return [round((first + i) * step, 9) for i in range(count)]
