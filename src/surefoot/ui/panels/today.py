"""What the programme has for today, for the therapist: the exercise, why, what next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QGridLayout

from surefoot.ui import language
from surefoot.ui.panels.card import Line


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The day of a person, as it is told beside a session.

    Attributes
    ----------
    code : str
        The person.
    now, why : str
        The exercise that is done, and the reason for it.
    after : tuple of str
        What comes after it, in order; empty for nothing.
    """

    code: str
    now: str
    why: str
    after: tuple[str, ...] = ()


class Today(QFrame):
    """Three lines in the therapist view; nothing of it is seen by the trainee.

    Parameters
    ----------
    plan : DayPlan
        What it says.
    """

    def __init__(self, plan: DayPlan) -> None:
        super().__init__()
        self._plan = plan
        self.setProperty("card", True)
        self.setAccessibleName("Programme")
        self.now, self.why, self.after = Line(role="strong"), Line(), Line(role="muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 6, 14, 6)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.addWidget(self.now, 0, 0)
        grid.addWidget(self.why, 0, 1)
        grid.addWidget(self.after, 1, 0, 1, 2)
        self.retranslate()

    def retranslate(self) -> None:
        """Take up the language in use."""
        plan, say = self._plan, language.say
        self.now.show_text(say("Today for {code}: {now}", code=plan.code, now=plan.now))
        self.why.show_text(plan.why)
        titles = "; ".join(map(say, plan.after))
        self.after.show_text(
            say("Then: {titles}", titles=titles) if titles else "Nothing after it today"
        )
