"""What people see when something is wrong: one line that says what to do."""

import errno
import os

import pytest

from surefoot.cli import entry


def test_an_unknown_profile(run, tmp_path):
    told = run("record", "--sensor", "board=nosuch", "--to", tmp_path / "r.mcap")
    assert told.status == 1
    assert "nosuch" in told.complaint
    assert "movesense" in told.complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["replay", "analyze"])
@pytest.mark.parametrize("text", ["no recording at all", ""])
def test_a_file_of_another_kind(run, tmp_path, command, text):
    path = tmp_path / "letter.mcap"
    path.write_text(text)
    told = run(command, path, "--json")
    assert (told.status, told.out) == (1, "")
    assert "letter.mcap: expected a recording" in told.complaint


@pytest.mark.parametrize("command", ["replay", "analyze"])
def test_a_file_that_is_not_there(run, command):
    told = run(command, "nowhere.mcap", "--json")
    assert told.status == 1
    assert "nowhere.mcap" in told.complaint


@pytest.mark.parametrize("command", ["verify", "recover"])
def test_a_file_that_cannot_be_checked(run, tmp_path, command):
    path = tmp_path / "letter.mcap.part"
    path.write_text("no recording at all")
    told = run(command, path)
    assert told.status == 1
    assert "letter.mcap.part" in told.complaint


def test_a_folder_without_recordings(run, tmp_path):
    told = run("analyze", tmp_path, "--json")
    assert (told.status, told.out) == (1, "")
    assert "expected recordings (.mcap)" in told.complaint


def test_no_screen(run, recording, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told = run("replay", recording)
    assert told.status == 1
    assert "--headless" in told.complaint


def test_no_screen_leaves_no_recording(run, tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told = run("live", "--virtual", "steady", "--to", tmp_path / "r.mcap")
    assert told.status == 1
    assert "--headless" in told.complaint
    assert list(tmp_path.iterdir()) == []


def test_no_adapter(run, monkeypatch):
    from bleak.exc import (
        BleakBluetoothNotAvailableError,
        BleakBluetoothNotAvailableReason,
    )

    async def no_adapter(*_arguments, **_keywords):
        reason = BleakBluetoothNotAvailableReason.NO_BLUETOOTH
        msg = "none"
        raise BleakBluetoothNotAvailableError(msg, reason)

    monkeypatch.setattr("bleak.BleakScanner.discover", no_adapter)
    told = run("scan", "--seconds", "0.1")
    assert (told.status, told.out) == (1, "")
    assert "Bluetooth" in told.complaint


@pytest.mark.parametrize("value", ["nan", "inf", "", "high"])
def test_a_table_with_something_else_than_numbers(run, table, tmp_path, value):
    table.write_text(table.read_text().replace("0.05,-0.1", f"0.05,{value}"))
    told = run("import", table, "--to", tmp_path / "r.mcap")
    assert told.status == 1
    assert "rocking.csv: line 7: expected a number" in told.complaint
    assert not (tmp_path / "r.mcap").exists()


def test_a_recording_is_never_overwritten(run, table, recording):
    before = recording.read_bytes()
    told = run("import", table, "--to", recording)
    assert told.status == 1
    assert "rocking.mcap" in told.complaint
    assert recording.read_bytes() == before


def test_a_damaged_recording(run, recording):
    data = bytearray(recording.read_bytes())
    data[len(data) // 2] ^= 0x10
    recording.write_bytes(bytes(data))
    told = run("verify", recording)
    assert told.status == 1
    assert "rocking.mcap" in told.complaint


@pytest.mark.parametrize(
    "call",
    [
        ["frobnicate"],
        ["replay"],
        ["replay", "a.mcap", "--speed", "fast"],
        ["replay", "a.mcap", "--speed", "0"],
        ["import", "a.csv"],
        ["import", "a.csv", "--to", "b", "--units", "acc"],
        ["import", "a.csv", "--to", "b", "--columns", "acc_w=3"],
        ["import", "a.csv", "--to", "b", "--columns", "acc_x=3,acc_x=4"],
        ["import", "a.csv", "--to", "b", "--format", "xls"],
        ["analyze"],
        ["record", "--sensor", "movesense"],
        ["record", "--sensor", "roof=movesense"],
        ["record", "--virtual", "nobody"],
        ["record"],
        ["scan", "--seconds", "-1"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_two(run, call):
    told = run(*call)
    assert (told.status, told.out) == (2, "")
    assert "Error: " in told.err


class Failing(entry.LazyGroup):
    """Fails in the way it was told to."""

    problem: BaseException

    def invoke(self, ctx):  # noqa: ARG002
        raise self.problem


@pytest.fixture
def failing(run, monkeypatch):
    def call(problem):
        group = Failing("surefoot", invoke_without_command=True)
        group.problem = problem
        monkeypatch.setattr(entry, "surefoot", group)
        return run()

    return call


def test_a_mistake_of_ours_is_one_line_without_a_traceback(failing):
    told = failing(ZeroDivisionError("division\nby zero"))
    assert told.status == 1
    assert "internal error" in told.complaint
    assert "ZeroDivisionError: division by zero" in told.complaint


def test_a_mistake_of_ours_shows_its_traceback_when_asked(failing, monkeypatch):
    monkeypatch.setenv("SUREFOOT_DEBUG", "1")
    told = failing(ZeroDivisionError("division by zero"))
    assert "Traceback" in told.err


def test_the_system_s_refusals_name_the_file(failing):
    told = failing(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "full.mcap"))
    assert (told.status, told.complaint) == (
        1,
        "surefoot: No space left on device: full.mcap",
    )


def test_an_interrupt_is_quiet(failing):
    told = failing(KeyboardInterrupt())
    assert (told.status, told.out, told.err.strip()) == (130, "", "")


def test_a_recording_cannot_be_a_folder(run, tmp_path):
    told = run("record", "--virtual", "steady", "--to", tmp_path)
    assert told.status == 2
    assert "is a directory" in told.err


def test_a_drill_that_is_no_text(run, tmp_path):
    path = tmp_path / "drill.toml"
    path.write_bytes(b"\xa9\xff\x00")
    told = run("record", "--virtual", "steady", "--drill", path, "--to", tmp_path / "r")
    assert told.status == 1
    assert "drill.toml: expected a text in UTF-8" in told.complaint


@pytest.mark.parametrize("speed", ["0", "-1", "nan", "1e-300", "fast"])
def test_a_speed_at_which_nothing_moves(run, recording, speed):
    told = run("replay", recording, "--headless", "--speed", speed)
    assert told.status == 2
    assert "expected a number from 0.01 on, or max" in told.err


def test_a_missing_file_is_said_before_a_missing_screen(run, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told = run("replay", "nowhere.mcap")
    assert told.status == 1
    assert "nowhere.mcap: expected a recording" in told.complaint
