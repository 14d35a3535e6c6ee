"""Answers that are more than yes or no: pain, effort, a number, a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from surefoot.ui.asking import TAKEN, answers
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.controls import Button

if TYPE_CHECKING:
    from surefoot.session.snapshot import Snapshot, Stage
    from surefoot.ui.asking import Choice, Entry, Request

_ACROSS = 4  # answers in a row
_SIGNS = {
    "L = New leg pain, numbness or weakness": "L = Leg: new pain, numb, weak",
}
"""Shorter words for a narrow button; the whole text is its name and its tip."""


class Part(QWidget):
    """A part of a page that shows the answer that is being given.

    Parameters
    ----------
    stage : Stage
        Told the answer.
    entry : Entry
        The answer that is being given, the same for all views.
    snapshot : Snapshot
        With the question.
    """

    def __init__(self, stage: Stage, entry: Entry, snapshot: Snapshot) -> None:
        super().__init__()
        self._stage, self._entry = stage, entry
        self._buttons: list[tuple[Choice, Button]] = []
        self._snapshot = snapshot

    def draw(self, snapshot: Snapshot, entry: Entry) -> None:
        """Mark the answers that are chosen."""
        self._snapshot = snapshot
        entry.follow(snapshot)
        there = answers(snapshot)
        at = there[entry.mark] if entry.mark is not None and there else None
        for choice, button in self._buttons:
            chosen = choice.sign in entry.signs if choice.sign else False
            marked = chosen or (at is not None and choice.text == at.text)
            if button.property("chosen") != marked:
                button.setProperty("chosen", marked)
                button.style().unpolish(button)
                button.style().polish(button)

    def _button(self, choice: Choice) -> Button:
        text = _SIGNS.get(choice.text, choice.text)
        ask = partial(self._choose, choice)
        button = Button(text, ask, name=choice.text, big=False)
        if text != choice.text:
            button.setToolTip(choice.text)
        self._buttons.append((choice, button))
        return button

    def _choose(self, choice: Choice) -> None:
        self._ask(self._entry.choose(choice, self._snapshot))
        self.draw(self._snapshot, self._entry)

    def _ask(self, asked: Request | None) -> None:
        if asked is not None and asked != TAKEN:
            do, arguments = asked
            self._stage.send(do, **arguments)


class Pain(Part):
    """0 to 10 in rows, below what else it may have been."""

    def __init__(self, stage: Stage, entry: Entry, snapshot: Snapshot) -> None:
        super().__init__(stage, entry, snapshot)
        there = answers(snapshot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        grid = QGridLayout()
        grid.setSpacing(6)
        for i, choice in enumerate(there[:11]):
            grid.addWidget(self._button(choice), i // _ACROSS, i % _ACROSS)
        column.addLayout(grid)
        for choice in there[11:]:
            column.addWidget(self._button(choice))


class Effort(Part):
    """1 to 5 in a row."""

    def __init__(self, stage: Stage, entry: Entry, snapshot: Snapshot) -> None:
        super().__init__(stage, entry, snapshot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for choice in answers(snapshot):
            row.addWidget(self._button(choice), 1)


class Number(Part):
    """A number between less and more, and that it is right."""

    def __init__(self, stage: Stage, entry: Entry, snapshot: Snapshot) -> None:
        super().__init__(stage, entry, snapshot)
        self._shown = Line(role="title")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        less = Button(
            "\N{MINUS SIGN}", partial(self._step, -1), name="One less", big=False
        )
        more = Button("+", partial(self._step, 1), name="One more", big=False)
        row = QHBoxLayout()
        for widget, stretch in ((less, 1), (self._shown, 2), (more, 1)):
            row.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(Button("That is right (Enter)", self._give, main=True))

    def draw(self, snapshot: Snapshot, entry: Entry) -> None:
        """Show the number."""
        super().draw(snapshot, entry)
        self._shown.show_text(f"{entry.number(snapshot)}")

    def _step(self, by: int) -> None:
        self._entry.step(by, self._snapshot)
        self.draw(self._snapshot, self._entry)

    def _give(self) -> None:
        self._ask(self._entry.press(Qt.Key.Key_Return, self._snapshot))


class Allow(QWidget):
    """The therapist agrees to what is not usual, and says why.

    Parameters
    ----------
    stage : Stage
        Told so.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._note = QLineEdit()
        self._note.setPlaceholderText("Therapist's note")
        self._note.setAccessibleName("Why the therapist allows it")
        self._note.setMaxLength(200)
        self._note.returnPressed.connect(self._allow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._note, 1)
        row.addWidget(Button("Allow", self._allow, big=False))

    def _allow(self) -> None:
        note = self._note.text().strip()
        if not note:
            self._note.setFocus()
            return
        self._stage.send("enable", note=note)
        self._note.clear()
        self._note.clearFocus()
