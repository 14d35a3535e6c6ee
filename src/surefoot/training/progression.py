"""Up, stay or down on one ladder: what one session says, and what follows from it.

A step up waits for the next session, so that the morning after can still speak against
it. A step down comes at once, and is followed by a calm week.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What

if TYPE_CHECKING:
    from surefoot.training.progression_rules import Rules

WEEK = timedelta(days=7)
HALF_MINUTE = 30.0
FIRST, LAST = 1, 5


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set.

    Attributes
    ----------
    kept : float or None
        Share of what was asked: of the time in the zone, of the repetitions clean, of
        the holds calm; 0 to 1, None when it was not scored.
    picture : bool
        Whether there was one.
    touches, grabs : int
        Edge contacts; grabs and steps.
    seconds : float
        How long it took.
    """

    kept: float | None
    picture: bool = True
    touches: int = 0
    grabs: int = 0
    seconds: float = HALF_MINUTE

    def __post_init__(self) -> None:
        told = 0.0 if self.kept is None else self.kept
        fits = 0 <= told <= 1 and min(self.touches, self.grabs) >= 0
        if not fits or not self.seconds > 0:
            msg = (
                f"set: expected a share 0 to 1, counts and seconds, got {self}: enter "
                "it again"
            )
            raise ProgrammeError(msg)


@dataclass(frozen=True, slots=True)
class Climb:
    """Where somebody stands on one ladder.

    Attributes
    ----------
    step, best : int
        Now, and the highest ever.
    good : int
        Good sessions in a row at this step.
    mastered : bool
        Whether the highest agreed step was ever done well often enough.
    ups : tuple of date
        Days of the steps up in the last week.
    calm_until : date or None
        No step up before this day.
    since : date or None
        Day of the last progress, or of the therapist's last word about it.
    last : date or None
        Day it was last trained.
    """

    step: int = 0
    best: int = 0
    good: int = 0
    mastered: bool = False
    ups: tuple[date, ...] = ()
    calm_until: date | None = None
    since: date | None = None
    last: date | None = None


def judge_sets(
    rules: Rules, exercise: str, sets: tuple[SetDone, ...], difficulty: int | None
) -> Decision:
    """Return what the sets of one session say: ``GOOD``, ``STAY``, ``DOWN``, ``NOTE``.

    ``NOTE`` says that not every set was scored: it counts neither way.

    Parameters
    ----------
    rules : Rules
        The groups ``up`` and ``down`` are used.
    exercise : str
        The ladder.
    sets : tuple of SetDone
        In the order they were done. A set that was not scored says nothing.
    difficulty : int or None
        How hard it felt, 1 to 5; None when it was not told, which
        makes it no good session.

    Raises
    ------
    ProgrammeError
        If the difficulty is not 1 to 5.
    """
    if difficulty is not None and not FIRST <= difficulty <= LAST:
        msg = f"difficulty: expected {FIRST} to {LAST}, got {difficulty}: ask again"
        raise ProgrammeError(msg)
    return _too_hard(rules, exercise, sets, difficulty) or _well_done(
        rules, exercise, sets, difficulty
    )


def counted(climb: Climb, verdict: What, day: date) -> Climb:
    """Return the climb after a session that was not too hard.

    ``GOOD`` counts once a day, ``STAY`` begins the count anew, ``NOTE`` says nothing.
    """
    good = climb.good
    if verdict is What.GOOD and climb.last != day:
        good += 1
    elif verdict is What.STAY:
        good = 0
    return replace(climb, good=good, last=day)


def set_back(rules: Rules, climb: Climb, day: date) -> Climb:
    """Return the climb one step lower (not below the first), with a calm week."""
    return put(rules, climb, max(0, climb.step - 1), day)


def put(rules: Rules, climb: Climb, step: int, day: date) -> Climb:
    """Return the climb at a step, with a calm week to get used to it."""
    calm = day + timedelta(days=rules["week.calm_days"])
    later = max(calm, climb.calm_until or calm)
    best = max(climb.best, step)
    return replace(climb, step=step, best=best, good=0, ups=(), calm_until=later)


