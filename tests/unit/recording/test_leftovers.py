"""What a crash leaves behind is found, offered once, and never while it is written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from surefoot.cli import main
from surefoot.core import RecordingError
from surefoot.recording import (
    Recorder,
    _leftovers,
    leftovers,
    offer,
    open_recording,
    recover,
)


def test_an_unfinished_recording_is_found_and_after_recovery_no_more(build, packets):
    part = build(packets, finish=False)
    (found,) = leftovers(part.parent)
    assert (found.path, found.target) == (part, part.with_suffix(""))
    assert found.trouble == ""
    assert found.size == part.stat().st_size
    assert found.started in str(found)
    recover(found.path)
    assert leftovers(part.parent) == ()
    assert part.exists()


def test_what_is_being_written_is_not_offered(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    assert leftovers(tmp_path) == ()
    with pytest.raises(RecordingError, match="end it first"):
        recover(recorder.part)
    recorder.abandon()
    assert [one.path for one in leftovers(tmp_path)] == [recorder.part]


def test_what_another_process_writes_is_not_offered_until_it_is_killed(tmp_path):
    code = """
import sys
from pathlib import Path
from surefoot.recording import Header, Recorder
Recorder(Path(sys.argv[1]), Header({}, {}, {}, ""), [])
print("ready", flush=True)
sys.stdin.read()
"""
    path = tmp_path / "a.mcap"
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=pipe, stdout=pipe
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        during = leftovers(tmp_path)
        child.kill()
    assert during == ()
    assert len(leftovers(tmp_path)) == 1


def test_the_name_of_another_recording_is_not_taken(build, packets, tmp_path, header):
    part = build(packets, finish=False)
    part = part.rename(tmp_path / "b.mcap.part")
    other = Recorder(tmp_path / "a.mcap", header, []).close()
    other.rename(tmp_path / "b.mcap")
    (found,) = leftovers(tmp_path)
    assert found.target == tmp_path / "b.recovered.mcap"
    assert recover(part) == found.target
    assert leftovers(tmp_path) == ()


def test_a_copy_that_a_recovery_was_killed_at_does_not_stop_the_next(build, packets):
    part = build(packets, finish=False)
    part.with_name("a.mcap.copy").write_bytes(b"half")
    assert open_recording(recover(part)).state == "complete"
    assert sorted(p.name for p in part.parent.iterdir()) == ["a.mcap", "a.mcap.part"]


def test_the_offer_names_a_few_and_says_what_to_do(build, packets, tmp_path):
    assert offer(()) == ""
    part = build(packets, finish=False)
    assert offer(leftovers(tmp_path)).startswith("A recording was not closed (a.mcap):")
    for name in "bcde":
        part.with_name(f"{name}.mcap.part").write_bytes(part.read_bytes())
    told = offer(leftovers(tmp_path))
    assert told.startswith("5 recordings were not closed (a.mcap, b.mcap, c.mcap ...)")
    assert "surefoot recover" in told


def test_a_part_with_nothing_in_it_is_not_offered_and_said_to_be_none(tmp_path):
    (tmp_path / "a.mcap.part").write_bytes(b"")
    (found,) = leftovers(tmp_path)
    assert "expected a recording" in found.trouble
    assert str(found) == found.trouble
    assert offer([found]) == ""


def test_a_folder_that_does_not_exist_holds_none(tmp_path):
    assert leftovers(tmp_path / "absent") == ()


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "recordings"
    folder.mkdir()
    monkeypatch.setattr(
        _leftovers.platformdirs, "user_data_path", lambda _name: tmp_path
    )
    return folder


def test_the_command_recovers_all_that_was_left(build, packets, home, capsys):
    part = build(packets, finish=False)
    for name in ("x", "y"):
        (home / f"{name}.mcap.part").write_bytes(part.read_bytes())
    assert main(["recover", "--list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in listed] == [
        str(home / "x.mcap.part"),
        str(home / "y.mcap.part"),
    ]
    assert main(["recover"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{home / 'x.mcap'}: 1000 packets, 10.0 s",
        f"{home / 'y.mcap'}: 1000 packets, 10.0 s",
    ]
    assert main(["recover"]) == 0
    assert "nothing was left unfinished" in capsys.readouterr().out


def test_one_that_cannot_be_recovered_keeps_no_other_back(build, packets, home, capsys):
    part = build(packets, finish=False)
    (home / "a.mcap.part").write_bytes(b"none of ours")
    (home / "b.mcap.part").write_bytes(part.read_bytes())
    assert main(["recover", str(home)]) == 1
    told = capsys.readouterr()
    assert "b.mcap: 1000 packets" in told.out
    assert told.err.count("\n") == 1
    assert "a.mcap.part: expected a recording" in told.err
    assert "1 of 2 files" in told.err


def test_a_call_that_makes_no_sense_is_refused(build, packets, home):
    part = build(packets, finish=False)
    assert main(["recover", str(home), "--to", "x.mcap"]) == 2
    assert main(["recover", str(part), "--list"]) == 2
