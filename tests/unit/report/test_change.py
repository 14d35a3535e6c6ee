"""A difference is held against its error, and only like is compared with like."""

from dataclasses import replace

import pytest

from surefoot.analysis.comparison import Finding
from surefoot.analysis.measurement_error import repeatability
from surefoot.analysis.pipeline import Circumstances, Pipeline
from surefoot.report.change import (
    One,
    Verdict,
    change,
    error_told,
    ones_found,
    sentence,
)
from surefoot.report.known_error import Retest, error_of, retest_of

PIPELINE = Pipeline(stream="board/imu", sensor="x", rate=104.0, duration=20.0)
AROUND = Circumstances(drill="hold", stance="wide", vision="open", surface="rocker")
FINDING = Finding("tilt_rms", "rad", PIPELINE, AROUND)
DAYS = ((0.010, 0.011, 0.012), (0.012, 0.013, 0.014))
OWN = Retest("P001", FINDING, DAYS, ("2026-01-05", "2026-01-08"))


def one(value, finding=FINDING, runs=3, day="2026-01-12"):
    return One(finding, value, runs, day)


def test_a_difference_within_the_error_is_never_called_a_change(say):
    mdc = repeatability([DAYS]).mdc(3, 3)
    found = change(one(0.030 - 0.999 * mdc), [one(0.030)], "P001", [OWN])
    assert found.verdict is Verdict.WITHIN
    assert "not a change" in sentence(found, say)
    found = change(one(0.030 - 1.001 * mdc), [one(0.030)], "P001", [OWN])
    assert found.verdict is Verdict.BEYOND
    assert "less than on 2026-01-12" in sentence(found, say)
    assert found.error is not None
    assert found.error.mdc == pytest.approx(mdc)


def test_an_error_says_from_how_much_it_is_known_and_how_well(say):
    told = error_told(error_of(FINDING, "P001", [OWN]), FINDING, say)
    assert "own retest: people 1, days 2, runs 6" in told
    assert "95 % interval" in told
    assert "°" in told


def test_without_a_known_error_there_is_no_verdict(say):
    found = change(one(0.01), [one(0.09)], "P001", [])
    assert found.verdict is Verdict.UNKNOWN
    assert "not called a change" in sentence(found, say)
    assert error_told(None, FINDING, say) == "unknown"


def test_the_error_of_other_people_here_is_used_after_the_own_one():
    other = replace(OWN, person="P002", days=((0.01, 0.05, 0.09), (0.02, 0.03, 0.08)))
    own = error_of(FINDING, "P001", [OWN, other])
    clinic = error_of(FINDING, "P003", [OWN, other])
    assert own is not None
    assert clinic is not None
    assert own.places["people"] == 1
    assert clinic.places["people"] == 2


def test_a_retest_done_otherwise_tells_nothing():
    closed = replace(FINDING, circumstances=replace(AROUND, vision="closed"))
    assert error_of(closed, "P001", [OWN]) is None


def test_counts_that_never_differed_tell_no_error():
    same = replace(OWN, days=((2.0, 2.0), (2.0, 2.0)))
    assert error_of(FINDING, "P001", [same]) is None


def test_a_source_is_used_where_it_was_made_alike():
    wobble = replace(AROUND, surface="wobble")
    edges = replace(FINDING, measure="edge_contacts", unit="1", circumstances=wobble)
    found = error_of(edges, "P001", [])
    assert found is not None
    assert found.mdc == 9
    assert "doi:10.1016/j.ptsp.2013.08.003" in found.source
    rocker = replace(edges, circumstances=AROUND)
    assert error_of(rocker, "P001", []) is None


def test_only_like_is_compared_with_like(say):
    closed = replace(FINDING, circumstances=replace(AROUND, vision="closed"))
    found = change(one(0.01), [one(0.02, closed)], "P001", [OWN])
    assert found.verdict is Verdict.UNLIKE
    assert "vision" in found.because[0]
    assert "not compared" in sentence(found, say)
    # an earlier one that is alike is found behind one that is not
    past = [one(0.03, day="2026-01-05"), one(0.02, closed)]
    found = change(one(0.01), past, "P001", [OWN])
    assert found.before is not None
    assert found.before.day == "2026-01-05"


def test_the_first_time_there_is_nothing_to_say(say):
    assert change(one(0.01), [], "P001", [OWN]).verdict is Verdict.FIRST
    assert "first time" in sentence(change(one(0.01), [], "", []), say)


def test_a_retest_is_read_back_as_it_was_kept():
    assert retest_of("P001", OWN.as_json()) == OWN
    assert retest_of("P001", {"measure": "tilt_rms"}) is None


def test_runs_done_otherwise_than_the_last_are_not_averaged_with_it(values):
    assert ones_found(values)["tilt_rms"].runs == 1
    twice = {**values, "measures": list(values["measures"])}
    first = next(m for m in values["measures"] if m["name"] == "tilt_rms")
    twice["measures"].insert(0, {**first, "t0": 0.0, "t1": 5.0, "value": 9.0})
    found = ones_found(twice)["tilt_rms"]
    assert (found.value, found.runs) == (first["value"], 1)  # 5 s is not like 20 s
