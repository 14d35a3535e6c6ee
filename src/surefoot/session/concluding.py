"""What a run came to, with everything that is told beside its numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.session.snapshot import Result
from surefoot.training.scoring import Score, score_of
from surefoot.training.task import Log
from surefoot.training.verdict import Grade, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.core import Measure
    from surefoot.session.tasks import TaskRun
    from surefoot.training import Trial
    from surefoot.training.task import Task

SECOND_TASK = "second task"
"""What the second task came to, among the details of a result."""


def measured(
    run: TaskRun, trial: Trial, end: float, delays: Sequence[tuple[float, float]]
) -> tuple[Result, str]:
    """Return the result of a run, and why it could not be scored, or nothing."""
    why = trial.ended or "time"
    try:
        return run.result(end, why, delays), ""
    except Exception as error:  # noqa: BLE001 the recording must go on
        text = f"the run could not be scored ({error})"
        verdict = _unscored(text)
        zone = run.zone
        return Result(verdict, (), why, zone=zone, start=run.start, end=end), text


def entered(trial: Trial, end: float) -> Result:
    """Return the result of a set that no sensor saw; what was done is asked next."""
    verdict = _unscored("no sensor: what was done is entered")
    result = Result(verdict, (), trial.ended or "time", start=trial.start, end=end)
    return _placed(result, trial)


def finished(
    result: Result,
    run: TaskRun,
    trial: Trial,
    lean: tuple[Measure, ...],
    *,
    baseline: bool,
) -> Result:
    """Return the result with what goes beside its numbers.

    Parameters
    ----------
    result : Result
        As `measured`.
    run : TaskRun
        The run.
    trial : Trial
        Just after it ended.
    lean : tuple of Measure
        Of the trunk.
    baseline : bool
        Whether the person has no zone yet.
    """
    if trial.drill.text == "":
        flagged = tuple(m.flagged("NOT_LEVEL") for m in result.measures)
        result = replace(result, measures=flagged)
    if result.measures:
        result = replace(result, measures=(*result.measures, *lean))
    if baseline and result.measures:
        result = replace(result, next_zone=run.suggested_zone(result.end))
    return _scored(_placed(result, trial), trial)


def answered(result: Result, trial: Trial) -> Result:
    """Return the result with what was answered after the run."""
    result = replace(result, held_on=trial.held_on, invalid=trial.invalid)
    if trial.entered is None:
        return result
    if trial.drill.signal != "none":
        beside = ((SECOND_TASK, trial.entered),)
        kept = tuple(one for one in result.details if one[0] != SECOND_TASK)
        return replace(result, details=(*kept, *beside))
    return replace(result, score=_counted(trial.set.stage.task, trial.entered))


def _counted(task: Task, done: float) -> Score:
    """Return what was done without a sensor, as a share of what was asked for."""
    asked = task.repetitions if isinstance(task, Log) else 0
    kept = min(1.0, done / asked) if asked else None
    rule = f"of {asked} repetitions, entered by hand" if asked else "entered by hand"
    return Score(kept, "entered", done, "1", 0.0, rule)


def _placed(result: Result, trial: Trial) -> Result:
    """Return the result with the set it belongs to."""
    if trial.drill.schema == 1:
        return result
    stage = trial.set.stage.title
    n = trial.index + 1
    return replace(result, set_no=n, stage=stage, invalid=trial.invalid)


def _scored(result: Result, trial: Trial) -> Result:
    if trial.drill.schema == 1:
        return result
    stage = trial.set.stage
    score = score_of(
        trial.drill, stage, result.measures, result.verdict, zone=result.zone
    )
    return replace(result, score=score)


def _unscored(why: str) -> Verdict:
    nothing = float("nan")
    return Verdict(Grade.NOT_SCORED, (why,), nothing, nothing, nothing)
