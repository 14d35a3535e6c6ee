"""`surefoot analyze` of many, as a person types it."""

import json
import shutil

import pytest

from surefoot.cli import main
from surefoot.resources import folder


@pytest.fixture
def run(capsys):
    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return call


@pytest.fixture
def some(tmp_path):
    top = tmp_path / "some"
    top.mkdir()
    shutil.copy(folder("recordings") / "rocker-steady.mcap", top / "b.mcap")
    shutil.copy(folder("recordings") / "rocker-steps-off.mcap", top / "c.mcap")
    (top / "a.mcap").write_bytes(b"none")
    return top


def test_results_go_to_a_folder_and_are_not_made_twice(run, some, tmp_path):
    out = tmp_path / "out"
    status, told, wrong = run("analyze", some, "--to", out)
    assert status == 1
    expected = f"3 recordings: 2 measured, 1 failed; results in {out}\n"
    assert told == expected
    assert wrong.startswith("surefoot: ")
    assert wrong.endswith("; 1 of 3 recordings\n")
    (some / "a.mcap").unlink()
    status, told, _ = run("analyze", some, "--to", out)
    assert (status, told) == (
        0,
        f"2 recordings: 0 measured, 2 known before; results in {out}\n",
    )
    status, told, _ = run("analyze", some, "--to", out, "--json")
    assert json.loads(told) == {
        "folder": str(out),
        "files": 2,
        "known": 2,
        "measured": 0,
        "failed": [],
        "unreadable": [],
    }


def test_several_processes_print_what_one_does(run, some):
    status, one, wrong = run("analyze", some, "--json")
    again, many, the_same = run("analyze", some, "--json", "--jobs", "2")
    assert (status, again) == (1, 1)
    assert json.loads(many) == json.loads(one)
    assert the_same == wrong


@pytest.mark.parametrize("wrong", [("--jobs", "0"), ("--jobs", "x"), ("--to",)])
def test_a_wrong_call_is_status_two(run, some, wrong):
    assert run("analyze", some, *wrong)[0] == 2
