"""The language people read the views in, and how widgets take up another one.

Views are written in English. What paints or shows a text asks `say` for it; texts that
are set once at a widget (names for screen readers, tool tips, titles) are translated by
`retranslate`, which goes through all widgets of a window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from surefoot import language as languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IN_USE: str = "en"
"""The language in use."""

Place = tuple[str, str, "Callable[[str], object]"]
"""Where a text stands: a name of its own, the text, and what sets another."""


@runtime_checkable
class Speaking(Protocol):
    """A widget that keeps its text in English and says it in the language in use."""

    def retranslate(self) -> None:
        """Take up the language in use."""
        ...


def use(code: str) -> None:
    """Choose the language; `retranslate` then tells the widgets there are."""
    global IN_USE
    IN_USE = languages.best([code])  # pyright: ignore[reportConstantRedefinition]


def of_system() -> str:
    """Return the language the system is set to, or English."""
    return languages.best(QLocale.system().uiLanguages())


def say(text: str, **values: object) -> str:
    """Return a text in the language in use, as `surefoot.language.say` does."""
    return languages.say(text, IN_USE, **values)


def listed(texts: list[str]) -> str:
    """Return texts in the language in use, with commas between."""
    return ", ".join(map(say, texts))


def retranslate(root: QWidget) -> None:
    """Have a widget and all within it take up the language in use."""
    locale = QLocale(IN_USE) if IN_USE != "en" else QLocale.c()
    for widget in (root, *root.findChildren(QWidget)):
        for place in _places(widget):
            _say_at(widget, place)
        if isinstance(widget, QAbstractSpinBox):
            widget.setLocale(locale)
        if isinstance(widget, Speaking):
            widget.retranslate()
        widget.update()


def _places(widget: QWidget) -> Iterator[Place]:
    yield "name", widget.accessibleName(), widget.setAccessibleName
    yield "title", widget.windowTitle(), widget.setWindowTitle
    speaks = isinstance(widget, Speaking)
    if not (speaks and isinstance(widget, QLabel)):  # a cut text is its own tip
        yield "tip", widget.toolTip(), widget.setToolTip
    if isinstance(widget, QLabel | QAbstractButton) and not speaks:
        yield "text", widget.text(), widget.setText
    if isinstance(widget, QLineEdit):
        yield "hint", widget.placeholderText(), widget.setPlaceholderText
    if isinstance(widget, QTabBar):
        for i in range(widget.count()):
            yield f"tab{i}", widget.tabText(i), _at(widget.setTabText, i)
    if isinstance(widget, QComboBox):
        for i in range(widget.count()):
            yield f"item{i}", widget.itemText(i), _at(widget.setItemText, i)


def _at(put: Callable[[int, str], object], index: int) -> Callable[[str], object]:
    return lambda text: put(index, text)


def _say_at(widget: QWidget, place: Place) -> None:
    """Put the translation; the English text is remembered at the widget."""
    name, text, put = place
    if not text:
        return
    kept = cast("list[str] | None", widget.property(f"said-{name}"))
    english = kept[0] if kept and text == kept[1] else text
    said = say(english)
    if said != text:
        put(said)
    widget.setProperty(f"said-{name}", [english, said])
