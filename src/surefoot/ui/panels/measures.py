"""The numbers of the run: live ones say so; a result begins with its quality."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from surefoot.training import Grade, Phase
from surefoot.ui import theme
from surefoot.ui.icons import Icon
from surefoot.ui.language import listed, say
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.panels.standing import LOOKS, headed

if TYPE_CHECKING:
    from surefoot.core import Measure
    from surefoot.session.snapshot import Result, Snapshot

_ROWS = 7
_IN_RING = frozenset({"time_in_zone", "time_on_target"})
_WIDTH = 440
_NONE = "MEASURES: NONE YET"
_ORDER = (
    "time_in_zone",
    "tilt_rms",
    "tilt_mean_speed",
    "tilt_max",
    "edge_contacts",
    "trunk_lean_rms",
    "mean_velocity",
    "prediction_ellipse_area",
    "rms_distance_ml",
    "rms_distance_ap",
    "tilt_rms_ml",
    "tilt_rms_ap",
)


class Measures(Card):
    """A table in plain words, with the verdict on a finished trial above it."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName("Measures")
        self.setFixedHeight(244)
        self._title = Line(role="caption")
        self._icon, self._word = Icon(), Line(role="strong")
        self._story = Line(role="muted", wrap=True)
        self._rows = [_Row() for _ in range(_ROWS)]
        self.column.setSpacing(4)
        self.column.addWidget(self._title)
        self._verdict = QWidget()
        head = headed(self._icon, self._word)
        head.setContentsMargins(0, 0, 0, 0)
        self._verdict.setLayout(head)
        self.column.addWidget(self._verdict)
        self.column.addWidget(self._story)
        self.column.addWidget(_table(self._rows))
        self.column.addStretch(1)

    def draw(self, snapshot: Snapshot) -> None:
        """Show the result of a picture, or else its measures so far."""
        told = snapshot.phase in {Phase.RESULT, Phase.REST}
        result = snapshot.result if told else None
        self._verdict.setVisible(result is not None)
        if result is not None:
            self._show_result(result, snapshot)
            return
        shown = in_order(snapshot.measures)
        self._title.show_text(_titled("MEASURES", shown) if shown else _NONE)
        self._story.setVisible(False)
        self._show_rows(shown)

    def _show_result(self, result: Result, snapshot: Snapshot) -> None:
        scored = result.verdict.grade is not Grade.NOT_SCORED
        shown = in_order(result.measures) if scored else []
        self._title.show_text(_titled("RESULT", shown))
        icon, role, word = LOOKS[result.verdict.grade]
        self._icon.show_icon(icon, role)
        self._word.show_text(_verdict(result, word), role=role)
        self._story.setVisible(True)
        story = _story(result, snapshot.unit, stages=snapshot.sets > 0)
        self._story.show_text(story)
        self._show_rows(shown)

    def _show_rows(self, measures: list[Measure]) -> None:
        told = _all_live(measures)
        for i, row in enumerate(self._rows):
            row.show_measure(measures[i] if i < len(measures) else None, told=told)


class _Row:
    """Name, value, and what must be known about it."""

    def __init__(self) -> None:
        self.cells = (Line(), Line(role="value"), Line(role="muted", cut=False))
        self.cells[1].setAlignment(Qt.AlignmentFlag.AlignRight)

    def show_measure(self, measure: Measure | None, *, told: bool) -> None:
        texts = ("", "", "")
        if measure is not None:
            texts = (*theme.plain(measure), _remark(measure, told=told))
        for cell, text in zip(self.cells, texts, strict=True):
            cell.show_text(text)


def in_order(measures: tuple[Measure, ...]) -> list[Measure]:
    """Return the measures a therapist looks for first, then the others."""
    rank = {name: i for i, name in enumerate(_ORDER)}
    return sorted(measures, key=lambda m: rank.get(m.name, len(_ORDER)))


def _table(rows: list[_Row]) -> QWidget:
    table = QWidget()
    table.setMaximumWidth(_WIDTH)  # the eye finds the value of a name
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    for column, stretch in enumerate((1, 0, 0)):
        grid.setColumnStretch(column, stretch)
    for i, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            grid.addWidget(cell, i, column)
    return table


def _all_live(measures: list[Measure]) -> bool:
    return bool(measures) and all("PROVISIONAL" in m.flags for m in measures)


def _titled(title: str, measures: list[Measure]) -> str:
    return f"{title}: LIVE VALUES" if _all_live(measures) else title


def _remark(measure: Measure, *, told: bool) -> str:
    """Return the flags in words; "live" only where the title has not told it."""
    words = {"PROVISIONAL": "live", "TOO_SHORT": "too short", "GAP": "with a gap"}
    flags = [f for f in measure.flags if not (told and f == "PROVISIONAL")]
    return listed([words.get(f, f.lower().replace("_", " ")) for f in flags])


def _verdict(result: Result, word: str) -> str:
    reasons = listed(list(result.verdict.reasons))
    told = say("Data quality: {grade}", grade=word.lower())
    return told + (f" ({reasons})" if reasons else "")


def _story(result: Result, unit: str, *, stages: bool) -> str:
    told = [theme.ending(result.ended)]
    if result.held_on is not None:
        told.append("held on" if result.held_on else "hands free")
    ringed = not stages or any(m.name in _IN_RING for m in result.measures)
    if result.zone and ringed and unit == "rad":
        told.append(say("ring {degrees:.1f}°", degrees=degrees(result.zone)))
    if result.next_zone is not None and unit == "rad":
        told.append(f"suggested next {degrees(result.next_zone):.1f}°")
    if result.verdict.grade is Grade.NOT_SCORED:
        told.append("no numbers, since the data do not allow any")
    return listed(told)
