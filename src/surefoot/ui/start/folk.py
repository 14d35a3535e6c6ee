"""Everybody who is known here, as codes: where each stands, and the last sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from surefoot.core import SurefootError
from surefoot.ui import language
from surefoot.ui.panels.card import Card, Line
from surefoot.ui.start.parts import RETURN, Choices, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from surefoot.ui.start.due import Due
    from surefoot.ui.start.known import Kept, Someone


class Field(QLineEdit):
    """A line to write in whose Return means nothing to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt."""
        super().keyPressEvent(event)
        if event.key() in RETURN:
            event.accept()


LAST = 5
"""So many sessions are told."""
_PROGRAMME = {
    "none": "No programme yet.",
    "screen": "The questions of the first visit are to be answered.",
    "baseline": "The first steps are to be found.",
    "check-in": "A session fits today.",
    "items": "Something is due today.",
    "rest": "Nothing is due today.",
    "trouble": "The programme cannot be read.",
}


class People(Page):
    """Codes on the left; on the right how it stands with the one that is chosen.

    Parameters
    ----------
    people : sequence of Someone
        Who is known.
    listed : sequence of Kept
        The recordings.
    due : callable
        Given a code, what is due today.
    train, programme : callable
        Given a code: to the exercise; to the programme's next question.
    new, back : callable
        Somebody new; back.
    """

    def __init__(
        self,
        people: Sequence[Someone],
        listed: Sequence[Kept],
        due: Callable[[str], Due],
        train: Callable[[str], object],
        new: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        about = "Codes only: who they are is kept apart and sealed."
        super().__init__("People", about, back)
        self._people, self._listed, self._due = people, listed, due
        self._train = train
        self.list = Choices("People")
        self.list.show_rows(
            [(one.code, f"last on {one.last:%Y-%m-%d}") for one in people]
        )
        self.card = Card("")
        self.code = Line("", role="title")
        self.standing = Line("", role="heading", wrap=True)
        self.reason = Line("", role="plain", wrap=True)
        self.sessions = Line("", role="plain", wrap=True)
        self.note = Field()
        self.note.setAccessibleName("Note")
        self.note.setPlaceholderText("Note about this person, Enter keeps it")
        self.note.returnPressed.connect(self._keep_note)
        self.kept = Line("", role="good", wrap=True)
        self.hint = Line("", role="muted", wrap=True)
        for line in (self.code, self.standing, self.reason):
            self.card.column.addWidget(line)
        self.card.column.addWidget(Line("Last sessions", role="caption"))
        for line in (self.sessions, self.note, self.kept):
            self.card.column.addWidget(line)
        self.card.column.addStretch(1)
        self.card.column.addWidget(self.hint)
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addWidget(self.list, 2)
        body.addWidget(self.card, 3)
        self.whole.addLayout(body, 1)
        self.offer("Somebody new (N)", new, key="N")
        self.offer("Go on (Enter)", self._go_on, main=True).setEnabled(bool(people))
        self.finish()
        self.card.setVisible(bool(people))
        if not people:
            self.about.show_text("Nobody is known yet. Press N for somebody new.")
        self.list.currentRowChanged.connect(self._look)
        self.list.taken.connect(self._take)
        self._look(self.list.currentRow())

    def begin(self) -> None:
        """Take the keyboard."""
        self.list.setFocus()

    def retranslate(self) -> None:
        """Take up the language in use."""
        self._look(self.list.currentRow())

    def _look(self, row: int) -> None:
        if not 0 <= row < len(self._people):
            return
        code = self._people[row].code
        due = self._due(code)
        self.code.show_text(code)
        self.standing.show_text(_PROGRAMME[due.kind])
        self.reason.show_text(due.says)
        self.sessions.show_text("\n".join(self._last(code)) or "none")
        self.kept.show_text("")
        self.hint.show_text(
            language.say(
                "All of it out: surefoot people export {code}. "
                "All of it gone: surefoot people erase {code}.",
                code=code,
            )
        )

    def _last(self, code: str) -> list[str]:
        found = [one for one in self._listed if one.person == code][:LAST]
        return [
            f"{one.started:%Y-%m-%d %H:%M}  {language.say(one.what)}"
            for one in found
            if one.started
        ]

    def _keep_note(self) -> None:
        text = self.note.text().strip()
        row = self.list.currentRow()
        if not text or not 0 <= row < len(self._people):
            return
        try:
            _write(self._people[row].code, text)
        except (SurefootError, OSError) as error:
            self.tell(str(error))
            return
        self.tell("")
        self.note.clear()
        self.kept.show_text("The note is kept.")

    def _go_on(self) -> None:
        self._take(self.list.currentRow())

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._people):
            self._train(self._people[row].code)


def _write(code: str, text: str) -> None:
    """Keep a note in the archive; it is made where there is none."""
    from surefoot.archive import add_person, open_archive, write_note

    with open_archive() as found:
        add_person(found, code)
        write_note(found, code, text)
