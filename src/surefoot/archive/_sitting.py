"""What the results of a sitting tell: its sets, its answers, and what followed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from surefoot.archive._clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Told = dict[str, Any]

MOMENTS = ("before", "block", "end", "next-morning")
KINDS = ("rest", "movement")
WORST = 10
_ASKED = {
    "rest": ("before", "rest"),
    "moving": ("before", "movement"),
    "after": ("block", "movement"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    """One answer about pain: when [s], of which moment and kind, 0 to 10, the signs."""

    t: float
    moment: str
    kind: str
    value: int
    detail: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    """One decision of a sitting, or what was allowed or felt: when [s], what, why."""

    t: float
    what: str
    decision: dict[str, Any]


def sets_of(result: Mapping[str, Any]) -> list[Told]:
    """Return the sets of a sitting, oldest first; none of older results.

    What has not the shape of a set is left out.
    """
    found: list[Told] = []
    for one in _listed(result, "sets"):
        whole = isinstance(one.get("set"), int) and _at(one, "t0") and _at(one, "t1")
        if whole:
            found.append(clean(one))
    return sorted(found, key=lambda one: one["t0"])


def kept_of(told: Mapping[str, Any]) -> float | None:
    """Return the share that was kept of what was asked, 0 to 1; None if not scored."""
    score: object = told.get("score")
    kept = cast("Told", score).get("kept") if isinstance(score, dict) else None
    fits = isinstance(kept, (int, float)) and math.isfinite(kept)
    return float(cast("float", kept)) if fits else None


def answers_of(result: Mapping[str, Any]) -> tuple[AnswerFact, ...]:
    """Return the answers about pain, oldest first; none of older results."""
    found: list[AnswerFact] = []
    for one in _listed(result, "pain"):
        place, value = _ASKED.get(str(one.get("when"))), one.get("value")
        fits = isinstance(value, (int, float)) and 0 <= value <= WORST
        if place is None or not fits or not _at(one, "t"):
            continue
        signs = {k: v for k, v in one.items() if k not in {"t", "when", "value"}}
        found.append(
            AnswerFact(
                t=float(one["t"]),
                moment=place[0],
                kind=place[1],
                value=int(cast("float", value)),
                detail=clean(signs),
            )
        )
    return tuple(sorted(found, key=lambda one: one.t))


def decisions_of(result: Mapping[str, Any]) -> tuple[DecisionFact, ...]:
    """Return what was decided, allowed and felt, oldest first; none of older results.

    ``what`` is ``"effort"``, ``"decision"``, ``"enabled"``, ``"skipped"`` or
    ``"resistance"``.
    """
    told = [("effort", one) for one in _listed(result, "effort")]
    told += [(str(one.get("kind")), one) for one in _listed(result, "decisions")]
    found = [
        DecisionFact(
            t=float(one["t"]),
            what=clean(what),
            decision=clean({k: v for k, v in one.items() if k not in {"t", "kind"}}),
        )
        for what, one in told
        if _at(one, "t")
    ]
    return tuple(sorted(found, key=lambda one: one.t))


def _listed(result: Mapping[str, Any], name: str) -> Iterator[Told]:
    rows: object = result.get(name)
    for one in cast("list[object]", rows) if isinstance(rows, list) else ():
        if isinstance(one, dict):
            yield cast("Told", one)


def _at(one: Mapping[str, Any], key: str) -> bool:
    t = one.get(key)
    return isinstance(t, (int, float)) and math.isfinite(t)
