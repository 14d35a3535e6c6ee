"""What is asked before a programme goes on: first visit, first steps, pain today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QScrollArea, QWidget

from surefoot.training.ladder import in_words
from surefoot.training.pain import Felt
from surefoot.ui.language import say
from surefoot.ui.panels.card import Line
from surefoot.ui.start.parts import Page
from surefoot.ui.start.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.training.ladder import Ladder
    from surefoot.training.programme import Plan
    from surefoot.training.screen import Question

    Back = Callable[[], object]

REST = "How much does it hurt now, at rest? 0 is nothing, 10 the worst."
MOVING = "Bend and turn a little. How much does that hurt? 0 to 10."
MORNING = "How much did it hurt the morning after the last session, 0 to 10?"


SHARP, LEG = "The pain was sharp", "New leg pain, numbness or weakness"
AT_THE_END = "How much does it hurt now, at the end? 0 is nothing, 10 the worst."


class FirstVisit(Page):
    """The questions of the first visit, one after another.

    Parameters
    ----------
    questions : sequence of Question
        All of them.
    answered : callable
        Given the ids that were answered with yes.
    back : callable
        Back; nothing is kept then.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        answered: Callable[[list[str]], object],
        back: Back,
    ) -> None:
        about = "Read each question aloud, as it is written."
        super().__init__("Before the first exercise", about, back)
        self._questions, self._answered = questions, answered
        self._yes: list[str] = []
        self._at = 0
        self.count = Line("", role="caption")
        self.question = Line("", role="title", wrap=True)
        self.whole.addStretch(1)
        self.whole.addWidget(self.count)
        self.whole.addWidget(self.question)
        self.whole.addStretch(2)
        self.yes = self.offer("Yes (Y)", self._say_yes, key="Y")
        self.no = self.offer("No (N)", self._say_no, key="N")
        self.finish()
        self._show()

    def begin(self) -> None:
        """Take the keyboard: a page without a preset answer."""
        self.setFocus()

    def _say_yes(self) -> None:
        self._yes.append(self._questions[self._at].id)
        self._next()

    def _say_no(self) -> None:
        self._next()

    def _next(self) -> None:
        self._at += 1
        if self._at < len(self._questions):
            self._show()
        else:
            self._answered(self._yes)

    def _show(self) -> None:
        number, total = self._at + 1, len(self._questions)
        self.count.show_text(f"Question {number} of {total}")
        self.question.show_text(self._questions[self._at].ask)


class FirstSteps(Page):
    """The step a person can do well on each exercise that is open.

    Parameters
    ----------
    plan : Plan
        The plan.
    ladders : sequence of Ladder
        Those that are open.
    chosen : callable
        Given exercise and step, pair by pair.
    back : callable
        Back.
    """

    def __init__(
        self,
        plan: Plan,
        ladders: Sequence[Ladder],
        chosen: Callable[[tuple[tuple[str, int], ...]], object],
        back: Back,
    ) -> None:
        about = (
            "Try each exercise with something firm to hold. Choose the step that can "
            "be done well; the easiest is chosen until then."
        )
        super().__init__("The first steps", about, back)
        self._chosen = chosen
        self.steps = {ladder.name: _Steps(plan, ladder) for ladder in ladders}
        body = QWidget()
        grid = QGridLayout(body)
        grid.setColumnStretch(1, 1)
        for row, ladder in enumerate(ladders):
            grid.addWidget(Line(ladder.title, role="strong", cut=False), row, 0)
            grid.addWidget(self.steps[ladder.name], row, 1)
        grid.setRowStretch(len(ladders), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        body.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self.whole.addWidget(area, 1)
        self.offer("Keep these steps (Enter)", self._go_on, main=True)
        self.finish()

    def _go_on(self) -> None:
        self._chosen(tuple((n, box.currentIndex()) for n, box in self.steps.items()))


class _Steps(QComboBox):
    """The steps of one exercise, the easiest first."""

    def __init__(self, plan: Plan, ladder: Ladder) -> None:
        super().__init__()
        self.setAccessibleName(ladder.title)
        self.setMinimumContentsLength(20)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for number, step in enumerate(ladder.steps):
            words = say(in_words(plan.axes, step))
            self.addItem(f"{number}: {words}")


class CheckIn(Page):
    """Pain before training, asked once a day.

    Parameters
    ----------
    morning : bool
        Whether to ask about the morning after the last session too.
    answered : callable
        Given a mapping: ``rest``, ``moving``, ``morning`` (or None), ``sharp``,
        ``leg``, ``painkillers``.
    back : callable
        Back; nothing is kept then.
    """

    def __init__(
        self,
        morning: bool,
        answered: Callable[[dict[str, int | bool | None]], object],
        back: Back,
    ) -> None:
        super().__init__("First, how is it today?", "Press the number.", back)
        self._answered = answered
        asked = [MORNING, REST, MOVING] if morning else [REST, MOVING]
        self.scales = [Scale(question) for question in asked]
        for question, scale in zip(asked, self.scales, strict=True):
            line = Line(question, role="heading", wrap=True)
            self.whole.addWidget(line)
            self.whole.addWidget(scale)
            scale.answered.connect(self._look)
        self.sharp = QCheckBox(SHARP)
        self.leg = QCheckBox(LEG)
        self.painkillers = QCheckBox("Painkillers were taken today")
        for box in (self.sharp, self.leg, self.painkillers):
            self.whole.addWidget(box)
        self.whole.addStretch(1)
        self.offer("Go on (Enter)", self._go_on, main=True)
        self.finish()
        self._look()

    def begin(self) -> None:
        """Take the keyboard."""
        self.scales[0].setFocus()

    def _look(self) -> None:
        if self.main is not None:
            self.main.setEnabled(all(s.value is not None for s in self.scales))

    def _go_on(self) -> None:
        *before, rest, moving = (scale.value for scale in self.scales)
        self._answered(
            {
                "morning": before[0] if before else None,
                "rest": rest,
                "moving": moving,
                "sharp": self.sharp.isChecked(),
                "leg": self.leg.isChecked(),
                "painkillers": self.painkillers.isChecked(),
            }
        )


class TheEnd(Page):
    """Pain at the end of a session.

    Parameters
    ----------
    answered : callable
        Given what was felt.
    back : callable
        Back; nothing is kept then.
    """

    def __init__(self, answered: Callable[[Felt], object], back: Back) -> None:
        super().__init__("The end of the session", "Press the number.", back)
        self._answered = answered
        self.scale = Scale(AT_THE_END)
        self.scale.answered.connect(self._look)
        self.whole.addWidget(Line(AT_THE_END, role="heading", wrap=True))
        self.whole.addWidget(self.scale)
        self.sharp, self.leg = QCheckBox(SHARP), QCheckBox(LEG)
        for box in (self.sharp, self.leg):
            self.whole.addWidget(box)
        self.whole.addStretch(1)
        self.offer("Keep (Enter)", self._go_on, main=True).setEnabled(False)
        self.finish()

    def begin(self) -> None:
        """Take the keyboard."""
        self.scale.setFocus()

    def _look(self) -> None:
        if self.main is not None:
            self.main.setEnabled(True)

    def _go_on(self) -> None:
        sharp, leg = self.sharp.isChecked(), self.leg.isChecked()
        self._answered(Felt(self.scale.value or 0, sharp, leg=leg))
