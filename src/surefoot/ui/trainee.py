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
from surefoot.ui.asking import TAKEN, answers, entry_of, question_of
from surefoot.ui.calm import Calm, Linger
from surefoot.ui.keys import Presses, request
from surefoot.ui.trainee_answers import answer_at
from surefoot.ui.trainee_layout import DOT_MM, TEXT_MM, Layout, arrange
from surefoot.ui.trainee_moving import Moving
from surefoot.ui.trainee_page import Page, page, shown_side
from surefoot.ui.trainee_paint import moved, paint_numbers, paint_still
from surefoot.ui.trainee_target import Target, gain
from surefoot.ui.trainee_text import paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from surefoot.session.snapshot import Snapshot, Stage
    from surefoot.ui.asking import Request

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
        self.entry = entry_of(stage)
        """The answer that is being given."""
        self._moving = Moving()
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
        made = page(snapshot, stale=stale, entry=self.entry)
        tilt = self._tilt if stale and not snapshot.stale else snapshot.tilt
        side = shown_side(snapshot) if made.standing and not made.dotless else ""
        side = self._side.feed(snapshot.t, side)
        self._layout = self._arranged(snapshot, made)
        target = self._target(snapshot, made)
        still = target.still() if target is not None else None
        look = _Look(made.still(), side, still, theme.PALETTE, language.IN_USE)
        if look != self._look:
            self._look, self._still = look, None
            self.update()
            self._moving.take(self._layout, made, target, tilt, snapshot)
        else:
            self._update_numbers(made)
            for place in self._moving.take(self._layout, made, target, tilt, snapshot):
                self.update(place.toAlignedRect())
        if tilt != self._tilt:
            self._expect_paint(snapshot)
        self._page, self._tilt = made, tilt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send what the key asks for; leave other keys to the window."""
        if not self._presses.accept(event):
            return
        asked = request(Qt.Key(event.key()), self._stage.snapshot(), self.entry)
        if asked is None:
            event.ignore()
        self._ask(asked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the answer that was clicked on."""
        shot = self._stage.snapshot()
        asked = question_of(shot)
        made = self._page
        at = answer_at(self._layout, made, event.position()) if made else None
        if asked is None or at is None:
            event.ignore()
        elif asked.kind != "number":
            self._ask(self.entry.choose(answers(shot)[at], shot))
        elif at < 2:
            self.entry.step(2 * at - 1, shot)
        else:
            self._ask(self.entry.press(Qt.Key.Key_Return, shot))

    def _ask(self, asked: Request | None) -> None:
        if asked is not None and asked != TAKEN:
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
        square, badged = _square(snapshot, made), bool(made.badges)
        return arrange(self.width(), self.height(), square=square, badged=badged)

    def _target(self, snapshot: Snapshot, made: Page) -> Target | None:
        # the gain stays while somebody stands on the board, even if the zone changes
        if not made.standing or not self._scale_zone:
            self._scale_zone = snapshot.zone
        if not made.target:
            return None
        aim = snapshot.aim if made.phase is Phase.RUN else None
        low = made.phase is Phase.DIRECTION
        place = self._layout.low_target if low else self._layout.target
        return Target(
            place,
            snapshot.axis,
            snapshot.zone,
            gain(place, snapshot.axis, self._scale_zone, snapshot.doing.extent),
            self._layout.pixels(DOT_MM) / 2,
            aim.at if aim is not None else (0.0, 0.0),
            aim.ahead if aim is not None else (),
            aim.moving if aim is not None else False,
            dotless=made.dotless,
        )

    def _update_numbers(self, made: Page) -> None:
        if self._page is None:
            return
        for place in moved(self._layout, self._page, made):
            self.update(place.toAlignedRect())

    def _paint(self, painter: QPainter, event: QPaintEvent) -> None:
        look, made = self._look, self._page
        if look is None or made is None:
            painter.fillRect(self.rect(), theme.ink(theme.PALETTE.background))
            return
        if self._still is None:
            self._still = self._draw_still(look)
        painter.drawPixmap(0, 0, self._still)
        if made.standing or made.number:
            paint_numbers(painter, self._layout, made, event.region())
        self._moving.paint(painter, look.side)

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


def _square(snapshot: Snapshot, made: Page) -> bool:
    """Return whether the target needs height: it goes to the front and back too."""
    return snapshot.axis != "ml" and (made.target or not made.standing)
