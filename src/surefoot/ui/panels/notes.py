"""Markers: a key, a note, and the last few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from surefoot.ui import theme
from surefoot.ui.language import say
from surefoot.ui.panels.actions import side_by_side
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.panels.controls import Button

if TYPE_CHECKING:
    from surefoot.core import Marker
    from surefoot.session.snapshot import Snapshot, Stage

_KEPT = 3


class Notes(Card):
    """Marks an instant, with or without a note.

    Parameters
    ----------
    stage : Stage
        Told what was asked for.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__("MARKERS")
        self._stage = stage
        self._note = QLineEdit()
        self._note.setPlaceholderText("Note, then Return")
        self._note.setAccessibleName("Note for the marker")
        self._note.setMaxLength(200)
        self._note.returnPressed.connect(self._mark)
        name = "Set a marker, with the note if there is one"
        self._button = Button("Mark (M)", self._mark, name=name, big=False)
        self.column.addLayout(side_by_side(self._note, self._button))
        self._lines = [Line(role="muted") for _ in range(_KEPT)]
        for line in self._lines:
            self.column.addWidget(line)

    def draw(self, snapshot: Snapshot) -> None:
        """Show the newest markers of a picture, newest first."""
        live = snapshot.replay is None
        self._note.setEnabled(live)
        self._button.setEnabled(live)
        newest = [_told(m) for m in reversed(snapshot.markers[-_KEPT:])]
        texts = newest or ["None yet"]
        for i, line in enumerate(self._lines):
            line.setVisible(i < len(texts))
            line.show_text(texts[i] if i < len(texts) else "")

    def _mark(self) -> None:
        note = self._note.text().strip()
        label = "note" if note else "marker"
        self._stage.send("marker", label=label, detail=note)
        self._note.clear()
        # the keys go back to the trial
        self._note.clearFocus()


def _told(marker: Marker) -> str:
    what = marker.detail or say(marker.label)
    return f"{theme.minutes(marker.t)}   {what}"
