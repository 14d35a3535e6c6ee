"""The table of `surefoot scan`, with sensors that are only told of."""

import pytest

from surefoot.cli import scan as module
from surefoot.core import RadioError
from surefoot.devices.ble import Found, Known, keep_sensors
from surefoot.devices.transports import Plugged

NEAR = Found("Movesense 2031", "AA:01", -50, "movesense", (), 87)
FAR = Found("WT901BLE67", "AA:02", -90, "witmotion-ble5", ())
STRANGE = Found("Toothbrush", "AA:03", -70, None, ())


@pytest.fixture
def air(monkeypatch):
    """Return what is in the air; tests change it."""
    heard = [NEAR, FAR, STRANGE]
    plugged = []
    monkeypatch.setattr("surefoot.devices.ble.scan", lambda *_: list(heard))
    monkeypatch.setattr("surefoot.devices.transports.found", lambda: list(plugged))
    return heard, plugged


@pytest.mark.usefixtures("air")
def test_a_sensor_is_told_with_its_role_signal_and_battery(run):
    keep_sensors({"trunk": Known("movesense", "Movesense 2031", "BB:99")})
    head, near, far, rest = run("scan").out.splitlines()
    assert head.split() == ["profile", "name", "role", "signal", "battery", "address"]
    assert " ".join(near.split()) == (
        "movesense Movesense 2031 trunk -50 dBm, strong 87 % AA:01"
    )
    told = "witmotion-ble5 WT901BLE67 -90 dBm, very weak AA:02"
    assert " ".join(far.split()) == told
    assert rest == "1 more without a profile: --all shows them"


def test_sensors_alike_are_told_apart_by_their_places(run, air):
    alike = [Found("Surefoot", at, -50, "surefoot-sketch", ()) for at in ("A", "B")]
    air[0][:] = alike
    keep_sensors({"trunk": Known("surefoot-sketch", "Surefoot", "B")})
    keep_sensors({"board": Known("surefoot-sketch", "Surefoot", "A")})
    lines = run("scan").out.splitlines()[1:]
    assert [(line.split()[2], line.split()[-1]) for line in lines] == [
        ("board", "A"),
        ("trunk", "B"),
    ]


@pytest.mark.usefixtures("air")
def test_what_is_unknown_is_shown_when_asked_for_with_what_to_do(run):
    told = run("scan", "--all").out
    assert "no profile      Toothbrush" in told
    assert "docs/profiles.md" in told


def test_silence_says_what_to_do(run, air):
    air[0].clear()
    told = run("scan", "--seconds", "3")
    assert "nothing heard in 3 s: wake the sensor" in told.out
    assert told.status == 0


def test_a_board_that_is_plugged_in_is_listed_without_bluetooth_too(
    run, air, monkeypatch
):
    def off(*_):
        msg = "Bluetooth: expected an adapter, got none: plug one in"
        raise RadioError(msg)

    monkeypatch.setattr("surefoot.devices.ble.scan", off)
    assert run("scan").status == 1
    board = Plugged("Nintendo RVL-WBC-01", "/dev/input/event5", "evdev")
    air[1].append(board)
    told = run("scan")
    assert told.status == 0
    assert "plugged in: no profile  Nintendo RVL-WBC-01  /dev/input/event5" in told.out
    assert told.complaint == "Bluetooth: expected an adapter, got none: plug one in"


def test_in_a_terminal_the_table_is_drawn_over_itself(capsys):
    rounds = iter([[NEAR], [FAR], []])
    found = module._live(lambda _s: next(rounds), 3.0, {}, everything=False)
    assert {sensor.address for sensor in found} == {"AA:01", "AA:02"}
    drawn = capsys.readouterr().out
    assert drawn.count("\x1b[2A\x1b[J") == 1  # head and one sensor
    assert drawn.count("\x1b[3A\x1b[J") == 1  # head and two
    assert drawn.rstrip().endswith("AA:02")
