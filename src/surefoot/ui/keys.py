"""Which key asks for what, in which phase; a clicker and a pedal are keyboards too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt

from surefoot.training import Phase
from surefoot.ui.asking import GIVE, TAKEN, Entry, Request, question_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from surefoot.session.snapshot import Snapshot

__all__ = ["BOUNCE", "INVALID", "Presses", "Request", "request"]

BOUNCE = 150  # ms; a worn pedal closes twice within this
_CLICKER = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
_UNDER_WAY = frozenset({Phase.COUNTDOWN, Phase.RUN})
_SKIPPING = frozenset({Phase.SUPPORT, Phase.READY, Phase.RESULT, Phase.REST})
_JUDGED = _UNDER_WAY | {Phase.HELD_ON, Phase.RESULT, Phase.REST}
SKIP = Qt.Key.Key_F8
INVALID = {
    Qt.Key.Key_1: "stepped",
    Qt.Key.Key_2: "grabbed",
    Qt.Key.Key_3: "opened-eyes",
    Qt.Key.Key_4: "moved",
}
"""What makes a test invalid, by its key."""
_COUNTED: dict[str, dict[Qt.Key, str]] = {
    "walk": {Qt.Key.Key_Space: "step", Qt.Key.Key_X: "misstep"},
    "stand": {Qt.Key.Key_E: "error"},
    "reposition": {Qt.Key.Key_Space: "there"},
}
"""What keys count in a run, by its task."""


def request(
    key: Qt.Key, snapshot: Snapshot, entry: Entry | None = None
) -> Request | None:
    """Return what a key asks of a live session: what to do, and its arguments.

    Escape always stops. The clicker's page keys stop a run, and begin what the space
    bar begins; at a question one of them goes through the answers and the other gives
    the one it came to. Letters and digits only answer, count or leave a marker.

    Parameters
    ----------
    key : Qt.Key
        As pressed.
    snapshot : Snapshot
        The newest picture; a replay takes no requests from here.
    entry : Entry, optional
        The answer that is being given; without it only whole answers are.

    Returns
    -------
    (str, dict) or None
        `surefoot.ui.asking.TAKEN` where the key did something and nothing is to be
        sent.
    """
    if snapshot.replay is not None:
        return None
    if key == Qt.Key.Key_Escape:
        return "stop", {"why": "key"}
    if key == Qt.Key.Key_M:
        return "marker", {"label": "marker", "detail": ""}
    if key in _CLICKER and snapshot.phase in _UNDER_WAY:
        return "stop", {"why": "clicker"}
    return _skip(key, snapshot) or _told(key, snapshot, entry)


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


def _told(key: Qt.Key, snapshot: Snapshot, entry: Entry | None) -> Request | None:
    if question_of(snapshot) is not None:
        asked = (entry or Entry()).press(key, snapshot)
        return None if entry is None and asked == TAKEN else asked
    counted = (
        _COUNTED.get(snapshot.doing.task, {}) if snapshot.phase is Phase.RUN else {}
    )
    if key in counted:
        return "count", {"what": counted[key], "detail": ""}
    if snapshot.doing.test and key in INVALID and snapshot.phase in _JUDGED:
        return "invalid", {"why": INVALID[key]}
    return _go(snapshot) if key in _CLICKER | GIVE else None


def _skip(key: Qt.Key, snapshot: Snapshot) -> Request | None:
    may = snapshot.sets > 0 and snapshot.phase in _SKIPPING
    return ("skip", {}) if key == SKIP and may else None


def _go(snapshot: Snapshot) -> Request | None:
    first, second = ("front", "back") if snapshot.axis == "ap" else ("left", "right")
    wanted: dict[Phase, Request] = {
        Phase.LEVEL_FIRST: ("level", {"edge": first}),
        Phase.LEVEL_SECOND: ("level", {"edge": second}),
        Phase.STILL: ("level", {"edge": "still"}),
        Phase.READY: ("start", {}),
        Phase.RESULT: ("again", {}),
        Phase.REST: ("again", {}),
    }
    return wanted.get(snapshot.phase)
