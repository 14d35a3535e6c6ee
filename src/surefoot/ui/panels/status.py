"""The line that says whether all is well, and the badges that say what is not real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from surefoot.core import LinkState
from surefoot.session.latency import SLOW, TOO_SLOW
from surefoot.ui import theme
from surefoot.ui.calm import Linger
from surefoot.ui.icons import Icon
from surefoot.ui.language import say
from surefoot.ui.panels.card import Line

if TYPE_CHECKING:
    from surefoot.session.snapshot import Link, Snapshot

WARNED = 60.0
"""How long what the radio warns of stays on the line [s] (our default)."""
_HEIGHT = 38


class Header(QFrame):
    """Drill, time, and badges for virtual sensors and a replay."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self._drill, self._time = Line(role="title"), Line("0:00", role="value")
        self._time.setAccessibleName("Session time")
        self._virtual, self._replay = _badge("VIRTUAL SENSORS"), _badge("REPLAY")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        row.addWidget(self._drill, 1)
        for widget in (self._virtual, self._replay, self._time):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = row

    def add(self, widget: QWidget) -> None:
        """Add a small choice at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def draw(self, snapshot: Snapshot) -> None:
        """Show what a picture is of."""
        self._drill.show_text(snapshot.drill)
        self._time.show_text(f"Session time {theme.minutes(snapshot.t)}")
        self._virtual.setVisible(snapshot.virtual)
        self._replay.setVisible(snapshot.replay is not None)


class Status(QFrame):
    """One line, always there, so that nothing moves when it has something to say.

    The gravest comes first; the others follow on the same line and in the tool tip.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName("Status")
        self._icon, self._line = Icon(side=24), Line(role="strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._line, 1)
        self._look = ""
        self._stale, self._silence = Linger(), ""
        self._warned: dict[str, float] = {}

    def draw(self, snapshot: Snapshot) -> None:
        """Say what a picture calls for."""
        self._silence = _silence(snapshot) if snapshot.stale else self._silence
        stopped = self._stale.feed(snapshot.t, snapshot.stale)
        grave = [self._silence] if stopped else []
        if snapshot.tape is not None and snapshot.tape.error:
            grave.append(f"Recording failed: {snapshot.tape.error}")
        waiting = [_waiting(link) for link in snapshot.links if _absent(link)]
        warned = [*snapshot.faults, *_late(snapshot), *self._warnings(snapshot)]
        told = [say(text) for text in (*grave, *warned, *waiting)]
        look = "bad" if grave else "warn" if warned else "calm"
        self._dress(look, waiting=bool(waiting))
        self._line.show_text("   |   ".join(told) or _calm(snapshot))
        self._line.setToolTip("\n".join(told))

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        look, self._look = self._look, ""
        self._dress(look, waiting=False)

    def _warnings(self, snapshot: Snapshot) -> list[str]:
        """Return what was warned of lately; events of busy links push others out."""
        for event in snapshot.events:
            if event.name == "warning":
                self._warned[str(event.detail.get("text", ""))] = event.t
        now = snapshot.t
        # a replay may have gone back to before it
        self._warned = {w: t for w, t in self._warned.items() if t <= now}
        return [w for w, t in self._warned.items() if now - t < WARNED]

    def _dress(self, look: str, *, waiting: bool) -> None:
        palette = theme.PALETTE
        colour = {"bad": palette.bad, "warn": palette.warn}.get(look, palette.panel)
        role = "background" if look in {"bad", "warn"} else "muted"
        icon = "tick" if look == "calm" and not waiting else "warning"
        self._icon.show_icon("search" if look == "calm" and waiting else icon, role)
        if look == self._look:
            return
        self._look = look
        text = palette.muted if role == "muted" else palette.background
        self.setStyleSheet(
            f"Status {{ background: {colour}; border-radius: 8px; }}"
            f"QLabel {{ color: {text}; font-weight: bold; }}"
        )


def _badge(word: str) -> QLabel:
    """Return a framed word that stays as long as it is true."""
    badge = QLabel(word)
    badge.setProperty("role", "badge")
    return badge


def _silence(snapshot: Snapshot) -> str:
    silent = max(snapshot.links, key=_silent_for, default=None)
    if silent is None:
        return "Picture stopped: no data"
    return f"Picture stopped: no data from {silent.role} for {silent.age:.1f} s"


def _silent_for(link: Link) -> float:
    """Return how long a sensor has said nothing; those that never spoke come last."""
    return link.age if link.samples else -1.0


def _absent(link: Link) -> bool:
    return link.state is not LinkState.STREAMING


def _waiting(link: Link) -> str:
    words = {
        LinkState.SCANNING: "looking for it",
        LinkState.CONNECTING: "connecting",
        LinkState.LOST: "lost, trying again",
    }
    why = f" ({say(link.reason)})" if link.reason else ""
    state, role = words.get(link.state, "closed"), link.role.capitalize()
    return say("{role} sensor: {state}", role=role, state=state) + why


def _late(snapshot: Snapshot) -> list[str]:
    """Return what to say of a picture that comes late."""
    ms = snapshot.latency_ms or 0.0
    if ms > TOO_SLOW:
        return [f"Picture {ms:.0f} ms late: none is shown, the result comes at the end"]
    return [f"Picture {ms:.0f} ms late: feedback helps less"] if ms > SLOW else []


def _calm(snapshot: Snapshot) -> str:
    if snapshot.replay is not None:
        return "A replay: nothing here is live"
    if not snapshot.links and snapshot.doing.signal == "none":
        return "No sensor is needed"
    if not snapshot.links:
        return "Waiting for sensors"
    if snapshot.latency_ms is None:
        return "All sensors stream"
    return f"All sensors stream; picture {snapshot.latency_ms:.0f} ms late"
