"""What the trainee sees: one thing at a time, readable from three metres."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from surefoot.training import Phase
from surefoot.ui import language, theme
from surefoot.ui.calm import Calm, Linger
from surefoot.ui.keys import Presses, request
from surefoot.ui.trainee_layout import DOT_MM, TEXT_MM, Layout, arrange
from surefoot.ui.trainee_page import Page, page, shown_side
from surefoot.ui.trainee_paint import moved, paint_numbers, paint_still
from surefoot.ui.trainee_target import Target, draw_dot, gain
from surefoot.ui.trainee_text import paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from surefoot.session.snapshot import Snapshot, Stage

_FAULT = "The picture has failed. HOLD THE RAIL."
_log = logging.getLogger(__name__)


@runtime_checkable
class Timed(Protocol):
    """A stage that wants to know how long a movement took to the screen."""

    def painted(self, seconds: float) -> None:
        """Take note of the time from a packet's arrival to its painting [s]."""
        ...


@dataclass(frozen=True, slots=True)
class _Look:
    """All that decides the still part of the picture."""

    page: Page
    side: str
    target: Target | None
    palette: theme.Palette
    language: str


class TraineeView(QWidget):
    """The trainee's screen.

    It pulls a snapshot when it is told to `refresh` and draws only what has changed
    since: the still part is kept as an image, and the dot moves over it.

    Parameters
    ----------
    stage : Stage
        A session or a replay: what is drawn, and where keys are sent.
    parent : QWidget or None
        As in Qt.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Surefoot: trainee")
        self.setAccessibleName("Trainee view")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(480, 320)
        self.fault = ""
        """Why the last picture could not be drawn, or empty."""
        self._stage = stage
        self._presses = Presses()
        self._side = Calm[str]("")
        self._stale = Linger()
        self._scale_zone = 0.0
        self._snapshot: Snapshot | None = None
        self._tilt: tuple[float, float] | None = None
        self._look: _Look | None = None
        self._page: Page | None = None
        self._layout = arrange(1, 1, square=False, badged=False)
        self._still: QPixmap | None = None
        self._arrived = self._unpainted = 0.0
        language.retranslate(self)

    def refresh(self) -> None:
        """Take the newest picture and have redrawn what differs from the last."""
        self.show_snapshot(self._stage.snapshot())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show this picture."""
        self._snapshot = snapshot
        if snapshot.replay is not None and not snapshot.replay.playing:
            # a picture that stands still need not be calm, but must be right
            self._side, self._stale = Calm[str](""), Linger()
        stale = self._stale.feed(snapshot.t, snapshot.stale)
        made = page(snapshot, stale=stale)
        tilt = self._tilt if stale and not snapshot.stale else snapshot.tilt
        side = shown_side(snapshot) if made.standing else ""
        side = self._side.feed(snapshot.t, side)
        self._layout = self._arranged(snapshot, made)
        target = self._target(snapshot, made)
        look = _Look(made.still(), side, target, theme.PALETTE, language.IN_USE)
        if look != self._look:
            self._look, self._still = look, None
            self.update()
        else:
            self._update_numbers(made)
            self._update_dot(target, tilt)
        if tilt != self._tilt:
            self._expect_paint(snapshot)
        self._page, self._tilt = made, tilt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send what the key asks for; leave other keys to the window."""
        asked = request(Qt.Key(event.key()), self._stage.snapshot())
        if asked is None:
            event.ignore()
            return
        if self._presses.accept(event):
            do, arguments = asked
            self._stage.send(do, **arguments)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw all anew at the new size."""
        super().resizeEvent(event)
        self._still = self._look = None
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; a failure to draw is said on the screen and stops nothing else."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self._paint(painter, event)
            self.fault = ""
        except Exception as error:  # noqa: BLE001  whatever fails, the session goes on
            self._paint_fault(painter, error)
        finally:
            painter.end()
        if self._unpainted and isinstance(self._stage, Timed):
            self._stage.painted(time.monotonic() - self._unpainted)
        self._unpainted = 0.0

    def _expect_paint(self, snapshot: Snapshot) -> None:
        """Remember when the newest packet of the board came, if it is a new one."""
        link = next((x for x in snapshot.links if x.role == "board"), None)
        if link is None or snapshot.replay is not None:
            return
        arrived = snapshot.t - link.age
        if arrived > self._arrived:
            self._arrived = arrived
            self._unpainted = self._unpainted or time.monotonic() - link.age

    def _arranged(self, snapshot: Snapshot, made: Page) -> Layout:
        square, badged = snapshot.axis != "ml", bool(made.badges)
        return arrange(self.width(), self.height(), square=square, badged=badged)

    def _target(self, snapshot: Snapshot, made: Page) -> Target | None:
        # the gain stays while somebody stands on the board, even if the zone changes
        if not made.standing or not self._scale_zone:
            self._scale_zone = snapshot.zone
        if not made.target:
            return None
        low = made.phase is Phase.DIRECTION
        place = self._layout.low_target if low else self._layout.target
        return Target(
            place,
            snapshot.axis,
            snapshot.zone,
            gain(place, snapshot.axis, self._scale_zone),
            self._layout.pixels(DOT_MM) / 2,
        )

    def _update_numbers(self, made: Page) -> None:
        if self._page is None:
            return
        for place in moved(self._layout, self._page, made):
            self.update(place.toAlignedRect())

    def _update_dot(
        self, target: Target | None, tilt: tuple[float, float] | None
    ) -> None:
        if target is None or tilt == self._tilt:
            return
        for place in (self._tilt, tilt):
            if place is not None:
                self.update(target.around(place).toAlignedRect())

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        look, made = self._look, self._page
        if look is None or made is None:
            painter.fillRect(self.rect(), theme.ink(theme.PALETTE.background))
            return
        if self._still is None:
            self._still = self._draw_still(look)
        painter.drawPixmap(0, 0, self._still)
        if made.standing:
            paint_numbers(painter, self._layout, made, event.region())
        if look.target is not None and self._tilt is not None:
            stale = bool(made.banner)
            draw_dot(painter, look.target, self._tilt, look.side, stale=stale)

    def _draw_still(self, look: _Look) -> QPixmap:
        ratio = self.devicePixelRatioF()
        image = QPixmap(self.size() * ratio)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            paint_still(painter, self._layout, look.page, look.target, look.side)
        finally:
            painter.end()
        return image

    def _paint_fault(self, painter: QPainter, error: Exception) -> None:
        fault = f"{type(error).__name__}: {error}"
        if fault != self.fault:
            _log.exception("trainee view: drawing failed")
        self.fault, self._still = fault, None
        painter.fillRect(self.rect(), theme.ink(theme.PALETTE.background))
        painter.setPen(theme.ink(theme.PALETTE.text))
        room = QRectF(self.rect()).adjusted(40, 40, -40, -40)
        paragraph(painter, room, _FAULT, self._layout.pixels(TEXT_MM))
