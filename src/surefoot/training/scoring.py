"""What a set counts as: from measures only, with the rule that was followed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.training.progression import SetDone
from surefoot.training.task import (
    Follow,
    Hold,
    Land,
    Reach,
    Repeat,
    Reposition,
    Stand,
    Stretch,
    Walk,
)
from surefoot.training.verdict import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.core import Measure
    from surefoot.training.drill import Drill
    from surefoot.training.task import Stage, Task
    from surefoot.training.verdict import Verdict

ITSELF = "the number itself: nothing is kept or missed"
CAPTURED = "these repetitions become the template: any way and tempo is right"


@dataclass(frozen=True, slots=True)
class Score:
    """What one set counts as.

    Attributes
    ----------
    kept : float or None
        Share of what was asked, 0 to 1; None when it was not scored.
    measure : str
        The measure it comes from.
    value : float
        Of that measure.
    unit : str
        Likewise.
    zone : float
        The zone it holds for, in the unit of the dot; 0 where there is none.
    rule : str
        In words: ``"share of the time in the zone"``.
    reason : str
        Why it was not scored; else empty.
    """

    kept: float | None
    measure: str
    value: float
    unit: str
    zone: float
    rule: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """From which measure, in which words, and how much of it is all."""

    measure: str
    words: str
    whole: float = 1.0
    lost: bool = False
    """Whether the measure counts what was lost and not what was kept."""
    zone: bool = False
    share: bool = True
    """Whether it is a share of something; else the number itself."""


def score_of(
    drill: Drill,
    stage: Stage,
    measures: Iterable[Measure],
    verdict: Verdict,
    *,
    zone: float = 0.0,
) -> Score:
    """Return what a set counts as.

    Parameters
    ----------
    drill : Drill
        Its primary measure stands for tests that keep or miss nothing.
    stage : Stage
        Its task decides the rule.
    measures : iterable of Measure
        Of the set; nothing else enters.
    verdict : Verdict
        Of the set. What is not scored has no number, and says why first.
    zone : float
        The zone of the set, in the unit of the dot.

    Returns
    -------
    Score
        ``kept`` None where the verdict, a missing measure or the kind of the task gives
        no share; 0 to 1 otherwise.
    """
    rule = _rule(drill, stage)
    named = {m.name: m for m in measures}
    found = named.get(rule.measure)
    value = found.value if found else math.nan
    unit = found.unit if found else ""
    ring = zone if rule.zone and math.isfinite(zone) else 0.0
    if verdict.grade is Grade.NOT_SCORED:
        reasons = "; ".join(verdict.reasons) or "the data do not allow it"
        return Score(
            None,
            rule.measure,
            math.nan,
            unit,
            ring,
            rule.words,
            f"not scored: {reasons}",
        )
    if math.isnan(value):
        reason = "not scored: nothing was measured"
        return Score(None, rule.measure, value, unit, ring, rule.words, reason)
    kept = None
    if rule.share:
        part = value / rule.whole if rule.whole > 0 else 0.0
        kept = min(max(1.0 - part if rule.lost else part, 0.0), 1.0)
    return Score(kept, rule.measure, value, unit, ring, rule.words)


def as_set_done(
    score: Score,
    measures: Iterable[Measure],
    *,
    picture: bool,
    held_on: bool | None,
    seconds: float,
) -> SetDone:
    """Return what progression takes of a set.

    Parameters
    ----------
    score : Score
        Of the set.
    measures : iterable of Measure
        Of the set: its edge contacts are touches.
    picture : bool
        Whether there was a live picture.
    held_on : bool or None
        What was answered; yes counts as one grab.
    seconds : float
        How long it took, above 0.

    Raises
    ------
    ProgrammeError
        If it took no time.
    """
    named = {m.name: m.value for m in measures}
    touches = named.get("edge_contacts", 0.0)
    return SetDone(
        kept=score.kept,
        picture=picture,
        touches=0 if math.isnan(touches) else int(touches),
        grabs=1 if held_on else 0,
        seconds=seconds,
    )


def _rule(drill: Drill, stage: Stage) -> _Rule:
    task = stage.task
    if isinstance(task, Stand):
        return _stand(drill, stage, task)
    if isinstance(task, Repeat) and task.capture:
        return _Rule("repetition_count", CAPTURED, share=False)
    if isinstance(task, Walk):
        words = f"correct steps of {task.steps}"
        return _Rule("walk_correct_steps", words, whole=task.steps)
    known = _known(task)
    return known or _Rule(drill.primary or _itself(task), ITSELF, share=False)


def _stand(drill: Drill, stage: Stage, task: Stand) -> _Rule:
    if task.best:
        words = f"time held of {stage.duration:g} s"
        return _Rule("stance_time", words, whole=stage.duration)
    if task.errors:
        words = f"errors not made of {task.most_errors}"
        return _Rule("stance_errors", words, whole=task.most_errors, lost=True)
    return _Rule(drill.primary, ITSELF, share=False)


def _known(task: Task) -> _Rule | None:
    rules: dict[type, _Rule] = {
        Hold: _Rule("time_in_zone", "share of the time in the zone", zone=True),
        Follow: _Rule("time_on_target", "share of the time on the target", zone=True),
        Reach: _Rule("reach_share", "targets reached of those shown"),
        Repeat: _Rule("repetition_clean_share", "clean repetitions of those asked for"),
        Stretch: _Rule("stretch_calm_share", "calm holds of those asked for"),
    }
    return rules.get(type(task))


def _itself(task: Task) -> str:
    """Return what a task is about where the drill declares nothing."""
    names: dict[type, str] = {
        Reposition: "reposition_absolute_error",
        Land: "stabilisation_band_time",
    }
    return names.get(type(task), "")
