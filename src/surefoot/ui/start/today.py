"""What a person does today, and why; or any exercise of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from surefoot.core import SurefootError
from surefoot.session.drill_shelf import (
    load_drill,
    own_files,
    read_drill,
    shipped_drills,
)
from surefoot.ui import language
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.controls import Button
from surefoot.ui.start.card import About, sensors_said
from surefoot.ui.start.parts import Choices, Page, step_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.session.opening import Seating
    from surefoot.training import Drill
    from surefoot.training.programme.today import Item
    from surefoot.ui.start.due import Due


Ask = Callable[[], object]
FAMILIES = {
    "proprioceptive": "Balance",
    "flexibility": "Flexibility",
    "setting": "Setting muscles",
    "opponents": "Opponents",
    "test": "Tests",
}
"""What the families are called, in the order of the list."""
_WIDE = 420  # pixels
UNWRITTEN = "Virtual sensors: nothing is written into the programme."


class Ahead(Page):
    """An exercise on the right, a list of them on the left, the sensors below.

    Parameters
    ----------
    title, about : str
        As for `Page`.
    seating : Seating or None
        The sensors that will be used.
    sensors, back : callable
        To choose other sensors; back.
    """

    def __init__(
        self, title: str, about: str, seating: Seating | None, sensors: Ask, back: Ask
    ) -> None:
        super().__init__(title, about, back)
        self.list = Choices(title)
        self.card = About()
        self.body = QHBoxLayout()
        self.body.setSpacing(14)
        self.body.addWidget(self.list, 5)
        self.body.addWidget(self.card, 6)
        self.whole.addLayout(self.body, 1)
        self._seating = seating
        self.sensors = Line(sensors_said(seating), role="plain", wrap=True)
        self._row = QHBoxLayout()
        self._row.addWidget(self.sensors, 1)
        self.whole.addLayout(self._row)
        self.beside("Other sensors (S)", "S", sensors)
        self.list.currentRowChanged.connect(self._look)
        self.list.taken.connect(self._take)

    def beside(self, text: str, key: str, ask: Ask) -> None:
        """Put a small button beside the line about the sensors."""
        self._row.addWidget(Button(text, ask, big=False))
        self.listen(key, ask)

    def begin(self) -> None:
        """Take the keyboard."""
        self.list.setFocus()

    def retranslate(self) -> None:
        """Take up the language in use."""
        self.sensors.show_text(sensors_said(self._seating))
        self._look(self.list.currentRow())

    def _look(self, row: int) -> None:
        """Show the exercise of a row."""

    def _take(self, row: int) -> None:
        """Do the exercise of a row."""

    def _go_on(self) -> None:
        self._take(self.list.currentRow())


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a page of exercises leads: any of them, other sensors, back, the end."""

    catalogue: Ask
    sensors: Ask
    back: Ask
    end: Ask


class Today(Ahead):
    """What is due today, with the reason for each exercise.

    Parameters
    ----------
    code : str
        The person.
    due : Due
        What is due.
    seating : Seating or None
        The sensors.
    chosen : callable
        Given the item that is to be done.
    ways : Ways
        Where else it leads.
    """

    def __init__(
        self,
        code: str,
        due: Due,
        seating: Seating | None,
        chosen: Callable[[Item], object],
        ways: Ways,
    ) -> None:
        title = f"Today for {code}"
        super().__init__(title, due.says, seating, ways.sensors, ways.back)
        self._due, self._chosen = due, chosen
        self.list.show_rows(
            [(item.title, item.how, *_by_hand(item)) for item in due.items]
        )
        if seating is not None and seating.virtual is not None:
            self.whole.insertWidget(2, Line(UNWRITTEN, role="warn", wrap=True))
        for text in due.asks:
            self.whole.addWidget(Line(text, role="muted", wrap=True))
        if due.stops:
            stops = "; ".join(map(language.say, due.stops))
            text = language.say("Stop at once: {stops}.", stops=stops)
            self.whole.addWidget(Line(text, role="muted", wrap=True))
        if due.under_way:
            self.offer("End the session (E)", ways.end, key="E")
        self.beside("Any exercise (A)", "A", ways.catalogue)
        self.offer("Begin (Enter)", self._go_on, main=True)
        self.finish()
        self._look(self.list.currentRow())

    def _look(self, row: int) -> None:
        if not 0 <= row < len(self._due.items):
            return
        item = self._due.items[row]
        drill, trouble = _loaded(item.drill)
        self.tell(trouble)
        why = self._due.why.get(item.name, "")
        self.card.show_drill(drill, why)

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self._due.items):
            return
        item = self._due.items[row]
        drill, trouble = _loaded(item.drill)
        if drill is not None:
            self._chosen(item)
        else:
            self.tell(
                trouble
                or "There is no sensor exercise for this step. Do it as it says here."
            )


