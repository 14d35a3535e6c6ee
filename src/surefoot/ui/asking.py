"""What may be answered to the question on the screen, and which key answers it.

Everything that can be clicked has a key, and a pedal with two switches does for all of
it: one goes from answer to answer, the other gives the one that is marked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from surefoot.training import Phase
from surefoot.training.pain_talk import AT_REST
from surefoot.training.question import Question

if TYPE_CHECKING:
    from surefoot.core import JsonValue
    from surefoot.session.snapshot import Snapshot

Request = tuple[str, dict[str, "JsonValue"]]
TAKEN: Request = ("", {})
"""The key meant something here, and nothing is to be sent yet."""

TEN = Qt.Key.Key_X
ON = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_Right})
BACK = frozenset({Qt.Key.Key_Left})
GIVE = frozenset(
    {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown}
)
MOST = 999
"""More of anything is not believed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer.

    Attributes
    ----------
    text : str
        As shown: ``"Y = Yes"``, ``"7"``.
    key : Qt.Key
        What gives it.
    arguments : mapping
        What is sent with the question's command.
    sign : str
        What it adds to the number that is given next; then nothing is sent yet.
    """

    text: str
    key: Qt.Key
    arguments: dict[str, JsonValue] = field(default_factory=dict[str, "JsonValue"])
    sign: str = ""


_YES_NO = (
    Choice("Y = Yes", Qt.Key.Key_Y, {"yes": True}),
    Choice("N = No", Qt.Key.Key_N, {"yes": False}),
)
_DIGITS = tuple(Qt.Key(Qt.Key.Key_0 + n) for n in range(10))
_SCALE = (
    *(Choice(f"{n}", _DIGITS[n], {"value": n}) for n in range(10)),
    Choice("X = 10", TEN, {"value": 10}),
)
_EFFORT = tuple(Choice(f"{n}", _DIGITS[n], {"value": n}) for n in range(1, 6))
_STRETCH = Choice("S = Stretch, not pain", Qt.Key.Key_S, {"value": 0, "stretch": True})
_SHARP = Choice("H = Sharp", Qt.Key.Key_H, sign="sharp")
_LEG = Choice("L = New leg pain, numbness or weakness", Qt.Key.Key_L, sign="leg")
_ASKED: dict[Phase, str] = {
    Phase.DIRECTION: "direction",
    Phase.SUPPORT: "support",
    Phase.HELD_ON: "held-on",
}
"""Yes or no, also where a picture carries no question."""


def question_of(snapshot: Snapshot) -> Question | None:
    """Return what is asked now; a replay asks nothing."""
    if snapshot.replay is not None:
        return None
    do = _ASKED.get(snapshot.phase)
    fallback = Question("yes-no", snapshot.prompt, do) if do else None
    return snapshot.question or fallback


def choices(asked: Question) -> tuple[Choice, ...]:
    """Return the answers to a question in their order; none where a number is told."""
    if asked.kind == "yes-no":
        return _YES_NO
    if asked.kind == "effort":
        return _EFFORT
    if asked.kind != "pain":
        return ()
    if asked.text == AT_REST:
        return (*_SCALE, _LEG)
    return (*_SCALE, _SHARP, _LEG)


def answers(snapshot: Snapshot) -> tuple[Choice, ...]:
    """Return the answers to what a picture asks; nothing where nothing is asked."""
    asked = question_of(snapshot)
    if asked is None:
        return ()
    found = choices(asked)
    after = asked.kind == "pain" and snapshot.phase is Phase.PAIN_AFTER
    return (*found[:11], _STRETCH, *found[11:]) if after else found


@dataclass(slots=True)
class Entry:
    """An answer that is being given: digits, a mark, signs. Gone with its question.

    Attributes
    ----------
    typed : str
        Digits of a number.
    mark : int or None
        Which answer the pedal has come to.
    signs : set of str
        ``"sharp"`` and ``"leg"``, to be sent with the number.
    """

    typed: str = ""
    mark: int | None = None
    signs: set[str] = field(default_factory=set[str])
    _about: tuple[object, ...] = ()

    def follow(self, snapshot: Snapshot) -> None:
        """Begin anew where something else is asked."""
        asked = question_of(snapshot)
        about = (snapshot.phase, asked.text if asked else "", snapshot.set_no)
        if about != self._about:
            self._about, self.typed, self.mark = about, "", None
            self.signs.clear()

    def number(self, snapshot: Snapshot) -> int:
        """Return the number that is given next: what was typed, or what was asked."""
        return int(self.typed) if self.typed else snapshot.doing.wanted

    def press(self, key: Qt.Key, snapshot: Snapshot) -> Request | None:
        """Return what a key asks for, `TAKEN`, or None if it means nothing here."""
        self.follow(snapshot)
        asked = question_of(snapshot)
        if asked is None:
            return None
        if asked.kind == "number":
            return self._count(key, snapshot, asked)
        there = answers(snapshot)
        for choice in there:
            if choice.key == key:
                return self.choose(choice, snapshot)
        if key in ON | BACK:
            step = 1 if key in ON else -1
            first = -1 if key in ON else 0
            at = first if self.mark is None else self.mark
            self.mark = (at + step) % len(there)
            return TAKEN
        if key in GIVE and self.mark is not None:
            return self.choose(there[self.mark], snapshot)
        return None

    def choose(self, choice: Choice, snapshot: Snapshot) -> Request | None:
        """Return what an answer that was chosen sends."""
        self.follow(snapshot)
        asked = question_of(snapshot)
        if asked is None:
            return None
        if choice.sign:
            self.signs ^= {choice.sign}
            return TAKEN
        signs: dict[str, JsonValue] = dict.fromkeys(sorted(self.signs), True)
        if "stretch" in choice.arguments:
            signs.pop("sharp", None)
        return asked.do, {**choice.arguments, **signs}

    def step(self, by: int, snapshot: Snapshot) -> None:
        """Make the number larger or smaller."""
        self.follow(snapshot)
        self.typed = str(min(MOST, max(0, self.number(snapshot) + by)))

    def _count(
        self, key: Qt.Key, snapshot: Snapshot, asked: Question
    ) -> Request | None:
        if key in _DIGITS:
            self.typed = (self.typed + str(_DIGITS.index(key)))[-3:].lstrip("0") or "0"
        elif key == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
        elif key in ON | BACK:
            self.step(1 if key in ON else -1, snapshot)
        elif key in GIVE and (self.typed or snapshot.doing.wanted):
            return asked.do, {"value": self.number(snapshot)}
        elif key not in GIVE:
            return None
        return TAKEN


def entry_of(stage: object) -> Entry:
    """Return the answer that is being given on a stage, the same for all its views."""
    shared = getattr(stage, "entry", None)
    return shared if isinstance(shared, Entry) else Entry()
