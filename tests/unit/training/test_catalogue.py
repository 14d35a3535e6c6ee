"""Every drill that ships: whole, founded, safe, and easy to read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import surefoot.training as training
from surefoot.cli.drills import FAMILIES as OFFERED
from surefoot.cli.options import ROLES as KNOWN_ROLES
from surefoot.session.drill_shelf import shipped_drills
from surefoot.session.programme_store import load_plan
from surefoot.training.drill_rules import FAMILIES, ROLES
from surefoot.training.drill_text import ADDRESS, BASIS
from surefoot.training.position import AXES
from surefoot.training.support import (
    IN_REACH,
    SECOND_PERSON,
    UNSTEADY,
    never,
    questions,
    therapist_only,
)
from surefoot.training.task import Land, Repeat, Stretch

CATALOGUE = Path(training.__file__).parent / "catalogue"
DRILLS = shipped_drills()
STAGES = [(name, stage) for name, drill in DRILLS.items() for stage in drill.stages]
TESTS = {name for name, drill in DRILLS.items() if drill.is_test}
each = pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.name)

ASKED_FOR = """
rocker-hold-level rocker-hold-level-ap rocker-paced-tilts rocker-paced-tilts-ap
rocker-hold-tilted rocker-hold-tilted-ap wobble-hold-level dome-hold-level
ball-sit-still ball-pelvic-circles stand-two-legs stand-tandem stand-one-leg
heel-to-toe-walk
weight-shift weight-shift-ap lean-around step-down step-down-unexpected step-down-side
reposition-low-back rocker-game-sine wobble-game-circle wobble-game-wander
weight-game-sine weight-game-circle weight-game-wander
wood-chop lift-and-bend pick-up-pencil lift-child-size-load trunk-rotation
reach-and-turn sit-stand-carry capture-your-own own-movement
low-back-stretch hip-flexor-stretch-left hip-flexor-stretch-right
hamstring-stretch-left hamstring-stretch-right
heel-slide-left heel-slide-right dead-bug bridge sit-to-stand bridge-no-sensor
mctsib romberg sharpened-romberg one-leg-stance tandem-stance tandem-walk bess
limits-of-stability quiet-stance
"""
FORBIDDEN = re.compile(
    r"\b(diagnos\w*|cure\w*|heal(s|ed|ing)?|guarantee\w*|proven|abnormal|normal range|"
    r"patients?|will (improve|help|get better)|fall risk|blind|therapy|treat\w*|"
    r"prevents?|healthy|disease|disorder|impair\w*)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(proprioception|proprioceptive|vestibular|anterior|posterior|lateral|medial|"
    r"sagittal|lumbar|tandem|flexion|extension|IMU|ML|AP|EO|EC|CoP|postural|kinematic|"
    r"amplitude|axis|parameter|metric|feedback|calibrate\w*|neutral spine|core|glutes|"
    r"gluteus|quadriceps|abdominals|isometric|contract\w*|tense|tighten|squeeze)\b",
    re.IGNORECASE,
)
LONGEST = 12  # words of a sentence


def words_of(drill):
    """Every sentence of a drill that people read."""
    second = (drill.second.words,) if drill.second else ()
    titles = tuple(stage.title for stage in drill.stages if stage.title)
    told = (drill.title, drill.focus, *drill.instructions, *drill.safety)
    for text in (*told, *titles, *second):
        yield from (part for part in re.split(r"(?<=[.?!:])\s+", text) if part)


def test_all_that_was_asked_for_is_there():
    assert set(ASKED_FOR.split()) <= set(DRILLS)


@each
def test_it_is_named_after_its_file_and_of_the_second_schema(drill):
    path = CATALOGUE / f"{drill.name}.toml"
    assert drill.text == path.read_text("utf-8")
    assert drill.schema == 2
    assert len({d.title for d in DRILLS.values()}) == len(DRILLS)


@each
def test_every_number_has_a_grade_and_a_source(drill):
    assert drill.numbers
    for number in drill.numbers:
        assert number.grade in BASIS
        assert len(number.source) > 5, number
        if number.grade == "S":
            assert ADDRESS.search(number.source), number
        if number.grade == "S2":
            assert re.search(r"\w\.[a-z]{2,}", number.source), number
        if number.grade == "D":
            assert "our default" in number.source, number


@each
def test_no_number_of_the_file_is_left_out(drill):
    told = tomllib.loads(drill.text)
    found = {re.sub(r"\[\d+\]$", "", n.key) for n in drill.numbers}
    for table in ("task", "sets", "zone"):
        for key, value in told.get(table, {}).items():
            if isinstance(value, (int, float, list)) and not isinstance(value, bool):
                assert f"{table}.{key}" in found
    for i, stage in enumerate(told.get("stage", ()), 1):
        for key, value in [*stage.items(), *stage.get("task", {}).items()]:
            at = f"task.{key}" if key in stage.get("task", {}) else key
            if isinstance(value, (int, float, list)):
                assert f"stage[{i}].{at}" in found


def test_a_number_of_a_plan_that_was_read_says_where():
    cited = re.compile(ADDRESS.pattern + r"|PMC\d+|NBK\d+|\d{4};\d+:\d+")
    seen = 0
    for path in (CATALOGUE.parent / "plans").glob("*.toml"):
        for table in tables(tomllib.loads(path.read_text("utf-8"))):
            numbers = [v for v in table.values() if type(v) in {int, float}]
            if numbers and table.get("grade") == "S":
                assert cited.search(table["source"]), table
                seen += 1
    assert seen > 2


def tables(value):
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from tables(part)
    elif isinstance(value, list):
        for part in value:
            yield from tables(part)


@each
def test_no_text_diagnoses_promises_or_labels(drill):
    assert not FORBIDDEN.search(drill.text)


@each
def test_a_75_year_old_reads_it_easily(drill):
    for sentence in words_of(drill):
        words = re.findall(r"[\w'-]+", sentence)
        assert len(words) <= LONGEST, sentence
        assert max(map(len, words)) <= 13, sentence
        assert not JARGON.search(sentence), sentence
    assert 1 <= len(drill.instructions) <= 5
    for text in (*drill.instructions, *drill.safety, drill.focus):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
    letters = re.sub(r"[^a-z ]", "", " ".join(words_of(drill)).lower()).split()
    assert sum(map(len, letters)) / len(letters) < 4.8, "long words"


@pytest.mark.parametrize(("name", "stage"), STAGES, ids=lambda v: str(v)[:30])
def test_what_is_unsteady_asks_for_support_and_says_so(name, stage):
    position, drill = dict(stage.position), DRILLS[name]
    asked = questions(position)
    safety = " ".join(drill.safety)
    assert not never(position)
    if position.get("surface") in UNSTEADY or position.get("vision") == "closed":
        assert IN_REACH in asked
        assert re.search(r"rail|worktop", safety)
    if SECOND_PERSON in asked:
        assert re.search(r"second person", safety)
    if position.get("surface") == "ball":
        assert "wall" in safety
        assert "flat" in safety
    if position.get("range") == "110":
        assert position.get("resistance", "none") == "none"


def test_nothing_that_ships_needs_the_therapists_word_first():
    assert not [name for name, s in STAGES if therapist_only(dict(s.position))]


def test_a_step_is_low_and_an_unexpected_one_comes_after_the_planned():
    steps = {n: s.task for n, s in STAGES if isinstance(s.task, Land)}
    assert {task.cue for task in steps.values()} == {"told", "time", "side"}
    for name, task in steps.items():
        safety = " ".join(DRILLS[name].safety)
        assert task.height <= 0.1
        assert "therapist stands beside" in safety
        assert ("planned step" in safety) is (task.cue != "told")


def test_a_test_shows_nothing_and_training_ends_without_picture():
    for name, stage in STAGES:
        assert not stage.pictures[-1]
        if name in TESTS:
            assert not any(stage.pictures)
            assert DRILLS[name].circumstances.feedback == "none"


def test_stretching_stays_within_what_is_free_of_pain():
    for name, stage in STAGES:
        if isinstance(stage.task, Stretch):
            assert stage.task.limit <= 0.9
            assert "never hurts" in " ".join(DRILLS[name].safety)
        if isinstance(stage.task, Repeat):
            assert "Stop before it hurts." in DRILLS[name].safety


def test_words_are_those_of_the_ladders_and_commands():
    plan = load_plan()
    for axis, values in AXES.items():
        known = plan.axes[axis].values + (("step",) if axis == "surface" else ())
        assert values == known
    assert set(plan.axes) - set(AXES) == {"tempo", "repetitions", "feedback"}
    assert ROLES == KNOWN_ROLES
    assert FAMILIES == OFFERED
