"""Plans, decisions and numbers of a programme as they are printed in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.training.programme import Decision, Item, Number, Today


def today_facts(planned: Today) -> dict[str, object]:
    """Return the plan of a day as it is printed in JSON."""
    return {
        "day": planned.day,
        "week": planned.week,
        "stage": planned.stage,
        "decision": decision_facts(planned.decision),
        "items": [item_facts(item) for item in planned.items],
        "allowed": dict(planned.allowed),
        "stops": list(planned.stops),
        "asks": all_facts(planned.asks),
    }


def item_facts(item: Item) -> dict[str, object]:
    """Return one exercise as it is printed in JSON."""
    return {
        "name": item.name,
        "title": item.title,
        "focus": item.focus,
        "drill": item.drill or None,
        "step": item.step,
        "how": item.how,
        "pictures": list(item.feedback.pictures),
        "no_picture": item.no_picture,
        "cue_after": item.feedback.cue_after,
        "ask_before": list(item.ask_before),
        "minutes": item.minutes,
    }


def decision_facts(said: Decision) -> dict[str, object]:
    """Return a decision as it is printed in JSON."""
    return {
        "what": said.what.value,
        "about": said.about,
        "reason": said.reason,
        "numbers": [number_facts(number) for number in said.numbers],
    }


def number_facts(number: Number) -> dict[str, object]:
    """Return a number as it is printed in JSON; the grade is empty if it was told."""
    return {
        "name": number.name,
        "value": number.value,
        "unit": number.unit,
        "grade": number.grade,
        "basis": number.basis,
        "source": number.source,
    }


def all_facts(said: Iterable[Decision]) -> list[dict[str, object]]:
    """Return decisions as they are printed in JSON."""
    return [decision_facts(decision) for decision in said]