class Catalogue(Ahead):
    """Any exercise, family by family.

    Parameters
    ----------
    first : str
        The drill that is chosen to begin with.
    seating : Seating or None
        The sensors.
    chosen : callable
        Given the drill.
    sensors, back : callable
        To other sensors; back.
    """

    def __init__(
        self,
        first: str,
        seating: Seating | None,
        chosen: Callable[[Drill], object],
        sensors: Ask,
        back: Ask,
    ) -> None:
        about = "Every exercise says what it needs and what makes it safe."
        super().__init__("Which exercise?", about, seating, sensors, back)
        self._chosen = chosen
        self._all, wrong = _every_drill()
        self._drills: list[Drill] = []
        self.families = QComboBox()
        self.families.setAccessibleName("Family of exercises")
        for family, word in FAMILIES.items():
            self.families.addItem(word, family)
        self.whole.insertWidget(2, self.families)
        self.tell(wrong[0] if wrong else "")
        self.offer("Begin (Enter)", self._go_on, main=True)
        self.finish()
        known = next((d for d in self._all if d.name == first), self._all[0])
        self.families.setCurrentIndex(max(0, self.families.findData(known.family)))
        self.families.currentIndexChanged.connect(self._fill)
        self._fill()
        self.list.setCurrentRow(self._drills.index(known))

    def _fill(self) -> None:
        family = self.families.currentData()
        self._drills = [drill for drill in self._all if drill.family == family]
        self.list.show_rows([(d.title, d.focus) for d in self._drills])
        self.list.setCurrentRow(0)
        self._look(0)

    def _look(self, row: int) -> None:
        if 0 <= row < len(self._drills):
            self.card.show_drill(self._drills[row])

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._drills):
            self._chosen(self._drills[row])


class Plain(Page):
    """A line and what can be done about it.

    Parameters
    ----------
    title, about : str
        As for `Page`.
    offers : sequence of (text, key, callable)
        The last one is what Return does.
    back : callable
        Back.
    trouble : str
        What is wrong.
    """

    def __init__(
        self,
        title: str,
        about: str,
        offers: Sequence[tuple[str, str, Ask]],
        back: Ask,
        trouble: str = "",
    ) -> None:
        super().__init__(title, about, back)
        self.tell(trouble)
        self.whole.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(14)
        for i, (text, key, ask) in enumerate(offers):
            last = i == len(offers) - 1
            button = step_button(text, ask, _WIDE, main=last)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.listen(key, ask, button if last else None)
        self.whole.addLayout(column)
        self.whole.addStretch(2)
        self.finish()


@cache
def _shipped() -> tuple[Drill, ...]:
    return tuple(shipped_drills().values())


def _every_drill() -> tuple[list[Drill], list[str]]:
    """Return all drills, a therapist's own last, and why others cannot be used."""
    found, wrong = list(_shipped()), list[str]()
    for path in own_files():
        try:
            found.append(read_drill(path))
        except SurefootError as error:
            wrong.append(str(error))
    return found, wrong


def _by_hand(item: Item) -> tuple[str, ...]:
    return () if item.drill else ("without a sensor",)


def _loaded(name: str) -> tuple[Drill | None, str]:
    try:
        return (load_drill(name) if name else None), ""
    except SurefootError as error:
        return None, str(error)
