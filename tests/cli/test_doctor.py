"""`doctor` says what is there, what is not, what to do; it never falls ill itself."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile

import pytest

from surefoot.archive import open_archive
from surefoot.cli import entry
from surefoot.cli.doctor import lines
from surefoot.cli.health import hardware, software, storage
from surefoot.cli.health.finding import Finding, look
from surefoot.core import DisplayError
from surefoot.resources import folder
from surefoot.ui import screens

ASKED = screens.screens
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks BlueZ over D-Bus")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A computer without Bluetooth, screen and recordings."""
    monkeypatch.setitem(entry.COMMANDS, "doctor", "surefoot.cli.doctor:doctor")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("SUREFOOT_ARCHIVE", raising=False)
    monkeypatch.setattr(screens, "screens", lambda: ["offscreen screen 800 x 800"])
    return tmp_path


@pytest.fixture
def told(run):
    def call():
        done = run("doctor", "--json")
        found = json.loads(done.out)
        return done.status, {one["name"]: one for one in found["findings"]}

    return call


def test_without_adapter_and_screen_it_is_content(run):
    done = run("doctor")
    assert (done.status, done.err) == (0, "")
    assert max(map(len, done.out.splitlines()), default=0) < 160
    for name in ("Python", "packages", "shipped files", "Bluetooth", "screen", "sound"):
        assert f"  {name} " in done.out
    assert "do: start it (Linux: systemctl start bluetooth)" in done.out


def test_every_finding_says_why_and_all_but_ok_what_to_do(told):
    status, found = told()
    assert status == 0
    for one in found.values():
        assert one["state"] in {"ok", "look", "missing"}
        assert one["found"]
        assert one["todo"] or one["state"] == "ok", one
        assert one["state"] == "ok" or not one["needed"]


def test_nothing_is_made_by_looking(told, home):
    told()
    assert not (home / "data").exists()


@linux
def test_an_adapter_is_named_and_whether_it_is_on(told, monkeypatch):
    from surefoot.virtual.radio.bluez import EmulatedBlueZ, PrivateBus

    if not PrivateBus.available():
        pytest.skip("needs the program dbus-daemon: apt-get install dbus")
    bluez = EmulatedBlueZ({})
    bluez.start()
    try:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bluez.address)
        assert told()[1]["Bluetooth hci0"]["state"] == "ok"
        bluez.power(False)
        off = told()[1]["Bluetooth hci0"]
    finally:
        bluez.stop()
    assert (off["state"], off["found"]) == ("look", "off")
    assert "switch Bluetooth on" in off["todo"]


@pytest.mark.parametrize("block", ["soft", "hard", ""])
def test_a_switch_that_keeps_it_off_is_told(block, monkeypatch):
    from surefoot.devices.ble import adapters

    off = [adapters.Adapter("hci1", powered=False)]
    monkeypatch.setattr(adapters, "adapters", lambda: off)
    monkeypatch.setattr(adapters, "blocked", lambda: block)
    (found,) = hardware.bluetooth()
    assert {"soft": "rfkill", "hard": "switch of the computer", "": "bluetoothctl"}[
        block
    ] in found.todo


def test_the_switches_of_linux_are_read(tmp_path, monkeypatch):
    from surefoot.devices.ble import adapters

    monkeypatch.setattr(adapters, "_SWITCHES", tmp_path)
    assert adapters.blocked() == ""
    for name, kind in (("rfkill0", "wlan"), ("rfkill1", "bluetooth")):
        (tmp_path / name).mkdir()
        for file, text in (("type", kind), ("soft", "1"), ("hard", "0")):
            (tmp_path / name / file).write_text(text + "\n")
    assert adapters.blocked() == "soft"


