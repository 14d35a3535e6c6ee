"""What all panels are made of: cards, lines of text, and the style sheet for both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout

from surefoot.ui import theme
from surefoot.ui.language import say


class Card(QFrame):
    """A raised area with a small title.

    Parameters
    ----------
    title : str
        What the area is about; empty for none.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(6)
        if title:
            self.setAccessibleName(title)
            self.column.addWidget(Line(title, role="caption"))


class Line(QLabel):
    """One line of text that is laid out anew only when it changes.

    It takes English texts and shows them in the language in use.

    Parameters
    ----------
    text : str
        Shown first.
    role : str
        How it looks: ``"caption" "heading" "title" "number" "muted" "value"`` or empty.
    wrap : bool
        Break it into several lines.
    cut : bool
        A text too long ends in dots; otherwise the line is as wide as its text.
        Values are never cut.
    """

    def __init__(
        self, text: str = "", *, role: str = "", wrap: bool = False, cut: bool = True
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self._cut = cut and not wrap and role != "value"
        if not wrap:
            fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored
            self.setSizePolicy(wide if self._cut else fixed, fixed)
        self._whole = ""
        self.show_text(text)

    @property
    def whole(self) -> str:
        """The text, also where it is too long to be seen in full."""
        return say(self._whole)

    def retranslate(self) -> None:
        """Take up the language in use."""
        self._fit()

    def show_text(self, text: str, *, role: str | None = None) -> None:
        """Show a text, in another look if a role is given."""
        if role is not None and role != self.property("role"):
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        if text != self._whole:
            self._whole = text
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As in Qt."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole = say(self._whole)
        if not self._cut:
            self.setText(whole)
            return
        metrics = QFontMetrics(self.font())
        fitted = metrics.elidedText(
            whole, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setText(fitted)
        self.setToolTip(whole if fitted != whole else "")


def style_sheet() -> str:
    """Return the look of cards, lines and buttons in the palette in use."""
    p = theme.PALETTE
    return f"""
    QWidget {{ color: {p.text}; font-size: {theme.BODY}px; }}
    #therapist {{ background: {p.background}; }}
    QFrame[card="true"] {{ background: {p.panel}; border-radius: 8px; }}
    QLabel {{ background: transparent; }}
    QLabel[role="caption"] {{
        color: {p.muted}; font-size: {theme.SMALL}px; font-weight: bold; }}
    QLabel[role="muted"] {{ color: {p.muted}; font-size: {theme.SMALL}px; }}
    QLabel[role="small"] {{ font-size: {theme.SMALL}px; }}
    QLabel[role="strong"], QLabel[role="value"] {{ font-weight: bold; }}
    QLabel[role="heading"] {{ font-size: {theme.HEADING}px; font-weight: bold; }}
    QLabel[role="title"] {{ font-size: {theme.TITLE}px; font-weight: bold; }}
    QLabel[role="number"] {{ font-size: {theme.NUMBER}px; font-weight: bold; }}
    QLabel[role="badge"] {{
        color: {p.warn}; border: 2px solid {p.warn}; border-radius: 6px;
        padding: 2px 10px; font-weight: bold; font-size: {theme.SMALL}px; }}
    QLabel[role="good"] {{ color: {p.good}; font-weight: bold; }}
    QLabel[role="warn"] {{ color: {p.warn}; font-weight: bold; }}
    QLabel[role="bad"] {{ color: {p.bad}; font-weight: bold; }}
    QPushButton {{
        background: {p.background}; border: 1px solid {p.line}; border-radius: 6px;
        padding: 3px 8px; min-height: 26px; }}
    QPushButton[big="true"] {{ font-size: {theme.HEADING}px; min-height: 42px; }}
    QPushButton[tight="true"] {{ font-size: {theme.SMALL + 1}px; }}
    QPushButton[main="true"] {{
        background: {p.good}; color: {p.background}; border: none;
        font-weight: bold; }}
    QPushButton[chosen="true"] {{ border: 3px solid {p.good}; font-weight: bold; }}
    QPushButton:hover {{ border: 1px solid {p.text}; }}
    QPushButton:focus {{ border: 2px solid {p.text}; }}
    QPushButton:disabled {{
        background: transparent; color: {p.muted}; border: 1px dashed {p.line}; }}
    QDoubleSpinBox {{ background-color: {p.background}; color: {p.text}; }}
    QDoubleSpinBox:disabled {{ color: {p.muted}; }}
    QLineEdit {{
        placeholder-text-color: {p.muted};
        background: {p.background}; border: 1px solid {p.line}; border-radius: 6px;
        padding: 2px 8px; min-height: 28px; selection-background-color: {p.line}; }}
    QLineEdit:focus {{ border: 2px solid {p.text}; }}
    QLineEdit:disabled {{ color: {p.muted}; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
    QScrollBar::handle:vertical {{
        background: {p.line}; border-radius: 4px; min-height: 40px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTabBar::tab {{
        background: transparent; color: {p.muted}; padding: 6px 16px;
        border-bottom: 3px solid transparent; }}
    QTabBar::tab:selected {{ color: {p.text}; border-bottom-color: {p.series[0]}; }}
    QTabBar::tab:focus {{ border-bottom-color: {p.text}; }}
    QTabWidget::pane {{ border: none; }}
    QToolTip {{ background: {p.panel}; color: {p.text}; border: 1px solid {p.line}; }}
    """
