"""The pages say what the registry says."""

import importlib.util
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from surefoot.analysis.registry import CARDS
from surefoot.analysis.tilt_measures import UNITS

TOP = Path(__file__).parents[4]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def tool(name):
    spec = importlib.util.spec_from_file_location(name, TOP / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def plain(text):
    for sign, word in (("²", "^2"), ("≤", "<="), ("`", "")):
        text = text.replace(sign, word)
    return text.strip()


def rows_of_tilt():
    """Name, formula and unit of each tilt measure, as docs/measures.md has them."""
    page = (TOP / "docs" / "measures.md").read_text(encoding="utf-8")
    for line in page.splitlines():
        if re.match(r"\| `(tilt|time|edge)_", line):
            names, formula, unit = (plain(cell) for cell in line.split("|")[1:4])
            names = names.split(", ")
            formulas = formula.split(", ") if len(names) > 1 else [formula]
            for name, one in zip(names, formulas, strict=True):
                yield name, one, unit


def test_the_page_of_tilt_has_every_tilt_measure():
    assert [name for name, _, _ in rows_of_tilt()] == list(UNITS)


@pytest.mark.parametrize(("name", "formula", "unit"), list(rows_of_tilt()))
def test_the_page_of_tilt_has_the_formula_of_the_card(name, formula, unit):
    assert (CARDS[name].formula, CARDS[name].unit) == (formula, unit)


def test_the_page_of_cards_is_what_the_registry_says():
    script = tool("docs")
    assert script.CARDS_PAGE.read_text() == script.cards_page(), "run make docs"


def test_the_page_of_cards_has_every_measure_once():
    told = tool("docs").cards_page()
    names = re.findall(r"^\| `([a-z0-9_]+)` \|", told, re.MULTILINE)
    assert names == list(CARDS)
    assert told.count("**Reliability:**") == told.count("\n### ")


def test_every_picture_is_on_a_card_and_the_other_way_round():
    docs, pictures = tool("docs"), tool("pictures")
    assert set(docs.PICTURED) <= set(CARDS)
    assert sorted(docs.PICTURED.values()) == sorted(pictures.PICTURES)
    files = sorted(path.stem for path in pictures.FOLDER.iterdir())
    assert files == sorted(pictures.PICTURES)


@pytest.mark.parametrize("name", list(tool("pictures").PICTURES))
def test_a_picture_is_what_its_script_draws(name):
    pictures = tool("pictures")
    kept = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    drawn = pictures.PICTURES[name]()
    assert ElementTree.fromstring(kept).tag.endswith("svg")
    assert len(kept) < 30_000
    assert NUMBER.sub("0", drawn) == NUMBER.sub("0", kept)
    # another computer may round another way
    apart = np.subtract(*(np.array(NUMBER.findall(t), float) for t in (drawn, kept)))
    assert np.abs(apart).max() <= 0.2
