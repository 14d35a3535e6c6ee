"""A drill file is checked once, at the door, in words a therapist can use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import surefoot.training as training
from surefoot.core import DrillError
from surefoot.training import lasting, parse_drill

CATALOGUE = sorted((Path(training.__file__).parent / "catalogue").glob("*.toml"))
TEXT = CATALOGUE[0].read_text()


@pytest.mark.parametrize("path", CATALOGUE, ids=lambda path: path.stem)
def test_the_catalogue_parses_and_is_named_after_its_files(path) -> None:
    drill = parse_drill(path.read_text(), path.name)
    assert drill.name == path.stem
    assert drill.text == path.read_text()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("schema = 1", "schema = 2"), "schema: expected 1, got 2"),
        (("schema = 1", "schema = 1\nspeed = 3"), "speed: expected one of"),
        (('axis = "ml"', 'axis = "up"'), 'axis: expected "ml", "ap" or "both"'),
        (("duration = 30", "duration = 3"), "duration: expected a number 5 to 600"),
        (("duration = 30", 'duration = "long"'), "duration: expected a number"),
        (("duration = 30", "duration = nan"), "duration: expected a number"),
        (('roles = ["board"]', "roles = []"), "roles: expected a list of 1 or more"),
        (('roles = ["board"]', 'roles = ["board", 3]'), "roles: expected a list"),
        (("axis =", "axis "), "expected TOML, got"),
        (('title = "', 'title = ""\n#"'), "title: expected a text"),
    ],
)
def test_a_wrong_file_says_key_and_expectation(change, expected) -> None:
    text = TEXT.replace(*change)
    assert text != TEXT
    with pytest.raises(DrillError, match=re.escape(expected)) as refused:
        parse_drill(text, "mine.toml")
    assert str(refused.value).startswith("mine.toml: ")
    assert "\n" not in str(refused.value)


def test_another_duration_is_told_in_the_text_too() -> None:
    drill = lasting(parse_drill(TEXT, "x"), 12.5)
    assert drill.duration == 12.5
    assert parse_drill(drill.text, "x").duration == 12.5


def test_front_comes_before_back() -> None:
    drill = parse_drill(TEXT.replace('axis = "ml"', 'axis = "ap"'), "x")
    assert drill.edges == ("front", "back")


def test_a_drill_says_on_what_and_how_it_is_usually_done() -> None:
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
        (('vision = "open"', 'vision = "shut"'), "vision: expected one of open, clo"),
        (('vision = "open"', "vision = 3"), "vision: expected one of open, closed"),
        (('vision = "open"', "vision = []"), "vision: expected one of open, closed"),
        (('vision = "open"', 'light = "dim"'), "light: expected one of board,"),
        # a drill is passed on: no words that could name somebody
        (('board = "rocker"', 'board = "Jo\'s own"'), "board: expected one of rocker"),
    ],
)
def test_a_word_that_is_not_known_is_refused(change, expected) -> None:
    with pytest.raises(DrillError, match=re.escape(expected)) as refused:
        parse_drill(TEXT.replace(*change), "mine.toml")
    assert str(refused.value).startswith("mine.toml: circumstances: ")


def test_circumstances_are_a_table() -> None:
    text = 'circumstances = "open"\n' + TEXT.partition("[circumstances]")[0]
    with pytest.raises(DrillError, match=r"a table \[circumstances\]"):
        parse_drill(text, "mine.toml")
