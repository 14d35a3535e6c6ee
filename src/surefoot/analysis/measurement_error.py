"""How far a measure differs from itself when nothing changed: SEM and MDC.

The protocol: some runs on one day, and again on another day within a week. Runs of one
day tell how runs differ, days tell what a day adds. Learning between the days is part
of what a day adds, so that an error is rather too large than too small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEVEL = 0.95
"""Of every interval, and of a change that is called one."""
RUNS_MIN = 2
"""Runs that a day must have to tell how runs differ."""


@dataclass(frozen=True, slots=True)
class Repeatability:
    """How values of one measure scatter when nothing changed.

    Attributes
    ----------
    people, days, runs : int
        How many of each it was found from.
    mean : float
        Of all values, in the unit of the measure.
    run_sd : float
        Standard deviation of runs within a day.
    day_sd : float
        What a day adds to it; 0 when days differ less than their runs explain.
    run_df, day_df : int
        Degrees of freedom behind the two.
    shift : float
        Mean of the last day less that of the first, over people: learning or tiring.
    """

    people: int
    days: int
    runs: int
    mean: float
    run_sd: float
    day_sd: float
    run_df: int
    day_df: int
    shift: float

    def sem(self, runs: int = 1) -> float:
        """Return the standard error of measurement of the mean of some runs of a day.

        Parameters
        ----------
        runs : int
            Over how many runs of one day the value is a mean; 1 or more.
        """
        return math.sqrt(self.day_sd**2 + self.run_sd**2 / runs)

    def df(self, runs: int = 1) -> float:
        """Return the degrees of freedom of `sem`, after Satterthwaite; 1 at least."""
        day, run = self.day_sd**2, self.run_sd**2 / runs
        if not day:
            return float(self.run_df + self.day_df)
        return max(
            1.0, (day + run) ** 2 / (day**2 / self.day_df + run**2 / self.run_df)
        )

    def interval(self, runs: int = 1) -> tuple[float, float]:
        """Return the 95 % interval of `sem`: from chi squared, wide with few days."""
        from scipy import special  # heavy; most commands need none

        sem, df = self.sem(runs), self.df(runs)
        low, high = (float(special.chdtri(df, (1 - s * LEVEL) / 2)) for s in (1, -1))
        return sem * math.sqrt(df / low), sem * math.sqrt(df / high)

    def mdc(self, now: int = 1, before: int = 1) -> float:
        """Return the smallest change between two days that is beyond their error.

        ``t * sqrt(sem(now)^2 + sem(before)^2)`` with the two-sided 95 % value of t of
        the fewer degrees of freedom: 1.96 * sqrt(2) * SEM with many, more with few, so
        that few days hardly make an error look small. Simulated, with a day adding as
        much as a run: from one retest of two days 11 % of pairs without a change are
        beyond it (20 % with 1.96), from many 5 %.

        Parameters
        ----------
        now, before : int
            Over how many runs either value is a mean.
        """
        from scipy import special  # heavy; most commands need none

        fewer = min(self.df(now), self.df(before))
        t = float(special.stdtrit(fewer, (1 + LEVEL) / 2))
        return t * math.hypot(self.sem(now), self.sem(before))


def repeatability(people: Sequence[Sequence[Sequence[float]]]) -> Repeatability:
    """Return how values scatter when nothing changed.

    A nested analysis of variance: runs within days within people. What differs between
    people does not enter.

    Parameters
    ----------
    people : sequence of sequence of sequence of float
        For each person the days, oldest first, and for each day the value of each run.

    Returns
    -------
    Repeatability
        Pooled over people. Of one person it is that person's own.

    Raises
    ------
    SignalError
        If a person has fewer than two days, a day fewer than two runs, or a value is
        not finite.

    Notes
    -----
    The day part is ``(MS_day - MS_run) / r``, 0 where that is negative; the two are
    then pooled. SEM, typical error and their use for one person: Hopkins, Sports Med
    2000;30:1-15 (DOI not verified). MDC by t with few degrees of freedom is our choice.
    """
    table = [[np.asarray(day, dtype=np.float64) for day in person] for person in people]
    _check(table)
    days = [day for person in table for day in person]
    within = sum(float(((day - day.mean()) ** 2).sum()) for day in days)
    run_df = sum(len(day) - 1 for day in days)
    between = sum(_between(person) for person in table)
    day_df = sum(len(person) - 1 for person in table)
    per_day = sum(map(_weight, table)) / day_df
    run_var, day_ms = within / run_df, between / day_df
    day_var = (day_ms - run_var) / per_day
    if day_var <= 0:
        day_var, run_var = 0.0, (within + between) / (run_df + day_df)
    return Repeatability(
        people=len(table),
        days=len(days),
        runs=sum(map(len, days)),
        mean=float(np.concatenate(days).mean()),
        run_sd=math.sqrt(run_var),
        day_sd=math.sqrt(day_var),
        run_df=run_df,
        day_df=day_df,
        shift=float(np.mean([p[-1].mean() - p[0].mean() for p in table])),
    )


def _between(person: list[NDArray[np.float64]]) -> float:
    """Return the sum of squares of days about a person's own mean."""
    middle = np.concatenate(person).mean()
    return sum(len(day) * float(day.mean() - middle) ** 2 for day in person)


def _weight(person: list[NDArray[np.float64]]) -> float:
    """Return how many runs a day has, times days less one; days may differ."""
    counts = np.array([len(day) for day in person], dtype=np.float64)
    return float(counts.sum() - (counts**2).sum() / counts.sum())


def _check(table: list[list[NDArray[np.float64]]]) -> None:
    days = [len(person) for person in table]
    runs = [len(day) for person in table for day in person]
    if not days or min(days) < 2 or min(runs) < RUNS_MIN:
        got = f"{min(days, default=0)} days and {min(runs, default=0)} runs"
        msg = (
            f"retest: expected two days of {RUNS_MIN} or more runs, got {got}: three "
            "runs on one day and again within a week are enough"
        )
        raise SignalError(msg)
    if not all(bool(np.isfinite(day).all()) for person in table for day in person):
        msg = "retest: expected finite values, got others: leave those runs out"
        raise SignalError(msg)
