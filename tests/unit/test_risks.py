"""The page of risks names tests that exist, for every hazard."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "risks.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PARTS = PAGE.split("\n## ")[1:]
HAZARDS = [part for part in PARTS if "\nSeverity: " in part]
MUST = (
    *("falls", "wrong way", "late", "stands still", "too tight", "should not today"),
    *("slipped", "somebody else", "Eyes closed", "worries", "number is wrong"),
    *("virtual person", "lost", "not theirs"),
)


def titled(part):
    return part.partition("\n")[0]


@pytest.mark.parametrize("part", HAZARDS, ids=titled)
def test_a_hazard_has_a_severity_causes_and_tests(part):
    assert re.search(r"^Severity: (grave|middle|small)\. Causes: ", part, re.MULTILINE)
    assert NAMED.search(part)


@pytest.mark.parametrize("named", sorted(set(NAMED.findall(PAGE))), ids="::".join)
def test_a_test_that_is_named_exists(named):
    file, name = named
    assert (TOP / file).is_file(), file
    tree = ast.parse((TOP / file).read_text("utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert name in names, f"{file}: renamed? the page of risks names {name}"


def test_no_control_is_without_a_test():
    for part in HAZARDS:
        for bullet in re.split(r"\n\* ", part.partition("What remains")[0])[1:]:
            assert NAMED.search(bullet), bullet


def test_every_hazard_that_was_thought_of_is_there():
    titles = " ".join(map(titled, HAZARDS))
    assert [word for word in MUST if word not in titles] == []
    assert len(HAZARDS) >= len(MUST)
