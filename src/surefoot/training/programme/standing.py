"""Where a person stands: all that the entries so far amount to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from surefoot.training.progression import Climb
from surefoot.training.support import therapist_only

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from surefoot.training.decision import Decision
    from surefoot.training.ladder import Ladder
    from surefoot.training.programme.plan import Plan
    from surefoot.training.progression_rules import Rules


@dataclass(frozen=True, slots=True)
class Pair:
    """A muscle that has to be flexible before its opponent is trained.

    Attributes
    ----------
    target : float or None
        The pain-free range [rad] the therapist set.
    angle : float or None
        The range measured last [rad].
    open : bool
        Whether the opponent may be trained.
    since : date or None
        Day of the last progress, or of the therapist's last word about it.
    """

    target: float | None = None
    angle: float | None = None
    open: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """The last session.

    Attributes
    ----------
    day : date
        When.
    rest : int
        Pain at rest before it.
    verdict : Decision
        What the answers before it allowed.
    hurt : bool
        Whether those answers forbid a step up.
    trained, ended : tuple of str
        Ladders trained; those that pain ended for that day.
    over : bool
        Whether it ended.
    morning : bool
        Whether the morning after was told.
    """

    day: date
    rest: int
    verdict: Decision
    hurt: bool = False
    trained: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    over: bool = False
    morning: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is known of a person, folded from the entries.

    Attributes
    ----------
    rules : Rules
        The numbers, as the therapist changed them.
    day : date or None
        Of the last entry.
    started : date or None
        First day of the programme.
    screen : Decision or None
        What the screen led to; None before it.
    leg : bool
        New leg pain, numbness or weakness was told and nobody cleared it.
    baseline : mapping of str to int, or None
        Steps reached at the first baseline.
    due_baseline : bool
        A baseline is due.
    pairs : mapping of str to Pair
        By the flexible muscle.
    climbs : mapping of str to Climb
        By ladder.
    limits : mapping of str to int
        Highest steps agreed, where the therapist set one.
    enabled : frozenset of str
        Ladders whose last steps the therapist allowed.
    opened : frozenset of str
        Ladders that were ever open.
    first : str
        The ladder the therapist wants first.
    setting : bool
        The therapist opened setting muscles.
    maintenance : bool
        The programme is done.
    rises : int
        Mornings in a row with more pain.
    waiting : bool
        Until the therapist says how to go on.
    train : date or None
        The day on which the therapist allowed full training in spite of pain at rest.
    days : tuple of date
        Of the sessions.
    last : Sitting or None
        The last session.
    asked : date or None
        Day of the therapist's last word about the programme.
    retest : date or None
        Day of the last test in maintenance.
    log : tuple of (date, Decision)
        Every decision so far.
    """

    rules: Rules
    day: date | None = None
    started: date | None = None
    screen: Decision | None = None
    leg: bool = False
    baseline: Mapping[str, int] | None = None
    due_baseline: bool = True
    pairs: Mapping[str, Pair] = field(default_factory=dict[str, Pair])
    climbs: Mapping[str, Climb] = field(default_factory=dict[str, Climb])
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    enabled: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    first: str = ""
    setting: bool = False
    maintenance: bool = False
    rises: int = 0
    waiting: bool = False
    train: date | None = None
    days: tuple[date, ...] = ()
    last: Sitting | None = None
    asked: date | None = None
    retest: date | None = None
    log: tuple[tuple[date, Decision], ...] = ()

    def told(self, day: date, *decisions: Decision | None) -> Standing:
        """Return the same with decisions written down."""
        new = tuple((day, decision) for decision in decisions if decision is not None)
        return replace(self, log=self.log + new)

    def with_climbs(self, changed: Mapping[str, Climb]) -> Standing:
        """Return the same with some climbs changed."""
        return replace(self, climbs={**self.climbs, **changed})

    def with_pair(self, muscle: str, pair: Pair) -> Standing:
        """Return the same with one pair changed."""
        return replace(self, pairs={**self.pairs, muscle: pair})

    def top(self, ladder: Ladder) -> int:
        """Return the highest step agreed: what needs the therapist waits for a word."""
        free = ladder.top
        if ladder.name not in self.enabled:
            while free > 0 and therapist_only(dict(ladder.steps[free])):
                free -= 1
        return min(free, self.limits.get(ladder.name, ladder.top))


def blank(plan: Plan) -> Standing:
    """Return the standing of somebody of whom nothing is known."""
    climbs = dict.fromkeys(plan.ladders, Climb())
    return Standing(plan.rules, pairs=dict.fromkeys(plan.pairs, Pair()), climbs=climbs)
