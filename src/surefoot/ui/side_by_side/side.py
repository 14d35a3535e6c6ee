"""One of two recordings: what it is, what the trainee saw, and the movement."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surefoot.ui.language import retranslate, say
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.panels.charts import reach
from surefoot.ui.panels.controls import Button
from surefoot.ui.strip import StripChart
from surefoot.ui.trainee import TraineeView

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import JsonValue
    from surefoot.session.snapshot import Snapshot, Track
    from surefoot.ui.side_by_side.pair import Half, Seen

HEADROOM = 1.08
_PLACES = {-1: "Not begun yet", 0: "", 1: "Recording over"}


class _Eye:
    """What the trainee view of one half looks at; it asks nothing of it."""

    def __init__(self) -> None:
        self.shown: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """Return the picture of this frame."""
        assert self.shown is not None
        return self.shown

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Do nothing: the past takes no requests."""

    def close(self) -> None:
        """Do nothing: who opened the recording closes it."""


class SideView(QWidget):
    """Name and date above, the trainee's picture, and a strip chart of the dot.

    Parameters
    ----------
    half : Half
        What is shown.
    choose : callable
        Called with 1 or -1 for the next or the previous run.
    """

    def __init__(self, half: Half, choose: Callable[[int], object]) -> None:
        super().__init__()
        self._half = half
        self.setAccessibleName(f"{half.name}, {half.about}")
        self._eye = _Eye()
        self.trainee = TraineeView(self._eye)
        self.run, self.place = Line(cut=False), Line(role="warn", cut=False)
        self.previous = _button("<", "Previous run", lambda: choose(-1))
        self.next = _button(">", "Next run", lambda: choose(1))
        self.chart: StripChart | None = None
        self.span = 0.0
        self._track = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._header())
        self._column.addWidget(self.trainee, stretch=3)

    def draw(self, seen: Seen) -> None:
        """Show a moment."""
        self._eye.shown = seen.snapshot
        self.trainee.refresh()
        told = "Run {run} of {runs}" if seen.runs else "No run in this recording"
        self.run.show_text(say(told, run=seen.run, runs=seen.runs))
        self.previous.setEnabled(seen.run > 1)
        self.next.setEnabled(seen.run < seen.runs)
        self.place.show_text(_PLACES[seen.place])
        track = self.track(seen)
        if track is not None:
            self._draw_chart(track, seen.snapshot)

    def track(self, seen: Seen) -> Track | None:
        """Return what the chart shows: the movement that the dot follows, if any."""
        tracks = seen.snapshot.tracks
        self._track = self._track or next(iter(tracks), "")  # in the order of charts
        return tracks.get(self._track)

    def wants(self, seen: Seen) -> float:
        """Return the half span that holds what is in the chart."""
        track = self.track(seen)
        if track is None:
            return 0.0
        zone = degrees(seen.snapshot.zone) if track.unit == "deg" else 0.0
        return reach(track, 1.15 * zone, self.span)

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        if self.chart is not None:
            self.chart.restyle()

    def _draw_chart(self, track: Track, snapshot: Snapshot) -> None:
        if self.chart is None:
            self.chart = StripChart(track.title)
            self._column.addWidget(self.chart, stretch=2)
            retranslate(self.chart)
        zone = degrees(snapshot.zone) if track.unit == "deg" else 0.0
        self.chart.set_span(-HEADROOM * self.span, HEADROOM * self.span)
        self.chart.set_zone((-zone, zone) if zone else None)
        self.chart.set_marks([marker.t for marker in snapshot.markers])
        self.chart.set_track(track, snapshot.t)

    def _header(self) -> Card:
        card = Card("")
        row = QHBoxLayout()
        name = Line(self._half.name, role="heading")
        row.addWidget(name, stretch=1)
        for widget in (self.place, self.run, self.previous, self.next):
            row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(row)
        card.column.addWidget(Line(self._half.about, role="muted"))
        return card


def _button(text: str, name: str, press: Callable[[], object]) -> Button:
    button = Button(text, press, name=name, big=False)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setFixedWidth(44)
    return button
