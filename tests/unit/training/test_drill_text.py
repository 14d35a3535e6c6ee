"""A drill file is checked once, at the door, in words a therapist can use."""

from __future__ import annotations

import re
from math import radians

import pytest

from surefoot.core import DrillError
from surefoot.training import lasting, parse_drill
from surefoot.training.drill import Second
from surefoot.training.position import circumstances_of_stage
from surefoot.training.task import Follow, Repeat

TEXT = """\
schema = 2
name = "board-along"
title = "Board: along the line"
family = "proprioceptive"
focus = "Keep the dot in the ring."
instructions = ["Stand on the board."]
safety = ["A rail is within reach."]
roles = ["board"]
optional = ["trunk"]
needs = ["acc", "gyr"]
signal = "tilt"
axis = "ml"
primary = "tracking_error"
measures = ["time_on_target", "edge_contacts"]
stop = ["key", "clicker", "stepped-off", "pain", "sensor-lost"]
grade = "D"
source = "our default"

[task]
kind = "follow"
path = "sine-ml"
size_deg = 5
period = 8

[sets]
count = 3
duration = 30

[zone]
start_deg = 4
floor_deg = 1

[position]
surface = "rocker-ml"
stance = "wide"
vision = "open"
support = "free"

[[stage]]
title = "Slowly"

[[stage]]
title = "On one leg"
stance = "single"
side = "left"
sets = 1
duration = 20
[stage.task]
period = 4

[sources]
"task.period" = { grade = "BK", source = "from memory" }
"stage[2].duration" = { grade = "S", source = "doi 10.1234/xyz" }
"""
MOVE = """\
schema = 2
name = "bend"
title = "Bend"
family = "setting"
focus = "Go along the line."
instructions = ["Bend slowly."]
safety = ["Stop before it hurts."]
roles = ["trunk", "pelvis"]
needs = ["acc", "gyr"]
signal = "angle"
primary = "repetition_range"
stop = ["key", "clicker", "pain", "sensor-lost"]
grade = "D"
source = "our default"
[task]
kind = "repeat"
repetitions = 6
range_deg = 60
portion = 0.5
[sets]
count = 3
duration = 90
[position]
range = "50"
"""
LOG = """\
schema = 2
name = "walk-outside"
title = "Walk outside"
family = "opponents"
focus = "Walk at ease."
instructions = ["Walk."]
safety = ["Wear shoes."]
roles = []
signal = "none"
stop = ["key", "pain"]
grade = "D"
source = "our default"
[task]
kind = "log"
repetitions = 0
[sets]
count = 1
duration = 600
"""


def refusal(text, where="mine.toml"):
    with pytest.raises(DrillError) as refused:
        parse_drill(text, where)
    told = str(refused.value)
    assert "\n" not in told
    assert re.match(r"mine\.toml: line \d+: ", told)
    return told


def test_a_file_says_all_that_a_drill_is():
    drill = parse_drill(TEXT, "mine.toml")
    first, second = drill.stages
    assert drill.text == TEXT
    assert (drill.countdown, drill.duration, drill.held_on) == (5.0, 30.0, False)
    assert drill.zone == radians(4)
    assert first.task == Follow("sine-ml", radians(5), 8.0)
    assert first.pictures == (True, True, False)
    assert second.task == Follow("sine-ml", radians(5), 4.0)
    assert (second.sets, second.duration, second.side) == (1, 20.0, "left")
    assert second.pictures == (False,)
    assert dict(second.position) == {
        "support": "free",
        "stance": "single",
        "surface": "rocker-ml",
        "vision": "open",
    }


def test_every_number_says_where_it_comes_from():
    told = {n.key: n for n in parse_drill(TEXT, "mine.toml").numbers}
    assert told["task.period"].grade == "BK"
    assert told["stage[2].duration"].source == "doi 10.1234/xyz"
    assert (told["stage[2].task.period"].value, told["stage[2].task.period"].grade) == (
        4.0,
        "D",
    )
    # what the file leaves out is ours, and told once
    assert told["zone.cue_after"].value == 0.4
    assert {n.grade for n in told.values()} == {"D", "BK", "S"}
    assert next(iter(told)) == "task.size_deg"