def test_a_folder_that_cannot_be_written_ends_it(run, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    done = run("doctor")
    assert done.status == 1
    assert "trouble with recordings:" in done.complaint
    assert done.out.count("Permission denied") == 2, "the archive's folder, too"


@pytest.mark.parametrize(
    ("free", "state"), [(9e9, "ok"), (1e9, "look"), (1e7, "missing")]
)
def test_little_room_is_told(free, state, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=int(free))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    (found,) = storage.data_folder()
    assert found.state == state


def test_an_unfinished_recording_is_told(home):
    place = home / "data" / "surefoot" / "recordings"
    place.mkdir(parents=True)
    sample = folder("recordings") / "rocker-steady.mcap"
    shutil.copy(sample, place / "lost.mcap.part")
    found = {one.name: one for one in storage.data_folder()}
    assert found["unfinished recordings"].todo == "surefoot recover"


def test_an_archive_is_read_and_not_changed(home, told):
    place = home / "data" / "surefoot" / "archive" / "catalogue.db"
    assert "none yet" in told()[1]["archive"]["found"]
    open_archive(place).close()
    before = place.read_bytes()
    found = told()[1]["archive"]
    assert found["state"] == "ok"
    assert "answers, version 0" in found["found"]
    assert place.read_bytes() == before


def test_an_archive_that_cannot_be_used_is_told(home, told, monkeypatch):
    place = home / "other.db"
    place.write_bytes(b"this is no database, but long enough to look at" * 20)
    monkeypatch.setenv("SUREFOOT_ARCHIVE", str(place))
    status, found = told()
    assert (status, found["archive"]["state"]) == (0, "missing")
    assert "file is not a database" in found["archive"]["found"]
    monkeypatch.setenv("SUREFOOT_ARCHIVE", "mysql://host/base")
    assert "another kind of database" in told()[1]["archive"]["found"]


def test_a_newer_archive_is_told(home, told, monkeypatch):
    place = home / "newer.db"
    open_archive(place).close()
    with sqlite3.connect(place) as database:
        database.execute("update surefoot_version set version_num = '9999'")
    database.close()
    monkeypatch.setenv("SUREFOOT_ARCHIVE", str(place))
    assert "update Surefoot" in told()[1]["archive"]["found"]


def test_a_package_that_is_missing_or_too_old_ends_it(run, monkeypatch):
    real = software._version
    here = {"numpy": "1.26.4", "vqf": ""}
    monkeypatch.setattr(software, "_version", lambda name: here.get(name, real(name)))
    done = run("doctor")
    assert done.status == 1
    said = " ".join(done.out.split())
    assert "numpy 1.26.4 is here" in said
    assert "vqf is not installed" in said
    assert "pip install" in said


def test_an_extra_that_is_missing_ends_nothing(told, monkeypatch):
    real = software._version
    monkeypatch.setattr(
        software, "_version", lambda name: "" if name == "pyserial" else real(name)
    )
    status, found = told()
    assert (status, found["extra serial"]["state"]) == (0, "missing")
    assert "[serial]" in found["extra serial"]["todo"]


@pytest.mark.parametrize(
    ("here", "bounds", "fits"),
    [
        ("2.4.6", ">=2,<3", True),
        ("3.0", ">=2,<3", False),
        ("6.11.3", ">=6.11.3,<6.12", True),
        ("6.12.0", ">=6.11.3,<6.12", False),
        ("2.0", ">=2.0.0", True),
    ],
)
def test_versions_are_compared_as_numbers(here, bounds, fits, monkeypatch):
    monkeypatch.setattr(software, "_version", lambda _: here)
    assert (software._amiss("package", bounds) == "") == fits


def test_what_a_marker_rules_out_is_not_asked_for():
    assert software._applies("", "")
    assert not software._applies("extra == 'serial'", "")
    assert software._applies("extra == 'serial'", "serial")
    assert not software._applies("sys_platform == 'plan9'", "")
    assert software._applies("python_version >= '3.11'", "")
    assert not software._applies("python_version < '3.11'", "")


def test_a_damaged_sample_ends_it(tmp_path, run, monkeypatch):
    from surefoot import resources

    broken = tmp_path / "recordings"
    shutil.copytree(folder("recordings"), broken)
    sample = broken / "rocker-steady.mcap"
    sample.write_bytes(sample.read_bytes()[:-5000])
    real = resources.folder
    monkeypatch.setattr(
        resources, "folder", lambda n: broken if n == "recordings" else real(n)
    )
    done = run("doctor")
    assert done.status == 1
    assert "damaged: rocker-steady.mcap" in done.out


def test_a_port_without_permission_is_told(tmp_path, monkeypatch):
    (tmp_path / "ttyUSB0").touch()
    assert {one.state for one in hardware.boards(tmp_path)} == {"ok"}
    monkeypatch.setattr(os, "access", lambda *_: False)
    ports = next(one for one in hardware.boards(tmp_path) if one.name == "serial ports")
    assert ports.state == "look"
    assert "dialout" in ports.todo


def test_screens_are_counted_in_a_process_of_their_own(monkeypatch):
    assert ASKED()[0].startswith("offscreen ")
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    with pytest.raises(DisplayError, match="expected Qt to start"):
        ASKED()


def test_a_screen_out_of_sight_is_told(told, monkeypatch):
    assert told()[1]["screen"]["state"] == "look"
    monkeypatch.setattr(screens, "screens", lambda: ["xcb HDMI-1 1920 x 1080"])
    assert told()[1]["screen"]["found"] == "xcb HDMI-1 1920 x 1080"


@linux
def test_sound_is_a_card_and_something_that_plays(tmp_path, monkeypatch):
    from surefoot.ui.sound import card, speech

    monkeypatch.setattr(hardware, "find_spec", lambda _: None)
    monkeypatch.setattr(card, "player", tuple)
    monkeypatch.setattr(speech, "find_speaker", lambda: None)
    cards = tmp_path / "cards"
    silent, mute = hardware.sound(cards)
    assert (silent.state, silent.found) == ("missing", "no sound card")
    assert (mute.state, "espeak-ng" in mute.todo) == ("missing", True)
    cards.write_text(" 0 [PCH   ]: USB-Audio - Headset\n          at 0xb1\n")
    assert "nothing that plays" in next(iter(hardware.sound(cards))).found
    monkeypatch.setattr(card, "player", lambda: ("pw-play",))
    monkeypatch.setattr(speech, "find_speaker", lambda: print)
    heard, spoken = hardware.sound(cards)
    assert (heard.state, heard.found) == ("ok", "USB-Audio - Headset, by pw-play")
    assert spoken.state == "ok"
    monkeypatch.setattr(hardware, "find_spec", lambda name: name)
    assert next(iter(hardware.sound(cards))).found.endswith("by miniaudio")


def test_a_check_that_fails_is_a_finding_itself():
    def broken():
        yield Finding("first", "ok", "so far")
        msg = "nothing\nto divide"
        raise ZeroDivisionError(msg)

    (found,) = look([("second", broken)])
    assert found == Finding(
        "second",
        "look",
        "could not be looked at: nothing to divide",
        "report this line",
    )


def test_a_command_to_copy_stays_on_one_line():
    long = "python -m pip install " + "x" * 200
    told = list(lines([Finding("name", "look", "why " * 60, long)]))
    assert told[-1].endswith(f"do: {long}")
    assert all(len(line) <= 88 for line in told[:-1])
