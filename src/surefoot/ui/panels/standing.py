"""How good the data of this trial are, and whether everything is being recorded."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from surefoot.training import Grade
from surefoot.ui import theme
from surefoot.ui.icons import Icon
from surefoot.ui.language import listed, say
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.panels.sensors import facts

if TYPE_CHECKING:
    from surefoot.session.snapshot import Snapshot, Tape
    from surefoot.training import Verdict

LOOKS = {
    Grade.GOOD: ("tick", "good", "Good"),
    Grade.FAIR: ("warning", "warn", "Fair"),
    Grade.NOT_SCORED: ("cross", "bad", "Not scored"),
}
"""Icon, palette colour and word of each grade."""
_BEHIND = 500  # packets; some wait always, more than a second of them is news
_QUALITY = ("Samples lost", "Longest gap", "Timing jitter")


class Quality(Card):
    """The verdict on the running trial, or on the last one."""

    def __init__(self) -> None:
        super().__init__("DATA QUALITY")
        self._icon, self._word = Icon(), Line(role="strong")
        self._reasons = Line(role="muted")
        self._values = [Line(role="value") for _ in _QUALITY]
        self.column.addLayout(headed(self._icon, self._word))
        self.column.addWidget(self._reasons)
        self.column.addLayout(facts(_QUALITY, self._values))

    def draw(self, snapshot: Snapshot) -> None:
        """Show the verdict of a picture; nothing where no sensor is needed."""
        self.setVisible(snapshot.doing.signal != "none")
        verdict = snapshot.quality
        if verdict is None and snapshot.result is not None:
            verdict = snapshot.result.verdict
        if verdict is None:
            self._icon.show_icon("none")
            self._word.show_text("No trial yet", role="small")
        else:
            icon, role, word = LOOKS[verdict.grade]
            self._icon.show_icon(icon, role)
            self._word.show_text(word, role=role)
        reasons = listed(list(verdict.reasons)) if verdict else ""
        self._reasons.show_text(reasons)
        self._reasons.setVisible(bool(reasons))
        for line, text in zip(self._values, _figures(verdict), strict=True):
            line.show_text(text)


class Recording(Card):
    """What is written to disk, or why it is not."""

    def __init__(self) -> None:
        super().__init__("RECORDING")
        self._icon, self._word = Icon(), Line(role="strong")
        self._file = Line(role="muted")
        self._amount = Line(role="muted", cut=False)
        self.column.addLayout(headed(self._icon, self._word))
        below = QHBoxLayout()
        below.addWidget(self._file, 1)
        below.addWidget(self._amount)
        self.column.addLayout(below)

    def draw(self, snapshot: Snapshot) -> None:
        """Show the tape of a picture."""
        tape = snapshot.tape
        icon, role, word = _tape_look(tape, replay=snapshot.replay is not None)
        self._icon.show_icon(icon, role)
        self._word.show_text(word, role=role if icon != "none" else "small")
        self._file.show_text(PurePath(tape.path).name if tape else "")
        self._amount.show_text(_amount(tape) if tape else "")
        for line in (self._file, self._amount):
            line.setVisible(tape is not None)
        self.setToolTip(tape.error or tape.path if tape else "")


def headed(icon: Icon, word: Line) -> QHBoxLayout:
    """Return an icon with a word beside it."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon)
    row.addWidget(word, 1)
    return row


def _figures(verdict: Verdict | None) -> list[str]:
    if verdict is None:
        return ["none"] * len(_QUALITY)
    gap, jitter = verdict.longest_gap, verdict.jitter
    long = f"{gap:.1f} s" if gap >= 1 else f"{gap * 1e3:.0f} ms"
    return [f"{verdict.lost * 100:.1f} %", long, f"{jitter * 1e3:.0f} ms"]


def _amount(tape: Tape) -> str:
    behind = say(", {n} behind", n=tape.backlog) if tape.backlog > _BEHIND else ""
    size = say(f"{tape.megabytes:.1f} MB")
    return f"{theme.minutes(tape.seconds)}   {size}{behind}"


def _tape_look(tape: Tape | None, *, replay: bool) -> tuple[str, str, str]:
    if tape is None:
        return "none", "muted", "This is a replay" if replay else "Nothing is recorded"
    if tape.error:
        return "warning", "bad", f"Failed: {tape.error}"
    return "record", "good", "Recording"
