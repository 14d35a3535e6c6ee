"""Recordings to see again: a list, a file that is dropped, one that a crash left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from surefoot.core import SurefootError
from surefoot.recording import recordings_folder, recover
from surefoot.ui import language
from surefoot.ui.panels.card import Line
from surefoot.ui.start import known
from surefoot.ui.start.parts import Choices, Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from surefoot.recording import Leftover
    from surefoot.ui.start.known import Kept


class Recordings(Page):
    """The recordings that are kept here, the newest first, and the samples.

    Parameters
    ----------
    chosen : callable
        Given the file that is to be shown.
    back : callable
        Back.
    """

    def __init__(
        self, chosen: Callable[[Path], object], back: Callable[[], object]
    ) -> None:
        about = "The newest first. A file can be dropped here too."
        super().__init__("Which recording?", about, back)
        self._chosen = chosen
        self.setAcceptDrops(True)
        self.list = Choices("Which recording?")
        self.list.taken.connect(self._take)
        self.whole.addWidget(self.list, 1)
        self.left = Line("", role="warn", wrap=True)
        self.whole.addWidget(self.left)
        self.mend = self.offer("Make whole (M)", self.make_whole, key="M")
        self.offer("Another file (F)", self._ask, key="F")
        self.offer("Open (Enter)", self._go_on, main=True)
        self.finish()
        self.refill()

    def begin(self) -> None:
        """Take the keyboard."""
        self.list.setFocus()

    def retranslate(self) -> None:
        """Take up the language in use."""
        self.refill()

    def refill(self) -> None:
        """Look again at what there is."""
        own, samples = known.recordings(), known.samples()
        self._kept = own + samples
        self._left = known.unfinished()
        self.list.show_rows(
            [_row(one) for one in own] + [_row(one, "sample") for one in samples]
        )
        self.left.show_text(_left_said(self._left))
        self.left.setVisible(bool(self._left))
        self.mend.setVisible(bool(self._left))

    def make_whole(self) -> None:
        """Recover what a crash left unfinished."""
        for one in self._left:
            try:
                recover(one.path)
            except (SurefootError, OSError) as error:
                self.tell(str(error))
        self.refill()

    def take_file(self, path: Path) -> None:
        """Open a file, or say why it cannot be."""
        found = known.kept(path)
        if found.usable:
            self._chosen(path)
        else:
            self.tell(found.state)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """As in Qt: files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As in Qt."""
        urls = event.mimeData().urls()
        if urls:
            event.acceptProposedAction()
            self.take_file(Path(urls[0].toLocalFile()))

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, language.say("Open a recording"), str(recordings_folder()), "*.mcap*"
        )
        if name:
            self.take_file(Path(name))

    def _go_on(self) -> None:
        self._take(self.list.currentRow())

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._kept):
            self.take_file(self._kept[row].path)


def _row(one: Kept, kind: str = "") -> tuple[str, ...]:
    say = language.say
    when = f"{one.started:%Y-%m-%d %H:%M}" if one.started else one.path.name
    if kind:
        when = f"{say('Sample')}: {one.path.stem}"
    who = one.person or say("nobody in particular")
    if not one.usable:
        return (when, say("cannot be read"))
    state = say(one.state) + (f", {say('virtual')}" if one.virtual else "")
    return (f"{when}   {say(one.what)}", f"{who}   {state}")


def _left_said(left: tuple[Leftover, ...]) -> str:
    if not left:
        return ""
    if len(left) == 1:
        return "A recording was not closed. Press M to make it whole."
    return f"{len(left)} recordings were not closed. Press M to make them whole."
