"""The gate of each pair: opened by a measured pain-free range, never by time."""

from __future__ import annotations

from dataclasses import replace
from math import pi
from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, ProgrammeError, What
from surefoot.training.programme.entries import Range

if TYPE_CHECKING:
    from surefoot.training.programme.entries import Target
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Pair, Standing


def in_range(plan: Plan, standing: Standing, entry: Target | Range) -> Standing:
    """Return the standing after a target was set, or a range measured.

    The gate opens when the target is reached. It closes again only when the range falls
    below the target by more than an error of measurement (``range.slack``), or when the
    therapist sets another target that is not reached.

    Raises
    ------
    ProgrammeError
        If there is no such muscle, or the angle is not one.
    """
    pair = _pair(plan, standing, entry.muscle, entry.angle)
    if isinstance(entry, Range):
        return _measured(plan, standing, entry, pair)
    opened = pair.angle is not None and pair.angle >= entry.angle
    new = replace(pair, target=entry.angle, open=opened, since=entry.day)
    return _kept(plan, standing, entry, new)


def _measured(plan: Plan, standing: Standing, entry: Range, pair: Pair) -> Standing:
    opened = pair.open
    if pair.target is not None:
        slack = standing.rules["range.slack"] if pair.open else 0.0
        opened = entry.angle >= pair.target - slack
    since = entry.day if opened and not pair.open else pair.since
    new = replace(pair, angle=entry.angle, open=opened, since=since)
    return _kept(plan, standing, entry, new)


def _kept(plan: Plan, standing: Standing, entry: Range | Target, new: Pair) -> Standing:
    old, made = standing.pairs[entry.muscle], standing.with_pair(entry.muscle, new)
    if old.open == new.open:
        return made
    opponent = plan.ladders[plan.pairs[entry.muscle]]
    numbers = (
        Number("pain-free range", new.angle or 0.0, "rad"),
        Number("target", new.target or 0.0, "rad"),
        standing.rules.number("range.slack"),
    )
    if new.open:
        reason = f"The range is reached. Now comes: {opponent.title}."
        decision = Decision(What.OPEN, entry.muscle, reason, numbers)
    else:
        reason = f"The range got smaller. {opponent.title} has to wait."
        decision = Decision(What.CLOSED, entry.muscle, reason, numbers)
    return made.told(entry.day, decision)


def _pair(plan: Plan, standing: Standing, muscle: str, angle: float) -> Pair:
    if muscle not in plan.pairs:
        known = ", ".join(plan.pairs)
        msg = f"range: expected one of {known}, got {muscle!r}: name one of them"
        raise ProgrammeError(msg)
    if not 0 < angle <= pi:
        msg = f"{muscle}: expected above 0, at most pi rad, got {angle:g}: mend it"
        raise ProgrammeError(msg)
    return standing.pairs[muscle]