def next_step(
    rules: Rules, name: str, climb: Climb, top: int, day: date
) -> tuple[Climb, Decision | None]:
    """Return the climb at the start of a session, and the decision if there was one.

    Parameters
    ----------
    rules : Rules
        ``up.sessions``, ``week.ups`` and ``week.calm_days`` are used.
    name : str
        The ladder.
    climb : Climb
        Where the person stands.
    top : int
        The highest step agreed.
    day : date
        Of the session.
    """
    ready = climb.good >= rules["up.sessions"]
    if not ready:
        return climb, None
    told = (Number("good sessions", climb.good), rules.number("up.sessions"))
    if climb.step >= top:
        if climb.mastered:
            return climb, None
        reason = "The highest step agreed is done well. Keep it up now and then."
        done = replace(climb, mastered=True, since=day)
        return done, Decision(What.STAY, name, reason, told)
    if climb.calm_until is not None and day < climb.calm_until:
        reason = f"It goes well. The step stays until {climb.calm_until:%d %B}."
        calm = (*told, rules.number("week.calm_days"))
        return climb, Decision(What.STAY, name, reason, calm)
    recent = tuple(up for up in climb.ups if day - up < WEEK)
    if len(recent) >= rules["week.ups"]:
        reason = "It goes well. This week had its steps up."
        capped = (*told, Number("steps up this week", len(recent)))
        cap = rules.number("week.ups")
        return climb, Decision(What.STAY, name, reason, (*capped, cap))
    step = climb.step + 1
    best = max(climb.best, step)
    up = replace(climb, step=step, best=best, good=0, ups=(*recent, day), since=day)
    reason = f"{climb.good} good sessions in a row, and no pain against it."
    return up, Decision(What.UP, name, reason, (*told, Number("step", step)))


def _too_hard(
    rules: Rules, name: str, sets: tuple[SetDone, ...], difficulty: int | None
) -> Decision | None:
    low = [s for s in sets if s.kept is not None and s.kept < rules["down.kept"]]
    if len(low) >= rules["down.sets"]:
        told = (Number("sets too hard", len(low)), *rules.numbers("down.sets"))
        reason = "Several sets were too hard."
        return Decision(What.DOWN, name, reason, (*told, rules.number("down.kept")))
    grabs = max((_in_30_s(s.grabs, s) for s in sets), default=0.0)
    if grabs >= rules["down.grabs"]:
        told = (Number("grabs or steps in 30 s", grabs), rules.number("down.grabs"))
        return Decision(What.DOWN, name, "You had to hold on or step often.", told)
    if difficulty is not None and difficulty >= rules["down.difficulty"]:
        told = (Number("difficulty", difficulty), rules.number("down.difficulty"))
        return Decision(What.DOWN, name, "It felt too hard.", told)
    return None


def _well_done(
    rules: Rules, name: str, sets: tuple[SetDone, ...], difficulty: int | None
) -> Decision:
    scored = [s for s in sets if s.kept is not None]
    if len(scored) < len(sets) or not scored:
        told = (Number("sets", len(sets)), Number("of them scored", len(scored)))
        return Decision(What.NOTE, name, "Not all sets could be scored.", told)
    if all(s.picture for s in sets):
        reason = "There was no set without picture."
        return Decision(What.STAY, name, reason, (Number("sets", len(sets)),))
    for why, told in _lacks(rules, sets, difficulty):
        return Decision(What.STAY, name, why, told)
    reached = Number("lowest of the last sets", min(_last(rules, sets)))
    marks = rules.numbers("up.kept", "up.kept_no_picture", "up.sets_share")
    return Decision(What.GOOD, name, "All that was asked was kept.", (reached, *marks))


def _lacks(
    rules: Rules, sets: tuple[SetDone, ...], difficulty: int | None
) -> list[tuple[str, tuple[Number, ...]]]:
    """Return what speaks against a good session, with its numbers."""
    last = sets[-int(rules["up.last_sets"]) :]
    made = sum((s.kept or 0.0) >= _mark(rules, s) for s in last)
    due = ceil(rules["up.sets_share"] * len(last))
    touches = max(_in_30_s(s.touches, s) for s in sets)
    grabs = sum(s.grabs for s in sets)
    felt = float("nan") if difficulty is None else difficulty
    limits = rules.numbers("up.kept", "up.kept_no_picture")
    asked = rules.numbers("up.touches"), rules.numbers("up.difficulty")
    found = [
        (
            made < due,
            "Not yet steady enough.",
            (Number("sets at the mark", made), Number("needed", due), *limits),
        ),
        (
            touches > rules["up.touches"],
            "The edge touched the floor too often.",
            (Number("edge contacts in 30 s", touches), *asked[0]),
        ),
        (grabs > 0, "You held on.", (Number("grabs or steps", grabs),)),
        (
            not felt <= rules["up.difficulty"],
            "It has to feel easier first.",
            (Number("difficulty", felt, "of 5"), *asked[1]),
        ),
    ]
    return [(why, told) for lacking, why, told in found if lacking]


def _last(rules: Rules, sets: tuple[SetDone, ...]) -> list[float]:
    return [s.kept or 0.0 for s in sets[-int(rules["up.last_sets"]) :]]


def _mark(rules: Rules, done: SetDone) -> float:
    return rules["up.kept" if done.picture else "up.kept_no_picture"]


def _in_30_s(count: int, done: SetDone) -> float:
    return count * HALF_MINUTE / done.seconds
