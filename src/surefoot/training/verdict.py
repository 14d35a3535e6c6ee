"""How good the data of a trial are, said before any number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from surefoot.analysis.quality import (
    GAP_MAX,
    JITTER_MAX,
    LOSS_MAX,
    NO_SCORE_GAP,
    NO_SCORE_LOSS,
)


class Grade(StrEnum):
    """What may be done with a trial."""

    GOOD = "good"
    FAIR = "fair"
    """Scored, with the reason beside it."""
    NOT_SCORED = "not scored"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Quality of one stream over one interval.

    Attributes
    ----------
    grade : Grade
        What may be done with it.
    reasons : tuple of str
        One short phrase each: ``"7 % of samples lost"``.
    lost : float
        Share of the expected samples that are missing, 0 to 1.
    longest_gap : float
        Longest time without a sample [s].
    jitter : float
        Standard deviation of reception about the fitted clock [s].
    """

    grade: Grade
    reasons: tuple[str, ...]
    lost: float
    longest_gap: float
    jitter: float


def judge(
    lost: float,
    longest_gap: float,
    jitter: float = 0.0,
    concerns: tuple[str, ...] = (),
) -> Verdict:
    """Return what may be done with a trial whose data are like this.

    Parameters
    ----------
    lost : float
        Share of the expected samples that are missing, 0 to 1. More than 2 % is said,
        more than 5 % is not scored; NaN (nothing known) is not scored.
    longest_gap : float
        Longest time without a sample [s]. More than 0.2 s is said, more than 1 s is not
        scored.
    jitter : float
        Standard deviation of reception about the fitted clock [s]. More than 0.05 s is
        said. It delays the picture, not the sample times.
    concerns : tuple of str
        Further reasons to be said beside the score: ``"the clock was not fitted"``.
    """
    reasons: list[str] = []
    if math.isnan(lost):
        reasons.append("nothing known of the samples")
    elif lost > LOSS_MAX:
        reasons.append(f"{100 * lost:.0f} % of samples lost")
    if longest_gap > GAP_MAX:
        reasons.append(f"{longest_gap:.1f} s without data")
    if jitter > JITTER_MAX:
        reasons.append(f"radio unsteady by {1000 * jitter:.0f} ms")
    reasons += concerns
    grade = Grade.FAIR if reasons else Grade.GOOD
    if not lost <= NO_SCORE_LOSS or longest_gap > NO_SCORE_GAP:
        grade = Grade.NOT_SCORED
    return Verdict(grade, tuple(reasons), lost, longest_gap, jitter)
