"""One trainee of a class: who it is, the state in words, and the trainee view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from surefoot.ui import language, theme
from surefoot.ui.classroom.layout import HEAD, arrange_tile
from surefoot.ui.classroom.marks import colour_of, draw_mark
from surefoot.ui.classroom.state import state_of
from surefoot.ui.trainee import TraineeView
from surefoot.ui.trainee_text import LEFT, RIGHT, line

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from surefoot.core import JsonValue
    from surefoot.session.group import Group, Seen
    from surefoot.session.snapshot import Snapshot
    from surefoot.ui.trainee_layout import Layout
    from surefoot.ui.trainee_page import Page

_TEXT = 0.46  # of the head's height are its capitals
_EDGE = 5  # pixels of colour around a tile


class OneOfClass:
    """One trainee's session as a stage; the picture is that of the class's frame.

    Parameters
    ----------
    group : Group
        The class.
    seen : Seen
        The trainee, with a picture.
    """

    def __init__(self, group: Group, seen: Seen) -> None:
        self.seen = seen
        self._group = group

    def snapshot(self) -> Snapshot:
        """Return the picture of this frame."""
        assert self.seen.picture is not None
        return self.seen.picture

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Ask something of this trainee's session."""
        self._group.send(do, self.seen.person, **arguments)

    def painted(self, seconds: float) -> None:
        """Pass on how long a movement took to the screen [s]."""
        self._group.painted(self.seen.person, seconds)

    def close(self) -> None:
        """Leave it to whoever closes the class."""


class SmallView(TraineeView):
    """The trainee view in a tile: painted by the same code, arranged for less room."""

    def __init__(self, stage: OneOfClass) -> None:
        super().__init__(stage)
        self.setMinimumSize(120, 80)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _arranged(self, snapshot: Snapshot, made: Page) -> Layout:  # noqa: ARG002
        square = snapshot.axis != "ml"
        return arrange_tile(self.width(), self.height(), square=square)


class Head(QWidget):
    """Mark, code and state of a trainee; in the trainee's colour when keys go there."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen
        self._shown: tuple[object, ...] = ()
        self._selected = False

    def show_seen(self, seen: Seen, *, selected: bool) -> None:
        """Take what is to be shown; it is painted anew only if it differs."""
        self._seen, self._selected = seen, selected
        shown = (seen.person, *state_of(seen), selected, theme.PALETTE, language.IN_USE)
        if shown != self._shown:
            self._shown = shown
            words = language.say(state_of(seen)[0])
            self.setAccessibleName(f"{seen.person}: {words}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw it."""
        palette, mark = theme.PALETTE, self._seen.mark
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, height = QRectF(self.rect()), self.height()
        ground = colour_of(mark) if self._selected else theme.ink(palette.panel)
        painter.fillRect(room, ground)
        gap = 0.09 * height
        shape = QRectF(gap, gap, height - 2 * gap, height - 2 * gap)
        draw_mark(painter, shape, mark, turned=self._selected)
        text, alarm = state_of(self._seen)
        plain = palette.background if self._selected else palette.text
        painter.setPen(theme.ink(plain))
        left = shape.right() + 2 * gap
        split = left + 0.4 * (room.width() - left)
        who = QRectF(left, 0, split - left, height)
        line(painter, who, self._seen.person, _TEXT * height, LEFT)
        state = QRectF(split + gap, 0, room.right() - split - 3 * gap, height)
        if alarm:
            self._alarm(painter, state, text)
        else:
            line(painter, state, text, _TEXT * height, RIGHT)
        painter.end()

    def _alarm(self, painter: QPainter, place: QRectF, text: str) -> None:
        palette, height = theme.PALETTE, self.height()
        box = place.adjusted(0, 0.12 * height, 0, -0.12 * height)
        painter.setBrush(theme.ink(palette.bad))
        painter.setPen(QPen(theme.ink(palette.background), 0.04 * height))
        painter.drawRoundedRect(box, 0.1 * height, 0.1 * height)
        painter.setPen(theme.ink(palette.background))
        inner = box.adjusted(0.2 * height, 0, -0.2 * height, 0)
        line(painter, inner, language.say(text).upper(), 0.9 * _TEXT * height)


class Tile(QWidget):
    """One trainee of a class.

    Parameters
    ----------
    group : Group
        The class.
    seen : Seen
        The trainee.
    """

    pressed = Signal(str)
    """With the code, when the tile was clicked on."""

    def __init__(self, group: Group, seen: Seen) -> None:
        super().__init__()
        self.stage = OneOfClass(group, seen)
        self.head = Head(seen)
        self.view = SmallView(self.stage)
        for part in (self.head, self.view):
            part.setParent(self)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(f"Trainee {seen.person}")

    @property
    def fault(self) -> str:
        """Why this tile could not be drawn, or empty."""
        return self.view.fault

    def show_seen(self, seen: Seen, *, selected: bool) -> None:
        """Show this trainee as it is now."""
        self.stage.seen = seen
        self.head.show_seen(seen, selected=selected)
        if seen.picture is not None:
            self.view.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the edge in the trainee's colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour_of(self.stage.seen.mark))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the head its part of the height, the view the rest."""
        super().resizeEvent(event)
        room = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        high = max(24, round(HEAD * room.height()))
        self.head.setGeometry(room.left(), room.top(), room.width(), high)
        self.view.setGeometry(room.adjusted(0, high, 0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that it was chosen."""
        event.accept()
        self.pressed.emit(self.stage.seen.person)
