"""What is told at the start of a session is in its recording."""

import click
import pytest

from surefoot.analysis.pipeline import TOLD, WORDS
from surefoot.cli import sitting
from surefoot.cli.options import AROUND_WORDS
from surefoot.cli.sitting import options, seated
from surefoot.recording import open_recording


def test_the_options_know_the_words_of_the_analysis():
    assert {k: tuple(v.split()) for k, v in AROUND_WORDS.items()} == WORDS


@pytest.mark.parametrize("name", ["live", "record"])
def test_either_command_takes_every_circumstance(run, name):
    told = run(name, "--help").out
    assert [what for what in TOLD if f"--{what} " not in told] == []


def test_what_is_told_reaches_the_session(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(
        "surefoot.session.opening.open_live", lambda *told: opened.append(told)
    )
    monkeypatch.setattr(sitting, "_offer_leftovers", lambda: None)

    @click.command()
    @options
    def sit(**told):
        seated(told, "rocker-hold-level")

    asked = ("--virtual", "steady", "--to", str(tmp_path / "x.mcap"))
    around = ("--vision", "closed", "--board", " my own ", "--stance", "tandem")
    sit.main([*asked, *around], standalone_mode=False)
    told = opened[0][4].told()
    assert told == {"board": "my own", "stance": "tandem", "vision": "closed"}


def test_a_word_that_is_not_known_is_refused(run):
    found = run("record", "--virtual", "steady", "--vision", "shut")
    assert found.status != 0
    assert "closed" in found.err
    found = run("record", "--virtual", "steady", "--board", "x" * 65)
    assert "one line of 1 to 64 characters" in found.err


def test_a_recorded_session_tells_them(run, tmp_path):
    path = tmp_path / "told.mcap"
    around = ("--drill", "rocker-hold-level", "--vision", "dim", "--board", "my own")
    sat = ("--virtual", "steady", "--seconds", "0.5", "--to", path)
    assert run("record", *sat, *around).status == 0
    assert open_recording(path).header.session["circumstances"] == {
        "board": "my own",
        "stance": "wide",
        "surface": "rocker",
        "support": "rail-near",
        "vision": "dim",
    }
