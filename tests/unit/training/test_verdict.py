"""What may be done with a trial, given how much of it arrived."""

from __future__ import annotations

import math

import pytest

from surefoot.training import Grade, judge


@pytest.mark.parametrize(
    ("lost", "gap", "jitter", "grade", "words"),
    [
        (0.0, 0.02, 0.01, Grade.GOOD, ()),
        (0.02, 0.2, 0.05, Grade.GOOD, ()),
        (0.03, 0.02, 0.0, Grade.FAIR, ("3 % of samples lost",)),
        (0.0, 0.4, 0.0, Grade.FAIR, ("0.4 s without data",)),
        (0.0, 0.0, 0.08, Grade.FAIR, ("radio unsteady by 80 ms",)),
        (0.07, 0.0, 0.0, Grade.NOT_SCORED, ("7 % of samples lost",)),
        (0.0, 1.4, 0.0, Grade.NOT_SCORED, ("1.4 s without data",)),
        (math.nan, 0.0, 0.0, Grade.NOT_SCORED, ("nothing known of the samples",)),
    ],
)
def test_limits(
    lost: float, gap: float, jitter: float, grade: Grade, words: tuple[str, ...]
) -> None:
    verdict = judge(lost, gap, jitter)
    assert (verdict.grade, verdict.reasons) == (grade, words)


def test_a_concern_makes_it_fair_and_never_better() -> None:
    assert judge(0.0, 0.0, concerns=("imported",)).grade is Grade.FAIR
    assert judge(0.5, 0.0, concerns=("imported",)).grade is Grade.NOT_SCORED
