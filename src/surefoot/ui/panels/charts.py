"""All tracks of the session as strip charts on one time axis."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from surefoot.core import LinkState
from surefoot.ui.calm import Linger
from surefoot.ui.language import retranslate
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.drill import DrillCard
from surefoot.ui.strip import StripChart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.session.snapshot import Snapshot, Track

_SPANS = (5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 180.0, 360.0, 720.0)
_HEADROOM = 1.08
_SILENT = 0.5  # s without a sample before the chart of an optional sensor is greyed
_EMPTY = "Charts appear here when a sensor streams"
BOARD = "board"
MAIN = ("/angle", "/tilt", "/place")


class Charts(QTabWidget):
    """Movement in front, the raw signals behind; only what is in sight is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName("Charts")
        self._columns: dict[str, QVBoxLayout] = {}
        self._pages: dict[str, QWidget] = {}
        self.drill = DrillCard()
        for title in ("Movement", "Signals"):
            page = QWidget()
            self._pages[title] = page
            self._columns[title] = QVBoxLayout(page)
            self._columns[title].setContentsMargins(0, 4, 0, 0)
            self._columns[title].setSpacing(8)
            self.addTab(page, title)
        self.addTab(self.drill, "Drill")
        self._empty = [Line(_EMPTY, role="muted", cut=False) for _ in self._pages]
        for line, column in zip(self._empty, self._columns.values(), strict=True):
            column.addWidget(line, 0, Qt.AlignmentFlag.AlignCenter)
        self._charts: dict[str, StripChart] = {}
        self._spans: dict[str, float] = {}
        self._silent: dict[str, Linger] = {}

    def draw(self, snapshot: Snapshot) -> None:
        """Bring the charts in sight up to a picture."""
        for name, track in snapshot.tracks.items():
            if name not in self._charts:
                self._add(name, track)
        now = newest(snapshot.tracks)
        for name, chart in self._charts.items():
            chart.setVisible(name in snapshot.tracks)
            if name in snapshot.tracks and self.isAncestorOf(chart):
                chart.freeze(self._stopped(name, snapshot))
                if chart.isVisible():
                    self._draw_one(name, chart, snapshot, now)

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        for chart in self._charts.values():
            chart.restyle()

    def _add(self, name: str, track: Track) -> None:
        page = "Movement" if track.unit in {"deg", "mm"} else "Signals"
        chart = StripChart(track.title)
        for above in self._pages[page].findChildren(StripChart):
            above.show_times(False)
        first = name.startswith(BOARD) or name.endswith(MAIN)
        self._columns[page].addWidget(chart, 3 if first else 2)
        self._empty[list(self._pages).index(page)].hide()
        self._charts[name], self._spans[name] = chart, 0.0
        retranslate(chart)
        self._silent[name] = Linger()

    def _draw_one(
        self, name: str, chart: StripChart, snapshot: Snapshot, now: float | None
    ) -> None:
        track = snapshot.tracks[name]
        tilts = name.startswith(BOARD) and track.unit == "deg"
        edges = snapshot.edges if tilts and snapshot.edges is not None else ()
        zone = _zone(name, snapshot)
        lines = [degrees(edge) for edge in edges]
        least = 1.15 * max(map(abs, lines), default=zone)
        self._spans[name] = span = reach(track, least, self._spans[name])
        chart.set_span(-_HEADROOM * span, _HEADROOM * span)
        chart.set_zone((-zone, zone) if zone else None)
        chart.set_lines(lines)
        chart.set_marks([marker.t for marker in snapshot.markers])
        chart.set_track(track, now)

    def _stopped(self, name: str, snapshot: Snapshot) -> bool:
        """Return whether a chart shows the past; it says so for a moment at least."""
        role = name.partition("/")[0]
        link = next((k for k in snapshot.links if k.role == role), None)
        silent = snapshot.stale if role == BOARD else False
        if link is not None:
            lost = link.state is not LinkState.STREAMING
            silent = silent or lost or link.age > _SILENT
        return self._silent[name].feed(snapshot.t, silent)


def _zone(name: str, snapshot: Snapshot) -> float:
    """Return the zone's radius on the chart of the drill's stream; 0 on the others."""
    doing = snapshot.doing
    if name != doing.stream or doing.task not in {"hold", "follow"} or doing.extent:
        return 0.0
    return 1e3 * snapshot.zone if snapshot.unit == "m" else degrees(snapshot.zone)


def newest(tracks: Mapping[str, Track]) -> float | None:
    """Return the time of the newest sample of any track [s]."""
    times = [float(track.t[-1]) for track in tracks.values() if len(track.t)]
    return max(times, default=None)


def reach(track: Track, least: float, before: float) -> float:
    """Return the half span of a chart that holds all values, and does not flap.

    Parameters
    ----------
    track : Track
        What it must hold; missing values count for nothing.
    least : float
        It is never smaller than this.
    before : float
        The half span so far; it shrinks only when there is room to spare.
    """
    sizes = np.abs(track.data)
    biggest = float(np.max(sizes, where=np.isfinite(sizes), initial=0.0))
    fitting = next((s for s in _SPANS if s >= biggest), biggest)
    smaller = next((s for s in _SPANS if s >= 1.25 * biggest), biggest)
    chosen = fitting if fitting > before else min(before, smaller)
    return max(chosen, least, _SPANS[0])
