"""Buttons and fields that ask the session for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QPushButton, QSizePolicy

from surefoot.ui import theme
from surefoot.ui.icons import octagon
from surefoot.ui.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

_PADDING = 20  # pixels beside the text of a button
_RETURN = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Button(QPushButton):
    """A push button that Return presses too, since the space bar starts a run.

    Parameters
    ----------
    text : str
        What it does.
    ask : callable
        Called when it is pressed.
    name : str
        For screen readers; by default the text.
    main : bool
        Whether it is what one usually presses now.
    big : bool
        Whether it is a step of the trial rather than a setting.
    """

    def __init__(
        self,
        text: str,
        ask: Callable[[], object],
        *,
        name: str = "",
        main: bool = False,
        big: bool = True,
    ) -> None:
        super().__init__(say(text))
        self._text, self._bold = text, main
        if big:  # a long word makes its letters smaller, not the column wider
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or text)
        self.setProperty("main", main)
        self.setProperty("big", big)
        self._ask = ask
        self.clicked.connect(self._pressed)

    def retranslate(self) -> None:
        """Take up the language in use."""
        self.setText(say(self._text))
        self._fit()

    def show_words(self, text: str) -> None:
        """Say something else on it from now on."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(say(text))
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As in Qt."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in Qt."""
        if event.key() in _RETURN and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme.HEADING)
        font.setBold(self._bold)
        needed = QFontMetrics(font).horizontalAdvance(self.text()) + _PADDING
        tight = needed > self.width()
        if self.property("big") and tight != self.property("tight"):
            self.setProperty("tight", tight)
            self.style().unpolish(self)
            self.style().polish(self)

    def _pressed(self) -> None:
        self._ask()


class Stop(QAbstractButton):
    """The stop sign: red, eight-sided and with the word on it, always in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Stop")
        self.setToolTip("Stop the countdown or the run (Esc)")
        self.setFixedHeight(70)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        palette, live = theme.PALETTE, self.isEnabled()
        ink = theme.ink(palette.on_stop if live else palette.muted)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, width = (palette.text, 3.0) if self.hasFocus() else (palette.line, 1.0)
        painter.setPen(QPen(theme.ink(edge), width))
        painter.setBrush(theme.ink(palette.stop if live else palette.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)
        painter.setPen(QPen(ink, 3))
        sign = QRectF(18, 12, self.height() - 24, self.height() - 24)
        painter.drawPolygon(octagon(sign))
        self._paint_words(painter, int(sign.right()) + 16)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        painter.setFont(theme.font(theme.NUMBER, bold=True))
        painter.drawText(self.rect().adjusted(left, 0, -64, 0), middle, say("STOP"))
        painter.setFont(theme.font(theme.BODY))
        painter.drawText(self.rect().adjusted(0, 0, -20, 0), middle | right, say("Esc"))


class Degrees(QDoubleSpinBox):
    """A number of degrees that sends itself when it changes, and lets keys pass.

    Letters and the space bar mean nothing in it, so they keep their meaning outside.
    """

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())
        self.setRange(0.5, 30.0)
        self.setSingleStep(0.5)
        self.setDecimals(1)
        self.setSuffix("°")
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFrame(False)
        self.setFixedSize(72, 34)
        self.setAccessibleName("Ring size in degrees")
        self.valueChanged.connect(self.chosen)

    def show_value(self, degrees: float) -> None:
        """Show what the session uses, unless somebody is typing."""
        if self.lineEdit().isModified() or round(degrees, 1) == self.value():
            return
        self.blockSignals(True)
        self.setValue(degrees)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """As in Qt."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            text = event.text()
            if text == " " or text.isalpha():
                event.ignore()
                return False
        return super().event(event)


def stepped(field: Degrees) -> tuple[Button, Degrees, Button]:
    """Return a field between a button that makes it less and one that makes it more."""
    less = Button("\N{MINUS SIGN}", field.stepDown, name="Smaller ring", big=False)
    more = Button("+", field.stepUp, name="Larger ring", big=False)
    for button in (less, more):
        button.setFixedWidth(40)
    return less, field, more
