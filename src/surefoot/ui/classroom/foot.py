"""The line below a class: how to stop, whom keys are for, and what is not real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from surefoot.ui import language, theme
from surefoot.ui.trainee_paint import draw_stop
from surefoot.ui.trainee_text import LEFT, RIGHT, line

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 0.075
"""Of the view's height."""
_HINT = "Esc stops all"
_EVERYBODY = "Keys: all"


class Foot(QWidget):
    """The line; it is painted anew only when what it says differs."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ("", "", False)

    def tell(self, selected: str, notice: str, *, virtual: bool) -> None:
        """Say whom keys are for, or why one did nothing, and whether it is real."""
        shown = (selected, notice, virtual, theme.PALETTE, language.IN_USE)
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleName(language.say(notice or self._whom()))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw it."""
        palette, height = theme.PALETTE, self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.ink(palette.background))
        room = QRectF(self.rect()).adjusted(0.3 * height, 4, -0.3 * height, -4)
        text = 0.4 * height
        stop = QRectF(room.left(), room.top(), 0.40 * room.width(), room.height())
        draw_stop(painter, stop, _HINT, text)
        painter.setPen(theme.ink(palette.warn))
        _, notice, virtual, *_ = self._shown
        badge = QRectF(room.right() - 0.14 * room.width(), room.top(), 0, room.height())
        badge.setRight(room.right())
        if virtual:
            line(painter, badge, "VIRTUAL", text, RIGHT)
        middle = QRectF(stop.right() + text, room.top(), 0, room.height())
        middle.setRight(badge.left() - text if virtual else room.right())
        if not notice:
            painter.setPen(theme.ink(palette.text))
        line(painter, middle, str(notice) or self._whom(), text, LEFT)
        painter.end()

    def _whom(self) -> str:
        selected = str(self._shown[0])
        if not selected:
            return _EVERYBODY
        return language.say("Keys: {person}. A = all", person=selected)