def test_what_a_file_leaves_out_is_ours_whatever_its_own_numbers_are():
    text = TEXT.replace(
        'grade = "D"\nsource = "our default"', 'grade = "BK"\nsource = "x"'
    )
    told = {n.key: n.grade for n in parse_drill(text, "mine.toml").numbers}
    assert told["task.size_deg"] == "BK"
    assert told["zone.cue_after"] == "D"


def test_circumstances_are_those_that_all_stages_share():
    drill = parse_drill(TEXT, "mine.toml")
    assert drill.circumstances.told() == {
        "board": "rocker",
        "surface": "rocker",
        "vision": "open",
        "support": "rail-near",
    }
    assert circumstances_of_stage(drill, drill.stages[0]).stance == "wide"
    assert circumstances_of_stage(drill, drill.stages[1]).stance == "single-left"


def test_closed_eyes_have_no_picture():
    text = TEXT.replace('vision = "open"', 'vision = "closed"')
    assert not any(any(s.pictures) for s in parse_drill(text, "mine.toml").stages)


def test_a_second_task_is_part_of_the_position():
    text = TEXT + '[second]\nkind = "counting"\nwords = "Count aloud from 50."\n'
    drill = parse_drill(text, "mine.toml")
    assert drill.second == Second("counting", "Count aloud from 50.")
    assert all(("task", "counting") in stage.position for stage in drill.stages)


def test_a_drill_without_a_sensor_has_no_measure_and_no_picture():
    drill = parse_drill(LOG, "mine.toml")
    assert (drill.roles, drill.primary, drill.measures) == ((), "", ())
    assert drill.stages[0].pictures == (False,)


def test_every_set_lasts_as_long_as_it_is_told():
    drill = lasting(parse_drill(TEXT, "mine.toml"), 12.5)
    assert drill.duration == 12.5
    assert [stage.duration for stage in drill.stages] == [12.5, 12.5]
    assert parse_drill(drill.text, "x") == drill


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("schema = 2", "schema = 2.5"), "line 1: schema: expected 1 or 2, got 2.5"),
        (('"board-along"', '"Board along"'), "line 2: name: expected small letters"),
        (("axis =", "asix ="), "line 12: asix: expected one of axis,"),
        (('"ml"\nprimary', '"ap"\nprimary'), 'line 12: axis: expected "ml", for surf'),
        (('signal = "tilt"', 'signal = "angle"'), "line 11: signal: expected"),
        (
            ('"tracking_error"', '"trackingerror"'),
            "line 13: primary: expected a measure of the regis",
        ),
        (('"tracking_error"', '"path_length"'), "a measure without a centre of press"),
        (('"edge_contacts"]', '"time_on_target"]'), "measures: expected each measure"),
        (('["board"]', '["trunk"]'), "line 8: roles: expected board first, for signal"),
        (('["board"]', '["boat"]'), "line 8: roles: expected words of board,"),
        (('["trunk"]', '["board"]'), "line 9: optional: expected roles beside"),
        (('["acc", "gyr"]', '["gyr"]'), 'line 10: needs: expected "acc" among them'),
        ((', "pain"', ""), 'line 15: stop: expected "pain" among them'),
        (('kind = "follow"', 'kind = "fellow"'), "did you mean follow"),
        (('"sine-ml"', '"circle"'), "line 21: task.path: expected a path to and fro"),
        (("size_deg", "size_mm"), "line 19: task.size_deg: expected a number 1 to 20"),
        (("period = 4", "period = 99"), "line 49: stage[2].task.period: expected"),
        (("period = 4", "perod = 4"), "line 49: stage[2].task.perod: expected one of"),
        (("count = 3", "count = 3.0"), "line 26: sets.count: expected a whole number"),
        (("count = 3", "count = true"), "line 26: sets.count: expected a whole number"),
        (("start_deg = 4", ""), "line 29: zone.start_deg: expected a number"),
        (("floor_deg = 1", "floor_deg = 5"), "zone.floor_deg: expected a number 0.5"),
        (('"wide"', '"broad"'), "line 35: position.stance: expected one of lying"),
        (('"single"', '"tripod"'), "line 44: stage[2].stance: expected one of"),
        (('"rocker-ml"', '"firm"'), "line 34: position.surface: expected rocker-ml"),
        (('"left"', '"port"'), "line 45: stage[2].side: expected one of left, right"),
        (
            ("[[stage]]\ntitle", "[[stage]]\ntilte"),
            "line 40: stage[1].tilte: expected title, got 'tilte'",
        ),
        (
            ('"task.period" =', '"task.perod" ='),
            "line 52: sources.task.perod: expected a ",
        ),
        (("10.1234/xyz", "somewhere"), "source: expected an address or a DOI"),
        (('"BK"', '"A"'), "line 52: sources.task.period.grade: expected one of S, S2"),
        (("[sets]", "[sets"), "line 25: expected TOML, got"),
        (("period = 8", "period = 8\nperiod = 8"), "line 24: expected TOML, got"),
        (('"tilt"', '"none"'), "signal: expected"),
    ],
)
def test_a_wrong_file_says_line_key_and_expectation(change, expected):
    text = TEXT.replace(*change, 1)
    assert text != TEXT
    assert expected in refusal(text)


