"""How the sensors are doing, one card each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from surefoot.core import LinkState
from surefoot.ui.icons import Icon
from surefoot.ui.language import say
from surefoot.ui.panels.card import Card, Line

if TYPE_CHECKING:
    from surefoot.session.snapshot import Link, Snapshot

_STATES = {
    LinkState.SCANNING: ("search", "muted", "Looking for it"),
    LinkState.CONNECTING: ("dots", "warn", "Connecting"),
    LinkState.STREAMING: ("tick", "good", "Streaming"),
    LinkState.LOST: ("warning", "bad", "Lost"),
    LinkState.CLOSED: ("closed", "muted", "Closed"),
}
_LOW = 20  # percent
_FACTS = ("Rate", "Lost / refused", "Delay", "Battery", "Last sample")


class Sensors(Card):
    """One entry a sensor, in the order of the session."""

    def __init__(self) -> None:
        super().__init__("SENSORS")
        self._none = Line("None yet", role="muted")
        self.column.addWidget(self._none)
        self._entries: list[_Entry] = []

    def draw(self, snapshot: Snapshot) -> None:
        """Show the links of a picture."""
        self._none.setVisible(not snapshot.links)
        while len(self._entries) < len(snapshot.links):
            entry = _Entry()
            self._entries.append(entry)
            self.column.addWidget(entry)
        for i, entry in enumerate(self._entries):
            entry.setVisible(i < len(snapshot.links))
        for entry, link in zip(self._entries, snapshot.links, strict=False):
            entry.show_link(link)


class _Entry(QWidget):
    """One sensor: its role and state, then the figures."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon()
        self._role, self._state = Line(role="heading"), Line(role="good")
        self._device = Line(role="muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._role, 3)
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._state, 4)
        self._values = [Line(role="value") for _ in _FACTS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self._device)
        column.addLayout(facts(_FACTS, self._values))

    def show_link(self, link: Link) -> None:
        icon, role, words = _STATES[link.state]
        self._icon.show_icon(icon, role)
        self._role.show_text(link.role.capitalize())
        self._state.show_text(words, role="small" if role == "muted" else role)
        self._device.show_text(_device(link))
        for line, (text, look) in zip(self._values, _figures(link), strict=True):
            line.show_text(text, role=look)
        name = say("{role} sensor: {state}", role=link.role, state=words)
        self.setAccessibleName(name)


def facts(names: tuple[str, ...], values: list[Line]) -> QGridLayout:
    """Return two columns: names at the left, values at the right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(0, 1)
    for row, (name, value) in enumerate(zip(names, values, strict=True)):
        grid.addWidget(Line(name, role="muted"), row, 0)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
    return grid


def _device(link: Link) -> str:
    return f"{link.device}: {say(link.reason)}" if link.reason else link.device


def _figures(link: Link) -> list[tuple[str, str]]:
    streams = link.state is LinkState.STREAMING
    battery = "not known" if link.battery is None else f"{link.battery} %"
    low = link.battery is not None and link.battery < _LOW
    battery = say("{battery}, low", battery=battery) if low else battery
    return [
        (f"{link.rate:.0f} Hz" if streams else "none", "value"),
        (
            f"{link.lost} / {link.refused}",
            "warn" if link.lost or link.refused else "value",
        ),
        (f"{link.delay_ms:.0f} ms" if streams else "none", "value"),
        (battery, "warn" if low else "value"),
        (_age(link.age) if link.samples else "none yet", "value"),
    ]


def _age(age: float) -> str:
    if age >= 60:
        return "over 1 min ago"
    return "now" if age < 0.3 else say("{s:.1f} s ago", s=age)
