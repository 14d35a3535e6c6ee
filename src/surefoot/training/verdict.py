"""How good the data of a trial are, said before any number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
