"""An answer from 0 to 10: by its digit, the arrows or the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

MOST = 10


class Scale(QFrame):
    """Eleven numbers of which one is chosen; none is to begin with.

    Digits choose 0 to 9, the arrows one more or less, X the 10.

    Signals
    -------
    answered : int
        Whenever an answer was given or changed.
    """

    answered = Signal(int)

    def __init__(self, question: str) -> None:
        super().__init__()
        self.value: int | None = None
        self.setAccessibleName(question)
        self.setProperty("scale", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(6)
        self.buttons = [QPushButton(str(number)) for number in range(MOST + 1)]
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMinimumSize(44, 44)
            button.clicked.connect(partial(self.choose, number))
            row.addWidget(button, 1)

    def choose(self, number: int, _checked: bool = True) -> None:
        """Give an answer."""
        self.value = min(max(number, 0), MOST)
        for i, button in enumerate(self.buttons):
            button.setChecked(i == self.value)
        self.setAccessibleDescription(str(self.value))
        self.answered.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt."""
        text = event.text().upper()
        if text.isascii() and text.isdigit():
            self.choose(int(text))
            self.focusNextChild()
        elif text == "X":
            self.choose(MOST)
            self.focusNextChild()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self.choose(0 if self.value is None else self.value + step)
        else:
            super().keyPressEvent(event)
