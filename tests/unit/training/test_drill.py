"""A drill of the first schema is read as ever: recordings of that time carry it."""

from __future__ import annotations

import re

import pytest

from surefoot.core import DrillError
from surefoot.training import lasting, parse_drill
from surefoot.training.task import Hold, Stage

TEXT = """\
schema = 1
name = "rocker-hold-level"
title = "Rocker board: hold level"
focus = "Keep the board level."
instructions = [
  "Stand on the board with your feet apart.",
  "Keep the board level. Keep the dot in the ring.",
  "A step to recover is normal.",
]
safety = [
  "A fixed rail or worktop is within reach. Never a chair that can slide.",
  "The board stands on a mat that does not slip.",
  "The floor is clear for one metre all round.",
]
roles = ["board"]
optional = ["trunk"]
axis = "ml"
primary = "tilt_rms"
countdown = 5
duration = 30
# Our defaults, for a person without a baseline. A therapist can change them.
zone_deg = 5
zone_floor_deg = 1
zone_percentile = 80
cue_after = 0.4
edge_margin_deg = 1
edge_hysteresis_deg = 1

[circumstances]
# What is told at the start goes before this.
board = "rocker"
surface = "rocker"
vision = "open"
support = "rail-near"
"""


def test_it_is_one_stage_of_holding_once():
    drill = parse_drill(TEXT, "rocker-hold-level.toml")
    assert drill.schema == 1
    assert drill.name == "rocker-hold-level"
    assert drill.text == TEXT
    assert drill.stages == (Stage("", (), Hold(), sets=1, duration=30.0),)
    assert (drill.signal, drill.family) == ("tilt", "proprioceptive")
    assert {n.grade for n in drill.numbers} == {"D"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("schema = 1", "schema = 3"), "line 1: schema: expected 1 or 2, got 3"),
        (("schema = 1", "schema = true"), "line 1: schema: expected 1 or 2, got True"),
        (("schema = 1", "schema = 1\nspeed = 3"), "line 2: speed: expected one of"),
        (('axis = "ml"', 'axis = "up"'), "axis: expected one of ml, ap, both"),
        (("duration = 30", "duration = 3"), "duration: expected a number 5 to 600"),
        (("duration = 30", 'duration = "long"'), "duration: expected a number"),
        (("duration = 30", "duration = nan"), "duration: expected a number"),
        (('roles = ["board"]', "roles = []"), "roles: expected a list of 1 or more"),
        (('roles = ["board"]', 'roles = ["board", 3]'), "roles: expected a list"),
        (("axis =", "axis "), "expected TOML, got"),
        (('title = "', 'title = ""\n#"'), "title: expected a text"),
    ],
)
def test_a_wrong_file_says_line_key_and_expectation(change, expected):
    text = TEXT.replace(*change)
    assert text != TEXT
    with pytest.raises(DrillError, match=re.escape(expected)) as refused:
        parse_drill(text, "mine.toml")
    assert str(refused.value).startswith("mine.toml: line ")
    assert "\n" not in str(refused.value)


def test_another_duration_is_told_in_the_text_too():
    drill = lasting(parse_drill(TEXT, "x"), 12.5)
    assert drill.duration == 12.5
    assert parse_drill(drill.text, "x").duration == 12.5


def test_front_comes_before_back():
    drill = parse_drill(TEXT.replace('axis = "ml"', 'axis = "ap"'), "x")
    assert drill.edges == ("front", "back")


def test_it_says_on_what_and_how_it_is_usually_done():
    told = parse_drill(TEXT, "x").circumstances.told()
    assert told == {
        "board": "rocker",
        "surface": "rocker",
        "vision": "open",
        "support": "rail-near",
    }
    without = TEXT.partition("[circumstances]")[0]
    assert parse_drill(without, "x").circumstances.told() == {}
    assert lasting(parse_drill(TEXT, "x"), 12.5).circumstances.vision == "open"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('vision = "open"', 'vision = "shut"'), ".vision: expected one of open, clo"),
        (('vision = "open"', "vision = 3"), ".vision: expected one of open, closed"),
        (('vision = "open"', "vision = []"), ".vision: expected one of open, closed"),
        (('vision = "open"', 'light = "dim"'), ".light: expected one of board,"),
        # a drill is passed on: no words that could name somebody
        (('board = "rocker"', 'board = "Jo\'s own"'), ".board: expected one of rocker"),
    ],
)
def test_a_word_that_is_not_known_is_refused(change, expected):
    with pytest.raises(DrillError, match=re.escape(f": circumstances{expected}")):
        parse_drill(TEXT.replace(*change), "mine.toml")


def test_circumstances_are_a_table():
    text = 'circumstances = "open"\n' + TEXT.partition("[circumstances]")[0]
    with pytest.raises(DrillError, match=r"a table \[circumstances\]"):
        parse_drill(text, "mine.toml")


def test_an_older_drill_declares_no_measure():
    lines = [line for line in TEXT.splitlines() if not line.startswith("primary")]
    assert parse_drill("\n".join(lines), "old.toml").primary == ""
