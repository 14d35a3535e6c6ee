"""What the pages of the start window are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from surefoot.ui import theme
from surefoot.ui.language import say
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.controls import Button
from surefoot.ui.start.pictures import icon_file, icon_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    Row = tuple[str, ...]

RETURN = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ICON = 72  # pixels


class Door(QPushButton):
    """One of the four choices: a picture, a word, what it does and its key.

    Parameters
    ----------
    icon : str
        Of `icon_of`.
    word, what : str
        Its name, and one line about it.
    key : str
        The letter that does the same.
    ask : callable
        Called when it is pressed.
    """

    def __init__(
        self, icon: str, word: str, what: str, key: str, ask: Callable[[], object]
    ) -> None:
        super().__init__()
        self._icon, self._ask = icon, ask
        self.setProperty("door", True)
        self.setAccessibleName(word)
        self.setAccessibleDescription(what)
        both = QSizePolicy.Policy.Expanding
        self.setSizePolicy(both, both)
        self.setMinimumSize(300, 180)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addStretch(1)
        column.addWidget(self._picture)
        for text, role in ((word, "title"), (what, "plain"), (key, "key")):
            line = Line(text, role=role, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addStretch(1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._pressed)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the palette in use."""
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icon_of(self._icon, _ICON, theme.PALETTE.text, ratio))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt; arrows are left to the page."""
        arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if event.key() in RETURN and not event.isAutoRepeat():
            self.click()
        elif event.key() in arrows:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        self._ask()


class Choices(QListWidget):
    """A list to choose one of; Return or a double click takes it.

    Its rows are texts in English, shown in the language in use; several texts of a row
    stand below one another.

    Signals
    -------
    taken : int
        The row that was taken.
    """

    taken = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._rows: list[Row] = []
        self.itemDoubleClicked.connect(self._take)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; what was chosen stays, else it is the first."""
        if list(rows) == self._rows:
            return
        before = self.currentRow()
        self._rows = list(rows)
        self._fill(before)

    def retranslate(self) -> None:
        """Take up the language in use."""
        self._fill(self.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt; letters are the page's."""
        if event.key() in RETURN:
            if not event.isAutoRepeat() and self.currentRow() >= 0:
                self._take()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fill(self, row: int) -> None:
        self.blockSignals(True)
        self.clear()
        for texts in self._rows:
            self.addItem("\n".join(say(text) for text in texts if text))
        self.blockSignals(False)
        if self._rows:
            self.setCurrentRow(min(max(row, 0), len(self._rows) - 1))

    def _take(self) -> None:
        self.taken.emit(self.currentRow())


class Page(QWidget):
    """One page: a title, a line about it, what it is for, and where it leads.

    Parameters
    ----------
    title, about : str
        What it asks, and one line of help.
    back : callable or None
        Where Esc leads; None on the first page.
    """

    keys: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, title: str, about: str = "", back: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self._back = back
        self._on: dict[str, Callable[[], object]] = {}
        self.main: Button | None = None
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(28, 12, 28, 18)
        self.whole.setSpacing(12)
        self.title = Line(title, role="title", wrap=True)
        self.whole.addWidget(self.title)
        self.about = Line(about, role="plain", wrap=True)
        self.about.setVisible(bool(about))
        self.whole.addWidget(self.about)
        self.trouble = Line("", role="bad", wrap=True)
        self.trouble.hide()
        self.whole.addWidget(self.trouble)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        if back is not None:
            self.foot.addWidget(step_button("Back (Esc)", back))
        self.foot.addStretch(1)

    def begin(self) -> None:
        """Take the keyboard; called when the page is shown."""
        if self.main is not None:
            self.main.setFocus()

    def end(self) -> None:
        """Let go of what the page holds; called when it is left."""

    def tell(self, trouble: str) -> None:
        """Say what is wrong, or nothing."""
        self.trouble.show_text(trouble)
        self.trouble.setVisible(bool(trouble))

    def show_said(self, said: Sequence[str]) -> None:
        """Show what came of the last thing that was done, below the title."""
        for text in said:
            self.whole.insertWidget(1, Line(text, role="good", wrap=True))

    def offer(
        self, text: str, ask: Callable[[], object], *, key: str = "", main: bool = False
    ) -> Button:
        """Return a button of the foot; a main one is what Return presses."""
        button = step_button(text, ask, main=main)
        self.foot.addWidget(button)
        self.listen(key, ask, button if main else None)
        return button

    def listen(
        self, key: str, ask: Callable[[], object], main: Button | None = None
    ) -> None:
        """Have a letter, and Return where it is the main thing, do something."""
        if main is not None:
            self.main = main
        if key:
            self._on[key] = ask

    def finish(self) -> None:
        """Put the foot below all that was added."""
        self.whole.addLayout(self.foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt: what no part of the page took."""
        letter = event.text().upper()
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape and self._back is not None:
            self._back()
        elif event.key() in RETURN and self.main is not None:
            self.main.click()
        elif letter in self._on:
            self._on[letter]()
        else:
            super().keyPressEvent(event)


def step_button(
    text: str, ask: Callable[[], object], width: int = 0, *, main: bool = False
) -> Button:
    """Return a large button, as wide as its text or, if told, of a width [pixels]."""
    button = Button(text, ask, main=main, big=False)
    button.setProperty("step", True)
    if width:
        button.setMinimumWidth(width)
    return button


def start_sheet() -> str:
    """Return what the pages add to the look of the panels."""
    p = theme.PALETTE
    return f"""
    #start {{ background: {p.background}; }}
    QLabel[role="plain"] {{ font-size: {theme.BODY + 1}px; }}
    QLabel[role="key"] {{
        color: {p.muted}; font-size: {theme.SMALL + 1}px; font-weight: bold; }}
    QPushButton[step="true"] {{
        font-size: {theme.HEADING}px; min-height: 42px; padding: 3px 18px; }}
    QPushButton[door="true"] {{
        background: {p.panel}; border: 2px solid {p.line}; border-radius: 14px; }}
    QPushButton[door="true"]:hover {{ border: 2px solid {p.text}; }}
    QPushButton[door="true"]:focus {{ border: 4px solid {p.series[0]}; }}
    QPushButton:checked {{
        background: {p.good}; color: {p.background}; font-weight: bold; }}
    QListWidget {{
        background: {p.panel}; border: 1px solid {p.line}; border-radius: 8px;
        padding: 4px; font-size: {theme.BODY + 1}px; outline: none; }}
    QListWidget:focus {{ border: 2px solid {p.text}; }}
    QListWidget::item {{ padding: 8px 10px; border-radius: 6px; }}
    QListWidget::item:selected {{
        background: {p.good}; color: {p.background}; }}
    QLineEdit {{ selection-color: {p.text}; }}
    QComboBox {{
        background: {p.panel}; border: 1px solid {p.line}; border-radius: 6px;
        padding: 3px 8px; min-height: 26px; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url("{icon_file("down")}"); width: 16px; }}
    QComboBox:focus {{ border: 2px solid {p.text}; }}
    QComboBox QAbstractItemView {{ background: {p.panel}; color: {p.text}; }}
    QCheckBox {{ spacing: 10px; font-size: {theme.BODY + 1}px; padding: 4px; }}
    QCheckBox::indicator {{
        width: 22px; height: 22px; border: 2px solid {p.muted}; border-radius: 4px;
        background: {p.background}; }}
    QCheckBox::indicator:checked {{ background: {p.good}; border-color: {p.good}; }}
    QFrame[scale="true"] {{ border: 2px solid transparent; border-radius: 8px; }}
    QFrame[scale="true"]:focus {{ border: 2px solid {p.text}; }}
    QCheckBox:focus {{ border: 1px solid {p.text}; border-radius: 4px; }}
    QScrollArea {{ background: transparent; border: none; }}
    """
