"""Asked after a recording that was made without an exercise: whose it is, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from surefoot.core import SurefootError
from surefoot.recording import Change, annotate
from surefoot.ui.panels.card import Line
from surefoot.ui.start.parts import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Afterwards(Page):
    """Whose recording it is, and a note; both may stay empty.

    Parameters
    ----------
    path : Path
        The recording; it stays as it is, what is said is kept beside it.
    person : str
        Whose it is, if that was told before.
    done : callable
        Called when it is kept, or left.
    """

    def __init__(self, path: Path, person: str, done: Callable[[], object]) -> None:
        super().__init__(
            "It is recorded. What was it?", f"Recording: {path.name}", done
        )
        self._path, self._before, self._done = path, person, done
        self.person, self.note = QLineEdit(person), QLineEdit()
        for text, field in (
            ("Whose is it? A code, never a name.", self.person),
            ("A note", self.note),
        ):
            field.setAccessibleName(text)
            self.whole.addWidget(Line(text, role="heading", wrap=True))
            self.whole.addWidget(field)
        self.whole.addStretch(1)
        self.offer("Keep (Enter)", self.keep, main=True)
        self.finish()

    def begin(self) -> None:
        """Take the keyboard."""
        self.person.setFocus()

    def keep(self) -> None:
        """Keep what was said beside the recording."""
        person, note = self.person.text().strip(), self.note.text().strip()
        try:
            changes = [Change.person(person)] if person != self._before else []
            changes += [Change.note(note)] if note else []
            if changes:
                annotate(self._path, *changes)
        except (SurefootError, OSError) as error:
            self.tell(str(error))
            return
        self._done()
