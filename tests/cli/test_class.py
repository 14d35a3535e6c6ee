"""A class from the command line: who takes part, and what is refused."""

import os
import subprocess
import sys

import pytest

from surefoot.cli import entry
from surefoot.recording import open_recording
from surefoot.session.people import keep_zone

CODE = """
import sys
from surefoot.cli import entry
entry.COMMANDS["class"] = "surefoot.cli.class_:class_"
sys.exit(entry.main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(entry.COMMANDS, "class", "surefoot.cli.class_:class_")


def test_a_class_of_two_is_recorded_without_a_window(run, tmp_path):
    to = tmp_path / "tuesday"
    keep_zone("B-2", "rocker-hold-level", 6.5)
    done = run(
        *("class", "--person", "A-1:zone=4.5", "--person", "B-2", "--headless"),
        *("--virtual", "steady,unsteady", "--seconds", "1.5", "--to", to),
    )
    assert done.status == 0, done.err
    for code, zone in (("A-1", 4.5), ("B-2", 6.5)):
        assert f"{code}: recording: {to / code}.mcap" in done.out
        header = open_recording(to / f"{code}.mcap").header.session
        assert (header["person"], header["zone_deg"]) == (code, zone)
        assert header["virtual"] is True
    assert (to / "class-end.png").is_file()
    assert "Waiting for the sensor" in done.out


def test_a_window_shows_the_class_and_ends_in_order(tmp_path):
    done = subprocess.run(
        [
            *(sys.executable, "-c", CODE, "class", "--virtual", "steady,steady,steady"),
            *("--seconds", "1", "--to", tmp_path / "out", "--clicker", "B=F9"),
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [f"{code}: recording: {tmp_path}/out/{code}.mcap" for code in "ABC"]
    assert done.stdout.splitlines() == told


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "nobody: say --person"),
        (["--virtual", "steady"], "expected 2 to 6 trainees, got 1"),
        (["--virtual", "nobody,steady"], "'nobody': expected one of"),
        (["--person", "A", "--virtual", "steady,steady"], "expected 1 virtual people"),
        (["--person", "A", "--person", "B"], "A: expected a sensor, got none"),
        (
            ["--person", "A:board=movesense", "--person", "B:board=movesense"],
            "whose movesense is whose",
        ),
        (["--person", "A:tail=movesense", "--person", "B"], "'tail=movesense'"),
        (["--person", "A:zone=wide", "--person", "B"], "zone: expected degrees"),
        (["--person", "A:zone=nan", "--person", "B"], "zone: expected degrees"),
        (["--virtual", "steady,steady", "--clicker", "Z=F9"], "'Z=F9'"),
        (["--virtual", "steady,steady", "--drill", "tightrope"], "'tightrope'"),
        (["--person", "Ada L", "--person", "B", "--virtual", "steady,steady"], "code"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run, tmp_path, told, words):
    to = tmp_path / "out"
    done = run("class", *told, "--headless", "--to", to)
    assert done.status in {1, 2}
    assert words in done.err
    assert "Traceback" not in done.err
    assert not to.exists()


def test_a_file_that_is_there_stays_as_it_is(run, tmp_path):
    (tmp_path / "B.mcap").write_text("mine")
    done = run(*("class", "--virtual", "steady,steady", "--headless", "--to", tmp_path))
    assert done.status == 1
    assert "B.mcap: expected a new file" in done.complaint
    assert [path.name for path in tmp_path.iterdir()] == ["B.mcap"]


def test_six_on_one_adapter_are_warned_of(run, tmp_path):
    people = ",".join(["steady"] * 6)
    told = ("class", "--virtual", people, "--headless", "--seconds", "0.2")
    done = run(*told, "--to", tmp_path / "one")
    assert "6 sensors on one adapter: links may break above 4" in done.err
    two = ("--adapter", "hci0", "--adapter", "hci1")
    done = run(*told, *two, "--to", tmp_path / "two")
    assert done.err == ""
