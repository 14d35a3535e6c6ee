"""What may be compared: equal pipelines and circumstances, and nothing else."""

import json
import math
from dataclasses import fields, replace

import pytest

from surefoot.analysis.comparison import Finding, comparable
from surefoot.analysis.pipeline import (
    TOLD,
    WORDS,
    Circumstances,
    Pipeline,
    circumstances_of,
    pipeline_of,
    unfit,
)

PIPELINE = Pipeline(
    stream="board/imu",
    sensor="movesense",
    rate=104.0,
    duration=30.0,
    filter="zero-phase low-pass 6 Hz, order 2",
    orientation="offline vqf 6D",
    level="both edges",
    libraries=(("numpy", "2.4.0"), ("vqf", "2.1.2")),
)
STANDING = Circumstances(
    drill="rocker-hold-level",
    board="rocker",
    stance="double",
    support="none",
    vision="open",
    surface="firm",
    footwear="shoes",
    feedback="dot",
    zone=math.radians(5.0),
)
FINDING = Finding("tilt_rms", "rad", PIPELINE, STANDING)


def differing(what, value):
    """The finding with one thing changed, wherever it belongs."""
    if what in {field.name for field in fields(Pipeline)}:
        return replace(FINDING, pipeline=replace(PIPELINE, **{what: value}))
    if what in {field.name for field in fields(Circumstances)}:
        return replace(FINDING, circumstances=replace(STANDING, **{what: value}))
    return replace(FINDING, **{what: value})


def test_equal_circumstances_are_comparable():
    assert comparable(FINDING, FINDING) == ()


def nobody_told(measure, **known):
    finding = Finding(measure, "m", PIPELINE, Circumstances(**known))
    return comparable(finding, finding)


def test_what_nobody_told_of_either_is_said_once():
    (found,) = nobody_told("path_length", board="rocker", vision="open")
    assert (found.what, found.forbids) == ("not told", False)
    assert str(found) == "not told: stance, support, surface, footwear, feedback"


@pytest.mark.parametrize(
    ("measure", "needless"),
    [
        ("range_of_motion", {"board", "surface", "vision", "footwear", "feedback"}),
        ("romberg_ratio", {"vision", "surface"}),
        ("walk_steps", {"board"}),
        ("tilt_rms", set()),
    ],
)
def test_what_does_not_matter_for_a_measure_need_not_be_told(measure, needless):
    (found,) = nobody_told(measure)
    assert set(found.first.split(", ")) == set(TOLD) - needless


def test_a_zone_nobody_told_matters_for_what_is_measured_by_it():
    told = dict.fromkeys(TOLD, "x")
    assert nobody_told("tilt_rms", **told) == ()
    (found,) = nobody_told("time_in_zone", **told)
    assert str(found) == "not told: zone"


@pytest.mark.parametrize(
    ("first", "second", "forbids"),
    [
        ("none", "rail-near", False),
        ("rail-near", "one-hand", True),
        ("none", "fingertips", True),
        ("rail-near", "", False),
    ],
)
def test_a_rail_that_is_near_is_not_a_hand_on_it(first, second, forbids):
    (found,) = comparable(differing("support", first), differing("support", second))
    assert (found.what, found.forbids) == ("support", forbids)


def test_what_was_told_goes_before_a_default():
    default = Circumstances(drill="d", board="rocker", vision="open", zone=0.1)
    found = Circumstances(vision="closed", stance="wide").over(default)
    assert found == replace(default, vision="closed", stance="wide")
    assert found.told() == {"board": "rocker", "stance": "wide", "vision": "closed"}
    assert Circumstances().over(default) == default


