"""SEM and MDC against values worked out by hand and by chance."""

import math

import numpy as np
import pytest
from scipy import stats

from surefoot.analysis.measurement_error import repeatability
from surefoot.core import SignalError

# runs 1 2 3 and 2 3 5: MS_run = (2 + 14/3) / 4 = 5/3, MS_day = 3 * 2 * (2/3)^2 = 8/3
ONE = [[1.0, 2.0, 3.0], [2.0, 3.0, 5.0]]


def test_the_parts_are_those_of_the_analysis_of_variance():
    found = repeatability([ONE])
    assert found.run_sd == pytest.approx(math.sqrt(5 / 3))
    assert found.day_sd == pytest.approx(math.sqrt((8 / 3 - 5 / 3) / 3))
    assert (found.run_df, found.day_df) == (4, 1)
    assert (found.people, found.days, found.runs) == (1, 2, 6)
    assert found.mean == pytest.approx(16 / 6)
    assert found.shift == pytest.approx(4 / 3)


def test_sem_falls_with_runs_of_a_day_but_not_below_what_a_day_adds():
    found = repeatability([ONE])
    assert found.sem() == pytest.approx(math.sqrt(2))
    assert found.sem(3) == pytest.approx(math.sqrt(1 / 3 + 5 / 9))
    assert found.sem(10**9) == pytest.approx(found.day_sd)


def test_few_days_make_a_wide_interval_and_a_large_mdc():
    found = repeatability([ONE])
    df = 2**2 / ((1 / 3) ** 2 + (5 / 3) ** 2 / 4)
    assert found.df() == pytest.approx(df)
    low, high = stats.chi2.ppf([0.975, 0.025], df)
    expected = [math.sqrt(2) * math.sqrt(df / q) for q in (low, high)]
    assert list(found.interval()) == pytest.approx(expected)
    t = stats.t.ppf(0.975, df)
    assert found.mdc() == pytest.approx(t * math.sqrt(2) * math.sqrt(2))


def test_days_that_differ_less_than_runs_explain_add_nothing():
    found = repeatability([[[1.0, 3.0], [3.0, 1.0]]])
    assert found.day_sd == 0
    assert found.sem() == pytest.approx(math.sqrt(4 / 3))  # 4 in squares, 3 free
    assert found.df() == 3


def test_with_many_people_mdc_is_1_96_root_2_sem():
    chance = np.random.default_rng(1)
    day, run = 2.0, 1.0
    people = [
        [
            list(50 * p + day * chance.normal() + run * chance.normal(size=3))
            for _ in range(2)
        ]
        for p in range(2000)
    ]
    found = repeatability(people)
    assert found.day_sd == pytest.approx(day, rel=0.05)
    assert found.run_sd == pytest.approx(run, rel=0.05)
    assert found.mdc() == pytest.approx(1.96 * math.sqrt(2) * found.sem(), rel=0.01)


def test_without_a_change_few_are_beyond_the_mdc_however_few_the_days():
    chance = np.random.default_rng(2)
    beyond = 0
    for _ in range(2000):
        days = [chance.normal(size=3) + chance.normal() for _ in range(2)]
        found = repeatability([[list(day) for day in days]])
        now, before = (chance.normal() + chance.normal(size=3).mean() for _ in range(2))
        beyond += abs(now - before) > found.mdc(3, 3)
    # one retest of two days hardly tells what a day adds; 1.96 would give 0.20
    assert beyond / 2000 < 0.12


def test_days_of_unlike_length_count_by_their_runs():
    found = repeatability([[[1.0, 2.0], [1.0, 2.0, 3.0, 6.0]]])
    assert (found.run_df, found.day_df, found.runs) == (4, 1, 6)
    assert found.sem() > 0


@pytest.mark.parametrize(
    "people",
    [[], [[[1.0, 2.0]]], [[[1.0], [2.0, 3.0]]], [[[1.0, 2.0], [1.0, math.nan]]]],
)
def test_what_is_no_retest_is_refused(people):
    with pytest.raises(SignalError, match="retest: expected"):
        repeatability(people)