def test_never_eyes_closed_on_a_ball():
    text = MOVE.replace('range = "50"', 'surface = "ball"\nvision = "closed"')
    told = refusal(text)
    assert told.endswith(
        "line 25: position.vision: expected eyes open on the ball, always, got "
        "'closed': mend that line"
    )


def test_never_more_than_the_whole_way_with_resistance():
    text = MOVE.replace("portion = 0.5", "portion = 1.1")
    assert 'range: expected "110", as the share' in refusal(text)
    text = text.replace('range = "50"', 'range = "110"')
    task = parse_drill(text, "mine.toml").stages[0].task
    assert isinstance(task, Repeat)
    assert task.portion == 1.1
    told = refusal(text + 'resistance = "light"\n')
    assert "line 25: position.resistance: expected none, for a range of 110" in told
    assert 'expected range = "110" in its position' in refusal(
        text.replace('range = "110"', "")
    )


def test_a_set_is_long_enough_for_its_task():
    assert "line 22: sets.duration: expected 54 s or more" in refusal(
        MOVE.replace("duration = 90", "duration = 50")
    )


def test_a_test_shows_nothing():
    text = TEXT.replace('"proprioceptive"', '"test"')
    assert not any(any(s.pictures) for s in parse_drill(text, "mine.toml").stages)
    told = refusal(text.replace("count = 3", "count = 3\npictures = 0.67"))
    assert "line 27: sets.pictures: expected 0, for nothing is shown in a test" in told


LAND = """\
schema = 2
name = "kerb"
title = "Kerb"
family = "proprioceptive"
focus = "Step down and stand still."
instructions = ["Step down."]
safety = ["A rail is within reach."]
roles = ["trunk"]
needs = ["acc"]
signal = "lean"
primary = "stabilisation_settling_time"
stop = ["key", "clicker", "pain", "sensor-lost"]
grade = "D"
source = "our default"
[task]
kind = "land"
cue = "time"
earliest = 3
latest = 8
height_cm = 10
[sets]
count = 3
duration = 20
[position]
surface = "step"
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("height_cm = 10", "height_cm = 11"), "height_cm: expected a number 1 to 10"),
        (("latest = 8", "latest = 2"), "latest: expected a number 3 to 30, not before"),
        (("latest = 8", "latest = 16"), "sets.duration: expected 21 s or more"),
        (('"time"', '"told"'), "latest: expected 3 as earliest, for the cue is told"),
        (('"step"', '"firm"'), "surface: expected step, for a task of kind land"),
        (('"trunk"', '"left-foot"'), "roles: expected trunk or pelvis or head first"),
        (('"pain"', '"pain", "stepped-off"'), "stop: expected no stepped-off"),
    ],
)
def test_a_step_is_low_and_its_cue_has_time(change, expected):
    assert parse_drill(LAND, "mine.toml").stages[0].task
    text = LAND.replace(*change, 1)
    assert text != LAND
    assert expected in refusal(text)
