"""`record` from the command line to the file, through bleak on an emulated BlueZ."""

from __future__ import annotations

import sys

import pytest

from surefoot.devices.ble import known_sensors
from surefoot.virtual import Firmware
from surefoot.virtual.radio import VirtualAir

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="BlueZ and its D-Bus are there on Linux only"
)


@pytest.fixture
def air(monkeypatch):
    """Return two sensors of one model that an emulated BlueZ hears."""
    from surefoot.virtual.radio.bluez import EmulatedBlueZ, PrivateBus

    if not PrivateBus.available():
        pytest.skip("needs the program dbus-daemon: apt-get install dbus")
    air = VirtualAir(units={"board": Firmware(), "left-shin": Firmware()})
    air.units["board"].name = "Surefoot A"
    air.units["left-shin"].name = "Surefoot B"
    bluez = EmulatedBlueZ(air.units)
    bluez.start()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bluez.address)
    yield air
    bluez.stop()


def samples(told):
    """Return how many samples of which device came, by role, as `record` says."""
    rows = [line.split() for line in told.out.splitlines()[1:]]
    return {role: (f"{a} {b}", int(n)) for role, a, b, n, *_ in rows}


@pytest.mark.usefixtures("air")
def test_the_second_time_switching_on_is_enough(run, tmp_path):
    two = ["--sensor", "board=surefoot-sketch:foot A"]
    two += ["--sensor", "left-shin=surefoot-sketch:foot B"]
    first = run("record", *two, "--seconds", "1.5", "--to", tmp_path / "1.mcap")
    assert first.status == 0, first.err
    assert {r: k.name for r, k in known_sensors().items()} == {
        "board": "Surefoot A",
        "left-shin": "Surefoot B",
    }
    again = run("record", "--seconds", "1.5", "--to", tmp_path / "2.mcap")
    assert again.status == 0, again.err
    for told in (samples(first), samples(again)):
        assert {role: name for role, (name, _) in told.items()} == {
            "board": "Surefoot A",
            "left-shin": "Surefoot B",
        }
        assert all(n > 50 for _, n in told.values())


@pytest.mark.usefixtures("air")
def test_an_adapter_that_is_not_there_is_said_at_once(run, tmp_path):
    sensor = ["--sensor", "board=surefoot-sketch", "--adapter", "hci7"]
    for call in (["record", *sensor, "--to", tmp_path / "3.mcap"], ["check", *sensor]):
        told = run(*call)
        assert told.status == 1
        assert "adapter 'hci7' not found: plug it in" in told.complaint
    assert not (tmp_path / "3.mcap").exists()
