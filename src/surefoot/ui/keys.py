"""Which key asks for what, in which phase; a clicker and a pedal are keyboards too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt

from surefoot.training import Phase

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from surefoot.core import JsonValue
    from surefoot.session.snapshot import Snapshot

Request = tuple[str, dict[str, "JsonValue"]]

BOUNCE = 150  # ms; a worn pedal closes twice within this
_CLICKER = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
_GO = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ANSWERS = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False}
_UNDER_WAY = frozenset({Phase.COUNTDOWN, Phase.RUN})


def request(key: Qt.Key, snapshot: Snapshot) -> Request | None:
    """Return what a key asks of a live session: what to do, and its arguments.

    Escape always stops. The clicker's page keys stop a run, and begin what the space
    bar begins. Letters only answer questions or leave a marker.

    Parameters
    ----------
    key : Qt.Key
        As pressed.
    snapshot : Snapshot
        The newest picture; a replay takes no requests from here.
    """
    if snapshot.replay is not None:
        return None
    if key == Qt.Key.Key_Escape:
        return "stop", {"why": "key"}
    if key == Qt.Key.Key_M:
        return "marker", {"label": "marker", "detail": ""}
    if key in _CLICKER and snapshot.phase in _UNDER_WAY:
        return "stop", {"why": "clicker"}
    if key in _CLICKER | _GO:
        return _go(snapshot)
    if key in _ANSWERS:
        return _answer(snapshot, yes=_ANSWERS[key])
    return None


class Presses:
    """Tells presses from a held key and from the bounce of a switch."""

    def __init__(self) -> None:
        self._key = -1
        self._at = -BOUNCE

    def accept(self, event: QKeyEvent) -> bool:
        """Return whether this is a press of its own."""
        key, at = event.key(), event.timestamp()
        bounce = key == self._key and 0 <= at - self._at < BOUNCE
        if event.type() != QEvent.Type.KeyPress or event.isAutoRepeat() or bounce:
            return False
        self._key, self._at = key, at
        return True


def _go(snapshot: Snapshot) -> Request | None:
    first, second = ("front", "back") if snapshot.axis == "ap" else ("left", "right")
    wanted: dict[Phase, Request] = {
        Phase.LEVEL_FIRST: ("level", {"edge": first}),
        Phase.LEVEL_SECOND: ("level", {"edge": second}),
        Phase.READY: ("start", {}),
        Phase.RESULT: ("again", {}),
    }
    return wanted.get(snapshot.phase)


def _answer(snapshot: Snapshot, *, yes: bool) -> Request | None:
    questions = {
        Phase.DIRECTION: "direction",
        Phase.SUPPORT: "support",
        Phase.HELD_ON: "held-on",
    }
    question = questions.get(snapshot.phase)
    return None if question is None else (question, {"yes": yes})
