"""Every number that ships says how well it is founded; nothing is from memory."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import surefoot.training as training
from surefoot.session.programme_store import load_plan
from surefoot.training.decision import BASES, Number, ProgrammeError
from surefoot.training.progression_rules import parse_rules
from surefoot.training.screen import parse_screen

PLANS = sorted((Path(training.__file__).parent / "plans").glob("*.toml"))
RULE = """
schema = 1
[pain.rise]
value = 2
least = 1
most = 2
unit = "points"
says = "something"
grade = "D"
source = "our default"
"""
FORBIDDEN = re.compile(
    r"\b(diagnos\w*|cure\w*|heal(s|ed|ing)?|guarantee\w*|proven|abnormal|patient|"
    r"will (improve|help|get better)|fall risk|blind)\b",
    re.IGNORECASE,
)


def tables(value, path=()):
    """Yield every table of a TOML document with where it is."""
    if isinstance(value, dict):
        yield path, value
        for key, part in value.items():
            yield from tables(part, (*path, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from tables(part, (*path, i))


def holds_a_number(table):
    values = [v for key, v in table.items() if key != "schema"]
    flat = [p for v in values for p in (v if isinstance(v, list) else [v])]
    return any(isinstance(p, (int, float)) and not isinstance(p, bool) for p in flat)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_number_has_a_grade_and_a_source_and_none_is_from_memory(path):
    told = tomllib.loads(path.read_text("utf-8"))
    found = [(at, t) for at, t in tables(told) if holds_a_number(t) or "grade" in t]
    assert found
    for at, table in found:
        assert table.get("grade") in BASES, at
        assert table["grade"] != "BK", f"{at}: from memory"
        assert len(table.get("source", "")) > 5, at
        if table["grade"] == "D":
            assert "our default" in table["source"], at


def test_a_default_says_so_wherever_it_is_read():
    rules = load_plan().rules
    assert str(rules.number("pain.rise")) == (
        "pain.rise 2 points above rest (our default)"
    )
    assert "read in the source" in str(rules.number("feedback.share"))
    assert "secondary" in str(rules.number("dose.per_week"))
    assert str(Number("target", 1.0, "rad")) == "target 57.3 degrees"


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_text_of_the_plan_diagnoses_or_promises(path):
    said = "\n".join(
        line
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("source")
    )
    assert FORBIDDEN.findall(said) == []


def test_what_people_read_is_short_and_neither_diagnoses_nor_promises(diaries, plan):
    days = [day for diary in diaries.values() for day in diary]
    said = {d.reason for day in days for d in (*day.decisions, *day.asks)}
    said |= {item.focus for day in days if day.today for item in day.today.items}
    said |= {question.ask for question in plan.questions}
    assert len(said) > 60
    for text in said:
        assert FORBIDDEN.findall(text) == [], text
        sentences = re.split(
            r"[.?:;] ", text.partition("Now: ")[0].partition("Next time: ")[0]
        )
        listed = ("Still to do", "Note: ", "One step lower")
        if not any(word in text for word in listed):
            assert max(len(s.split()) for s in sentences) <= 20, text


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("schema = 1", ""), "schema: expected 1, got None"),
        (("value = 2", "value = 7"), "pain.rise: expected 1 to 2, got 7"),
        (("value = 2", 'value = "two"'), "value: expected a number, got 'two'"),
        (('grade = "D"', 'grade = "A"'), "grade: expected one of S, S2, D, BK"),
        (('source = "our default"', ""), "source: expected a text, got None"),
        (("value = 2", "value 2"), "expected TOML"),
        (("[pain.rise]", "[pain]"), "pain.value: expected a table, got 2"),
    ],
)
def test_a_wrong_number_says_where_and_what_was_expected(change, expected):
    text = RULE.replace(*change)
    assert text != RULE
    with pytest.raises(ProgrammeError, match=re.escape(expected)) as refused:
        parse_rules(text, "mine.toml")
    assert str(refused.value).startswith("mine.toml: ")
    assert "\n" not in str(refused.value)


def test_a_number_is_changed_within_its_bounds_and_with_a_note():
    rules = parse_rules(RULE, "x")
    changed = rules.changed("pain.rise", 1, "tender today")
    assert changed["pain.rise"] == 1
    assert "tender today" in changed.number("pain.rise").source
    assert rules["pain.rise"] == 2
    for name, value, note in (
        ("pain.rise", 3, "x"),
        ("pain.rise", 1, " "),
        ("x", 1, "x"),
    ):
        with pytest.raises(ProgrammeError, match=name):
            rules.changed(name, value, note)


def test_a_wrong_question_is_refused():
    good = 'schema = 1\n[[question]]\nid = "a"\nask = "b"\nthen = "ask"\n'
    good += 'grade = "D"\nsource = "our default"\n'
    assert parse_screen(good, "x")[0].ask == "b"
    with pytest.raises(ProgrammeError, match="then: expected"):
        parse_screen(good.replace('then = "ask"', 'then = "wait"'), "x")
    with pytest.raises(ProgrammeError, match="expected \\[\\[question\\]\\]"):
        parse_screen("schema = 1", "x")
