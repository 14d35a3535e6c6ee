"""The choice of the language both views are read in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from surefoot.language import LANGUAGES
from surefoot.ui import language


class Languages(QComboBox):
    """Each language by what it calls itself, so that it is found from any other.

    Signals
    -------
    chosen : str
        The code of the language a person chose.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Language")
        self.setToolTip("Language (F4: the next one)")
        for code, name in LANGUAGES.items():
            self.addItem(name, code)
        self.retranslate()
        self.activated.connect(self._choose)

    def retranslate(self) -> None:
        """Show the language in use."""
        self.setCurrentIndex(self.findData(language.IN_USE))

    def _choose(self, index: int) -> None:
        self.chosen.emit(str(self.itemData(index)))
