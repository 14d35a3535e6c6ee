"""Values of two recordings: comparable, or refused with the reason."""

import json

import pytest

from surefoot.analysis.comparison import comparable
from surefoot.analysis.pipeline import Pipeline
from surefoot.analysis.registry import Need, Supply
from surefoot.resources import folder
from surefoot.session.analyse import Options, analyse, identity
from surefoot.session.analysing._findings import Findings, Part


def told(name, options=None):
    return analyse(folder("recordings") / f"{name}.mcap", options)


def of(found, name):
    (one,) = [m for m in found["measures"] if m["name"] == name]
    return identity(found, one)


@pytest.fixture(scope="module")
def steady():
    return told("rocker-steady")


def test_the_same_drill_twice_is_comparable(steady):
    again = told("rocker-unsteady")
    for name in ("tilt_rms", "time_in_zone", "trunk_jerk"):
        (found,) = comparable(of(steady, name), of(again, name))
        assert (found.what, found.forbids) == ("not told", False)


def test_a_shorter_run_is_not(steady):
    stopped = told("rocker-clicker")
    found = comparable(of(steady, "tilt_rms"), of(stopped, "tilt_rms"))
    assert ("duration", True) in [(d.what, d.forbids) for d in found]


def test_what_passed_another_filter_is_not(measure, swaying):
    one = measure({"board": swaying}, name="one.mcap")
    other = measure({"board": swaying}, Options(lowpass=5.0), name="other.mcap")
    found = comparable(of(one.told, "path_length"), of(other.told, "path_length"))
    told = [(d.what, d.forbids) for d in found]
    assert told == [("filter", True), ("not told", False)]


def test_it_knows_drill_zone_and_whether_something_was_held(steady):
    finding = of(steady, "tilt_rms")
    assert finding.circumstances.drill == "rocker-hold-level"
    assert finding.circumstances.zone == pytest.approx(0.0873, abs=1e-3)
    assert finding.circumstances.support in {"none", "held"}
    assert finding.pipeline.level == "level from both edges"
    assert finding.pipeline.duration == pytest.approx(20.0)


def test_a_measure_of_another_recording_is_unknown(steady):
    with pytest.raises(KeyError):
        identity(steady, {"name": "path_length", "t0": 0, "t1": 1, "stream": "x"})


def test_two_runs_that_were_dealt_with_differently_keep_their_own():
    found = Findings()
    for start, sampling in ((0.0, "even"), (40.0, "resampled to 25 Hz")):
        way = Pipeline(stream="board/cop", rate=100.0, duration=30.0, sampling=sampling)
        supply = Supply(frozenset({Need.COP}), 30.0, 100.0)
        found.give({"path_length": 0.3}, Part(start, start + 30.0, way, supply))
    row = {
        "pipelines": json.loads(json.dumps(found.pipelines())),
        "circumstances": [],
        "measures": [measure.as_json() for measure in found.measures],
    }
    ways = [identity(row, one).pipeline.sampling for one in row["measures"]]
    assert ways == ["even", "resampled to 25 Hz"]
