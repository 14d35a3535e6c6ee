"""Which intervals of a recording are measured: its runs, or what is no handling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.analysis import Target, offline_up, rotation_from_up, tilt_from_up
from surefoot.analysis.quality import quality_of
from surefoot.session.analysing._cop import standing
from surefoot.session.analysing._even import series
from surefoot.session.analysing._material import BOARD, COP, FORCE, TRUNK
from surefoot.session.snapshot import Result
from surefoot.session.tasks._base import Base
from surefoot.training import Grade, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from surefoot.core import Block
    from surefoot.session.analysing._findings import Findings
    from surefoot.session.analysing._material import Material
    from surefoot.session.tasks import TaskRun

HANDLING = np.radians(45.0)
"""A board tilted further than this is held by somebody."""
SETTLING = 0.5
"""So long before and after, it is on its way, and filters remember [s]. Our default."""
TURNED = np.radians(75.0)
"""A sensor on a person turned further than this from its usual posture is handled."""
ACC = ("acc_x", "acc_y", "acc_z")


@dataclass(frozen=True, slots=True)
class Span:
    """One interval to measure.

    Attributes
    ----------
    start, end : float
        In session time [s].
    flags : tuple of str
        Said beside every value of it.
    rotation : ndarray, shape (3, 3), or None
        From the board's sensor to the board; None when no board moves.
    levelled : bool
        Whether that is from resting the board on its edges.
    target : Target or None
        The zone and the edges of the run.
    drilled : bool
        Whether a drill asked for it.
    held_on : bool or None
        Whether the trainee held on, if that was asked.
    task : TaskRun or None
        The run itself, decided anew: it knows what was asked for and when.
    """

    start: float
    end: float
    flags: tuple[str, ...] = ()
    rotation: NDArray[np.float64] | None = None
    levelled: bool = False
    target: Target | None = None
    drilled: bool = False
    held_on: bool | None = None
    task: TaskRun | None = None


@dataclass(slots=True)
class Ups:
    """Where up was in each sensor, found once for the whole recording."""

    material: Material
    _found: dict[str, Block] = field(default_factory=dict[str, "Block"])
    _newest: tuple[object, Block | None] | None = None

    def imu(self, role: str) -> Block | None:
        """Return the accelerations (and turns) of a role."""
        return self.material.stream(role, *ACC)

    def up(self, role: str) -> Block | None:
        """Return up in the sensor of a role."""
        imu = self.imu(role)
        if imu is None:
            return None
        if role not in self._found:
            self._found[role] = offline_up(imu)
        return self._found[role]

    def once(self, what: object, make: Callable[[], Block | None]) -> Block | None:
        """Return what is made for all runs alike; only the newest is kept."""
        if self._newest is None or self._newest[0] != what:
            self._newest = (what, make())
        return self._newest[1]


def spans(material: Material, ups: Ups, findings: Findings) -> list[Span]:
    """Return what is to be measured; what is not is refused with its reason."""
    if material.setup.drill is None:
        return _whole(material, ups, findings)
    engine = material.engine
    found: list[Span] = []
    # what no sensor saw has a result and no run
    for run, result in zip(engine.runs, engine.results, strict=bool(engine.runs)):
        gone = _excluded(material, result)
        if gone or result.verdict.grade is Grade.NOT_SCORED:
            findings.everything(gone or _not_scored(result))
        else:
            found.append(_run(run, result))
    if not engine.runs:
        findings.everything("no run in this recording")
    return found


def _whole(material: Material, ups: Ups, findings: Findings) -> list[Span]:
    """Return the one interval of a recording that no drill cut."""
    up = ups.up(BOARD)
    if up is not None:
        return _board(material, up, findings)
    found = _worn(ups) or _plate(material)
    if found is None:
        stood = material.stream(BOARD, *COP) is not None
        nobody = "nobody stood on the board for long"
        findings.everything(nobody if stood else "no samples in this recording")
        return []
    span, block = found
    whole = _judged(material, block.between(span.start, span.end), span.end)
    return [span] if _scored(findings, whole) else []


def _run(run: TaskRun, result: Result) -> Span:
    target = run.target if isinstance(run, Base) else None
    return Span(
        run.start,
        result.end,
        rotation=None if target is None else run.rotation,
        levelled=target is not None,
        target=target,
        drilled=True,
        held_on=result.held_on,
        task=run,
    )


def _board(material: Material, up: Block, findings: Findings) -> list[Span]:
    """Measure about what is left's own middle, without the handling at the ends."""
    end = float(up.t[-1]) + 1.0 / up.info.rate  # the last sample belongs to it
    if not _scored(findings, _judged(material, up, end)):
        return []
    middle = rotation_from_up(np.median(up.data, axis=0))
    away = tilt_from_up(up.data, middle)
    held = np.abs(away).max(axis=1) >= HANDLING
    good = ~widened(held, SETTLING * up.info.rate) & material.kept(up.t)
    first, last = longest(good)
    if last - first < 2:
        findings.everything("the board was never upright for long")
        return []
    period = 1.0 / up.info.rate  # the last sample belongs to it
    start, stop = float(up.t[first]), float(up.t[last - 1]) + period
    trimmed = ("TRIMMED",) if last - first < len(away) else ()
    middle = rotation_from_up(np.median(up.data[first:last], axis=0))
    target = Target(np.inf, "both")
    return [Span(start, stop, ("NOT_LEVEL", *trimmed), middle, False, target)]


