"""Where drills come from: those that ship, and a therapist's own, never mixed up."""

from __future__ import annotations

import pytest

from surefoot.core import DrillError
from surefoot.session import load_drill
from surefoot.session.drill_shelf import (
    drills_folder,
    own_drills,
    read_drill,
    shelved,
    shipped_drill,
    shipped_drills,
    shipped_names,
)
from surefoot.session.setup import load_drill as as_before


@pytest.fixture
def own():
    """Write a therapist's own drill; return how."""

    def write(name="mine", text=None):
        text = text or shipped_drill("wood-chop").text.replace("wood-chop", name)
        drills_folder().mkdir(parents=True, exist_ok=True)
        path = drills_folder() / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_ships_is_found_by_its_name():
    assert set(shipped_drills()) == set(shipped_names())
    assert load_drill("wood-chop") == shipped_drill("wood-chop")
    assert as_before is load_drill


def test_a_drill_of_ones_own_is_found_by_its_name_and_by_its_path(own, tmp_path):
    path = own("mine")
    assert load_drill("mine").name == "mine"
    assert own_drills() == {"mine": read_drill(path)}
    elsewhere = tmp_path / "mine.toml"
    elsewhere.write_text(path.read_text())
    assert load_drill(str(elsewhere)).name == "mine"
    found, wrong = shelved()
    assert (found[-1].drill.name, found[-1].own, wrong) == ("mine", True, [])
    assert found[-1].file == str(path)
    assert not found[0].own


def test_one_wrong_file_does_not_hide_the_others(own):
    own("good")
    own("bad", "schema = 2\n")
    found, wrong = shelved()
    assert [one.drill.name for one in found if one.own] == ["good"]
    assert len(wrong) == 1
    assert wrong[0].startswith("bad.toml: line 1: ")


def test_a_file_is_named_as_its_drill(own):
    path = own("mine", shipped_drill("wood-chop").text.replace("wood-chop", "other"))
    with pytest.raises(DrillError, match=r'mine.toml: expected name = "mine", as the'):
        read_drill(path)


def test_the_name_of_one_that_ships_is_not_taken(own):
    text = shipped_drill("wood-chop").text.replace("= 8", "= 9", 1)
    with pytest.raises(DrillError, match="a name of its own, got 'wood-chop'"):
        read_drill(own("wood-chop", text))
    assert load_drill("wood-chop").text == shipped_drill("wood-chop").text


def test_an_unknown_name_says_what_is_near():
    with pytest.raises(DrillError, match="did you mean wood-chop"):
        load_drill("woodchop")
    for name in ("pictures", "", "../wood-chop", "nothing at all"):
        with pytest.raises(DrillError, match="expected the name of a drill"):
            load_drill(name)
    with pytest.raises(DrillError, match="expected the name of a drill"):
        shipped_drill("nobody")


def test_what_is_no_drill_file_is_said_in_one_line(tmp_path):
    wrong = tmp_path / "wrong.toml"
    with pytest.raises(DrillError, match="No such file"):
        read_drill(wrong)
    wrong.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DrillError, match="expected a text in UTF-8"):
        read_drill(wrong)
    wrong.write_text("#" * 200_000)
    with pytest.raises(DrillError, match="expected a drill file, got 200000 bytes"):
        read_drill(wrong)
    with pytest.raises(DrillError, match="expected a drill file"):
        read_drill(tmp_path)
