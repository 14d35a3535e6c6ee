"""Who trains: a code that is known, a new one, or nobody in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from surefoot.core import SurefootError
from surefoot.session.people import check_code
from surefoot.ui.panels.card import Line
from surefoot.ui.start.parts import Choices, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.ui.start.known import Someone

NOT_A_CODE = (
    "A code has letters, digits and hyphens only, at most 32 of them. Never use a name."
)


class Who(Page):
    """Choose a person, the latest first.

    Parameters
    ----------
    people : sequence of Someone
        Who is known.
    chosen : callable
        Given the code; empty for nobody in particular.
    new, back : callable
        Somebody new; back.
    """

    def __init__(
        self,
        people: Sequence[Someone],
        chosen: Callable[[str], object],
        new: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__("Who trains?", "People are codes here, never names.", back)
        self._codes = [one.code for one in people]
        self._chosen, self._new = chosen, new
        self.list = Choices("Who trains?")
        rows = [(one.code, f"last on {one.last:%Y-%m-%d}") for one in people]
        rows.append(("Somebody new", "A new code, so that progress can be followed"))
        rows.append(("Nobody in particular", "Only try it; nothing is remembered"))
        self.list.show_rows(rows)
        self.list.taken.connect(self._take)
        self.whole.addWidget(self.list, 1)
        self.offer("Somebody new (N)", new, key="N")
        self.offer("Go on (Enter)", self._go_on, main=True)
        self.finish()

    def begin(self) -> None:
        """Take the keyboard."""
        self.list.setFocus()

    def _go_on(self) -> None:
        self._take(self.list.currentRow())

    def _take(self, row: int) -> None:
        if row == len(self._codes):
            self._new()
        else:
            self._chosen(self._codes[row] if row < len(self._codes) else "")


class NewCode(Page):
    """A code for somebody new.

    Parameters
    ----------
    offered : str
        A code that is free.
    taken : sequence of str
        Codes that are not.
    chosen, back : callable
        Given the code; back.
    """

    def __init__(
        self,
        offered: str,
        taken: Sequence[str],
        chosen: Callable[[str], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__("A code for somebody new", NOT_A_CODE, back)
        self._codes, self._chosen = frozenset(taken), chosen
        self.field = QLineEdit(offered)
        self.field.setAccessibleName("Code")
        self.field.setMaxLength(64)
        self.field.setMaximumWidth(420)
        self.whole.addWidget(self.field)
        self.whole.addWidget(
            Line(
                "Keep the list of codes and names somewhere safe, not here: "
                "surefoot people keeps it sealed.",
                role="muted",
                wrap=True,
            )
        )
        self.whole.addStretch(1)
        self.offer("Go on (Enter)", self._go_on, main=True)
        self.finish()

    def begin(self) -> None:
        """Take the keyboard."""
        self.field.setFocus()
        self.field.selectAll()

    def _go_on(self) -> None:
        code = self.field.text().strip()
        try:
            check_code(code)
        except SurefootError:
            self.tell(NOT_A_CODE)
            return
        if code in self._codes:
            self.tell("Somebody has this code already. Go back and choose it there.")
            return
        self._chosen(code)
