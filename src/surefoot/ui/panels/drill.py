"""The drill: what it is and how it is done, and what its sets came to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from surefoot.training import Grade
from surefoot.ui import theme
from surefoot.ui.language import say
from surefoot.ui.panels.card import Line
from surefoot.ui.trainee_drill import set_title
from surefoot.ui.trainee_parts import draw_picture
from surefoot.ui.trainee_told import invalid_words

if TYPE_CHECKING:
    from surefoot.session.snapshot import Result, Snapshot

_ROWS = 12
_SENTENCES = 9
_NONE = "No set is done yet."


class DrillCard(QScrollArea):
    """Picture, sentences and safety lines at the left, the sets at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Drill")
        self._title, self._part = Line(role="heading"), Line(role="strong")
        self._way = Line(role="muted", wrap=True)
        self._picture = _Picture()
        self._told = [Line(wrap=True) for _ in range(_SENTENCES)]
        self._none = Line(_NONE, role="muted")
        self._rows = [_Row() for _ in range(_ROWS)]
        self._seen: tuple[object, ...] = ()
        self._lay_out()

    def draw(self, snapshot: Snapshot) -> None:
        """Show the drill of a picture."""
        doing = snapshot.doing
        seen = (
            doing,
            snapshot.drill,
            snapshot.stage,
            snapshot.set_no,
            snapshot.picture,
            len(snapshot.results),
            snapshot.results[-1:] and snapshot.results[-1],
        )
        if seen == self._seen:
            return
        self._seen = seen
        self._title.show_text(snapshot.drill)
        self._part.show_text(set_title(snapshot))
        self._way.show_text(way(snapshot))
        self._picture.show_drill(doing.name)
        sentences = [*doing.instructions, *doing.safety][:_SENTENCES]
        for i, line in enumerate(self._told):
            safety = i >= len(doing.instructions)
            there = i < len(sentences)
            line.setVisible(there)
            line.show_text(
                sentences[i] if there else "", role="warn" if safety else "small"
            )
        self._show_sets(snapshot.results)

    def _show_sets(self, results: tuple[Result, ...]) -> None:
        newest = list(reversed(results[-_ROWS:]))
        self._none.setVisible(not newest)
        for i, row in enumerate(self._rows):
            row.show_result(newest[i] if i < len(newest) else None, len(results) - i)

    def _lay_out(self) -> None:
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        for widget in (self._title, self._part, self._way, self._picture, *self._told):
            left.addWidget(widget)
        left.addStretch(1)
        right.addWidget(Line("SETS SO FAR", role="caption"))
        right.addWidget(self._none)
        table = QGridLayout()
        table.setHorizontalSpacing(12)
        table.setVerticalSpacing(4)
        table.setColumnStretch(2, 1)
        for i, cells in enumerate(self._rows):
            for column, cell in enumerate(cells.cells):
                table.addWidget(cell, i, column)
        right.addLayout(table)
        right.addStretch(1)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.setWidget(inner)
        inner.resize(200, 200)  # grows when it is first seen
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


class _Row:
    """One set: which, what it counts as, and by which rule."""

    def __init__(self) -> None:
        self.cells = (
            Line(cut=False),
            Line(role="value"),
            Line(role="muted", wrap=True),
        )

    def show_result(self, result: Result | None, n: int) -> None:
        texts = ("", "", "")
        if result is not None:
            texts = (say("Set {n}", n=result.set_no or n), *told(result))
        for cell, text in zip(self.cells, texts, strict=True):
            cell.setVisible(result is not None)
            cell.show_text(text)


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setAccessibleName("Picture of the drill")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(190)

    def sizeHint(self) -> QSize:
        return QSize(250, 190)

    def show_drill(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_picture(painter, QRectF(self.rect()), self._name)


def told(result: Result) -> tuple[str, str]:
    """Return what a set counts as, and the rule or the reason why not."""
    score = result.score
    if result.invalid:
        return "\N{EN DASH}", f"{say('does not count')}: {say(invalid_words(result))}"
    if score is None:
        return "\N{EN DASH}", say(theme.ending(result.ended))
    if score.kept is not None:
        return theme.percent(score.kept), say(score.rule)
    if result.verdict.grade is Grade.NOT_SCORED or not math.isfinite(score.value):
        return "\N{EN DASH}", say(score.reason or score.rule)
    found = [m for m in result.measures if m.name == score.measure]
    label, value = theme.plain(found[0]) if found else ("", f"{score.value:.3g}")
    return value, say(label)


def way(snapshot: Snapshot) -> str:
    """Return how this set is done: with a picture or not, and with what."""
    if not snapshot.sets:
        return ""
    parts = ["with picture" if snapshot.picture else "without picture"]
    parts += ["eyes closed"] if snapshot.doing.closed else []
    parts += [snapshot.second] if snapshot.second else []
    parts += [snapshot.doing.resistance] if snapshot.doing.resistance else []
    return ", ".join(map(say, parts))
