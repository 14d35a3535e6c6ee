"""Every drill has a picture of its own, as its generator draws it; no word is in it."""

from __future__ import annotations

import importlib
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from surefoot.session.drill_shelf import picture_of, shipped_drills

TOOLS = Path(__file__).parents[3] / "tools"
DRILLS = shipped_drills()
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "title", "g", "rect", "circle", "polyline", "polygon"}
WORN = {role for drill in DRILLS.values() for role in drill.roles}


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.syspath_prepend(TOOLS)
    return importlib.import_module("draw_drills").pictures()


@pytest.mark.parametrize(
    "name", [*DRILLS, *(f"sensor-{role}" for role in sorted(WORN))]
)
def test_it_is_there_and_only_drawn(name):
    root = ET.fromstring(picture_of(name))
    title = root.findtext(f"{SVG}title")
    assert title
    if name in DRILLS:
        assert title == DRILLS[name].title
    assert {part.tag.removeprefix(SVG) for part in root.iter()} <= SHAPES
    assert len(list(root.iter())) > 12
    assert root.get("viewBox") == "0 0 480 360"


def test_nothing_is_drawn_off_the_page():
    for name in DRILLS:
        for part in ET.fromstring(picture_of(name)).iter(f"{SVG}polyline"):
            for point in part.get("points", "").split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= 480, name
                assert 0 <= y <= 360, name


def test_they_are_what_the_generator_draws(drawn):
    for name, text in drawn.items():
        assert picture_of(name) == text, f"run tools/draw_drills.py: {name}"
    assert set(DRILLS) <= set(drawn)


def test_drills_that_differ_look_different(drawn):
    seen: dict[str, str] = {}
    for name in DRILLS:
        inside = drawn[name].partition("</title>")[2]
        same = seen.setdefault(inside, name)
        assert same == name or {same, name} in ALIKE, (same, name)


ALIKE = (
    {"weight-shift", "weight-game-sine"},
    {"rocker-game-sine", "rocker-paced-tilts"},
    {"capture-your-own", "own-movement"},  # one movement, kept and then repeated
)


def test_no_dot_is_drawn_where_none_is_shown():
    dot = re.compile(r'r="7" fill="#1f5f99"')
    for name, drill in DRILLS.items():
        if drill.is_test or drill.signal == "none":
            assert not dot.search(picture_of(name)), name
    assert dot.search(picture_of("rocker-hold-level"))


def test_one_that_is_not_there_is_empty():
    assert picture_of("nobody") == ""
