"""The class on one screen: a tile for everybody, and one line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from surefoot.ui import theme
from surefoot.ui.classroom.foot import HEIGHT, Foot
from surefoot.ui.classroom.keys import ClassKeys
from surefoot.ui.classroom.layout import places
from surefoot.ui.classroom.tile import Tile
from surefoot.ui.keys import Presses

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from surefoot.session.group import Group, GroupSnapshot
    from surefoot.ui.classroom.keys import Asked

_EDGE = 4  # pixels around all tiles
_SHOWN = 6.0  # s a notice stays


class ClassView(QWidget):
    """Two to six trainees on one screen.

    It pulls one picture of the whole class when it is told to `refresh`; only what
    differs is drawn. A tile that cannot be drawn says so and leaves the others alone.

    Parameters
    ----------
    group : Group
        The class: what is drawn, and where keys are sent.
    keys : ClassKeys, optional
        What keys mean.
    """

    def __init__(self, group: Group, keys: ClassKeys | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Surefoot: class")
        self.setAccessibleName("Class view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(640, 400)
        self.selected = ""
        """Whom keys are for: a code, or nothing for everybody."""
        self.notice = ""
        """Why the last key did nothing."""
        self._group = group
        self._keys = keys or ClassKeys()
        self._presses = Presses()
        self._picture: GroupSnapshot = group.snapshot()
        self._until = 0.0
        self.tiles = {s.person: Tile(group, s) for s in self._picture.trainees}
        """By code, in the order of the class."""
        for tile in self.tiles.values():
            tile.pressed.connect(self.choose)
        self._foot = Foot()
        for part in (*self.tiles.values(), self._foot):
            part.setParent(self)

    @property
    def fault(self) -> str:
        """Which tiles could not be drawn, and why; empty if all could."""
        faults = ((code, tile.fault) for code, tile in self.tiles.items())
        return "; ".join(f"{code}: {fault}" for code, fault in faults if fault)

    def refresh(self) -> None:
        """Take the newest picture of the class and draw what differs."""
        self.show_group(self._group.snapshot())

    def show_group(self, shown: GroupSnapshot) -> None:
        """Show this picture."""
        self._picture = shown
        if self.notice and shown.t > self._until:
            self.notice = ""
        for seen in shown.trainees:
            chosen = self.selected in {"", seen.person}
            self.tiles[seen.person].show_seen(seen, selected=chosen)
        virtual = any(seen.picture and seen.picture.virtual for seen in shown.trainees)
        self._foot.tell(self.selected, self.notice, virtual=bool(virtual))

    def choose(self, person: str) -> None:
        """Have keys go to one trainee from now on, or to everybody."""
        self.selected, self.notice = person, ""
        self.show_group(self._picture)

    def restyle(self) -> None:
        """Take up the palette in use."""
        for tile in self.tiles.values():
            tile.update()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send what the key asks for; leave other keys to the window."""
        if not self._presses.accept(event):
            return
        shown = self._group.snapshot()
        tile = self.tiles.get(self.selected)
        entry = tile.view.entry if tile is not None else None
        asked = self._keys.asked(Qt.Key(event.key()), shown, self.selected, entry)
        if asked is None:
            event.ignore()
        else:
            self._follow(asked, shown.t)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground between the tiles."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.ink(theme.PALETTE.background))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the tiles out anew."""
        super().resizeEvent(event)
        room = QRectF(self.rect())
        foot = max(24.0, HEIGHT * room.height())
        self._foot.setGeometry(room.adjusted(0, room.height() - foot, 0, 0).toRect())
        room.adjust(_EDGE, _EDGE, -_EDGE, -foot)
        found = places(len(self.tiles), room)
        for tile, place in zip(self.tiles.values(), found, strict=True):
            tile.setGeometry(place.toRect())

    def _follow(self, asked: Asked, t: float) -> None:
        if asked.select is not None:
            self.choose(asked.select)
        self.notice, self._until = asked.notice, t + _SHOWN
        for person, do, arguments in asked.requests:
            self._group.send(do, person, **arguments)
