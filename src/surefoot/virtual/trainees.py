"""People who do not exist, over months: how they answer, train and get on.

They are made to meet every rule of the programme at least once. They show how the rules
work, and say nothing about how real people get on.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from surefoot.training.decision import What
from surefoot.training.pain import Felt
from surefoot.training.programme import after, blank, plan_day
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Morning,
    Range,
    Retest,
    Screened,
    Started,
    Target,
    Word,
)
from surefoot.training.progression import SetDone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.training.decision import Decision
    from surefoot.training.programme import Entry, Item, Plan, Standing, Today

FIRST_DAY = date(2026, 1, 5)  # a Monday
TRAINING_DAYS = (0, 2, 4)
THERAPIST_DAY = 4
TARGET = 1.2  # rad


@dataclass(frozen=True, slots=True)
class Trainee:
    """What decides how somebody gets on. Nothing here is a diagnosis.

    Attributes
    ----------
    name : str
        As the virtual person of the same name.
    skill : float
        On everything, at first; 0 to 1.
    gain : float
        Skill gained on an exercise each time it is done.
    reach : mapping of str to float
        Pain-free range of each muscle at first, as a share of the target.
    stretch : float
        Share of the target gained each week.
    tires : float
        Share lost from one set to the next.
    pain : tuple of int
        Pain at rest, usual and in a bad week.
    bad_weeks : tuple of int
        Weeks with the higher pain at rest, and more of it in movement and next morning.
    sore_week : int
        Week in which strengthening hurts; 0 for none.
    leg_week : int
        Week with a new sign in a leg; 0 for none.
    unscored : float
        Share of the sets that cannot be scored.
    away : tuple of (int, int)
        First day away and first day back, counted from 0.
    agrees : bool
        Whether the therapist allows the last steps.
    """

    name: str
    skill: float
    gain: float
    reach: dict[str, float]
    stretch: float = 0.05
    tires: float = 0.0
    pain: tuple[int, int] = (0, 0)
    bad_weeks: tuple[int, ...] = ()
    sore_week: int = 0
    leg_week: int = 0
    unscored: float = 0.0
    away: tuple[int, int] = (0, 0)
    agrees: bool = False


def _reach(low_back: float, hip: float, hamstrings: float) -> dict[str, float]:
    return {"low-back": low_back, "hip-flexors": hip, "hamstrings": hamstrings}


TRAINEES: dict[str, Trainee] = {
    trainee.name: trainee
    for trainee in (
        Trainee("steady", 0.75, 0.06, _reach(1.05, 1.02, 0.97), agrees=True),
        Trainee("unsteady", 0.35, 0.03, _reach(0.9, 0.85, 0.8), away=(60, 70)),
        Trainee("tiring", 0.6, 0.045, _reach(0.95, 0.95, 0.9), tires=0.035),
        Trainee(
            "in-pain",
            0.55,
            0.04,
            _reach(0.85, 0.9, 0.8),
            pain=(1, 5),
            bad_weeks=(2, 3, 8),
            sore_week=6,
            leg_week=11,
        ),
        Trainee("asymmetric", 0.6, 0.045, _reach(1.0, 0.7, 0.95), 0.015, away=(75, 99)),
        Trainee("slipping-sensor", 0.6, 0.05, _reach(0.98, 0.95, 0.95), unscored=0.1),
    )
}
"""The six people, by name."""


@dataclass(frozen=True, slots=True)
class Day:
    """One simulated day.

    Attributes
    ----------
    day : date
        The day.
    today : Today or None
        The plan after the questions about pain; None when nobody trained.
    entries : tuple of Entry
        What was told that day.
    decisions : tuple of Decision
        What was decided from it.
    asks : tuple of Decision
        What the therapist was asked.
    """

    day: date
    today: Today | None
    entries: tuple[Entry, ...]
    decisions: tuple[Decision, ...]
    asks: tuple[Decision, ...]


def simulate(plan: Plan, name: str, weeks: int = 16) -> tuple[Day, ...]:
    """Return the days of a virtual person in the programme; the same every time.

    Parameters
    ----------
    plan : Plan
        The plan.
    name : str
        One of `TRAINEES`.
    weeks : int
        How long.
    """
    life = _Life(plan, TRAINEES[name])
    days = (FIRST_DAY + timedelta(days=i) for i in range(7 * weeks))
    return tuple(day for date_ in days if (day := life.lived(date_)).entries)


@dataclass(slots=True)
class _Life:
    """A person, day by day. Changes as it goes, unlike what it gives out."""

    plan: Plan
    who: Trainee
    standing: Standing = field(init=False)
    chance: random.Random = field(init=False)
    skills: dict[str, float] = field(default_factory=dict[str, float])
    entries: list[Entry] = field(default_factory=list["Entry"])
    counted: int = 0
    leg_told: bool = False

    def __post_init__(self) -> None:
        self.standing = blank(self.plan)
        self.chance = random.Random(self.who.name)

    def lived(self, day: date) -> Day:
        """Live one day, and return it."""
        self.entries = []
        number = (day - FIRST_DAY).days
        if number == 0:
            self._tell(*self._first_visit(day))
        today = None
        if not self.who.away[0] <= number < self.who.away[1]:
            self._morning(day)
            if day.weekday() == 0 and number:
                self._tell(*self._ranges(day))
            if day.weekday() == THERAPIST_DAY:
                self._therapist(day)
            if day.weekday() in TRAINING_DAYS:
                today = self._session(day)
        decided = tuple(decision for _, decision in self.standing.log[self.counted :])
        self.counted = len(self.standing.log)
        asks = plan_day(self.plan, self.standing, day).asks
        return Day(day, today, tuple(self.entries), decided, asks)

    def _tell(self, *entries: Entry) -> None:
        for entry in entries:
            self.standing = after(self.plan, self.standing, entry)
            self.entries.append(entry)

    def _week(self, day: date) -> int:
        return (day - FIRST_DAY).days // 7 + 1

    def _bad(self, day: date) -> bool:
        return self._week(day) in self.who.bad_weeks

    def _first_visit(self, day: date) -> Iterator[Entry]:
        yield Started(day)
        yield Screened(day)
        for muscle in self.plan.pairs:
            yield Target(day, muscle, TARGET)
        yield from self._ranges(day)
        yield self._baseline(day)

    def _ranges(self, day: date) -> Iterator[Entry]:
        weeks = (day - FIRST_DAY).days / 7
        for muscle, share in self.who.reach.items():
            reached = min(1.15, share + self.who.stretch * weeks)
            noise = self.chance.uniform(-0.01, 0.01)
            yield Range(day, muscle, round(TARGET * (reached + noise), 3))

    def _baseline(self, day: date) -> Entry:
        steps = {
            name: int(max(0.0, self.skills.get(name, self.who.skill) - 0.35) * n.top)
            for name, n in self.plan.ladders.items()
        }
        return Baseline(day, tuple(steps.items()))

    def _morning(self, day: date) -> None:
        last = self.standing.last
        if last is not None and not last.morning and last.day < day:
            rise = 2 if self._bad(day) and last.trained else 0
            self._tell(Morning(day, min(10, last.rest + rise)))

    def _therapist(self, day: date) -> None:
        """Answer what is asked, once a week."""
        if self.standing.leg:
            note = "seen, strength and feeling tested, all well"
            self._tell(Word(day, "clear", "programme", note))
        for ask in plan_day(self.plan, self.standing, day).asks:
            if "allowed" in ask.reason:
                self._tell(self._last_step(day, ask.about))
            elif ask.about in self.plan.pairs and self._week(day) > 8:
                reached = self.standing.pairs[ask.about].angle or TARGET
                self._tell(Target(day, ask.about, round(0.98 * reached, 3)))
            elif "comes first" in ask.reason:
                self._tell(Word(day, "first", ask.about, "the one used most at home"))
            else:
                note = "looked at it together, carry on"
                self._tell(Word(day, "go-on", ask.about, note))

    def _last_step(self, day: date, name: str) -> Word:
        if self.who.agrees:
            return Word(day, "enable", name, "with me beside, and the rail in reach")
        step = self.standing.climbs[name].step
        return Word(day, "limit", name, "this is enough at home", step)

    def _session(self, day: date) -> Today | None:
        before = plan_day(self.plan, self.standing, day).decision.what
        if before is What.BASELINE:
            self._tell(self._baseline(day))
        elif before not in {What.TRAIN, What.MAINTAIN, What.GENTLE}:
            return None
        rest = self.who.pain[self._bad(day)]
        painkillers = self._bad(day) and day.weekday() == 0
        self._tell(CheckIn(day, rest, Felt(rest), painkillers))
        today = plan_day(self.plan, self.standing, day)
        if today.decision.what is What.MAINTAIN and "test" in today.decision.reason:
            self._tell(Retest(day))
        for item in today.items:
            self._train(day, item, rest)
            if self.standing.last is not None and self.standing.last.over:
                return today
        self._tell(Ended(day, Felt(rest)))
        return today

    def _train(self, day: date, item: Item, rest: int) -> None:
        skill = self.skills.get(item.name, self.who.skill)
        ladder = self.plan.ladders[item.name]
        spare = skill - 0.3 - 0.5 * item.step / ladder.top
        sets = tuple(
            self._set(picture, spare - self.who.tires * i, ladder.stage)
            for i, picture in enumerate(item.feedback.pictures)
        )
        difficulty = round(min(5.0, max(1.0, 3.4 - 6 * spare)))
        felt = self._felt(day, item, rest)
        self._tell(Block(day, item.name, sets, felt, difficulty))
        self.skills[item.name] = min(1.0, skill + self.who.gain)

    def _set(self, picture: bool, spare: float, stage: str) -> SetDone:
        kept = 0.85 + spare + self.chance.uniform(-0.04, 0.04)
        kept -= 0.0 if picture else 0.05
        sensed = stage in {"setting", "balance"}
        lost = self.chance.random() < self.who.unscored and sensed
        grabs = int(kept < 0.6) + 2 * int(kept < 0.5) if stage == "balance" else 0
        score = None if lost else round(min(1.0, max(0.0, kept)), 2)
        return SetDone(score, picture, grabs=grabs)

    def _felt(self, day: date, item: Item, rest: int) -> Felt:
        if self._week(day) == self.who.leg_week and not self.leg_told:
            self.leg_told = True
            return Felt(rest, leg=True)
        stage = self.plan.ladders[item.name].stage
        if stage == "flexibility":
            return Felt(stretch=True)
        if self._week(day) == self.who.sore_week and stage == "opponents":
            return Felt(min(10, rest + 2))
        return Felt(rest)