@pytest.mark.parametrize(
    ("what", "value", "expected"),
    [
        *((what, word, "") for what, words in WORDS.items() for word in words),
        ("board", "the blue one", ""),
        ("stance", "on one leg", "one of wide, narrow"),
        ("zone", "3", "one of board, stance"),
        ("board", "", "one line of 1 to 64"),
        ("board", "two\nlines", "one line of 1 to 64"),
        ("feedback", "x" * 65, "one line of 1 to 64"),
        ("vision", 3, "one of open, closed"),
    ],
)
def test_a_circumstance_is_told_in_known_words_or_one_line(what, value, expected):
    assert unfit(what, value).startswith(expected)
    assert bool(unfit(what, value)) == bool(expected)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("measure", "tilt_max"),
        ("unit", "deg"),
        ("algorithm", "0"),
        ("stream", "trunk/imu"),
        ("filter", "zero-phase low-pass 10 Hz, order 4"),
        ("orientation", "accelerometer, 4 Hz"),
        ("level", "the recording's own median"),
        ("sampling", "SWARII to 25 Hz"),
        ("rate", 52.0),
        ("duration", 20.0),
        ("drill", "another"),
        ("board", "wobble"),
        ("stance", "tandem"),
        ("support", "held"),
        ("vision", "closed"),
        ("surface", "foam"),
        ("feedback", "none"),
    ],
)
def test_what_makes_another_number_forbids_the_comparison(what, value):
    other = differing(what, value)
    for found in (comparable(FINDING, other), comparable(other, FINDING)):
        assert [difference.what for difference in found] == [what]
        assert found[0].forbids


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("sensor", "witmotion-ble5"),
        ("footwear", "barefoot"),
        ("rate", 101.0),
        ("duration", 29.0),
        ("zone", math.radians(4.0)),
        ("zone", None),
        ("vision", ""),
        ("stance", ""),
    ],
)
def test_the_rest_is_said_beside_it(what, value):
    (found,) = comparable(FINDING, differing(what, value))
    assert found.what == what
    assert not found.forbids


def test_both_values_are_told():
    (found,) = comparable(FINDING, differing("duration", 20.0))
    assert str(found) == "duration: 30 s against 20 s"
    (found,) = comparable(FINDING, differing("vision", ""))
    assert str(found) == "vision: open against not known"


@pytest.mark.parametrize("name", ["time_in_zone", "zone_exits", "zone_longest_stay"])
def test_time_in_another_zone_is_another_number(name):
    other = differing("zone", math.radians(4.0))
    a, b = (replace(f, measure=name) for f in (FINDING, other))
    (found,) = comparable(a, b)
    assert found.forbids
    assert str(found) == "zone: 5 degrees against 4 degrees"


def test_another_version_of_a_library_is_flagged_by_name():
    other = differing("libraries", (("numpy", "2.5.0"), ("vqf", "2.1.2")))
    (found,) = comparable(FINDING, other)
    assert (found.what, found.forbids) == ("numpy", False)


def test_a_length_that_is_not_a_number_is_never_the_same():
    found = comparable(FINDING, differing("duration", math.nan))
    assert found[0].forbids


@pytest.mark.parametrize("name", ["repetition_range", "sparc"])
def test_how_long_a_movement_took_is_no_circumstance(name):
    other = differing("duration", 20.0)
    a, b = (replace(f, measure=name) for f in (FINDING, other))
    (found,) = comparable(a, b)
    assert (found.what, found.forbids) == ("duration", False)


def test_both_survive_json():
    told = json.loads(json.dumps(PIPELINE.as_json()))
    assert pipeline_of(told) == PIPELINE
    told = json.loads(json.dumps(STANDING.as_json()))
    assert circumstances_of(told) == STANDING
    assert circumstances_of({"zone": "wide", "board": 3}) == Circumstances()
    with pytest.raises(KeyError):
        pipeline_of({"stream": "board/imu"})


def test_a_pipeline_reads_as_one_clause():
    assert str(PIPELINE) == (
        "board/imu at 104 Hz, orientation offline vqf 6D, angles about both edges, "
        "filter zero-phase low-pass 6 Hz, order 2"
    )
