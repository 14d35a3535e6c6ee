"""`surefoot measures`: the cards, as a person and as a program read them."""

import json

import pytest

from surefoot.analysis.registry import CARDS


def test_the_list_has_one_line_a_measure_in_columns(run):
    told = run("measures", "list")
    head, *rows = told.out.splitlines()
    assert (told.status, head.split()[0]) == (0, "measure")
    assert [row.split()[0] for row in rows] == list(CARDS)
    spectrum = next(row for row in rows if row.startswith("power_frequency_50_ml "))
    cells = "power_frequency_50_ml", "Hz", "cop", "20 s, 10 Hz", "neither"
    assert " ".join(spectrum.split()) == " ".join(cells)
    assert spectrum.index("Hz") == head.index("unit")
    assert spectrum.index("20 s") == head.index("at least")


def test_a_family_and_a_need_can_be_asked_for(run):
    found = json.loads(run("measures", "list", "--group", "tilt", "--json").out)
    assert [each["name"] for each in found][:2] == ["tilt_rms", "tilt_rms_ml"]
    assert {each["group"] for each in found} == {"tilt"}
    found = json.loads(run("measures", "list", "--needs", "boundary", "--json").out)
    assert {each["group"] for each in found} == {"cop-dynamics"}
    assert all("boundary" in each["needs"] for each in found)
    both = run("measures", "list", "--needs", "edges", "--group", "tilt")
    names = [row.split()[0] for row in both.out.splitlines()[1:]]
    assert names == ["edge_contacts", "edge_time"]
    none = run("measures", "list", "--needs", "edges", "--group", "cop")
    assert (none.status, len(none.out.splitlines())) == (0, 1)


@pytest.mark.parametrize("option", ["--needs", "--group"])
def test_an_unknown_family_or_need_is_a_wrong_call(run, option):
    told = run("measures", "list", option, "nothing")
    assert (told.status, told.out) == (2, "")
    assert f"{option} 'nothing': expected one of tilt, cop" in told.err


def test_every_card_fits_the_screen_and_says_all(run):
    for name in CARDS:
        told = run("measures", "show", name)
        assert told.status == 0
        assert told.out.startswith(f"{name} (")
        assert max(len(line) for line in told.out.splitlines()) <= 88
        heads = [line[:13].strip() for line in told.out.splitlines()[3:]]
        assert [head for head in heads if head] == [
            *("formula", "says", "biased by", "not meant", "needs", "at least"),
            *("better", "given", "source", "reliability"),
        ]


def test_a_card_reads_like_this(run):
    lines = run("measures", "show", "tilt_max").out.splitlines()
    assert lines[:3] == ["tilt_max (TMAX), rad", "Largest tilt", ""]
    assert "needs        tilt" in lines
    assert "at least     any length and rate" in lines
    assert "given        live (provisional) and final" in lines
    assert "reliability  unknown" in lines


def test_a_card_in_json_is_the_whole_card(run):
    told = json.loads(run("measures", "show", "power_frequency_50_ml", "--json").out)
    card = CARDS["power_frequency_50_ml"]
    assert told.pop("needs") == ["cop"]
    assert told == {name: getattr(card, name) for name in told}
    assert set(told) == set(card.__slots__) - {"needs"}


def test_a_measure_that_is_not_one_is_one_line(run):
    told = run("measures", "show", "mean_velocty")
    assert told.status == 1
    assert "did you mean mean_velocity" in told.complaint
