"""The button that turns sound off and on, and says why nothing is heard."""

from __future__ import annotations

from surefoot.ui.language import say
from surefoot.ui.panels.controls import Button

_TIP = "Sound on or off (F6)"
_WORDS = {"on": "Sound on", "off": "Sound off", "none": "No sound here"}


class SoundSwitch(Button):
    """Tells by its word whether sounds are heard; its tool tip tells why not.

    It is hidden until it is told what to show.
    """

    def __init__(self) -> None:
        super().__init__(_WORDS["on"], lambda: None, name="Sound", big=False)
        self._look = ("on", "")
        self.hide()
        self.retranslate()

    def show_state(self, on: bool, status: str) -> None:
        """Show whether sound is on, and why it is not heard all the same, if so."""
        self.setVisible(True)
        look = ("off", "") if not on else ("none", status) if status else ("on", "")
        if look != self._look:
            self._look = look
            self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        state, why = self._look
        self.setText(say(_WORDS[state]))
        self.setToolTip(say(why or _TIP))
        self.setAccessibleDescription(say(why or _WORDS[state]))
