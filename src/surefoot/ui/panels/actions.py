"""The few buttons that fit the phase: one page each, in one place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from surefoot.training import Phase
from surefoot.ui.language import retranslate
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.controls import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.session.snapshot import Snapshot, Stage

_TEXTS = {
    Phase.WAITING: "Goes on by itself when the sensor streams.",
    Phase.COUNTDOWN: "Stop ends the countdown.",
}
_QUESTIONS = {
    Phase.DIRECTION: ("direction", "Yes, it did (Y)", "No, the other way (N)"),
    Phase.SUPPORT: ("support", "Support in reach (Y)", "Not in reach (N)"),
    Phase.HELD_ON: ("held-on", "Yes, held on (Y)", "No (N)"),
}
_REPLAY = "A replay: it is moved with the bar below."


class Actions(QStackedWidget):
    """What may be asked for in this phase.

    Parameters
    ----------
    stage : Stage
        Told what was asked for.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setFixedHeight(108)
        self._stage = stage
        self._pages: dict[tuple[Phase | None, bool], int] = {}

    def draw(self, snapshot: Snapshot) -> None:
        """Show the page of a picture's phase."""
        phase = None if snapshot.replay is not None else snapshot.phase
        key = (phase, snapshot.axis == "ap")
        if key not in self._pages:
            page = _page(self._widgets(*key))
            retranslate(page)
            self._pages[key] = self.addWidget(page)
        self.setCurrentIndex(self._pages[key])

    def _widgets(self, phase: Phase | None, front_back: bool) -> list[QWidget]:
        send = self._stage.send
        if phase in {Phase.LEVEL_FIRST, Phase.LEVEL_SECOND}:
            sides = ("front", "back") if front_back else ("left", "right")
            side = sides[0 if phase is Phase.LEVEL_FIRST else 1]
            text = f"Rests on {side.upper()} edge (Space)"
            return [Button(text, partial(send, "level", edge=side), main=True)]
        if phase is not None and phase in _QUESTIONS:
            return self._answers(*_QUESTIONS[phase])
        if phase is Phase.READY:
            return [Button("Start (Space)", partial(send, "start"), main=True)]
        if phase is Phase.RUN:
            off = partial(send, "stop", why="stepped-off")
            pain = partial(send, "stop", why="pain")
            return [Button("Stepped off", off), Button("Pain", pain)]
        if phase is Phase.RESULT:
            return [Button("Again (Space)", partial(send, "again"), main=True)]
        text = _REPLAY if phase is None else _TEXTS[phase]
        return [Line(text, role="muted", wrap=True)]

    def _answers(self, do: str, yes: str, no: str) -> list[QWidget]:
        send = self._stage.send
        main = do != "held-on"  # neither answer is the wanted one there
        return [
            Button(yes, partial(send, do, yes=True), main=main),
            Button(no, partial(send, do, yes=False)),
        ]


def _page(widgets: Sequence[QWidget]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page


def side_by_side(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
    """Return widgets in a row; the first takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for i, widget in enumerate(widgets):
        row.addWidget(widget, 0 if i else 1)
    return row