def _judged(material: Material, block: Block, end: float) -> Result:
    """Judge what no drill judged, and tell it among the runs."""
    found = series(block.t, np.empty((len(block), 0)), block.info.rate)
    start = float(block.t[0])
    jitter = material.jitter.get(block.info.role, 0.0)
    declared = material.declared(block.info.role)
    if declared and not found.regular:
        told = ("samples at uneven times",)
        verdict = judge(0.0, found.longest, jitter, told)
    else:
        seen = quality_of(block.t, start, end, found.rate)
        verdict = judge(seen.lost, seen.longest_gap, jitter)
    ended = "cut-off" if material.recording.state == "unfinished" else "end"
    whole = Result(verdict, (), ended, start=start, end=end)
    material.quality["runs"].append(told_run(whole))
    return whole


def _scored(findings: Findings, whole: Result) -> bool:
    if whole.verdict.grade is Grade.NOT_SCORED:
        findings.everything(_not_scored(whole))
        return False
    return True


def told_run(result: Result) -> dict[str, Any]:
    """Return how good a run was, as `surefoot.session.replay.quality` tells it."""
    verdict = result.verdict
    return {
        "t0": result.start,
        "ended": result.ended,
        "held_on": result.held_on,
        "grade": verdict.grade.value,
        "reasons": list(verdict.reasons),
        "lost": verdict.lost,
        "longest_gap": verdict.longest_gap,
        "jitter": verdict.jitter,
    }


def _worn(ups: Ups) -> tuple[Span, Block] | None:
    """Measure a sensor on a person while it keeps near its usual posture."""
    roles = [role for role in ups.material.setup.sensors if role != BOARD]
    roles.sort(key=lambda role: role != TRUNK)
    for role in roles:
        up = ups.up(role)
        if up is None:
            continue
        usual = np.median(up.data, axis=0)
        usual /= max(float(np.sqrt((usual * usual).sum())), 1e-12)
        near = (up.data * usual).sum(axis=1) > np.cos(TURNED)
        near = ~widened(~near, SETTLING * up.info.rate)
        return _stretch(up, near & ups.material.kept(up.t))
    return None


def _plate(material: Material) -> tuple[Span, Block] | None:
    """Measure a force board while somebody stands on it."""
    block = material.stream(BOARD, *COP)
    if block is None:
        return None
    if FORCE not in block.info.channels:
        return _stretch(block, material.kept(block.t))
    (force,) = block.info.columns(FORCE)
    return _stretch(block, standing(block.data[:, force]) & material.kept(block.t))


def _stretch(block: Block, good: NDArray[np.bool_]) -> tuple[Span, Block] | None:
    first, last = longest(good)
    if last - first < 2:
        return None
    trimmed = ("TRIMMED",) if last - first < len(good) else ()
    period = 1.0 / block.info.rate  # the last sample belongs to it
    span = Span(float(block.t[first]), float(block.t[last - 1]) + period, trimmed)
    return span, block


def widened(holds: NDArray[np.bool_], by: float) -> NDArray[np.bool_]:
    """Return where a condition holds so many samples before or after."""
    width = 2 * round(by) + 1
    return np.convolve(holds, np.ones(width), "full")[round(by) :][: len(holds)] > 0.5


def longest(holds: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the longest stretch in which a condition holds, as a half-open range."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds.astype(np.int8), [0]])))
    begins, ends = edges[::2], edges[1::2]
    if not len(begins):
        return 0, 0
    best = int(np.argmax(ends - begins))
    return int(begins[best]), int(ends[best])


def _excluded(material: Material, result: Result) -> str:
    """Return why a run is not measured although it may be fit, or nothing."""
    for gone in material.excluded:
        if gone.start < result.end and result.start < gone.end:
            because = f": {gone.because}" if gone.because else ""
            return f"run at {result.start:.0f} s excluded afterwards{because}"
    return ""


def _not_scored(result: Result) -> str:
    reasons = "; ".join(result.verdict.reasons)
    return f"run at {result.start:.0f} s not scored: {reasons}"
