"""The few buttons that fit the phase: one page each, in one place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from surefoot.training import Phase
from surefoot.ui.asking import entry_of, question_of
from surefoot.ui.language import retranslate
from surefoot.ui.panels.answers import Allow, Effort, Number, Pain, Part
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.controls import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.session.snapshot import Snapshot, Stage

_TEXTS = {
    Phase.WAITING: "Goes on by itself when the sensor streams.",
    Phase.BOW: "Goes on by itself after the lean.",
    Phase.COUNTDOWN: "Stop ends the countdown.",
}
_QUESTIONS = {
    Phase.DIRECTION: ("direction", "Yes, it did (Y)", "No, the other way (N)"),
    Phase.SUPPORT: ("support", "Support in reach (Y)", "Not in reach (N)"),
    Phase.HELD_ON: ("held-on", "Yes, held on (Y)", "No (N)"),
}
_SURE = ("support", "Yes (Y)", "No (N)")
_COUNTED = {
    "walk": (("Step (Space)", "step"), ("Misstep (X)", "misstep")),
    "reposition": (("Here (Space)", "there"),),
    "stand": (("Error (E)", "error"),),
}
_INVALID = (
    ("Stepped (1)", "stepped"),
    ("Grabbed (2)", "grabbed"),
    ("Opened eyes (3)", "opened-eyes"),
    ("Moved (4)", "moved"),
)
_JUDGED = frozenset({Phase.RUN, Phase.RESULT, Phase.REST})
_SKIPPING = frozenset({Phase.SUPPORT, Phase.READY, Phase.RESULT, Phase.REST})
_REPLAY = "A replay: it is moved with the bar below."
LEAST = 108
"""Height of all pages but the longest ones [pixels]."""

_Key = tuple[object, ...]


class Actions(QStackedWidget):
    """What may be asked for in this phase.

    Parameters
    ----------
    stage : Stage
        Told what was asked for.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setFixedHeight(LEAST)
        self._stage = stage
        self._entry = entry_of(stage)
        self._pages: dict[_Key, int] = {}
        self._parts: dict[int, list[Part]] = {}

    def draw(self, snapshot: Snapshot) -> None:
        """Show the page of a picture's phase."""
        key = _key(snapshot)
        if key not in self._pages:
            widgets = self._widgets(snapshot)
            page = _page(widgets)
            retranslate(page)
            self._pages[key] = self.addWidget(page)
            for inner in page.findChildren(QWidget):
                inner.ensurePolished()  # before its size is asked for
            told = [widget for widget in widgets if isinstance(widget, Part)]
            self._parts[self._pages[key]] = told
        index = self._pages[key]
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        for part in self._parts[index]:
            part.draw(snapshot, self._entry)
        page = self.widget(index)
        needed = max(LEAST, page.sizeHint().height() if page is not None else 0)
        if self.height() != needed:
            self.setFixedHeight(needed)

    def _widgets(self, snapshot: Snapshot) -> list[QWidget]:
        if snapshot.replay is not None:
            return [Line(_REPLAY, role="muted", wrap=True)]
        found = self._asked(snapshot) or self._steps(snapshot)
        if snapshot.doing.test and snapshot.phase in _JUDGED:
            found += self._pairs("invalid", "why", _INVALID)
        if snapshot.sets and snapshot.phase in _SKIPPING:
            skip = partial(self._stage.send, "skip")
            found.append(Button("Leave this set out (F8)", skip, big=False))
        if snapshot.doing.may_enable:
            found.append(Allow(self._stage))
        return found

    def _asked(self, snapshot: Snapshot) -> list[QWidget]:
        """Return what answers a question, if there is one."""
        asked = question_of(snapshot)
        kinds = {"pain": Pain, "effort": Effort, "number": Number}
        if asked is None:
            return []
        if asked.kind in kinds:
            return [kinds[asked.kind](self._stage, self._entry, snapshot)]
        if snapshot.phase is Phase.SUPPORT and "firm" not in asked.text:
            return self._answers(*_SURE)
        return self._answers(*_QUESTIONS[snapshot.phase])

    def _steps(self, snapshot: Snapshot) -> list[QWidget]:
        """Return what goes on, where nothing is asked."""
        send, phase = self._stage.send, snapshot.phase
        if phase in {Phase.LEVEL_FIRST, Phase.LEVEL_SECOND}:
            sides = ("front", "back") if snapshot.axis == "ap" else ("left", "right")
            side = sides[0 if phase is Phase.LEVEL_FIRST else 1]
            text = f"Rests on {side.upper()} edge (Space)"
            return [Button(text, partial(send, "level", edge=side), main=True)]
        if phase is Phase.RUN:
            return self._running(snapshot)
        again = "Next set now (Space)" if snapshot.sets else "Again (Space)"
        if phase is Phase.DONE:
            return [Button("Do it again", partial(send, "again"))]
        steps: dict[Phase, tuple[str, partial[None]]] = {
            Phase.STILL: ("Still now (Space)", partial(send, "level", edge="still")),
            Phase.READY: ("Start (Space)", partial(send, "start")),
            Phase.RESULT: (again, partial(send, "again")),
            Phase.REST: (again, partial(send, "again")),
        }
        if phase in steps:
            # pain ends a drill between its sets as well
            hurts = Button("Pain", partial(send, "stop", why="pain"))
            also = [hurts] if snapshot.sets else []
            return [Button(*steps[phase], main=True), *also]
        return [Line(_TEXTS.get(phase, ""), role="muted", wrap=True)]

    def _running(self, snapshot: Snapshot) -> list[QWidget]:
        send, task = self._stage.send, snapshot.doing.task
        found = self._pairs("count", "what", _COUNTED.get(task, ()))
        if snapshot.doing.signal == "tilt":
            found.append(
                Button("Stepped off", partial(send, "stop", why="stepped-off"))
            )
        return [*found, Button("Pain", partial(send, "stop", why="pain"))]

    def _pairs(
        self, do: str, name: str, told: Sequence[tuple[str, str]]
    ) -> list[QWidget]:
        """Return buttons two in a row."""
        made = [
            Button(text, partial(self._stage.send, do, **{name: what}), big=False)
            for text, what in told
        ]
        rows: list[QWidget] = []
        for i in range(0, len(made), 2):
            row = QWidget()
            inner = QHBoxLayout(row)
            inner.setContentsMargins(0, 0, 0, 0)
            for button in made[i : i + 2]:
                inner.addWidget(button, 1)
            rows.append(row)
        return rows

    def _answers(self, do: str, yes: str, no: str) -> list[QWidget]:
        send = self._stage.send
        main = do != "held-on"  # neither answer is the wanted one there
        return [
            Button(yes, partial(send, do, yes=True), main=main),
            Button(no, partial(send, do, yes=False)),
        ]


def _key(snapshot: Snapshot) -> _Key:
    """Return what decides which buttons there are."""
    if snapshot.replay is not None:
        return ()
    doing, asked = snapshot.doing, question_of(snapshot)
    text = asked.text if asked is not None and asked.kind != "yes-no" else ""
    sure = asked is not None and "firm" not in asked.text
    return (
        snapshot.phase,
        snapshot.axis == "ap",
        text,
        sure and snapshot.phase is Phase.SUPPORT,
        doing.task,
        doing.signal,
        doing.test,
        doing.may_enable,
        snapshot.sets > 0,
    )


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
