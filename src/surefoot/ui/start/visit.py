"""What the programme of a person asks for before and after it is trained."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from surefoot.core import SurefootError
from surefoot.session.programme_store import load_plan, read_history
from surefoot.training.pain import Felt
from surefoot.training.programme import fold
from surefoot.training.programme.entries import Baseline, Ended, Morning
from surefoot.training.programme.entries import CheckIn as Told
from surefoot.training.programme.gates import open_ladders
from surefoot.ui.start.asking import CheckIn, FirstSteps, FirstVisit, TheEnd
from surefoot.ui.start.due import due_today, start_programme, write
from surefoot.ui.start.today import Plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from surefoot.ui.start.flow import Pages
    from surefoot.ui.start.parts import Page


class Visit:
    """The questions of a programme, each kept in it as soon as it is answered.

    Parameters
    ----------
    pages : Pages
        Where pages are shown.
    code : str
        The person.
    then : callable
        Given what was decided from an answer.
    anything : callable
        To any exercise, where nothing can be kept.
    """

    def __init__(
        self,
        pages: Pages,
        code: str,
        then: Callable[[tuple[str, ...]], object],
        anything: Callable[[], object],
    ) -> None:
        self._pages, self._code = pages, code
        self._then, self._anything = then, anything

    def first_visit(self) -> None:
        """Ask the questions of the first visit, in its order."""
        try:
            questions = load_plan().questions
        except (SurefootError, OSError) as error:
            self._refuse(str(error))
            return
        self._pages.go(lambda: FirstVisit(questions, self._screened, self._pages.back))

    def first_steps(self) -> None:
        """Ask for the step on each exercise that is open."""
        try:
            plan = load_plan()
            ladders = open_ladders(plan, fold(plan, read_history(self._code)))
        except (SurefootError, OSError) as error:
            self._refuse(str(error))
            return
        back = self._pages.back
        self._pages.go(lambda: FirstSteps(plan, ladders, self._stepped, back))

    def ask_pain(self) -> None:
        """Ask for the pain of today."""
        self._pages.go(self.check_in)

    def check_in(self) -> Page:
        """Return the page that asks for the pain of today."""
        morning = due_today(self._code, today()).morning
        return CheckIn(morning, self._checked_in, self._pages.back)

    def end(self) -> None:
        """Ask for the pain at the end of the session."""
        self._pages.go(lambda: TheEnd(self._ended, self._pages.back))

    def _screened(self, yes: list[str]) -> None:
        self._keep(lambda: start_programme(self._code, today(), yes))

    def _stepped(self, steps: tuple[tuple[str, int], ...]) -> None:
        self._keep(lambda: write(self._code, Baseline(today(), steps)))

    def _ended(self, felt: Felt) -> None:
        self._keep(lambda: write(self._code, Ended(today(), felt)))

    def _checked_in(self, told: dict[str, int | bool | None]) -> None:
        day, morning = today(), told["morning"]
        moving, rest = int(told["moving"] or 0), int(told["rest"] or 0)
        felt = Felt(moving, told["sharp"] is True, leg=told["leg"] is True)
        entry = Told(day, rest, felt, told["painkillers"] is True)

        def keep() -> str:
            said = "" if morning is None else write(self._code, Morning(day, morning))
            return f"{said} {write(self._code, entry)}".strip()

        self._keep(keep)

    def _keep(self, write_down: Callable[[], str]) -> None:
        """Write something into the programme, and go on with what it led to."""
        try:
            said = write_down()
        except (SurefootError, OSError) as error:
            self._refuse(str(error))
            return
        from surefoot.archive import keep_programme

        self._then(tuple(filter(None, (said, keep_programme(self._code)))))

    def _refuse(self, trouble: str) -> None:
        offers = [("Any exercise (A)", "A", self._anything)]
        title, back = "This could not be kept.", self._pages.back
        self._pages.go(lambda: Plain(title, "", offers, back, trouble))


def today() -> date:
    """Return the day by this computer's clock."""
    return datetime.now().astimezone().date()
