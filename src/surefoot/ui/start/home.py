"""The first page: four choices, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from surefoot.ui.panels.card import Line
from surefoot.ui.start.parts import Door, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    Ask = Callable[[], object]

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Home(Page):
    """Train, Record, Open a recording, People.

    Parameters
    ----------
    train, record, open_, people : callable
        What they do.
    said : sequence of str
        What came of the last thing that was done.
    first : bool
        Whether nothing was ever done here.
    """

    def __init__(
        self,
        train: Ask,
        record: Ask,
        open_: Ask,
        people: Ask,
        *,
        said: Sequence[str] = (),
        first: bool = False,
    ) -> None:
        about = (
            "New here? Press T: it takes two minutes, and no sensor is needed."
            if first
            else "Press a letter, or choose with the arrows and Enter."
        )
        super().__init__("What would you like to do?", about)
        self.doors = (
            Door("train", "Train", "An exercise with live feedback", "T", train),
            Door(
                "record", "Record", "Keep what the sensors send, ask later", "R", record
            ),
            Door("open", "Open a recording", "See a session again", "O", open_),
            Door("people", "People", "Codes, programmes, last sessions", "P", people),
        )
        self._on = dict(zip("TROP", (train, record, open_, people), strict=True))
        grid = QGridLayout()
        grid.setSpacing(16)
        for i, door in enumerate(self.doors):
            grid.addWidget(door, *divmod(i, 2))
        self.whole.addLayout(grid, 1)
        self.said = [Line(text, role="good", wrap=True) for text in said]
        for line in self.said:
            self.whole.addWidget(line)
        self.finish()

    def begin(self) -> None:
        """Take the keyboard."""
        self.doors[0].setFocus()

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        for door in self.doors:
            door.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt: letters do it at once, arrows go from one to the next."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        focus = self.window().focusWidget()
        at = next((i for i, door in enumerate(self.doors) if door is focus), 0)
        row, column = divmod(at, 2)
        row, column = (row + step[0]) % 2, (column + step[1]) % 2
        self.doors[row * 2 + column].setFocus()
