"""What 24 curves of half a minute cost a frame: our charts beside pyqtgraph's items."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QGridLayout, QWidget

from surefoot.session.snapshot import Track
from surefoot.ui.strip import StripChart
from surefoot.ui.window import application

if TYPE_CHECKING:
    from collections.abc import Callable

CHARTS, CHANNELS, RATE, SPAN = 8, 3, 100.0, 30.0
SIZE = (1400, 960)
FRAMES = 60
SLOW_FRAMES = 8  # of what takes a second each
_COLUMNS = 2


def report() -> None:
    """Print what a frame of each costs."""
    empty = median(*_empty())
    ours = median(*_ours())
    print("24 curves x 30 s, 2 px, antialiased, 1.6 new samples a frame")
    print(f"  our strip charts                {ours:7.2f} ms p50")
    print(f"  an empty scene, redrawn         {empty:7.2f} ms p50")
    for name, make in (("PlotCurveItem", pg.PlotCurveItem), ("PlotDataItem", None)):
        theirs = median(*_theirs(make), SLOW_FRAMES)
        ratio = theirs / ours
        print(f"  {name + '.setData':<24}        {theirs:7.2f} ms p50  {ratio:5.1f} x")


def median(widget: QWidget, draw: Callable[[int], None], frames: int = FRAMES) -> float:
    """Return the processor time of a frame [ms]."""
    app = application()
    widget.resize(*SIZE)
    widget.show()
    costs = []
    for i in range(frames):
        begun = time.thread_time()
        draw(i)
        app.processEvents()
        costs.append(1e3 * (time.thread_time() - begun))
    widget.close()
    widget.deleteLater()
    return float(np.median(costs[frames // 4 :]))


def samples(frame: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the newest half minute at a frame of a 60 Hz screen."""
    last = int(RATE * (SPAN + frame / 60))
    n = np.arange(last - int(RATE * (SPAN + 1)), last)
    t = 2.0 + n / RATE
    return t, np.sin(t[:, None] * (1.0 + np.arange(CHANNELS)))


def _ours() -> tuple[QWidget, Callable[[int], None]]:
    page = QWidget()
    grid = QGridLayout(page)
    charts = [StripChart(f"Sensor {k + 1}") for k in range(CHARTS)]
    for k, chart in enumerate(charts):
        grid.addWidget(chart, k // _COLUMNS, k % _COLUMNS)

    def draw(frame: int) -> None:
        t, data = samples(frame)
        names = ("x", "y", "z")
        for chart in charts:
            chart.set_track(Track("Sensor", names, "deg", RATE, t, data))

    return page, draw


def _plots() -> tuple[pg.GraphicsLayoutWidget, list[pg.PlotItem]]:
    layout = pg.GraphicsLayoutWidget()
    plots = [layout.addPlot(row=k // 2, col=k % 2) for k in range(CHARTS)]
    for plot in plots:
        plot.setYRange(-1, 1)
        plot.setXRange(-SPAN, 0)
    return layout, plots


def _empty() -> tuple[QWidget, Callable[[int], None]]:
    layout, _ = _plots()
    return layout, lambda _frame: layout.viewport().update()


def _theirs(make: type | None) -> tuple[QWidget, Callable[[int], None]]:
    layout, plots = _plots()
    curves = []
    for plot in plots:
        for colour in ("c", "y", "m"):
            pen = pg.mkPen(colour, width=2)
            if make is None:
                curves.append(plot.plot(pen=pen, antialias=True))
            else:
                curves.append(make(pen=pen, antialias=True))
                plot.addItem(curves[-1])

    def draw(frame: int) -> None:
        t, data = samples(frame)
        for k, curve in enumerate(curves):
            curve.setData(t - t[-1], data[:, k % CHANNELS])

    return layout, draw
