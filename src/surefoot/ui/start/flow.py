"""Which page follows which, and what was chosen on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from surefoot.core import SurefootError
from surefoot.session.drill_shelf import load_drill
from surefoot.session.opening import Seating
from surefoot.ui.start import known
from surefoot.ui.start.after import Afterwards
from surefoot.ui.start.card import sensors_said
from surefoot.ui.start.due import due_today
from surefoot.ui.start.folk import People
from surefoot.ui.start.home import Home
from surefoot.ui.start.opening import Recordings
from surefoot.ui.start.sensing import hear
from surefoot.ui.start.sensors import Find, Fix, Which
from surefoot.ui.start.today import Catalogue, Plain, Today, Ways
from surefoot.ui.start.visit import Visit, today
from surefoot.ui.start.who import NewCode, Who
from surefoot.ui.start.wish import Came, Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.training import Drill
    from surefoot.training.programme.today import Item
    from surefoot.ui.start.due import Due
    from surefoot.ui.start.parts import Page
    from surefoot.ui.start.sensing import Hear

    Offer = tuple[str, str, Callable[[], object]]

FIRST_DRILL = "rocker-hold-level"
_USUAL = ("board", "trunk")


class Pages(Protocol):
    """Where the pages are shown, one at a time."""

    def go(self, make: Callable[[], Page]) -> None:
        """Go on to a page; Esc comes back to the one before."""
        ...

    def back(self) -> None:
        """Go back to the page before."""
        ...

    def home(self, make: Callable[[], Page]) -> None:
        """Begin anew with a page."""
        ...

    def again(self) -> None:
        """Make the page that is shown anew."""
        ...


class Flow:
    """Leads from the four choices to a `Wish`.

    Parameters
    ----------
    pages : Pages
        Where pages are shown.
    wished : callable
        Given the wish, when it is complete.
    ear : callable
        As `surefoot.ui.start.sensing.hear`.
    """

    def __init__(
        self, pages: Pages, wished: Callable[[Wish], object], ear: Hear = hear
    ) -> None:
        self._pages, self._wished, self._ear = pages, wished, ear
        self.person = ""
        self.seating: Seating | None = None
        self._said: tuple[str, ...] = ()
        sensors, self._trouble = known.remembered()
        self._known = sensors
        if sensors:
            self.seating = Seating(sensors=sensors)

    def begin(self, came: Came | None = None) -> None:
        """Show the first page, or go on from what came of the last wish."""
        self._pages.home(self._home)
        if came is None:
            return
        self._said = came.said
        self.person = came.wish.person
        self._take_over(came.wish)
        if came.trouble:
            self._pages.go(lambda: self._failed(came))
        elif came.wish.do == "record" and came.path is not None:
            path = came.path
            self._pages.go(lambda: Afterwards(path, came.wish.person, self.home))
        elif came.wish.exercise:
            self._pages.go(self._today)
        else:
            self._pages.home(self._home)

    def home(self) -> None:
        """Begin anew."""
        self._pages.home(self._home)

    def train(self) -> None:
        """Who trains; the very first time: with which sensors."""
        people = known.everybody(known.recordings())
        if people or self.seating is not None:
            self._pages.go(self._who)
        else:
            self._pages.go(lambda: self._which(self._first_sensors))

    def record(self) -> None:
        """Record without an exercise."""
        if self.seating is None:
            self._pages.go(lambda: self._which(self._record_with))
        else:
            self._record_with(self.seating)

    def open_(self) -> None:
        """See a recording again."""
        self._pages.go(lambda: Recordings(self._replay, self._pages.back))

    def people(self) -> None:
        """Everybody who is known."""
        self._pages.go(self._folk)

    def chosen(self, code: str) -> None:
        """Go on with a person; nobody in particular goes to any exercise."""
        self.person = code
        if not code:
            self._pages.go(self._catalogue)
        elif due_today(code, today()).kind == "check-in":
            self._visit().ask_pain()
        else:
            self._pages.go(self._today)

    def _home_quietly(self) -> Page:
        """Return the first page; what is to be said is said on the next one."""
        said, self._said = self._said, ()
        made = self._home()
        self._said = said
        return made

    def _home(self) -> Page:
        said, self._said = self._said, ()
        first = not self._known and not known.recordings()
        made = (self.train, self.record, self.open_, self.people)
        return Home(*made, said=said, first=first)

    def _failed(self, came: Came) -> Page:
        back, trouble = self._pages.back, came.trouble
        if came.wish.do == "replay":
            offers = [("Another recording (Enter)", "", self.open_)]
            title = "The recording could not be opened."
            return Plain(title, "", offers, back, trouble)
        offers = [
            ("Other sensors (S)", "S", self._sensors),
            ("Try again (Enter)", "", lambda: self._retry(came.wish)),
        ]
        title = "It could not be started."
        return Plain(title, sensors_said(self.seating), offers, back, trouble)

    def _retry(self, wish: Wish) -> None:
        """Try once more, with the sensors that are chosen now."""
        if wish.do != "drill":
            self.record()
            return
        try:
            drill = load_drill(wish.drill)
        except SurefootError:  # that was the reason: it comes back with it
            self._wished(wish)
        else:
            self._do(drill, wish.exercise)

    def _take_over(self, wish: Wish) -> None:
        """Go on with the sensors of the last wish, and those known beside them."""
        if wish.do == "replay":
            return
        chosen = wish.seating
        if chosen.virtual is None:
            chosen = replace(chosen, sensors={**self._known, **chosen.sensors})
        self.seating = chosen

    # who and what is due

    def _who(self) -> Page:
        people = known.everybody(known.recordings())
        return Who(people, self.chosen, self._new, self._pages.back)

    def _new(self) -> None:
        people = known.everybody(known.recordings())
        codes = [one.code for one in people]
        offered = known.next_code(people)
        back = self._pages.back
        self._pages.go(lambda: NewCode(offered, codes, self.chosen, back))

    def _folk(self) -> Page:
        listed = known.recordings()
        people = known.everybody(listed)
        return People(
            people,
            listed,
            lambda code: due_today(code, today()),
            self.chosen,
            self._new,
            self._pages.back,
        )

    def _today(self) -> Page:
        due, visit = due_today(self.person, today()), self._visit()
        back, anything = self._pages.back, self._anything
        if due.kind == "items":
            ways = Ways(anything, self._sensors, back, visit.end)
            made = Today(self.person, due, self.seating, self._item, ways)
        else:
            trouble = due.says if due.kind == "trouble" else ""
            about = "" if trouble else " ".join((due.says, *due.asks))
            title = f"Today for {self.person}"
            made = Plain(title, about, self._offers(due, visit), back, trouble)
        said, self._said = self._said, ()
        made.show_said(said)
        return made

    def _offers(self, due: Due, visit: Visit) -> list[Offer]:
        """Return what can be done where no exercise is due; the last is the usual."""
        anything: Offer = ("Any exercise (A)", "A", self._anything)
        end: Offer = ("End the session (E)", "E", visit.end)
        ways: dict[str, Offer] = {
            "none": ("Start a programme (P)", "P", visit.first_visit),
            "screen": ("Questions of the first visit (P)", "P", visit.first_visit),
            "baseline": ("Find the first steps (P)", "P", visit.first_steps),
            "check-in": ("Tell how it is today (P)", "P", visit.ask_pain),
        }
        if due.kind == "none":
            return [ways["none"], anything]
        if due.kind in ways:
            return [anything, ways[due.kind]]
        return [anything, end] if due.under_way else [anything]

    def _visit(self) -> Visit:
        return Visit(self._pages, self.person, self._decided, self._anything)

    def _decided(self, said: tuple[str, ...]) -> None:
        """Say what was decided, and show what is due now."""
        self._said = said
        self._pages.home(self._home_quietly)
        self._pages.go(self._today)

    # which exercise, with which sensors

    def _anything(self) -> None:
        self._pages.go(self._catalogue)

    def _catalogue(self) -> Page:
        back = self._pages.back
        return Catalogue(FIRST_DRILL, self.seating, self._drill, self._sensors, back)

    def _item(self, item: Item) -> None:
        self._do(load_drill(item.drill), item.name)

    def _drill(self, drill: Drill) -> None:
        self._do(drill)

    def _do(self, drill: Drill, exercise: str = "") -> None:
        """Wish for an exercise, or ask for the sensors it lacks."""
        seating = self._seating_for(drill)
        if seating is None:

            def go_on(chosen: Seating) -> None:
                self.seating = chosen
                self._do(drill, exercise)

            self._pages.go(lambda: self._which(go_on, drill.roles))
            return
        written = exercise if seating.virtual is None else ""
        self._wished(Wish("drill", seating, drill.name, self.person, written))

    def _seating_for(self, drill: Drill) -> Seating | None:
        """Return the sensors of an exercise; None when one that it needs is missing."""
        seating = self.seating
        if seating is None or seating.virtual is not None:
            return seating
        wanted = (*drill.roles, *drill.optional)
        found = {r: told for r, told in seating.sensors.items() if r in wanted}
        return Seating(found) if set(drill.roles) <= set(found) else None

    def _sensors(self) -> None:
        def chosen(seating: Seating) -> None:
            self.seating = seating
            self._pages.back()

        self._pages.go(lambda: self._which(chosen))

    def _which(
        self, chosen: Callable[[Seating], object], roles: tuple[str, ...] = _USUAL
    ) -> Page:
        def find() -> None:
            back = self._pages.back
            self._pages.go(lambda: Find(roles, found, back, self._ear))

        def found(seating: Seating) -> None:
            self._pages.back()
            self._pages.go(
                lambda: Fix(
                    tuple(seating.sensors),
                    False,
                    lambda: self._after_fixing(chosen, seating),
                    self._pages.back,
                )
            )

        lacking = set(roles) - set(self._known) if roles != _USUAL else set[str]()
        usable = {} if lacking else self._known
        return Which(usable, chosen, find, self._pages.back, self._trouble)

    def _after_fixing(
        self, chosen: Callable[[Seating], object], seating: Seating
    ) -> None:
        self._pages.back()
        chosen(seating)

    def _first_sensors(self, seating: Seating) -> None:
        """Go on with the first run: where the sensor goes, then the first exercise."""
        self.seating = seating
        roles = _USUAL if seating.virtual is not None else tuple(seating.sensors)
        if seating.virtual is None:  # they were fixed when they were found
            self._pages.go(self._catalogue)
            return
        on = self._anything
        self._pages.go(lambda: Fix(roles, True, on, self._pages.back))

    def _record_with(self, seating: Seating) -> None:
        self.seating = seating
        self._wished(Wish("record", seating))  # whose it is, is asked afterwards

    def _replay(self, path: Path) -> None:
        self._wished(Wish("replay", path=path))
