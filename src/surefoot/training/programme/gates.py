"""What is open to a person now. Time alone opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training.decision import Decision, Number, What

if TYPE_CHECKING:
    from surefoot.training.ladder import Ladder
    from surefoot.training.programme.plan import Plan
    from surefoot.training.programme.standing import Standing


def open_ladders(plan: Plan, standing: Standing) -> tuple[Ladder, ...]:
    """Return the ladders that may be trained, in the order of the plan."""
    return tuple(
        ladder for ladder in plan.ladders.values() if is_open(plan, standing, ladder)
    )


def is_open(plan: Plan, standing: Standing, ladder: Ladder) -> bool:
    """Return whether a ladder may be trained now."""
    return gate(plan, standing, ladder).what is What.OPEN


def gate(plan: Plan, standing: Standing, ladder: Ladder) -> Decision:
    """Return whether a ladder is open, and what is missing when it is not."""
    if ladder.stage == "flexibility":
        return Decision(What.OPEN, ladder.name, "Gentle flexibility is always open.")
    if ladder.stage == "opponents":
        return _opponent(plan, standing, ladder)
    if ladder.stage == "setting":
        return _setting(plan, standing, ladder)
    return _balance(plan, standing, ladder)


def finished(plan: Plan, standing: Standing) -> bool:
    """Return whether every proprioceptive ladder was done well at its highest step."""
    balance = plan.of_stage("balance")
    return all(standing.climbs[ladder.name].mastered for ladder in balance)


def _opponent(plan: Plan, standing: Standing, ladder: Ladder) -> Decision:
    muscle = next(flex for flex, opp in plan.pairs.items() if opp == ladder.name)
    pair, title = standing.pairs[muscle], plan.ladders[muscle].title
    numbers = tuple(
        Number(name, angle, "rad")
        for name, angle in (("pain-free range", pair.angle), ("target", pair.target))
        if angle is not None
    )
    if pair.open:
        reason = f"{title}: the range your therapist set is reached."
        return Decision(What.OPEN, ladder.name, reason, numbers)
    if pair.target is None:
        reason = f"{title}: your therapist has not set a range yet."
        return Decision(What.CLOSED, ladder.name, reason, numbers)
    reason = f"{title}: the range your therapist set comes first."
    return Decision(What.CLOSED, ladder.name, reason, numbers)


def _setting(plan: Plan, standing: Standing, ladder: Ladder) -> Decision:
    if standing.setting:
        reason = "Your therapist opened it, with a note."
        return Decision(What.OPEN, ladder.name, reason)
    stiff = [flex for flex in plan.pairs if not standing.pairs[flex].open]
    weak = [
        opponent
        for opponent in plan.pairs.values()
        if not standing.climbs[opponent].mastered
    ]
    done = Number("pairs ready", len(plan.pairs) - len({*stiff, *_flex(plan, weak)}))
    if stiff or weak:
        names = ", ".join(plan.ladders[name].title for name in (*stiff, *weak))
        reason = f"All three pairs come first. Still to do: {names}."
        return Decision(What.CLOSED, ladder.name, reason, (done,))
    reason = "All three pairs are flexible and strong enough."
    return Decision(What.OPEN, ladder.name, reason, (done,))


def _flex(plan: Plan, opponents: list[str]) -> list[str]:
    return [flex for flex, opponent in plan.pairs.items() if opponent in opponents]


def _balance(plan: Plan, standing: Standing, ladder: Ladder) -> Decision:
    before = list(plan.of_stage("setting"))
    unopened = [b for b in before if b.name not in standing.opened]
    if ladder.after:
        before.append(plan.ladders[ladder.after])
    climbs = standing.climbs
    low = [
        b
        for b in before
        if climbs[b.name].best < b.opens_next and not climbs[b.name].mastered
    ]
    waiting = [b for b in before if b in unopened or b in low]
    if waiting:
        names = ", ".join(b.title for b in waiting)
        reason = f"This comes later. Still to do: {names}."
        return Decision(What.CLOSED, ladder.name, reason)
    return Decision(What.OPEN, ladder.name, "What comes before it is done.")
