"""The words of a therapist's own drill may tell who it is for: they are left out."""

import re

import pytest

from surefoot.exchange.anonymous.header import drill_text
from surefoot.session.drill_shelf import drills_folder, shipped_drills
from surefoot.training import parse_drill

SHIPPED = shipped_drills()


def of_anna(drill):
    """Return a text that names Anna wherever a drill has words."""
    text = drill.text.replace(f'name = "{drill.name}"', 'name = "anna"', 1)
    for word in (drill.title, drill.focus, drill.instructions[0], drill.safety[0]):
        text = text.replace(f'"{word}"', '"For Anna"')
    for stage in drill.stages:
        if stage.title:
            text = text.replace(f'title = "{stage.title}"', 'title = "As Anna"')
    if drill.second:
        text = text.replace(drill.second.words, "Anna counts.")
    return re.sub(r'source = ".*?"', 'source = "Anna, doi 10.1234/anna"', text)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_word_of_it_stays_and_its_task_does(name):
    told = of_anna(SHIPPED[name])
    own = parse_drill(told, "anna.toml")
    kept = drill_text(own)
    assert "anna" in told.lower()
    assert "anna" not in kept.lower()
    again = parse_drill(kept, "kept.toml")
    assert [s.task for s in again.stages] == [s.task for s in own.stages]
    assert again.circumstances == own.circumstances


def test_one_on_the_own_shelf_is_not_taken_for_one_that_ships():
    told = of_anna(SHIPPED["rocker-hold-level"])
    drills_folder().mkdir(parents=True)
    (drills_folder() / "anna.toml").write_text(told)
    assert "anna" not in drill_text(parse_drill(told, "anna.toml")).lower()


def test_one_that_ships_stays_as_it_is():
    for drill in SHIPPED.values():
        assert drill_text(drill) == drill.text
