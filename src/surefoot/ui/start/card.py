"""What an exercise is: its picture, what to do, what makes it safe, what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from surefoot.ui import language
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.start.pictures import Picture

if TYPE_CHECKING:
    from surefoot.session.opening import Seating
    from surefoot.training import Drill

_SPACED = 4


class About(Card):
    """An exercise, with the reason why it is done today."""

    def __init__(self) -> None:
        super().__init__("")
        self.picture = Picture()
        self.title = Line("", role="heading", wrap=True)
        self.why_title = Line("Why this today", role="caption")
        self.why = Line("", role="plain", wrap=True)
        self.column.addWidget(self.picture, 1)
        self.column.addWidget(self.title)
        self.column.addWidget(self.why_title)
        self.column.addWidget(self.why)
        body = QWidget()
        self._lines = QVBoxLayout(body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(_SPACED)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        area.setMinimumHeight(84)
        body.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self.column.addWidget(area, 1)

    def show_drill(self, drill: Drill | None, why: str = "") -> None:
        """Show an exercise; without one the place stays empty."""
        self.picture.show_picture(drill.name if drill else "", "")
        self.picture.setVisible(self.picture.there)
        self.title.show_text(drill.title if drill else "")
        self.why.show_text(why)
        for line in (self.why, self.why_title):
            line.setVisible(bool(why))
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        for text, role in _told(drill) if drill else ():
            self._lines.addWidget(Line(text, role=role, wrap=True))
        self._lines.addStretch(1)


def _told(drill: Drill) -> list[tuple[str, str]]:
    told = [(text, "plain") for text in drill.instructions]
    if drill.safety:
        told.append(("To be safe", "caption"))
        told += [(text, "plain") for text in drill.safety]
    told.append(("What it needs", "caption"))
    told.append((needs(drill), "plain"))
    return told


def needs(drill: Drill) -> str:
    """Return which sensors an exercise needs, in the language in use."""
    if drill.signal == "none" or not drill.roles:
        return language.say("No sensor")
    roles = language.listed(list(drill.roles))
    if "force" in drill.needs:
        return language.say("A board that weighs: {roles}", roles=roles)
    return language.say("A sensor on: {roles}", roles=roles)


def sensors_said(seating: Seating | None) -> str:
    """Return the sensors that will be used, in the language in use."""
    if seating is None:
        return language.say("No sensor was chosen yet.")
    if seating.virtual is not None:
        return language.say(
            "Virtual sensors and a virtual trainee: {who}", who=seating.virtual
        )
    told = [
        f"{language.say(role)} = {what.replace(':', ' ')}"
        for role, what in seating.sensors.items()
    ]
    return language.say("Sensors: {told}", told=", ".join(told))
