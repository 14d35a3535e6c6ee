"""The trial: where it stands, what to do now, and the buttons for it."""

from __future__ import annotations

from functools import partial
from math import ceil, degrees
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from surefoot.training import Phase
from surefoot.ui import theme
from surefoot.ui.language import say
from surefoot.ui.panels.actions import Actions, side_by_side
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.panels.controls import Button, Degrees, Stop, stepped
from surefoot.ui.trainee_drill import set_title

if TYPE_CHECKING:
    from surefoot.session.snapshot import Snapshot, Stage

_PHASES = {
    Phase.WAITING: "WAITING FOR SENSORS",
    Phase.LEVEL_FIRST: "LEVELLING, 1 OF 2",
    Phase.LEVEL_SECOND: "LEVELLING, 2 OF 2",
    Phase.DIRECTION: "DIRECTION CHECK",
    Phase.SUPPORT: "SAFETY CHECK",
    Phase.READY: "READY",
    Phase.COUNTDOWN: "COUNTDOWN",
    Phase.RUN: "RUN",
    Phase.HELD_ON: "ONE QUESTION",
    Phase.RESULT: "RESULT",
    Phase.PAIN_BEFORE: "PAIN BEFORE",
    Phase.STILL: "STAND STILL",
    Phase.BOW: "LEAN FORWARD",
    Phase.ENTER: "HOW MANY",
    Phase.REST: "REST",
    Phase.PAIN_AFTER: "PAIN AFTER",
    Phase.EFFORT: "EFFORT",
    Phase.DONE: "DONE",
}
_LEVEL_AGAIN = "Level the board again"
_SIZED = frozenset({"hold", "follow"})
UNDER_WAY = frozenset({Phase.COUNTDOWN, Phase.RUN})
_FIXED = UNDER_WAY | {Phase.HELD_ON}
"""The ring keeps its size from the countdown to the last answer."""


class Trial(Card):
    """Phase, prompt, time left, buttons, and the stop sign.

    Parameters
    ----------
    stage : Stage
        Told what was asked for.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__("")
        self.setAccessibleName("Trial")
        self._phase = Line(role="caption")
        self._prompt = Line(role="heading", wrap=True)
        self._prompt.setFixedHeight(68)
        self._prompt.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._left, self._share = Line(role="title"), Line(role="value")
        self._bar = Bar()
        self._set = Line(role="strong")
        self._actions = Actions(stage)
        self.stop = Stop()
        self._stage = stage
        self.stop.clicked.connect(self._stop)
        self.column.addWidget(self._phase)
        self.column.addWidget(self._prompt)
        self.column.addLayout(side_by_side(self._left, self._share))
        # the stop sign stays where it is, however many buttons there are
        for widget in (self._bar, self._set, self.stop, self._actions):
            self.column.addWidget(widget)

    def draw(self, snapshot: Snapshot) -> None:
        """Show where the trial of a picture stands."""
        self._phase.show_text(_PHASES[snapshot.phase])
        self._set.show_text(set_title(snapshot))
        self._prompt.show_text(snapshot.prompt)
        self._actions.draw(snapshot)
        self.stop.setEnabled(snapshot.replay is None)

    def draw_time(self, snapshot: Snapshot) -> None:
        """Show the time left of a picture."""
        timed = snapshot.phase in UNDER_WAY | {Phase.REST}
        under_way = timed and snapshot.countdown is not None
        left = snapshot.countdown or 0.0
        to_go = snapshot.phase is not Phase.RUN
        words = "{s} s to go" if to_go else "{s} s left"
        self._left.show_text(say(words, s=ceil(left)) if under_way else "")
        share = snapshot.time_in_zone if snapshot.phase is Phase.RUN else None
        self._share.show_text(_so_far(snapshot, share))
        running = snapshot.phase is Phase.RUN and snapshot.duration > 0
        self._bar.show_share(left / snapshot.duration if running else 0.0)

    def _stop(self) -> None:
        self._stage.send("stop", why="key")


def _so_far(snapshot: Snapshot, share: float | None) -> str:
    """Return how the run goes so far, as its task counts."""
    aim = snapshot.aim
    if snapshot.phase is Phase.RUN and aim is not None and aim.of:
        return f"{aim.done} {say('of {of}', of=aim.of)}"
    words = {"hold": "{percent} in ring", "follow": "{percent} on target"}
    told = words.get(snapshot.doing.task)
    return say(told, percent=theme.percent(share)) if told and share is not None else ""


class Bar(QWidget):
    """A bar that shrinks with the time left."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(6)
        self._share, self._pixels = 0.0, -1

    def show_share(self, share: float) -> None:
        """Show a share of the whole, 0 to 1."""
        pixels = round(share * self.width())
        if pixels != self._pixels:
            self._share, self._pixels = share, pixels
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((1.0, "line"), (self._share, "text")):
            painter.setBrush(theme.ink(getattr(theme.PALETTE, colour)))
            box = QRectF(0, 0, share * self.width(), self.height())
            if share > 0 and (colour == "text" or self._share > 0):
                painter.drawRoundedRect(box, 3, 3)


class Settings(Card):
    """The size of the ring, and levelling again.

    Parameters
    ----------
    stage : Stage
        Told what was asked for.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__("SETTINGS")
        self._stage = stage
        self._ring = Degrees()
        self._ring.chosen.connect(self._choose)
        relevel = partial(stage.send, "relevel")
        self._relevel = Button(_LEVEL_AGAIN, relevel, big=False)
        self._steps = stepped(self._ring)
        self._sized = (Line("Ring size"), *self._steps)
        self.column.addLayout(side_by_side(*self._sized, spacing=4))
        self._used = QLineEdit()
        self._used.setPlaceholderText("Resistance, as used")
        self._used.setAccessibleName("Resistance that is used")
        self._used.setMaxLength(60)
        self._used.returnPressed.connect(self._tell_resistance)
        self.column.addWidget(self._relevel)
        self.column.addWidget(self._used)

    def draw(self, snapshot: Snapshot) -> None:
        """Show the settings of a picture, open to change only between runs."""
        live = snapshot.replay is None
        for widget in self._steps:
            widget.setEnabled(live and snapshot.phase not in _FIXED)
        self._relevel.setEnabled(
            live and snapshot.phase not in _FIXED | {Phase.WAITING}
        )
        doing = snapshot.doing
        self.setVisible(doing.signal != "none")
        self._used.setVisible(doing.task == "repeat")
        self._used.setEnabled(live and snapshot.phase not in UNDER_WAY)
        told = doing.signal in {"lean", "cop", "angle"}
        self._relevel.setVisible(doing.signal != "none")
        self._relevel.show_words("Find the start again" if told else _LEVEL_AGAIN)
        for widget in self._sized:
            widget.setVisible(snapshot.unit == "rad" and doing.task in _SIZED)
        self._ring.show_value(degrees(snapshot.zone))

    def _tell_resistance(self) -> None:
        self._stage.send("resistance", text=self._used.text().strip())
        self._used.clearFocus()

    def _choose(self, chosen: float) -> None:
        self._stage.send("zone", degrees=chosen)
