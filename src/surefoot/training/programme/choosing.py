"""Which of the open exercises fit into one session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training.programme.asking import least_fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from surefoot.training.ladder import Ladder
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing

NEVER = 10_000
"""Days since the last time of an exercise that was not trained yet."""


def chosen(
    plan: Plan, standing: Standing, ladders: Sequence[Ladder], day: date
) -> tuple[Ladder, ...]:
    """Return the exercises of a session, in the order of the programme.

    First what the person is least fit in, then what was longest not trained. What is
    done well already is kept up once in ``dose.upkeep_days``. A session is not longer
    than ``dose.minutes``; it holds one exercise at least, if there is any.
    """
    wanted = [name for name in ladders if _due(standing, name, day)] or list(ladders)
    first = {ladder.name for ladder in least_fit(plan, standing)}
    if standing.first:
        first = {standing.first}
    order = list(plan.ladders)

    def turn(ladder: Ladder) -> tuple[bool, int, int]:
        away = -_away(standing, ladder, day)
        return ladder.name not in first, away, order.index(ladder.name)

    left, picked = standing.rules["dose.minutes"], list[str]()
    for ladder in sorted(wanted, key=turn):
        if ladder.minutes <= left or not picked:
            picked.append(ladder.name)
            left -= ladder.minutes
    return tuple(ladder for ladder in ladders if ladder.name in picked)


def _due(standing: Standing, ladder: Ladder, day: date) -> bool:
    climb = standing.climbs[ladder.name]
    if not climb.mastered or climb.step < standing.top(ladder):
        return True
    return _away(standing, ladder, day) >= standing.rules["dose.upkeep_days"]


def _away(standing: Standing, ladder: Ladder, day: date) -> int:
    last = standing.climbs[ladder.name].last
    return NEVER if last is None else (day - last).days
