"""Which key of the one keyboard asks what of whom in a class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from surefoot.training import Phase
from surefoot.ui.asking import TAKEN
from surefoot.ui.keys import request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue
    from surefoot.session.group import GroupSnapshot, Seen
    from surefoot.ui.asking import Entry
    from surefoot.ui.keys import Request

EVERYBODY = Qt.Key.Key_A
STOP_ONE = Qt.Key.Key_Backspace
_FOR_ALL = frozenset({"level", "direction", "support", "start", "again", "marker"})
"""What one key may ask of several at once; other answers are somebody's own."""
_UNDER_WAY = frozenset({Phase.COUNTDOWN, Phase.RUN})
_CLICKER = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a key means.

    Attributes
    ----------
    requests : tuple
        ``(code, do, arguments)`` of each that is asked for something.
    select : str or None
        Whom later keys are for: a code, ``""`` for everybody, None as before.
    notice : str
        Why nothing is done, one sentence.
    """

    requests: tuple[tuple[str, str, Mapping[str, JsonValue]], ...] = ()
    select: str | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ClassKeys:
    """What keys mean in a class.

    Escape stops everybody, whoever is selected, and so does a clicker that nobody owns:
    who pressed it is not known. A digit selects one trainee, ``A`` everybody; Backspace
    stops the one who is selected. The others ask what they ask in a session alone, of
    those who are selected; with several only if they are all at the same point.

    Attributes
    ----------
    clickers : mapping of int to str
        Keys that belong to one trainee's hand clicker, with the code; they stop that
        run alone and do nothing else.
    """

    clickers: Mapping[int, str] = field(default_factory=dict[int, str])

    def asked(
        self,
        key: Qt.Key,
        shown: GroupSnapshot,
        selected: str,
        entry: Entry | None = None,
    ) -> Asked | None:
        """Return what a key asks for; None if it means nothing here.

        Parameters
        ----------
        key : Qt.Key
            As pressed.
        shown : GroupSnapshot
            The newest picture.
        selected : str
            A code, or nothing for everybody.
        entry : Entry, optional
            The answer that the one who is selected is giving.
        """
        here = [seen for seen in shown.trainees if seen.picture is not None]
        stopped = self._stop(key, here, selected)
        if stopped is not None:
            return stopped
        if key == EVERYBODY:
            return Asked(select="")
        chosen = [seen for seen in here if selected in {"", seen.person}]
        own = entry if selected else None
        made = [(seen, told) for seen in chosen if (told := _request(key, seen, own))]
        if made and selected:
            given = [(seen, told) for seen, told in made if told != TAKEN]
            return Asked(tuple((s.person, *told) for s, told in given))
        number = key - Qt.Key.Key_0
        for seen in shown.trainees:
            if seen.mark.number == number:
                return Asked(select=seen.person)
        return _of_all(made) if made else None

    def _stop(self, key: Qt.Key, here: list[Seen], selected: str) -> Asked | None:
        """Return whom a key stops, if it is one that stops."""
        if key == Qt.Key.Key_Escape:
            return _stopping(here, "key")
        owner = self.clickers.get(int(key))
        if owner is not None:
            return _stopping([s for s in here if s.person == owner], "clicker")
        if key == STOP_ONE and selected:
            return _stopping([s for s in here if s.person == selected], "key")
        under_way = [seen for seen in here if _runs(seen)]
        if key in _CLICKER and under_way:
            return _stopping(under_way, "clicker")
        return None


def _request(key: Qt.Key, seen: Seen, entry: Entry | None) -> Request | None:
    return None if seen.picture is None else request(key, seen.picture, entry)


def _runs(seen: Seen) -> bool:
    return seen.picture is not None and seen.picture.phase in _UNDER_WAY


def _stopping(stopped: list[Seen], why: str) -> Asked:
    return Asked(tuple((seen.person, "stop", {"why": why}) for seen in stopped))


def _gist(told: Request) -> str:
    """Return what tells one request from another: what each draws by lot does not."""
    do, arguments = told
    return f"{do} {sorted(item for item in arguments.items() if item[0] != 'seed')}"


def _of_all(made: list[tuple[Seen, Request]]) -> Asked:
    """Return what is asked of several at once, if it is the same of all of them."""
    if len({_gist(told) for _, told in made}) > 1:
        return Asked(notice="Not all are at the same point. Press a number first.")
    if made[0][1][0] not in _FOR_ALL:
        return Asked(notice="This is asked of one at a time. Press a number first.")
    return Asked(tuple((seen.person, *told) for seen, told in made))
