"""`surefoot drills`: as a person and as a program read them, and the page beside."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

from surefoot.cli import entry
from surefoot.session.drill_shelf import drills_folder, shipped_drills, shipped_names

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "drills.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(entry.COMMANDS, "drills", "surefoot.cli.drills:drills")


@pytest.fixture
def door(tmp_path):
    """The drill of the page, as somebody who follows it has it."""
    text = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "pull-a-door.toml"
    path.write_text(text[1], encoding="utf-8")
    return path


def test_the_list_has_one_line_a_drill_and_the_folder_of_ones_own(run):
    told = run("drills", "list")
    head, *rows, last = told.out.splitlines()
    assert (told.status, told.err) == (0, "")
    assert head.startswith("drill ")
    assert [row.split()[0] for row in rows] == list(shipped_names())
    assert last == f"own drills: {drills_folder()}"
    assert max(map(len, rows)) < 110


def test_the_list_in_json(run):
    found = json.loads(run("drills", "list", "--json").out)
    assert [one["name"] for one in found] == list(shipped_names())
    chop = next(one for one in found if one["name"] == "wood-chop")
    assert chop["roles"] == ["trunk"]
    assert (chop["stages"], chop["sets"], chop["signal"]) == (2, 6, "angle")
    assert chop["primary"] == "repetition_clean_share"
    assert Path(chop["file"]).is_file()
    assert not chop["own"]


def test_a_family_or_a_sensor_can_be_asked_for(run):
    found = json.loads(run("drills", "list", "--json", "--family", "test").out)
    assert {one["family"] for one in found} == {"test"}
    found = json.loads(run("drills", "list", "--json", "--role", "pelvis").out)
    assert {tuple(one["roles"]) for one in found} == {("pelvis",), ()}
    told = run("drills", "list", "--family", "games")
    assert told.status == 2


@pytest.mark.parametrize("name", ["bess", "walk-at-ease", "rocker-hold-level-counting"])
def test_one_is_shown_with_every_number_and_its_source(run, name):
    drill = shipped_drills()[name]
    told = run("drills", "show", name)
    assert told.status == 0
    assert max(map(len, told.out.splitlines()[:-20])) <= 88
    flat = " ".join(told.out.split())
    for text in (*drill.instructions, *drill.safety, drill.focus):
        assert text in flat
    for number in drill.numbers:
        assert re.sub(r"\[\d+\]$", "", number.key) in told.out
        assert number.source in flat
    assert "our default" in told.out
    whole = json.loads(run("drills", "show", name, "--json").out)
    assert len(whole["numbers"]) == len(drill.numbers)
    assert whole["stages"][0]["task"]["kind"]


def test_following_the_page_gives_a_drill_that_is_listed(run, door):
    assert run("drills", "check", door).out == "pull-a-door.toml: ok, 2 parts, 6 sets\n"
    drills_folder().mkdir(parents=True)
    (drills_folder() / door.name).write_text(door.read_text())
    found = json.loads(run("drills", "list", "--json").out)
    assert (found[-1]["name"], found[-1]["own"]) == ("pull-a-door", True)
    assert "Pull a door open" in run("drills", "show", "pull-a-door").out


def test_a_mistake_is_told_as_the_page_says(run, door):
    door.write_text(door.read_text().replace("range_deg = 40", "range_deg = 400"))
    told = run("drills", "check", door)
    assert (told.status, told.out) == (1, "")
    assert told.complaint in PAGE


def test_a_wrong_file_on_the_shelf_is_said_and_the_list_goes_on(run):
    drills_folder().mkdir(parents=True)
    (drills_folder() / "wrong.toml").write_text("schema = 2\nname = 3\n")
    told = run("drills", "list", "--json")
    assert told.status == 0
    assert len(json.loads(told.out)) == len(shipped_names())
    assert told.complaint.startswith("surefoot: not listed: wrong.toml: line 2: name: ")


def test_a_name_that_is_not_there_is_one_line(run):
    told = run("drills", "show", "woodchop")
    assert told.status == 1
    assert "did you mean wood-chop" in told.complaint
    assert run("drills", "check", "nowhere.toml").complaint.startswith("surefoot: now")


def test_the_page_of_the_list_is_what_the_files_say():
    spec = importlib.util.spec_from_file_location("page", TOP / "tools/drill_page.py")
    script = importlib.util.module_from_spec(spec)
    sys.modules["page"] = script
    spec.loader.exec_module(script)
    assert script.PAGE.read_text("utf-8") == script.page(), "run tools/drill_page.py"


@pytest.mark.parametrize(
    "word",
    [
        *("hold", "follow", "stand", "reach", "repeat", "stretch", "reposition"),
        *("land", "walk", "log", "[[stage]]", "[second]", "[circumstances]"),
        *("held_on", "edge_hysteresis_deg", "gentle_deg_s", "height_cm", "stepped-off"),
    ],
)
def test_the_page_names_every_key(word):
    assert f"`{word}" in PAGE


def test_a_drill_that_a_virtual_person_does_is_recorded_and_replays(run):
    asked = ("--virtual", "steady", "--headless", "--speed", "max", "--sets", "1")
    told = json.loads(run("drills", "run", "weight-hold-middle", *asked, "--json").out)
    assert told["phase"] == "done"
    again = json.loads(run("replay", told["file"], "--headless", "--json").out)
    assert again["same_as_live"] == "to the bit"
    slow = run("drills", "run", "weight-hold-middle", "--headless", "--speed", "now")
    assert slow.status == 2
