"""Which sensors: virtual ones, those of the last time, or what can be heard now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout

from surefoot.session.opening import Seating
from surefoot.ui.language import say
from surefoot.ui.panels.card import Line
from surefoot.ui.panels.controls import Button
from surefoot.ui.start.card import sensors_said
from surefoot.ui.start.parts import Choices, Page
from surefoot.ui.start.pictures import Picture
from surefoot.ui.start.sensing import NOTHING, Listening, hear
from surefoot.virtual import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from surefoot.ui.start.sensing import Hear, Heard

    Ask = Callable[[], object]
    Chosen = Callable[[Seating], object]

LOOK = 200  # ms between two looks at what was heard
_BARS = (
    (-60, "Strong signal"),
    (-75, "Good signal"),
    (-85, "Weak signal"),
)  # dBm, our defaults
_LEAST = "Very weak signal"


class Which(Page):
    """Virtual sensors, those of the last time, or others.

    Parameters
    ----------
    known : mapping of str to str
        Those of the last time, by role.
    chosen : callable
        Given the seating.
    find, back : callable
        To look for sensors; back.
    trouble : str
        Why those of the last time cannot be used.
    """

    def __init__(
        self,
        known: Mapping[str, str],
        chosen: Chosen,
        find: Ask,
        back: Ask,
        trouble: str = "",
    ) -> None:
        about = "Without a sensor everything can be tried with a virtual trainee."
        super().__init__("Which sensors?", about, back)
        self.tell(trouble)
        self._chosen, self._find = chosen, find
        self._ways: list[Seating | None] = []
        rows: list[tuple[str, ...]] = []
        if known:
            self._ways.append(Seating(sensors=known))
            rows.append(("Those of the last time", sensors_said(self._ways[-1])))
        virtual = [Seating(virtual=name) for name in PEOPLE]
        self._ways += [virtual[0], None, *virtual[1:]]
        rows.append(("Virtual sensors", "A virtual trainee stands on a virtual board."))
        rows.append(("Find sensors", "Switch them on; they are listed."))
        rows += [(f"Another virtual trainee: {one.virtual}",) for one in virtual[1:]]
        self.list = Choices("Which sensors?")
        self.list.show_rows(rows)
        self.list.taken.connect(self._take)
        self.whole.addWidget(self.list, 1)
        self.offer("Find sensors (F)", find, key="F")
        self.offer("Go on (Enter)", self._go_on, main=True)
        self.finish()

    def begin(self) -> None:
        """Take the keyboard."""
        self.list.setFocus()

    def _go_on(self) -> None:
        self._take(self.list.currentRow())

    def _take(self, row: int) -> None:
        way = self._ways[row]
        if way is None:
            self._find()
        else:
            self._chosen(way)


class Find(Page):
    """What can be heard, and which of it is where.

    Every role has a list of the sensors; the nearest is offered. W swaps two of them.

    Parameters
    ----------
    roles : sequence of str
        What sensors are fixed to; the first is needed.
    chosen : callable
        Given the seating.
    back : callable
        Back.
    ear : callable
        As `surefoot.ui.start.sensing.hear`.
    """

    def __init__(
        self, roles: Sequence[str], chosen: Chosen, back: Ask, ear: Hear = hear
    ) -> None:
        about = "Wake the sensors now. The nearest one is listed first."
        super().__init__("Find sensors", about, back)
        self._chosen = chosen
        self._known: list[Heard] = []
        self._touched = False
        self.state = Line("Listening ...", role="plain", wrap=True)
        self.whole.addWidget(self.state)
        self.boxes = {role: QComboBox() for role in roles}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (role, box) in enumerate(self.boxes.items()):
            box.setAccessibleName(role)
            box.addItem("none")
            box.activated.connect(self._touch)
            grid.addWidget(Line(role, role="strong", cut=False), row, 0)
            grid.addWidget(box, row, 1)
        self.whole.addLayout(grid)
        if len(self.boxes) > 1:
            swap = Button("Swap the first two (W)", self.swap, big=False)
            self.whole.addWidget(swap)
            self._on["W"] = self.swap
        self.whole.addStretch(1)
        self.offer("Use these (Enter)", self._go_on, main=True).setEnabled(False)
        self.finish()
        self.listening = Listening(ear)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    def begin(self) -> None:
        """Take the keyboard."""
        self.setFocus()

    def end(self) -> None:
        """Stop listening."""
        self._timer.stop()
        self.listening.stop()

    def look(self) -> None:
        """Show what was heard since the last look."""
        heard, trouble, rounds = self.listening.state()
        known = [one for one in heard if one.profile]
        strange = len(heard) - len(known)
        self.tell(trouble)
        if known:
            text = f"{len(known)} sensors heard."
        else:
            text = NOTHING if rounds and not trouble else "Listening ..."
        if strange:
            text += f" {strange} more are of a model that is not known here."
        self.state.show_text(text)
        if [one.asked for one in known] != [one.asked for one in self._known]:
            self._refill(known)

    def swap(self) -> None:
        """Let the first two roles change their sensors."""
        first, second = list(self.boxes.values())[:2]
        at, other = first.currentIndex(), second.currentIndex()
        first.setCurrentIndex(other)
        second.setCurrentIndex(at)
        self._touch()

    def seating(self) -> Seating:
        """Return what is chosen now."""
        chosen = {role: box.currentIndex() for role, box in self.boxes.items()}
        return Seating(
            {role: self._known[i - 1].asked for role, i in chosen.items() if i > 0}
        )

    def _refill(self, known: list[Heard]) -> None:
        before = self.seating().sensors
        self._known = known
        asked = [one.asked for one in known]
        for number, (role, box) in enumerate(self.boxes.items()):
            box.clear()
            box.addItem(say("none"))
            box.addItems([_said(one) for one in known])
            if before.get(role) in asked:
                box.setCurrentIndex(asked.index(before[role]) + 1)
            elif not self._touched and number < len(known):
                box.setCurrentIndex(number + 1)
        self._look_over()

    def _touch(self) -> None:
        self._touched = True
        self._look_over()

    def _look_over(self) -> None:
        told = list(self.seating().sensors.values())
        twice = len(set(told)) < len(told)
        self.tell("One sensor cannot be in two places." if twice else "")
        first = next(iter(self.boxes))
        if self.main is not None:
            self.main.setEnabled(first in self.seating().sensors and not twice)

    def _go_on(self) -> None:
        self._chosen(self.seating())


class Fix(Page):
    """Where the sensors are fixed, and which way round.

    Parameters
    ----------
    roles : sequence of str
        Which.
    virtual : bool
        Whether there is nothing to fix.
    go_on, back : callable
        On to the exercise; back.
    """

    def __init__(
        self, roles: Sequence[str], virtual: bool, go_on: Ask, back: Ask
    ) -> None:
        about = (
            "So it is with a real sensor; the virtual ones are in place."
            if virtual
            else "Fix each sensor as the picture shows: the arrow on it points as the "
            "red arrow does. It must not slip."
        )
        super().__init__("Put the sensor on", about, back)
        row = QHBoxLayout()
        for role in roles:
            column = QVBoxLayout()
            picture = Picture(f"sensor-{role}")
            column.addWidget(Line(role, role="heading"))
            column.addWidget(picture, 1)
            if not picture.there:
                column.addWidget(
                    Line("There is no picture for this place.", role="muted")
                )
            row.addLayout(column, 1)
        self.whole.addLayout(row, 1)
        self.whole.addWidget(
            Line(
                "Which way is left and right is found out before the first run, by "
                "resting the board on its edges.",
                role="plain",
                wrap=True,
            )
        )
        self.offer("It is on (Enter)", go_on, main=True)
        self.finish()


def _said(one: Heard) -> str:
    name = f"{one.name or say('(no name)')} - {one.profile}"
    if one.strength is None:
        return f"{name}, {say('on a cable')}"
    strength = next((word for bar, word in _BARS if one.strength >= bar), _LEAST)
    return f"{name}, {say(strength)} ({one.strength} dBm)"
