"""What a session decided: its sets with their scores, answers, and what followed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from surefoot.core import Measure
from surefoot.session.concluding import SECOND_TASK
from surefoot.training.scoring import score_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surefoot.core import Event
    from surefoot.session.analysing._findings import Findings
    from surefoot.session.analysing._material import Material
    from surefoot.session.analysing._spans import Span
    from surefoot.session.snapshot import Result
    from surefoot.training.scoring import Score

    Told = dict[str, Any]

_CLOSE = 1e-6  # s; one interval told twice
_BOUND = frozenset({"decision", "enabled", "skipped", "resistance"})


def decided(
    material: Material, spans: Sequence[Span], findings: Findings
) -> dict[str, list[Told]]:
    """Return what a sitting came to, ready for JSON.

    Parameters
    ----------
    material : Material
        What was read; its engine has decided everything anew.
    spans : sequence of Span
        What was measured. A run that is not among them has no final score.
    findings : Findings
        The final measures.

    Returns
    -------
    dict
        ``sets``: each with its place, its score and the rule of it, and what was
        answered after it; ``pain``, ``effort``: answers with their instants [s];
        ``decisions``: what followed, and what the therapist allowed. All empty for a
        recording without sets or questions.

    Notes
    -----
    A score is that of the final measures; ``from`` is ``"live"`` where a measure is
    made in the set only and was kept, ``"entered"`` where somebody entered what was
    done. A score of a set that does not count (``invalid``) is told and counts nothing.
    """
    events = material.engine.events
    return {
        "sets": [
            _set(material, result, spans, findings)
            for result in material.engine.results
            if result.set_no
        ],
        "pain": [_at(event) for event in events if event.name == "pain"],
        "effort": [_at(event) for event in events if event.name == "effort"],
        "decisions": [
            {"kind": event.name, **_at(event)}
            for event in events
            if event.name in _BOUND
        ],
    }


def _set(
    material: Material, result: Result, spans: Sequence[Span], findings: Findings
) -> Told:
    trial = material.engine.trial
    done = trial.sets[min(result.set_no, len(trial.sets)) - 1]
    begun = _begun(material.engine.events, result)
    second = [value for name, value in result.details if name == SECOND_TASK]
    return {
        "set": result.set_no,
        "of": len(trial.sets),
        "stage": result.stage,
        "position": dict(done.stage.position),
        "side": done.stage.side,
        "picture": bool(begun.get("picture", done.picture)),
        "resistance": str(begun.get("resistance") or ""),
        "t0": result.start,
        "t1": result.end,
        "ended": result.ended,
        "grade": result.verdict.grade.value,
        "reasons": list(result.verdict.reasons),
        "invalid": result.invalid,
        "held_on": result.held_on,
        "second_task": second[-1] if second else None,
        "score": _score(material, result, spans, findings),
    }


def _score(
    material: Material, result: Result, spans: Sequence[Span], findings: Findings
) -> Told | None:
    """Return what a set counts as, by the final values where there are any."""
    drill = material.setup.drill
    if drill is None or not drill.roles:
        return None if result.score is None else _told(result.score, "entered")
    trial = material.engine.trial
    stage = trial.sets[min(result.set_no, len(trial.sets)) - 1].stage
    role = f"{drill.roles[0]}/"

    def by(measures: Iterable[Measure]) -> Score:
        mine = [m for m in measures if _within(m, result)]
        own = sorted(mine, key=lambda m: m.stream.startswith(role))
        return score_of(drill, stage, own, result.verdict, zone=result.zone)

    final = by(findings.measures)
    measured = any(abs(span.start - result.start) < _CLOSE for span in spans)
    if not math.isnan(final.value) or not measured:
        return _told(final, "final")
    live = by(m for m in _live(material) if _whole(m, result))
    return _told(final, "final") if math.isnan(live.value) else _told(live, "live")


def _told(score: Score, source: str) -> Told:
    value = score.value if math.isfinite(score.value) else None
    return {
        "kept": score.kept,
        "measure": score.measure,
        "value": value,
        "unit": score.unit,
        "zone": score.zone if math.isfinite(score.zone) else 0.0,
        "rule": score.rule,
        "reason": score.reason,
        "from": source,
    }


def _live(material: Material) -> list[Measure]:
    """Return what was measured live, where the recording was closed in order."""
    told: Told = material.recording.results or {}
    rows = cast("list[Told]", told.get("measures") or [])
    return [
        Measure(
            **{k: one[k] for k in ("name", "value", "unit", "t0", "t1", "stream")},
            flags=tuple(one["flags"]),
        )
        for one in rows
        if one.get("value") is not None
    ]


def _within(one: Measure, result: Result) -> bool:
    return result.start - _CLOSE <= one.t0 and one.t1 <= result.end + _CLOSE


def _whole(one: Measure, result: Result) -> bool:
    """Return whether a value is of the whole set, not of a moment on the way."""
    return abs(one.t0 - result.start) < _CLOSE and abs(one.t1 - result.end) < _CLOSE


def _begun(events: Iterable[Event], result: Result) -> Told:
    """Return what was told as the set began."""
    found: Told = {}
    for event in events:
        mine = event.name == "set" and event.detail.get("set") == result.set_no
        if mine and event.t <= result.start + _CLOSE:
            found = dict(event.detail)
    return found


def _at(event: Event) -> Told:
    return {"t": event.t, **event.detail}
